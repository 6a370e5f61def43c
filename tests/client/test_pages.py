"""Reading a room backwards: the same list, however it came to this computer."""

from collections.abc import Collection
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.client.chats import ADDRESS, change, database, history, said, seqs
from tkchat.client.history import History
from tkchat.client.pages import Cursor, Page, read_page, read_page_around
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.tagged import Gap

ROOMS = ("general", "lab")


class Host:
    """A host's log, of which the first ``now`` events have happened."""

    def __init__(self, log: list[Entry]) -> None:
        self.log = log
        self.now = 0

    def history(self, room: str, before: int, limit: int) -> tuple[list[Entry], bool]:
        """Answer an `AskHistory`: the events, and whether there is nothing older."""
        happened = [entry for entry in self.log[: self.now] if entry.room == room]
        messages = [
            entry for entry in happened if entry.kind.is_message and entry.seq < (before or 10**9)
        ]
        shown = {entry.seq for entry in messages[-limit:]}
        about = [entry for entry in happened if entry.seq in shown or is_change_of(entry, shown)]
        return about, len(messages) <= limit


def is_change_of(entry: Entry, shown: Collection[int]) -> bool:
    return not entry.kind.is_message and entry.target in shown


def read_back(chat: History, room: str, count: int, host: Host | None = None) -> list[Page]:
    """Return all pages of a room; ``host`` is asked at floors."""
    pages: list[Page] = []
    cursor: Cursor | None = None
    for _ in range(500):
        page = chat.page(room, cursor, count)
        if page.at_floor and not page.entries and host is not None:
            entries, complete = host.history(room, page.cursor.before, 3)
            chat.take_page(room, entries, complete, page.cursor.before)
            cursor = page.cursor
            continue
        pages.append(page)
        cursor = page.cursor
        if page.at_start or (page.at_floor and host is None):
            return pages
    raise AssertionError("reading back never ends")


def entries_of(pages: list[Page]) -> list[Entry]:
    for page in pages:
        assert page.entries == sorted(page.entries, key=lambda entry: entry.seq)
    return sorted((e for page in pages for e in page.entries), key=lambda entry: entry.seq)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    log: list[Entry] = []
    for seq in range(1, draw(st.integers(0, 40)) + 1):
        room = draw(st.sampled_from(ROOMS))
        targets = [entry.seq for entry in log if entry.room == room and entry.kind.is_message]
        kind = draw(st.sampled_from(list(Kind))) if targets else Kind.MESSAGE
        target = 0 if kind is Kind.MESSAGE else draw(st.sampled_from(targets))
        log.append(Entry(seq, seq, room, "bob", f"t{seq}", kind, target))
    return log


steps = st.lists(
    st.tuples(
        st.sampled_from(["hear", "leave", "join", "scroll", "look"]),
        st.sampled_from(ROOMS),
        st.integers(1, 15),
    ),
    max_size=12,
)


@given(logs(), steps, st.integers(1, 6))
def test_a_room_reads_as_the_log_has_it_however_it_came(
    tmp_path_factory: pytest.TempPathFactory,
    log: list[Entry],
    what_happens: list[tuple[str, str, int]],
    count: int,
) -> None:
    host = Host(log)
    joined = set(ROOMS)
    heard: list[Entry] = []
    with history(tmp_path_factory.mktemp("chat")) as chat:
        for action, room, number in [*what_happens, *(("join", each, 0) for each in ROOMS)]:
            match action:
                case "hear":
                    new = log[host.now : host.now + number]
                    host.now = min(host.now + number, len(log))
                    repeated = heard[-(number // 2) :] if number > 1 else []
                    heard += [entry for entry in new if entry.room in joined]
                    both = [*repeated, *(entry for entry in new if entry.room in joined)]
                    chat.take(both[:3], None)
                    chat.take(both[3:], host.now)
                case "leave" if room in joined:
                    joined.remove(room)
                    chat.forget_floor(room)
                case "join" if room not in joined:
                    joined.add(room)
                    chat.forget_floor(room)
                case "scroll" if room in joined:
                    read_back(chat, room, number, host)
                case "look" if room in joined:
                    entries, complete = host.history(room, number, 3)
                    chat.take_page(room, entries, complete, number)
        for room in ROOMS:
            expected, _ = host.history(room, 0, 10**6)
            assert entries_of(read_back(chat, room, count, host)) == expected
            pages = read_back(chat, room, count)  # and now with no host
            assert entries_of(pages) == expected
            assert not any(page.at_floor or page.gaps for page in pages)


def test_a_page_has_so_many_messages_and_all_that_was_done_to_them(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(seq) for seq in range(1, 11)], 10)
        chat.take([change(11, Kind.EDIT, 9, "x"), change(12, Kind.REACT, 2, "x"), said(13)], 13)
        page = chat.page("general", None, 3)
        assert seqs(page.entries) == [9, 10, 11, 13]
        assert (page.at_start, page.at_floor) == (False, False)
        older = chat.page("general", page.cursor, 7)
        assert seqs(older.entries) == [2, 3, 4, 5, 6, 7, 8, 12]
        assert not older.at_start
        oldest = chat.page("general", older.cursor, 7)
        assert seqs(oldest.entries) == [1]
        assert oldest.at_start


def test_a_room_that_nothing_is_known_of_has_to_be_asked_for(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        page = chat.page("lab", None, 50)
        assert (page.entries, page.at_floor, page.cursor.before) == ([], True, 0)
        chat.take_page("lab", [], complete=True)
        page = chat.page("lab", None, 50)
        assert (page.at_floor, page.at_start) == (False, True)


def test_the_first_events_leave_the_older_ones_to_be_asked_for(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(seq) for seq in range(100, 110)], 109)
        page = chat.page("general", None, 50)
        assert seqs(page.entries) == list(range(100, 110))
        assert (page.at_floor, page.cursor.before) == (True, 100)
        assert chat.page("general", page.cursor, 50).entries == []


def test_with_no_host_reading_goes_on_beyond_what_is_missing(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(seq) for seq in range(1, 6)], 5)
        chat.forget_floor("general")
        chat.take([said(20)], 20)
        page = chat.page("general", None, 50, beyond=True)
        assert (seqs(page.entries), page.at_floor) == ([20], True)
        page = chat.page("general", page.cursor, 3, beyond=True)
        assert (seqs(page.entries), page.at_start) == ([3, 4, 5], False)
        page = chat.page("general", page.cursor, 3, beyond=True)
        assert (seqs(page.entries), page.at_start) == ([1, 2], True)


def test_just_after_coming_back_what_is_here_is_shown_with_no_host(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1)], 1)
        chat.forget_floor("general")
        assert chat.page("general", None, 50).at_floor
        page = chat.page("general", None, 50, beyond=True)
        assert (seqs(page.entries), page.at_start) == ([1], True)


def test_a_page_costs_the_same_however_long_the_room_is(tmp_path: Path) -> None:
    costs: list[int] = []
    with history(tmp_path) as chat:
        for last in (2_000, 20_000):
            head = chat.head or 0
            chat.take([said(seq) for seq in range(head + 1, last + 1)], last)
            steps: list[int] = []
            with chat.database.reading() as connection:
                connection.set_progress_handler(partial(steps.append, 1), 10)
                for before in (0, last // 2):
                    read_page(connection, [1], "general", Cursor(1, before), 50)
                    read_page_around(connection, [1], "general", Cursor(1, before), 50)
                connection.set_progress_handler(None, 0)
            costs.append(len(steps))
    assert costs[1] < 1.5 * costs[0]


def test_a_cursor_from_before_the_first_welcome_means_the_end(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        chat = History(opened, ADDRESS, "alice")
        cursor = chat.page("general", None, 5).cursor
        chat.welcomed("log", "alice", "token")
        chat.take([said(1)], 1)
        assert seqs(chat.page("general", cursor, 5).entries) == [1]


def test_a_gap_is_told_once_and_where_it_is(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(seq) for seq in range(1, 6)], 5)
        chat.gap(6, 20)
        chat.gap(6, 20)
        chat.take([said(seq) for seq in range(21, 26)], 25)
        pages = read_back(chat, "general", 5)
        assert [(seqs(page.entries)[0], page.gaps) for page in pages] == [
            (21, []),
            (1, [Gap(6, 20)]),
        ]
        assert chat.page("general", None, 50).gaps == [Gap(6, 20)]


def test_what_the_host_keeps_no_longer_is_a_gap_of_its_room(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1), said(2), said(3, room="lab")], 3)
        chat.forget_floor("general")
        chat.take([said(20)], 20)
        chat.take_page("general", [said(10), said(11)], complete=True, before=20)
        (page,) = read_back(chat, "general", 50)
        assert (seqs(page.entries), page.gaps) == ([1, 2, 10, 11, 20], [Gap(3, 9)])
        assert chat.page("lab", None, 50).gaps == []


def test_after_the_log_comes_the_one_before_it(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        chat.take([said(seq) for seq in range(1, 4)], 3)
        chat.forget_floor("general")
        chat.take([said(9), said(9, room="lab")], 9)
        chat.welcomed("between", "alice", "token")  # nothing was ever said in it
        chat.welcomed("new", "alice", "token")
        chat.take([said(1), said(2)], 2)
        first, second = read_back(chat, "general", 50)
        assert (first.era, seqs(first.entries), first.at_start) == (0, [1, 2], False)
        assert (second.era, seqs(second.entries), second.at_start) == (2, [1, 2, 3, 9], True)
        assert second.gaps == [Gap(4, 8)]  # nobody can send it any more
        assert chat.page("lab", None, 50).at_floor
        assert seqs(chat.page("lab", None, 50, beyond=True).entries) == []


def test_a_cursor_may_name_its_log_by_its_age(tmp_path: Path) -> None:
    with history(tmp_path, "old") as chat:
        chat.take([said(seq) for seq in range(1, 10)], 9)
        chat.welcomed("new", "alice", "token")
        chat.take([said(seq) for seq in range(1, 6)], 5)
        assert seqs(chat.page("general", Cursor(0, 4), 2).entries) == [2, 3]
        page = chat.page("general", Cursor(0, 8, age=1), 3)
        assert (seqs(page.entries), page.era) == ([5, 6, 7], 1)


def test_around_a_message_are_some_from_before_and_some_from_after(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(seq) for seq in range(1, 31)], 30)
        page = chat.page_around("general", 10, 6)
        assert seqs(page.entries) == [8, 9, 10, 11, 12, 13]
        page = chat.page_around("general", 30, 6)
        assert seqs(page.entries) == [25, 26, 27, 28, 29, 30]


def test_around_a_message_that_only_the_host_has_it_is_asked(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(100)], 100)
        page = chat.page_around("general", 50, 6)
        assert (page.entries, page.at_floor, page.cursor.before) == ([], True, 51)
        chat.take_page("general", [said(40), said(50)], complete=False, before=51)
        page = chat.page_around("general", 50, 6)
        assert (seqs(page.entries), page.at_floor, page.cursor.before) == ([40, 50], True, 40)
        page = chat.page("general", None, 6)
        assert (seqs(page.entries), page.cursor.before) == ([100], 100)


def test_around_a_message_that_may_be_outdated(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        chat.take([said(1), said(2)], 2)
        chat.forget_floor("general")
        assert chat.page_around("general", 1, 6).at_floor
        assert seqs(chat.page_around("general", 1, 6, beyond=True).entries) == [1, 2]
        chat.take([said(3), said(4)], 4)
        assert seqs(chat.page_around("general", 1, 6, beyond=True).entries) == [1, 2]
        assert seqs(chat.page_around("general", 3, 6).entries) == [3, 4]


def test_before_the_first_welcome_there_is_nothing(tmp_path: Path) -> None:
    with history(tmp_path) as chat:
        nobody = History(chat.database, "elsewhere:1", "alice")
        for page in (nobody.page("general", None, 5), nobody.page_around("general", 3, 5)):
            assert (page.entries, page.at_floor, page.at_start) == ([], True, False)
