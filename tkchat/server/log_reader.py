"""Reading the log as it was at one moment: what clients resume from, look back at and search."""

import heapq
import json
import sqlite3
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from tkchat.server.log_records import Record
from tkchat.server.log_tables import HOUR_MS, LINK_WORD, room_word
from tkchat.wire.entry import Kind, to_ms
from tkchat.wire.requests import AskSearch
from tkchat.wire.search_words import author_word, query_words

_AFTER = """
SELECT * FROM events INDEXED BY events_by_room
WHERE room_id = ? AND seq > ? ORDER BY seq"""
_NEWEST = """
SELECT * FROM events INDEXED BY events_by_room
WHERE room_id = ? ORDER BY seq DESC LIMIT ?"""
_BEFORE = """
SELECT * FROM events INDEXED BY said_by_room
WHERE room_id = ? AND kind IN ('message', 'reply') AND seq < ? ORDER BY seq DESC LIMIT ?"""
# The time is looked at last: `_HOURS` has left out almost all that it could.
_SEARCH = """
SELECT events.* FROM search CROSS JOIN events ON events.seq = search.rowid
WHERE search MATCH ? AND search.rowid >= ? AND search.rowid < ?
AND events.time_ms >= ? AND events.time_ms < ?
ORDER BY search.rowid DESC LIMIT ?"""
_HOURS = "SELECT min(first_seq), max(last_seq) FROM hours WHERE hour BETWEEN ? AND ?"
_CHANGES = """
SELECT * FROM events INDEXED BY events_by_target
WHERE target IN (SELECT value FROM json_each(?)) AND target <> 0
AND kind IN ('edit', 'delete', 'react')"""
_NO_BOUND = 2**63 - 1
_KIND_AT = Record._fields.index("kind")
_KINDS = {str(kind): kind for kind in Kind}


class LogReader:
    """The log as it was when `Log.reading` gave this out; for that ``with`` only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        first, head = connection.execute(
            "SELECT (SELECT min(seq) FROM events), (SELECT max(seq) FROM events)"
        ).fetchone()
        self.first: int = first or 1  #: the seq of the oldest event kept; 1 where there is none
        self.head: int = head or 0  #: the seq of the newest event; 0 where there is none

    def after(self, since: int, room_ids: Collection[int], limit: int) -> list[Record]:
        """Return the first ``limit`` events of these rooms after ``since``, in order."""
        # Each room's rows are read only as far as they are needed: the cost is in the events
        # returned, however many others lie between them.
        rooms = [self._connection.execute(_AFTER, (room_id, since)) for room_id in set(room_ids)]
        try:
            return [to_record(row) for row in islice(heapq.merge(*rooms), limit)]
        finally:
            for cursor in rooms:
                cursor.close()

    def newest(self, room_ids: Collection[int], count_each: int) -> list[Record]:
        """Return the newest ``count_each`` events of each of these rooms, in order."""
        rows: list[tuple[Any, ...]] = []
        for room_id in set(room_ids):
            rows += self._connection.execute(_NEWEST, (room_id, count_each))
        return _in_order(rows)

    def before(self, room_id: int, seq: int, limit: int) -> tuple[list[Record], bool]:
        """Return what was last said in a room before ``seq`` (0: at all), in order.

        These are at most ``limit`` messages, together with everything done to them since; and
        whether there are older ones.
        """
        rows = self._connection.execute(_BEFORE, (room_id, seq or _NO_BOUND, limit + 1)).fetchall()
        return self._with_changes(rows, limit)

    def search(self, asked: AskSearch, room_ids: Collection[int]) -> tuple[list[Record], bool]:
        """Return what was last said in these rooms that is asked for, as `before` does.

        A message is found by what it says now: by its newest edit, and no longer once it is
        deleted. Nothing is found where nothing but a room was asked for.
        """
        query = _query(asked, room_ids)
        later = to_ms(asked.after) if asked.after else 0
        earlier = to_ms(asked.before_time) if asked.before_time else _NO_BOUND
        first, last = 0, _NO_BOUND - 1
        if asked.after or asked.before_time:
            hours = (later // HOUR_MS, (earlier - 1) // HOUR_MS)
            ((first, last),) = self._connection.execute(_HOURS, hours)
        if not query or first is None:
            return [], False
        end = min(asked.before or _NO_BOUND, last + 1)
        rows = self._connection.execute(
            _SEARCH, (query, first, end, later, earlier, asked.limit + 1)
        ).fetchall()
        return self._with_changes(rows, asked.limit)

    def _with_changes(
        self, newest_first: list[tuple[Any, ...]], limit: int
    ) -> tuple[list[Record], bool]:
        said = newest_first[:limit]
        seqs = json.dumps([row[0] for row in said])
        changes = self._connection.execute(_CHANGES, (seqs,))
        return _in_order([*said, *changes]), len(newest_first) > limit


def to_record(row: tuple[Any, ...]) -> Record:
    """Return a row of the table of events as a record."""
    seq, time_ms, room_id, author, author_id, text, kind, target, mid = row
    return Record(seq, time_ms, room_id, author, author_id, text, _KINDS[kind], target, mid)


def to_row(record: Record) -> tuple[object, ...]:
    """Return the row of the table of events that `to_record` makes this record from."""
    return (*record[:_KIND_AT], str(record.kind), *record[_KIND_AT + 1 :])


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[Record]:
    return [to_record(row) for row in sorted(rows)]


def _query(asked: AskSearch, room_ids: Collection[int]) -> str:
    """Return what to look for in the index; empty for nothing."""
    words = query_words(asked.text)
    has_filter = asked.author or asked.has_link or asked.after or asked.before_time
    if not room_ids or not (words or (has_filter and not asked.text.strip())):
        return ""
    parts = [f"text : ({words})"] if words else []
    if asked.author:
        parts.append(f"marks : {author_word(asked.author)}")
    if asked.has_link:
        parts.append(f"marks : {LINK_WORD}")
    rooms = " OR ".join(room_word(room_id) for room_id in sorted(set(room_ids)))
    return " AND ".join([*parts, f"marks : ({rooms})"])
