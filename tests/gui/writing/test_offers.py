"""What is offered for the word that is being written."""

import pytest

from tkchat.client.commands import table
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.shortcodes import Shortcodes
from tkchat.gui.writing.offers import MOST_EMOJI, Sources, offers_for, word_before


@pytest.fixture
def sources() -> Sources:
    return Sources(
        people=lambda: [("zoe", None), ("Alice", Presence(State.AWAY, "lunch")), ("albert", None)],
        rooms=lambda: [("general", ""), ("design", "Logo"), ("devel", "")],
        commands=table,
        shortcodes=Shortcodes(),
        favourites=lambda: ["😼"],
    )


@pytest.mark.parametrize(
    ("before", "word"),
    [
        ("@", "@"),
        ("hi @al", "@al"),
        ("(@al", "@al"),
        ("a\n@al", "@al"),
        ("@Zoë", "@Zoë"),
        ("#de", "#de"),
        ("see #", "#"),
        (":sm", ":sm"),
        (":+1", ":+1"),
        ("/", "/"),
        ("/jo", "/jo"),
        ("me@example", ""),
        ("@al ", ""),
        (":s", ""),
        ("12:30", ""),
        ("http://x#de", ""),
        ("/usr/lib", ""),
        ("see /jo", ""),
        ("a\n/jo", ""),
        ("`@al", ""),
        ("```\n:smi", ""),
        ("", ""),
    ],
)
def test_which_words_get_offers(before: str, word: str) -> None:
    assert word_before(before) == word


def test_people_are_mentioned(sources: Sources) -> None:
    found = offers_for("@al", sources)
    assert [offer.text for offer in found] == ["@Alice ", "@albert ", "@all "]
    assert found[0].presence == Presence(State.AWAY, "lunch")
    assert found[0].detail == "lunch"
    assert [offer.is_person for offer in found] == [True, True, False]


def test_with_nothing_written_yet_all_are_offered(sources: Sources) -> None:
    assert [offer.label for offer in offers_for("@", sources)] == [
        *("zoe", "Alice", "albert", "@all")
    ]


def test_rooms_come_with_their_topics(sources: Sources) -> None:
    found = offers_for("#de", sources)
    assert [(offer.text, offer.detail) for offer in found] == [
        ("#design ", "Logo"),
        ("#devel ", ""),
    ]


def test_commands_come_with_their_help(sources: Sources) -> None:
    [join] = offers_for("/jo", sources)
    assert join.text == "/join "
    assert "ROOM" in join.label
    assert join.detail


def test_emoji_come_with_their_pictures(sources: Sources) -> None:
    found = offers_for(":smi", sources)
    assert len(found) == MOST_EMOJI
    assert found[0].text == found[0].emoji == "😼", "used lately"
    assert found[1].label == ":smile:"


@pytest.mark.parametrize("word", ["@zzz", "#zzz", "/zzz", ":zzzzz", ""])
def test_where_nothing_fits_nothing_is_offered(sources: Sources, word: str) -> None:
    assert offers_for(word, sources) == []


def test_without_emoji_there_are_none() -> None:
    assert offers_for(":smi", Sources()) == []
