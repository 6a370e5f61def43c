"""The line above the oldest message; in a list of messages: test_message_list.py."""

from tkchat.gui.history_edge import Edge


def test_only_the_beginning_names_the_room() -> None:
    named = [edge for edge in Edge if "#lab" in edge.value.format(room="#lab")]
    assert named == [Edge.BEGINNING]
