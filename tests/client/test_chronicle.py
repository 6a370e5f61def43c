"""Whatever way a log becomes known, what is shown is what it says: once, and in its order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.client.chronicles import arrive, chronicle, expect, texts
from tests.client.logs import done, expected, mid, own, page_of, said, shown
from tkchat.client.events import Arrived, Jumped, Older, Opened, Refused, Replaced
from tkchat.client.message import Delivery, Kind, Message
from tkchat.client.outbox import Waiting
from tkchat.client.pages import Cursor, Page
from tkchat.client.room import Changes
from tkchat.client.room_summary import RoomSummary, Unread
from tkchat.wire import entry as wire
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say
from tkchat.wire.tagged import Gap

RESET_TEXT = "The host began anew here. What is above is only on this computer."
HOLE_TEXT = "Messages between these are on the host; they come when you are connected."


def test_own_messages_wait_at_the_end_until_they_are_accepted() -> None:
    it = chronicle()
    first, second = Say(GENERAL, "one", mid(1)), Say(GENERAL, "two", mid(2))
    changes = expect(it, first, second)
    room = it.rooms.current
    assert changes.waiting
    waiting = list(room.waiting)
    assert texts(waiting) == ["one", "two"]
    changes = arrive(it, said(1, "news"))
    assert not changes.waiting
    assert texts(room.messages) == ["news", "one", "two"]
    changes = arrive(it, own(2, first))
    assert changes.waiting
    assert changes.added == [waiting[0]]
    assert (waiting[0].delivery, waiting[0].seq) == (Delivery.SENT, 2)
    assert texts(room.messages) == ["news", "one", "two"]
    assert it.waiting_count == 1


def test_what_the_host_refuses_stays_with_the_reason() -> None:
    it = chronicle()
    expect(it, Say(GENERAL, "one", mid(1)))
    changes = Changes()
    it.refuse(Refused(mid(1), "too-long", "Too long."), changes)
    (message,) = it.rooms.current.waiting
    assert (message.delivery, message.why) == (Delivery.REFUSED, "Too long.")
    assert changes.waiting
    assert it.waiting_count == 0
    it.replace(Replaced(mid(1), Say(GENERAL, "shorter", mid(2))), changes)
    (message,) = it.rooms.current.waiting
    assert (message.text, message.delivery) == ("shorter", Delivery.WAITING)
    it.discard(mid(2), changes)
    assert it.rooms.current.messages == []


def test_what_is_done_to_a_message_shows_at_once_and_goes_if_it_is_refused() -> None:
    it = chronicle()
    (message,) = arrive(it, said(1, "helo", author="alice")).added
    edit = Say(GENERAL, "hello", mid(1), wire.Kind.EDIT, 1)
    assert expect(it, edit).changed == [message]
    assert (message.text, message.edited) == ("hello", True)
    changes = Changes()
    it.refuse(Refused(mid(1), "not-allowed", "No."), changes)
    assert (message.text, message.edited) == ("helo", False)
    assert [m.text for m in changes.added] == ["This was not done: No."]


def test_a_reaction_is_not_counted_twice_when_it_is_accepted() -> None:
    it = chronicle()
    (message,) = arrive(it, said(1)).added
    react = Say(GENERAL, "👍", mid(1), wire.Kind.REACT, 1)
    expect(it, react)
    assert message.reactions == {"👍": ["alice"]}
    arrive(it, own(2, react))
    arrive(it, own(2, react))
    assert message.reactions == {"👍": ["alice"]}


def test_other_rooms_count_what_is_unread() -> None:
    it = chronicle()
    changes = arrive(it, said(1, room="ops"), said(2, "hi @alice!", room="ops"))
    room = it.rooms.get("ops")
    assert changes.rooms
    assert changes.added == []
    assert (room.unread, room.mentions) == (2, 1)
    it.rooms.enter("ops", changes)
    it.enter(None, changes)
    assert (room.unread, room.mentions) == (0, 0)


def test_what_this_computer_has_is_there_before_any_host() -> None:
    it, changes = chronicle(), Changes()
    log = [said(1), said(2)]
    refused = Waiting(Say("ops", "no", mid(2)), 0, "too-long", "Too long.")
    rooms = (RoomSummary("ops", 9, 4, Unread(3, 1, 5, 9), "News"),)
    waiting = (Waiting(Say(GENERAL, "wait", mid(1)), 0), refused)
    opened = Opened("Alice", GENERAL, page_of(log), rooms, waiting, {"ops": "draft"})
    it.open(opened, changes)
    assert changes.entered
    assert texts(it.rooms.current.messages) == ["text 1", "text 2", "wait"]
    ops = it.rooms.get("ops")
    assert (ops.unread, ops.mentions, ops.read_seq, ops.last_seq) == (3, 1, 4, 9)
    assert (ops.topic, ops.draft) == ("News", "draft")
    assert [(m.delivery, m.why) for m in ops.waiting] == [(Delivery.REFUSED, "Too long.")]


def test_a_jump_among_what_is_there_and_to_what_is_not() -> None:
    it = chronicle()
    log = [said(seq) for seq in range(1, 200)]
    arrive(it, *log[150:])
    changes = Changes()
    it.jump(Jumped(GENERAL, page_of(log, 190), 180), changes)
    assert changes.jumped is not None
    assert changes.jumped.seq == 180
    assert not changes.entered
    changes = Changes()
    it.jump(Jumped(GENERAL, page_of(log, 60), 30), changes)
    room = it.rooms.current
    assert changes.entered
    assert room.place is not None
    assert changes.jumped is room.place.target
    assert [m.seq for m in room.place.messages] == list(range(10, 60))
    assert arrive(it, said(200)).added == []  # it is not to be drawn there
    edited = arrive(it, done(201, wire.Kind.EDIT, 30, "new")).changed
    assert edited == [room.place.target]
    changes = Changes()
    it.back_to_now(changes)
    assert changes.entered
    assert room.place is None
    assert room.messages[-1].seq == 200


def test_a_gap_is_shown_once_where_it_is() -> None:
    it = chronicle()
    arrive(it, said(1))
    changes = Changes()
    it.note_gap(5, changes)
    it.note_gap(5, changes)
    arrive(it, said(6))
    assert [m.kind for m in it.rooms.current.messages] == [Kind.SAID, Kind.GAP, Kind.SAID]
    page = page_of([said(6)], gaps=(Gap(2, 5),))
    it.older(Older(GENERAL, page), changes)
    assert [m.kind for m in it.rooms.current.messages] == [Kind.SAID, Kind.GAP, Kind.SAID]


def test_the_logs_of_two_eras_do_not_mix() -> None:
    it = chronicle()
    (old,) = arrive(it, said(1, "old")).added
    changes = Changes()
    it.reset(changes)
    assert texts(changes.added) == [RESET_TEXT]
    arrive(it, said(1, "new"), done(2, wire.Kind.EDIT, 1, "newer"))
    assert texts(it.rooms.current.messages) == ["old", RESET_TEXT, "newer"]
    before = Page([said(1, "old")], [], Cursor(1), False, True, era=1)
    it.older(Older(GENERAL, before), changes)
    assert it.rooms.current.messages[0] is old
    assert texts(it.rooms.current.messages) == ["old", RESET_TEXT, "newer"]
    assert it.rooms.current.last_seq == 1


def test_a_new_log_is_read_back_to_its_beginning_and_then_the_old_one() -> None:
    it, changes = chronicle(), Changes()
    arrive(it, said(500, "old"))
    it.reset(changes)
    room = it.rooms.current
    assert (changes.edge, room.has_older, room.cursor) == (True, True, None)
    arrive(it, said(80, "new"), said(81, "newer"))
    assert room.cursor == Cursor(0, 80)
    page = Page([said(40)], [], Cursor(7, 40), at_floor=True, at_start=False)
    it.older(Older(GENERAL, page), changes)
    assert room.cursor == Cursor(7, 40)
    page = Page([said(1)], [], Cursor(6), at_floor=False, at_start=False)
    it.older(Older(GENERAL, page), changes)
    assert room.cursor == Cursor(0, 500, age=1)
    assert [m.seq for m in room.messages if m.kind is Kind.SAID] == [500, 1, 40, 80, 81]


def test_an_era_from_before_ends_with_a_mark() -> None:
    it, changes = chronicle(), Changes()
    arrive(it, said(1, "new"))
    it.older(Older(GENERAL, Page([said(8, "old")], [], Cursor(1), False, True, era=1)), changes)
    assert texts(it.rooms.current.messages) == ["old", RESET_TEXT, "new"]


def test_nothing_of_a_new_log_is_read_before_there_is_something() -> None:
    it = chronicle()
    arrive(it, said(7))
    assert it.rooms.current.last_seq == 7
    it.reset(Changes())
    assert it.rooms.current.last_seq == 0


KINDS = st.sampled_from(list(wire.Kind))


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """A log of one room, with own messages in it."""
    entries: list[Entry] = []
    for seq in range(1, draw(st.integers(1, 25)) + 1):
        targets = [entry.seq for entry in entries if entry.kind.is_message]
        kind = draw(KINDS) if targets else wire.Kind.MESSAGE
        target = draw(st.sampled_from(targets)) if kind is not wire.Kind.MESSAGE else 0
        author = draw(st.sampled_from(["alice", "bob"]))
        is_own = author == "alice" and draw(st.booleans())
        text = draw(st.sampled_from("👍❤")) if kind is wire.Kind.REACT else f"text {seq}"
        entries.append(
            Entry(seq, 0, GENERAL, author, text, kind, target, mid(seq) if is_own else "")
        )
    return entries


@settings(max_examples=300)
@given(logs(), st.data())
def test_any_way_to_know_a_log_shows_what_it_says(log: list[Entry], data: st.DataObject) -> None:
    it = chronicle()
    room = it.rooms.current
    head = opened = data.draw(st.integers(0, len(log)), "here at the start")
    it.open(Opened("alice", GENERAL, page_of(log[:head], count=3)), Changes())
    drawn = list(room.messages)
    said_by_now: set[str] = set()
    while head < len(log) or room.has_older:
        changes = Changes()
        match data.draw(st.sampled_from(["arrive", "again", "older", "enter", "say"])):
            case "arrive":
                more = data.draw(st.integers(1, 5))
                it.arrive(Arrived(tuple(log[head : head + more]), live=True), changes)
                head = min(head + more, len(log))
            case "again":
                back = data.draw(st.integers(0, head))
                it.arrive(Arrived(tuple(log[back:head]), live=False), changes)
            case "older":
                before = room.cursor
                seq = before.before if before else 0
                count = data.draw(st.integers(1, 5))
                read_at = data.draw(st.integers(max(head - 3, opened), head))  # of the disk
                it.older(Older(GENERAL, page_of(log[:read_at], seq, count)), changes)
            case "enter":
                it.enter(page_of(log[:head], count=4), changes)
            case "say":
                for entry in log[head : head + 2]:
                    if entry.mid and entry.kind.is_message and entry.mid not in said_by_now:
                        said_by_now.add(entry.mid)
                        say = Say(GENERAL, entry.text, entry.mid, entry.kind, entry.target)
                        it.expect(say, changes)
        drawn = redrawn(drawn, changes, room.messages)
        assert [m.key for m in drawn] == [m.key for m in room.messages]
    assert shown(room.messages) == expected(log)
    assert it.waiting_count == 0
    assert len({message.key for message in room.messages}) == len(room.messages)


def redrawn(drawn: list[Message], changes: Changes, now: list[Message]) -> list[Message]:
    """Return what a view shows that follows ``changes`` and nothing else."""
    if changes.entered:
        return list(now)
    waiting = sum(message.delivery is Delivery.WAITING for message in now)
    settled = [m for m in drawn if m not in changes.added and m.delivery is Delivery.SENT]
    tail = now[len(now) - waiting :]
    if not changes.waiting:
        old = [message for message in drawn if message.delivery is Delivery.WAITING]
        assert [m.key for m in old] == [m.key for m in tail]
    return [*changes.older, *settled, *changes.added, *tail]


def test_what_waits_in_a_room_that_was_spelled_in_another_way_can_be_discarded() -> None:
    it = chronicle()
    it.rooms.enter("OPS", Changes())
    expect(it, Say("OPS", "one", mid(1)), Say("OPS", "two", mid(2)))
    it.rooms.enter("ops", Changes())
    changes = Changes()
    it.discard(mid(1), changes)
    assert changes.waiting
    assert arrive(it, own(1, Say("ops", "two", mid(2)))).waiting
    assert [each.delivery for each in it.rooms.current.messages] == [Delivery.SENT]


def test_a_room_begins_anew_after_it_was_left() -> None:
    it = chronicle()
    it.rooms.enter("ops", Changes())
    it.joined("ops", Changes())
    arrive(it, said(1, room="ops"))
    it.left("ops", Changes())
    assert [m.seq for m in it.rooms.current.messages] == [1]  # still there to be read
    changes = Changes()
    it.joined("ops", changes)
    assert changes.entered
    assert it.rooms.current.messages == []
    arrive(it, said(70, room="ops"))
    page = Page([said(60, room="ops"), said(70, room="ops")], [], Cursor(1, 60), True, False)
    it.older(Older("ops", page), Changes())
    room = it.rooms.current
    assert ([m.seq for m in room.messages], room.has_older) == ([60, 70], True)


def test_who_is_in_a_room_is_not_known_from_without() -> None:
    it = chronicle()
    for room in ("ops", "lab"):
        it.rooms.get(room).people.add("bob")
    it.rooms.enter("ops", Changes())
    elsewhere, here = Changes(), Changes()
    it.left("lab", elsewhere)
    it.left("ops", here)
    assert (elsewhere.people, here.people) == (False, True)
    assert not it.rooms.get("ops").people
    assert not it.rooms.get("lab").people


def test_what_came_from_behind_a_hole_goes_when_the_host_can_fill_it() -> None:
    it = chronicle()
    arrive(it, said(100))
    page = Page([said(3), said(4)], [], Cursor(1, 3), at_floor=False, at_start=False)
    it.older(Older(GENERAL, page, hole=99), Changes())
    assert texts(it.rooms.current.messages) == ["text 3", "text 4", HOLE_TEXT, "text 100"]
    changes = Changes()
    it.live(changes)
    assert changes.entered
    room = it.rooms.current
    assert texts(room.messages) == ["text 100"]
    assert (room.cursor, room.has_older) == (Cursor(0, 100), True)
    assert not it.rooms.current.hole
