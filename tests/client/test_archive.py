"""Pages and searches, with a host that does what a test says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.chats import change, history, say, seqs
from tests.client.chats import said as stored
from tkchat.client.archive import FOUND, PAGE, Archive, Reply
from tkchat.client.database import DatabaseError
from tkchat.client.events import Entered, Event, Found, Jumped, Noticed, Older, ReadTo
from tkchat.client.history import History
from tkchat.client.outbox import Outbox
from tkchat.client.query import Query
from tkchat.wire.entry import Kind
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import AskHistory, AskSearch, Request, SayRead, encode


class Desk:
    """An archive, what it told, and what it asked the host."""

    def __init__(self, kept: History) -> None:
        self.history = kept
        self.told: list[Event] = []
        self.asked: list[Request] = []
        self.is_online = True
        self.archive = Archive(kept, self._ask, self.told.append)

    def _ask(self, request: Request) -> bool:
        encode(request)  # as it is sent
        if self.is_online:
            self.asked.append(request)
        return self.is_online

    def last(self) -> Event:
        return self.told[-1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with history(tmp_path) as kept:
        yield Desk(kept)


def test_what_is_here_is_shown_without_asking(desk: Desk) -> None:
    desk.history.take([stored(seq) for seq in range(1, 80)], 79)
    desk.archive.enter(GENERAL)
    entered = desk.last()
    assert isinstance(entered, Entered)
    assert entered.page is not None
    assert seqs(entered.page.entries) == list(range(30, 80))
    desk.archive.older(GENERAL, entered.page.cursor)
    older = desk.last()
    assert isinstance(older, Older)
    assert seqs(older.page.entries) == list(range(1, 30))
    assert desk.asked == []


def test_the_host_is_asked_for_what_is_not(desk: Desk) -> None:
    desk.history.take([stored(60)], 60)
    desk.archive.older(GENERAL, 60)
    assert desk.asked == [AskHistory("1", GENERAL, 60, PAGE)]
    assert desk.told == []
    desk.archive.answered("1", Reply([stored(seq) for seq in range(10, 60)], more=True))
    older = desk.last()
    assert isinstance(older, Older)
    assert seqs(older.page.entries) == list(range(10, 60))
    assert not older.page.at_start
    desk.archive.answered("1", Reply([], more=False))  # nobody asked that again
    assert desk.last() is older


def test_without_a_host_the_answer_is_that(desk: Desk) -> None:
    desk.is_online = False
    desk.history.take([stored(60)], 60)
    desk.archive.older(GENERAL, 60)
    older = desk.last()
    assert isinstance(older, Older)
    assert (older.page.entries, older.offline, older.page.at_start) == ([], True, False)


@pytest.mark.parametrize(("is_no_room", "is_over"), [(True, True), (False, False)])
def test_a_room_that_the_host_has_not_got_begins_here(
    desk: Desk, is_no_room: bool, is_over: bool
) -> None:
    desk.archive.older("@bob", None)
    desk.archive.answered("1", Reply((), more=True, failed="why", is_no_room=is_no_room))
    older = desk.last()
    assert isinstance(older, Older)
    assert (older.page.entries, older.page.at_start, older.offline) == ([], is_over, not is_over)
    assert "@bob" not in [each.room for each in desk.history.rooms()]


def test_a_lost_host_answers_nothing_any_more(desk: Desk) -> None:
    desk.history.take([stored(60)], 60)
    desk.archive.older(GENERAL, 60)
    desk.archive.search(1, Query("m"), "")
    desk.archive.stop()
    assert [(type(event), getattr(event, "offline", None)) for event in desk.told] == [
        (Found, None),
        (Older, True),
        (Found, None),
    ]
    found = desk.last()
    assert isinstance(found, Found)
    assert found.done


def test_a_search_takes_both_answers_together(desk: Desk) -> None:
    desk.history.take([stored(7, "red apple"), stored(8, "green pear")], 8)
    desk.archive.search(3, Query("appl"), "")
    first = desk.last()
    assert isinstance(first, Found)
    assert ([hit.entry.seq for hit in first.hits], first.source, first.done) == ([7], "here", False)
    assert desk.asked == [AskSearch("1", "appl", "", 0, FOUND)]
    answer = [
        stored(2, "an apple"),
        stored(3, "aple"),
        change(4, Kind.EDIT, 3, "apple!"),
        stored(5, "apples"),
        change(6, Kind.DELETE, 5),
        stored(7, "red apple"),
    ]
    desk.archive.answered("1", Reply(answer, more=True))
    last = desk.last()
    assert isinstance(last, Found)
    assert [(hit.entry.seq, hit.entry.text) for hit in last.hits] == [
        (7, "red apple"),
        (3, "apple!"),
        (2, "an apple"),
    ]
    assert (last.query_id, last.source, last.done) == (3, "host", True)


def test_nothing_is_looked_for_in_vain(desk: Desk) -> None:
    desk.archive.search(1, Query("  "), "")
    assert desk.told == [Found(1, (), "here", done=True)]
    assert desk.asked == []


def test_what_does_not_fit_into_a_line_is_looked_for_here_only(desk: Desk) -> None:
    desk.archive.search(1, Query("x" * 20_000), "")
    assert desk.asked == []
    assert desk.last() == Found(1, (), "here", done=True)


def host(desk: Desk, seqs_there: range) -> None:
    """Answer each request for history as a host with messages of these seqs does."""
    while isinstance(asked := desk.asked[-1] if desk.asked else None, AskHistory):
        desk.asked.clear()
        there = [seq for seq in seqs_there if not asked.before or seq < asked.before]
        newest = there[-asked.limit :]
        answer = Reply([stored(seq) for seq in newest], more=len(there) > len(newest))
        desk.archive.answered(asked.re, answer)


def jump(desk: Desk, seq: int, seqs_there: range) -> list[int]:
    """Go to a message; return the seqs among which it is shown."""
    desk.archive.around(GENERAL, seq)
    host(desk, seqs_there)
    jumped = desk.last()
    assert isinstance(jumped, Jumped)
    assert jumped.seq == seq
    return seqs(jumped.page.entries)


def test_a_jump_shows_the_neighbours_from_here_or_from_the_host(desk: Desk) -> None:
    desk.history.take([stored(seq) for seq in range(100, 200)], 199)
    desk.archive.around(GENERAL, 150)
    assert desk.asked == []
    jumped = desk.last()
    assert isinstance(jumped, Jumped)
    assert 150 in seqs(jumped.page.entries)
    assert set(range(15, 66)) <= set(jump(desk, 40, range(1, 200)))
    desk.is_online = False
    desk.history.forget_floor(GENERAL)
    desk.archive.around(GENERAL, 250)
    told = "That message is on the host. It can be shown when you are connected again."
    assert desk.last() == Noticed(told)


def test_a_jump_to_the_edge_of_what_is_here_brings_what_lies_beyond(desk: Desk) -> None:
    desk.history.take([stored(seq) for seq in range(1000, 1100)], 1099)
    there = range(1, 1100)
    assert set(range(975, 1026)) <= set(jump(desk, 1000, there))
    some = jump(desk, 300, there)
    while some[-1] < 1000:  # as who reads on does: from the newest to the next
        some = jump(desk, some[-1], there)
        assert some[-1] > min(some[0], 1000)
    some = jump(desk, 300, there)
    while some[0] > 1:
        some = jump(desk, some[0], there)
    desk.archive.around(GENERAL, 1)
    jumped = desk.last()
    assert isinstance(jumped, Jumped)
    assert jumped.page.at_start
    assert desk.asked == []


def test_newer_ones_are_found_in_a_room_where_little_is_said(desk: Desk) -> None:
    desk.history.take([stored(90_000)], 90_000)
    there = range(100, 90_001, 3_000)
    assert jump(desk, 100, there)[:2] == [100, 3_100]


def test_a_host_that_knows_nothing_newer_ends_the_questions(desk: Desk) -> None:
    desk.history.take([stored(900)], 900)
    desk.history.take_page(GENERAL, [stored(seq) for seq in range(1, 40)], complete=True, before=40)
    assert jump(desk, 39, range(1, 40))[-1] in (39, 900)


def test_a_filter_that_the_host_does_not_know_is_heeded_here(desk: Desk) -> None:
    desk.archive.search(1, Query("apple", author="bob"), "")
    asked = desk.asked[-1]
    assert isinstance(asked, AskSearch)
    answer = [stored(1, "apple", author="bob"), stored(2, "apple", author="carol")]
    desk.archive.answered(asked.re, Reply(answer, more=False))
    found = desk.last()
    assert isinstance(found, Found)
    assert [hit.entry.seq for hit in found.hits] == [1]


def test_what_was_read_without_a_host_is_told_later(desk: Desk) -> None:
    desk.is_online = False
    desk.archive.mark_read("ops", 4)
    desk.archive.mark_read("ops", 9)
    assert desk.last() == ReadTo("ops", 9)
    desk.is_online = True
    desk.archive.begin()
    desk.archive.begin()
    assert desk.asked == [SayRead("ops", 9)]
    (summary,) = [each for each in desk.history.rooms() if each.room == "ops"]
    assert summary.read == 9


def test_what_opens_without_a_host(desk: Desk) -> None:
    desk.history.take([stored(1)], 1)
    desk.archive.set_draft("ops", "half a")
    Outbox(desk.history).add(say(1, "waits"), 0)
    opened = desk.archive.opened(GENERAL)
    assert opened is not None
    assert seqs(opened.page.entries) == [1]
    assert opened.drafts == {"ops": "half a"}
    assert [each.say.text for each in opened.waiting] == ["waits"]


def test_a_disk_that_cannot_be_read_leaves_nobody_waiting(desk: Desk) -> None:
    desk.history.database.close()
    with pytest.raises(DatabaseError):
        desk.archive.enter(GENERAL)
    assert isinstance(desk.last(), Entered)
    with pytest.raises(DatabaseError):
        desk.archive.older(GENERAL, None)
    assert isinstance(desk.last(), Older)
    with pytest.raises(DatabaseError):
        desk.archive.search(1, Query("x"), "")
    assert isinstance(desk.last(), Found)


def test_without_a_host_older_ones_come_from_behind_what_is_missing(desk: Desk) -> None:
    desk.history.take([stored(seq) for seq in range(2, 72)], 71)
    desk.history.forget_floor(GENERAL)
    desk.history.take([stored(100)], 100)
    desk.is_online = False
    told: list[Older] = []
    cursor = desk.history.page(GENERAL, None, PAGE).cursor
    for _ in range(3):
        desk.archive.older(GENERAL, cursor)
        older = desk.last()
        assert isinstance(older, Older)
        told.append(older)
        cursor = older.page.cursor
    assert [(seqs(each.page.entries)[:1], each.hole, each.offline) for each in told] == [
        ([22], 99, False),
        ([2], 0, False),
        ([], 0, True),  # the host may have more
    ]
    assert not any(older.page.at_start for older in told)
    desk.archive.around(GENERAL, 30)
    jumped = desk.last()
    assert isinstance(jumped, Jumped)
    assert jumped.seq == 30
