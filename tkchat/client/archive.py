"""What a view wants to see of earlier times: from this computer, or else from the host."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count

from tkchat.client.database import DatabaseError
from tkchat.client.events import (
    Entered,
    Event,
    Found,
    Jumped,
    Noticed,
    Older,
    Opened,
    ReadTo,
)
from tkchat.client.history import History
from tkchat.client.outbox import Outbox
from tkchat.client.pages import Cursor, Page
from tkchat.client.query import Query
from tkchat.client.search import Hit
from tkchat.i18n import tr
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import LocalError
from tkchat.wire.requests import MOST_FOUND, AskHistory, AskSearch, Request, SayRead

PAGE = 50  #: messages
FOUND = 50  #: messages
ENOUGH = PAGE // 2  #: neighbours on each side of a message that is jumped to
MOST_ASKED = 6  #: times that the host is asked for the neighbours of one

Ask = Callable[[Request], bool]  #: sends a request; tells whether there is a connection


@dataclass(frozen=True, slots=True)
class Reply:
    """What the host said to a request: events, and whether there are older ones."""

    entries: Sequence[Entry]
    more: bool
    failed: str = ""  #: why there is no answer
    is_no_room: bool = False  #: that is why: the host has no such room, or none to read
    moment: tuple[int | None, int] | None = None  #: when it came, as `History.moment`


class Archive:
    """Pages and searches. Everything but `opened` runs on the worker's thread."""

    def __init__(self, history: History, ask: Ask, emit: Callable[[Event], object]) -> None:
        self._history = history
        self._ask = ask
        self._emit = emit
        self._numbers = count(1)
        self._open: dict[str, Callable[[Reply], None]] = {}  # requests by their ``re``
        self._marks: dict[str, int] = {}  # that the host has not been told of

    def opened(self, room: str) -> Opened | None:
        """Return what this computer has of the chat; None for nothing.

        Raises:
            DatabaseError: it cannot be read.
        """
        history = self._history
        if history.chat is None:
            return None
        rooms = tuple(history.rooms())
        drafts = {each.room: text for each in rooms if (text := history.draft(each.room))}
        page = history.page(room, None, PAGE)
        waiting = tuple(Outbox(history).waiting())
        return Opened(history.user, room, page, rooms, waiting, drafts)

    def enter(self, room: str) -> None:
        """Show a room."""
        try:
            page = self._history.page(room, None, PAGE)
        except DatabaseError:
            self._emit(Entered(room, self._nothing(None)))
            raise
        self._emit(Entered(room, page))

    def older(self, room: str, cursor: Cursor | int | None) -> None:
        """Show what comes before ``cursor`` in a room."""
        try:
            page = self._history.page(room, cursor, PAGE)
        except DatabaseError:
            self._emit(Older(room, self._nothing(cursor), offline=True))
            raise
        if page.entries or page.gaps or not page.at_floor:
            self._emit(Older(room, page))
            return
        before = page.cursor.before
        self._request(
            lambda re: AskHistory(re, room, before, PAGE),
            lambda answer: self._take_older(room, cursor, before, answer),
        )

    def fetch(self, room: str) -> None:
        """Get the newest messages of a room that was joined just now."""
        self._request(
            lambda re: AskHistory(re, room, 0, PAGE),
            lambda answer: self._take_older(room, None, 0, answer),
        )

    def around(self, room: str, at: Cursor | int) -> None:
        """Show an earlier message among its neighbours."""
        at = at if isinstance(at, Cursor) else Cursor(self._history.chat or 0, at + 1)
        self._look_around(_Spot(room, at))

    def search(self, query_id: int, query: Query, room: str) -> None:
        """Look for messages, here first."""
        hits: list[Hit] = []
        try:
            hits = self._history.search(query, room, FOUND)
        finally:
            is_asked = not query.is_empty and self._request(
                lambda re: _ask_search(re, query, room),
                lambda answer: self._take_found(query_id, query, hits, answer),
                says_offline=False,
            )
            self._emit(Found(query_id, tuple(hits), "here", done=not is_asked))

    def answered(self, re: str, answer: Reply) -> None:
        """Take the host's answer to a request."""
        take = self._open.pop(re, None)
        if take is not None:
            take(answer)

    def begin(self) -> None:
        """Tell the host what it could not be told: it is there."""
        marks, self._marks = self._marks, {}
        for room, seq in marks.items():
            self._tell_mark(room, seq)

    def stop(self) -> None:
        """Wait for no answer any more: the host is gone."""
        waiting, self._open = self._open, {}
        for take in waiting.values():
            take(Reply((), more=True, failed=tr("the connection was lost")))

    def mark_read(self, room: str, seq: int) -> None:
        """Remember that a room was read up to ``seq``, and tell the host."""
        self._emit(ReadTo(room, seq))
        self._tell_mark(room, seq)
        self._history.mark_read(room, seq)

    def set_draft(self, room: str, text: str, answers: int = 0) -> None:
        """Remember what is being written, and the seq of what it answers."""
        self._history.set_draft(room, text, answers)

    def _tell_mark(self, room: str, seq: int) -> None:
        if not self._ask(SayRead(room, seq)):
            self._marks[room] = max(seq, self._marks.get(room, 0))

    def _request(
        self,
        request: Callable[[str], Request],
        take: Callable[[Reply], None],
        *,
        says_offline: bool = True,
    ) -> bool:
        """Ask the host; tell whether that was possible. If not, ``take`` is told, if it likes."""
        re = str(next(self._numbers))
        self._open[re] = take
        with suppress(LocalError):  # what is looked for may not fit into a line
            if self._ask(request(re)):
                return True
        del self._open[re]
        if says_offline:
            take(Reply((), more=True, failed=tr("there is no connection")))
        return False

    def _take_older(
        self, room: str, cursor: Cursor | int | None, before: int, answer: Reply
    ) -> None:
        try:
            if not answer.failed:
                self._take_page(room, before, answer)
            page = self._history.page(room, cursor, PAGE)
            is_stuck = bool(answer.failed) and page.at_floor and not page.entries
            past = self._history.page(room, cursor, PAGE, beyond=True) if is_stuck else page
        except DatabaseError:
            self._emit(Older(room, self._nothing(cursor), offline=True))
            raise
        if is_stuck and past.entries:
            self._emit(_beyond_hole(room, past, page.cursor.before))
        else:
            is_nothing = is_stuck and past.at_start
            if is_nothing and answer.is_no_room:  # as before the first words of a conversation
                self._emit(Older(room, past))
            else:
                self._emit(Older(room, page if is_nothing else past, offline=is_nothing))

    def _look_around(self, spot: "_Spot") -> None:
        """Show what is here around a message, or first ask the host for what is missing there."""
        page = self._history.page_around(spot.room, spot.at, PAGE * 2)
        before = None if page.era else spot.missing(page, self._history.head or 0)
        if before is None or not self._request(
            lambda re: AskHistory(re, spot.room, before, MOST_FOUND),
            lambda answer: self._take_around(spot, before, answer),
            says_offline=False,
        ):
            self._show_around(spot, page, is_complete=before is None)

    def _take_around(self, spot: "_Spot", before: int, answer: Reply) -> None:
        if answer.failed:
            page = self._history.page_around(spot.room, spot.at, PAGE * 2)
            self._show_around(spot, page, is_complete=False)
            return
        self._take_page(spot.room, before, answer)
        spot.asked += 1
        self._look_around(spot)

    def _show_around(self, spot: "_Spot", page: Page, *, is_complete: bool) -> None:
        if not is_complete and not spot.is_on(page):
            page = self._history.page_around(spot.room, spot.at, PAGE * 2, beyond=True)
            if not spot.is_on(page):
                told = tr(
                    "That message is on the host. It can be shown when you are connected again."
                )
                self._emit(Noticed(told))
                return
        self._emit(Jumped(spot.room, page, spot.seq))

    def _take_page(self, room: str, before: int, answer: Reply) -> None:
        is_complete = not answer.more
        self._history.take_page(room, answer.entries, is_complete, before, answer.moment)

    def _take_found(self, query_id: int, query: Query, here: Sequence[Hit], answer: Reply) -> None:
        chat = self._history.chat or 0
        hits = {(-hit.era, hit.entry.seq): hit for hit in here}
        for entry in filter(query.fits, _as_it_is_now(answer.entries)):
            hits.setdefault((0, entry.seq), Hit(entry, Cursor(chat, entry.seq + 1)))
        newest_first = tuple(hits[place] for place in sorted(hits, reverse=True))
        self._emit(Found(query_id, newest_first, "host", done=True))

    def _nothing(self, cursor: Cursor | int | None) -> Page:
        if not isinstance(cursor, Cursor):
            cursor = Cursor(self._history.chat or 0, cursor or 0)
        return Page([], [], cursor, at_floor=True, at_start=False)


@dataclass(slots=True)
class _Spot:
    """A message to be shown among its neighbours, and how often the host was asked for those."""

    room: str
    at: Cursor
    asked: int = 0

    @property
    def seq(self) -> int:
        return self.at.before - 1

    def is_on(self, page: Page) -> bool:
        return bool(page.era) or any(entry.seq == self.seq for entry in page.entries)

    def missing(self, page: Page, head: int) -> int | None:
        """Return before which event the host is to be asked for more; None if that is enough.

        ``head`` is the newest event of the log that is known of.
        """
        if self.asked == MOST_ASKED:
            return None
        if not self.is_on(page):
            return None if self.asked else self.at.before + PAGE // 2
        seqs = [entry.seq for entry in page.entries if entry.kind.is_message]
        if page.ceiling and sum(seq > self.seq for seq in seqs) < ENOUGH:
            # The numbers are those of all rooms: nobody knows how many of them are of this one.
            end = seqs[-1] + MOST_FOUND * 4**self.asked
            return min(end, page.ceiling) + 1 if end < head else 0
        if page.at_floor and sum(seq < self.seq for seq in seqs) < ENOUGH:
            return page.cursor.before
        return None


def _ask_search(re: str, query: Query, room: str) -> AskSearch | AskHistory:
    if query.is_any_message:  # of a room: hosts search for something only
        return AskHistory(re, query.room, 0, FOUND)
    return AskSearch(
        re,
        query.words,
        query.room or room,
        limit=FOUND,
        author=query.author,
        after=query.after,
        before_time=query.before,
        has_link=query.has_link,
    )


def _beyond_hole(room: str, page: Page, before: int) -> Older:
    """Return what is here from behind a hole, or in it, and before ``before``."""
    if page.at_start:  # of what is here only, maybe
        page = replace(page, at_start=False, cursor=Cursor(page.cursor.chat, page.entries[0].seq))
    hole = before - 1 if before else page.entries[-1].seq + 1
    return Older(room, page, hole=hole if page.after_hole else 0)


def _as_it_is_now(entries: Sequence[Entry]) -> list[Entry]:
    """Return the messages among ``entries``, with their newest text and without deleted ones."""
    found = {entry.seq: entry for entry in entries if entry.kind.is_message}
    for change in sorted(entries, key=lambda entry: entry.seq):
        message = found.get(change.target)
        if message is not None and change.kind is Kind.EDIT:
            found[message.seq] = replace(message, text=change.text)
        elif message is not None and change.kind is Kind.DELETE:
            del found[message.seq]
    return list(found.values())
