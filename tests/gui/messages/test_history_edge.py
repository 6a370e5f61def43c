"""The line above the oldest message; in a list of messages: test_message_list.py."""

from tkchat.gui.messages.history_edge import Edge, edge_text


def test_only_the_beginning_names_the_room() -> None:
    named = [edge for edge in Edge if "#lab" in edge_text(edge, "#lab")]
    assert named == [Edge.BEGINNING]


def test_nothing_is_said_of_what_nobody_knows() -> None:
    assert [edge for edge in Edge if not edge_text(edge, "#lab")] == [Edge.UNKNOWN]
