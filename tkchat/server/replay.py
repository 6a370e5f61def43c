"""What a client reads of the log: what it missed, older pages, and what it searches for.

All of it runs on the client's own thread, a page at a time, so that the hub never waits for it.
"""

from collections.abc import Iterable, Mapping

from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost
from tkchat.server import spelling
from tkchat.server.log import Log
from tkchat.server.log_records import Record
from tkchat.server.rooms import find_label
from tkchat.wire import tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_SEARCH_CHARS
from tkchat.wire.requests import AskHistory, AskSearch

PAGE = 200  # events read at a time
NEWEST = 50  # of each room, for somebody who has nothing yet
AHEAD_BYTES = 64 * 1024  # what may wait in the connection before more is sent
PAUSE_SECONDS = 0.005


class Replay:
    """Reads the log for one account, and sends what it reads at the pace of the client.

    ``labels`` are, by their number, the rooms that the account may read, and what it calls each.
    """

    def __init__(self, log: Log, connection: Connection, account_id: int) -> None:
        self._log = log
        self._connection = connection
        self._account_id = account_id

    def newest(self, labels: Mapping[int, str], head: int) -> None:
        """Send the newest events of each room, up to ``head``.

        Raises:
            ConnectionLost: the connection was closed.
        """
        with self._log.reading() as reader:
            records = reader.newest(list(labels), NEWEST)
        self._send((record for record in records if record.seq <= head), labels)

    def after(self, since: int, labels: Mapping[int, str], head: int) -> None:
        """Send every event after ``since`` up to ``head``; tell of those that are no longer kept.

        Raises:
            ConnectionLost: the connection was closed.
        """
        while since < head:
            with self._log.reading() as reader:
                records = reader.after(since, list(labels), PAGE)
                first = reader.first
            if since + 1 < first:
                gap = tagged.Gap(since + 1, min(first - 1, head))
                self._connection.send(tagged.encode(gap))
            self._send((record for record in records if record.seq <= head), labels)
            if len(records) < PAGE:
                return
            since = records[-1].seq

    def answer(self, asked: AskHistory | AskSearch, labels: Mapping[int, str]) -> None:
        """Send older messages, or those that were searched for; then say that this was all.

        Raises:
            RemoteError: ``no-room``, ``bad-name``, ``too-long``.
            ConnectionLost: the connection was closed.
        """
        if isinstance(asked, AskSearch) and len(asked.text) > MAX_SEARCH_CHARS:
            why = f"What is searched for has at most {MAX_SEARCH_CHARS} characters."
            raise RemoteError("too-long", why)
        rooms = find_label(labels, asked.room) if asked.room else list(labels)
        if not rooms:
            raise RemoteError("no-room", f"There is no room {asked.room} that you may read.")
        is_search = isinstance(asked, AskSearch)
        with self._log.searching() if is_search else self._log.reading() as reader:
            if isinstance(asked, AskSearch):
                records, more = reader.search(asked, rooms)
            else:
                records, more = reader.before(rooms[-1], asked.before, asked.limit)
            trimmed = reader.first - 1
        self._send(records, labels, asked.re)
        if isinstance(asked, AskHistory) and not more and trimmed:
            self._connection.send(tagged.encode(tagged.Gap(1, trimmed, asked.re)))
        self._connection.send(tagged.encode(tagged.FoundAll(asked.re, more)))

    def _send(self, records: Iterable[Record], labels: Mapping[int, str], re: str = "") -> None:
        chunk: list[bytes] = []
        size = 0
        for record in records:
            own = record.author_id == self._account_id
            entry = spelling.entry(record, labels[record.room_id], own=own)
            line = tagged.encode(tagged.Found(re, entry) if re else entry)
            chunk.append(line)
            size += len(line)
            if size > AHEAD_BYTES:
                self._send_patiently(b"".join(chunk))
                chunk, size = [], 0
        if chunk:
            self._send_patiently(b"".join(chunk))

    def _send_patiently(self, data: bytes) -> None:
        connection = self._connection
        while connection.waiting_bytes > AHEAD_BYTES:
            if connection.closed.wait(PAUSE_SECONDS):
                break
        if connection.closed.is_set() or connection.send_broken:
            raise ConnectionLost("nobody is there to read on")
        connection.send(data)
