"""What is known of each room before any of it is shown."""

from pathlib import Path

from tests.client.chats import change, history, said
from tkchat.client.room_state import Answered
from tkchat.client.room_summary import MOST_READABLE, MOST_UNREAD, RoomSummary, Unread
from tkchat.wire.entry import Kind


def test_rooms_tell_what_was_not_read(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take(
            [
                said(1),
                said(2, author="Alice"),  # as the name was spelled last year
                said(3),
                change(4, Kind.REACT, 3, "x"),
                said(5, room="@bob"),
                said(6),
            ],
            6,
        )
        chat.mark_read("general", 1)
        assert chat.rooms() == [
            RoomSummary("@bob", 5, 0, Unread(1, 1, 5, 5)),
            RoomSummary("general", 6, 1, Unread(2, 0, 3, 6)),
        ]
        chat.mark_read("general", 6)
        assert chat.rooms()[1] == RoomSummary("general", 6, 6, Unread(upto=6))


def test_mentions_are_counted_by_the_newest_text(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take(
            [
                said(1, "@alice, read"),
                said(2, "hello alice"),
                said(3, "nobody"),
                said(4, "Alice?"),
                said(5, "@all"),
                change(6, Kind.EDIT, 2, "hello"),
                change(7, Kind.EDIT, 3, "I meant @alice"),
                change(8, Kind.DELETE, 4),
            ],
            8,
        )
        chat.mark_read("general", 1)
        assert chat.unread("general") == Unread(4, 2, 2, 5)


def test_counting_has_its_limits(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        last = MOST_UNREAD + 5
        chat.take([said(seq, "alice") for seq in range(1, last + 1)], last)
        assert chat.unread("general") == Unread(MOST_UNREAD, MOST_READABLE, 1, last)


def test_what_a_draft_answers_is_told_as_it_reads_now(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1, "hello", author="bob"), change(2, Kind.EDIT, 1, "hello all")], 2)
        chat.set_draft("general", "well", 1)
    with history(tmp_path) as chat:
        assert chat.rooms()[0].answered == Answered(1, "bob", "hello all")
        chat.set_draft("general", "well", 99)
        assert chat.rooms()[0].answered is None
        chat.set_draft("general", "well", 1)
        chat.take([change(3, Kind.DELETE, 1)], 3)
        assert chat.rooms()[0].answered is None
