"""What is kept of a room."""

from pathlib import Path

from tests.client.chats import ADDRESS, database, history, said
from tkchat.client.events import Counted, Event
from tkchat.client.history import History
from tkchat.client.marks import Marks
from tkchat.client.room_state import Anchor, Level
from tkchat.client.room_summary import Unread


def test_what_was_read_elsewhere_is_counted_anew(tmp_path: Path) -> None:
    told: list[Event] = []
    with history(tmp_path) as chat:
        chat.take([said(1), said(2), said(3, "alice?")], 3)
        Marks(chat, told.append).was_read("general", 1)
        assert told == [Counted("general", Unread(2, 1, 2, 3))]
        assert chat.rooms()[0].read == 1


def test_levels_and_anchors_are_kept_once_there_is_a_chat(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        chat = History(opened, ADDRESS, "alice")
        marks = Marks(chat, print)
        marks.set_level("general", Level.MUTED)
        marks.set_anchor("general", Anchor(0, 5))
        chat.welcomed("log", "alice", "token")
        assert chat.rooms() == []
        marks.set_level("general", Level.MUTED)
        marks.set_anchor("general", Anchor(0, 5))
        (room,) = chat.rooms()
        assert (room.level, room.anchor) == (Level.MUTED, Anchor(0, 5))
