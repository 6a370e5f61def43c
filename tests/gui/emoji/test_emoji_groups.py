"""What the emoji picker shows."""

from tkchat.gui.emoji.emoji_groups import groups
from tkchat.gui.emoji.shortcodes import Shortcodes
from tkchat.gui.widgets.sanitise import for_tk


def test_each_emoji_is_there_once_and_has_a_name() -> None:
    codes = Shortcodes()
    everything = [each for group in groups() for each in group.emoji]
    assert len(everything) > 1000
    assert len(set(everything)) == len(everything)
    assert not [each for each in everything if not codes.name_of(each)]
    assert not [each for each in everything if for_tk(each) != each]


def test_each_group_has_a_title_and_a_sign_of_its_own() -> None:
    found = groups()
    assert len({group.sign for group in found}) == len(found)
    assert len({group.title for group in found}) == len(found)
    assert all(group.sign in group.emoji for group in found)
