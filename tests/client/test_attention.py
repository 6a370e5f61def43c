"""What is unread, where the "new" line stands, and what a person is told of."""

from datetime import UTC, datetime

from tests.client.logs import mid, own, page_of, said
from tkchat.client.events import (
    Arrived,
    Counted,
    Entered,
    Event,
    Live,
    Lost,
    Opened,
    ReadTo,
    Reset,
    RoomsThere,
    Said,
    Welcome,
)
from tkchat.client.model import Model
from tkchat.client.pages import Cursor, Page
from tkchat.client.room import Changes, Level
from tkchat.client.room_summary import RoomSummary, Unread
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOTHING = Page([], [], Cursor(1), at_floor=False, at_start=True)
IN = (Welcome("alice", GENERAL, tagged=True), Live(), RoomsThere(((GENERAL, 2),)))


def take(model: Model, *events: Event) -> Changes:
    changes = Changes()
    for event in events:
        model.apply(event, changes)
    return changes


def arrived(*entries: Entry, live: bool = True) -> Arrived:
    return Arrived(entries, live)


def in_chat(*rooms: RoomSummary, read: int = 3) -> Model:
    """Return the model of somebody who has been here before and is back."""
    model = Model("alice", now=lambda: NOON)
    page = page_of([said(seq) for seq in range(1, 4)])
    general = RoomSummary(GENERAL, 3, read, Unread(3 - read, 0, read + 1 if read < 3 else 0, 3))
    take(model, Opened("alice", GENERAL, page, (general, *rooms)), *IN)
    return model


def heard(changes: Changes) -> list[tuple[str, str, bool]]:
    return [(each.room, each.message.text, each.is_mention) for each in changes.heard]


def counts(model: Model, room: str) -> tuple[int, int, int]:
    it = model.rooms[room]
    return it.unread, it.mentions, it.first_unread


def test_what_comes_in_other_rooms_is_counted_and_told() -> None:
    model = in_chat()
    changes = take(
        model,
        arrived(said(4, room="ops")),
        arrived(said(5, "hi @Alice!", room="ops")),
        arrived(said(6, author="alice", room="ops")),
        arrived(said(7, "psst", room="@bob")),
    )
    assert changes.rooms
    assert counts(model, "ops") == (2, 1, 4)
    assert counts(model, "@bob") == (1, 1, 7)
    assert (model.total_unread, model.total_mentions) == (3, 2)
    assert heard(changes) == [
        ("ops", "text 4", False),
        ("ops", "hi @Alice!", True),
        ("@bob", "psst", True),
    ]


def test_a_level_says_what_is_counted_and_told() -> None:
    model = in_chat(RoomSummary("calm", 0, 0, level=Level.MENTIONS), RoomSummary("mute", 0, 0))
    model.set_level("mute", Level.MUTED)
    changes = take(
        model,
        arrived(said(4, room="calm")),
        arrived(said(5, "@all, look", room="calm")),
        arrived(said(6, "alice!", room="mute")),
    )
    assert (model.total_unread, model.total_mentions) == (1, 1)
    assert heard(changes) == [("calm", "@all, look", True)]


def test_the_current_room_counts_only_while_nobody_looks() -> None:
    model = in_chat()
    take(model, arrived(said(4)), ReadTo(GENERAL, 4))
    assert counts(model, GENERAL) == (0, 0, 0)
    assert model.room.new_from == 0
    model.is_watched = False
    changes = take(model, arrived(said(5), said(6)))
    assert counts(model, GENERAL) == (2, 0, 5)
    assert model.room.new_from == 5
    assert [message.seq for message in changes.changed] == [5]
    model.is_watched = True
    take(model, ReadTo(GENERAL, 6))
    assert counts(model, GENERAL) == (0, 0, 0)
    assert model.room.new_from == 5  # it stays until the room is left
    model.is_watched = False
    changes = take(model, arrived(said(7)))
    assert model.room.new_from == 7
    assert [message.seq for message in changes.changed] == [5, 7]


def test_the_line_stands_where_reading_stopped_before_the_start() -> None:
    model = in_chat(read=1)
    assert model.room.new_from == 2
    take(model, ReadTo(GENERAL, 3), arrived(said(4)))
    assert model.room.new_from == 2
    changes = Changes()
    model.said_here([Say(GENERAL, "an answer", mid(1))], changes)
    assert model.room.new_from == 0
    assert [message.seq for message in changes.changed] == [2]


def test_the_line_goes_when_the_room_is_left_and_stands_in_the_next() -> None:
    model = in_chat(RoomSummary("ops", 9, 5, Unread(2, 0, 8, 9)), read=1)
    take(model, arrived(said(10, room="ops")), Entered("ops", NOTHING))
    assert model.room.new_from == 8
    assert counts(model, "ops") == (0, 0, 0)
    take(model, ReadTo("ops", 10), Entered(GENERAL, NOTHING))
    assert model.room.new_from == 0
    take(model, Entered("ops", NOTHING))
    assert model.room.new_from == 0


def test_what_was_missed_is_new_and_told_once_it_is_known_not_to_be_read() -> None:
    model = in_chat()
    take(model, Lost("cut", 1.0), IN[0])
    changes = take(
        model,
        arrived(said(4), said(5), said(6, room="ops"), said(7, room="dev"), live=False),
        Live(),
        ReadTo("ops", 6, elsewhere=True),
    )
    assert changes.heard == []
    assert model.room.new_from == 4
    changes = take(model, IN[2])
    assert [room for room, _, _ in heard(changes)] == [GENERAL, GENERAL, "dev"]
    assert take(model, IN[2]).heard == []


def test_at_the_start_what_was_missed_is_new_but_not_told() -> None:
    model = Model("alice", now=lambda: NOON)
    general = RoomSummary(GENERAL, 3, 3)
    page = page_of([said(seq) for seq in range(1, 4)])
    take(model, Opened("alice", GENERAL, page, (general,)), IN[0])
    changes = take(model, arrived(said(4), said(5), live=False), *IN[1:])
    assert changes.heard == []
    assert model.room.new_from == 4


def test_on_the_first_visit_nothing_is_new() -> None:
    model = Model("alice", now=lambda: NOON)
    take(model, IN[0], arrived(said(1), said(2), live=False), *IN[1:])
    assert model.room.new_from == 0


def test_reading_elsewhere_moves_the_line() -> None:
    model = in_chat()
    model.is_watched = False
    take(model, *(arrived(said(seq, "alice")) for seq in range(4, 9)))
    take(model, ReadTo(GENERAL, 6, elsewhere=True))
    assert counts(model, GENERAL) == (2, 2, 7)
    assert model.room.new_from == 7
    take(model, ReadTo(GENERAL, 8, elsewhere=True))
    assert counts(model, GENERAL) == (0, 0, 0)
    assert model.room.new_from == 0
    take(model, ReadTo(GENERAL, 5, elsewhere=True))  # late
    assert model.room.read_seq == 8


def test_how_far_was_read_elsewhere_counts_only_what_came_after() -> None:
    model = in_chat(RoomSummary("ops", 9, 5, Unread(4, 0, 6, 9)))
    take(model, ReadTo("ops", 5, elsewhere=True))  # as the host says it again after each start
    take(model, ReadTo("ops", 7, elsewhere=True))  # those are not here to be counted
    assert counts(model, "ops") == (4, 0, 6)
    take(model, arrived(*(said(seq, "alice!", room="ops") for seq in range(10, 13))))
    assert counts(model, "ops") == (7, 3, 6)
    take(model, Counted("ops", Unread(2, 1, 8, 9)))  # from the disk, before those were there
    assert counts(model, "ops") == (5, 4, 8)
    take(model, ReadTo("ops", 11, elsewhere=True))
    assert counts(model, "ops") == (1, 1, 12)
    take(model, Counted("ops", Unread(2, 1, 8, 9)))  # out of date by now
    assert counts(model, "ops") == (1, 1, 12)
    take(model, Counted("ops", Unread(1, 1, 12, 12)))
    assert counts(model, "ops") == (1, 1, 12)
    take(model, ReadTo("ops", 12))
    assert counts(model, "ops") == (0, 0, 0)


def test_counts_of_a_room_that_is_looked_at_come_too_late() -> None:
    model = in_chat()
    take(model, arrived(said(4)), Counted(GENERAL, Unread(1, 0, 4, 4)))
    assert counts(model, GENERAL) == (0, 0, 0)


def test_another_log_begins_without_anything_unread() -> None:
    model = in_chat(read=1)
    take(model, Reset())
    assert (model.room.new_from, model.room.read_seq, model.room.last_seq) == (0, 0, 0)


def test_what_was_read_elsewhere_before_it_comes_is_not_new() -> None:
    model = in_chat()
    take(model, ReadTo("ops", 5, elsewhere=True))
    changes = take(model, arrived(said(5, room="ops"), said(6, room="ops")))
    assert counts(model, "ops") == (1, 0, 6)
    assert heard(changes) == [("ops", "text 6", False)]


def test_own_messages_are_not_news() -> None:
    model = in_chat()
    model.is_watched = False
    changes = take(model, arrived(own(4, Say(GENERAL, "alice", mid(1)))))
    assert changes.heard == []
    assert counts(model, GENERAL) == (0, 0, 0)


def test_a_plain_host_tells_of_the_current_room() -> None:
    model = Model("alice", now=lambda: NOON)
    take(model, Welcome("alice", GENERAL))
    changes = take(model, Said("bob", "alice?"), Said("alice", "yes"))
    assert heard(changes) == [(GENERAL, "alice?", True)]
