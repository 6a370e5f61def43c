"""What a transcript says about itself."""

from tests.client.export.messages import ABOUT
from tkchat.client.export.about import About


def test_a_room_and_a_conversation_are_named_as_in_the_window() -> None:
    assert ABOUT.label == "#design"
    assert About("@bob", "", "", ABOUT.at).label == "@bob"
