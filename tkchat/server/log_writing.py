"""Writing a batch into the log: everything that a turn of the hub makes last."""

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple
from itertools import chain

from tkchat.server.log_order import add_order
from tkchat.server.log_reader import to_row
from tkchat.server.log_records import Batch, Record
from tkchat.server.log_tables import HOUR_MS

_USE = "UPDATE accounts SET used_at = ? WHERE id = ?"
_ADD_ROOM = """
INSERT INTO rooms (id, key, name, topic, topic_by, is_locked, slow_seconds, is_archived)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET key = excluded.key, name = excluded.name,
topic = excluded.topic, topic_by = excluded.topic_by,
is_locked = excluded.is_locked, slow_seconds = excluded.slow_seconds,
is_archived = excluded.is_archived"""
_LEAVE = "DELETE FROM memberships WHERE account_id = ? AND room_id = ?"
_JOIN = """
INSERT INTO memberships (account_id, room_id, label) VALUES (?, ?, ?)
ON CONFLICT (account_id, room_id) DO UPDATE SET label = excluded.label"""
_MARK = """
INSERT INTO marks (account_id, room_id, seq) VALUES (?, ?, ?)
ON CONFLICT (account_id, room_id) DO UPDATE SET seq = max(seq, excluded.seq)"""
_NOTE_HOUR = """
INSERT INTO hours VALUES (?, ?, ?)
ON CONFLICT (hour) DO UPDATE SET last_seq = excluded.last_seq"""
_ROW = f"({', '.join('?' * len(Record._fields))})"
_ADD_EVENT = f"INSERT INTO events VALUES {_ROW}"  # noqa: S608 (nothing but question marks)
# So many at once take little more than half the time of as many one by one.
_MANY = 64
_ADD_EVENTS = f"INSERT INTO events VALUES {', '.join([_ROW] * _MANY)}"  # noqa: S608 (as above)


def write(connection: sqlite3.Connection, batch: Batch) -> None:
    """Write ``batch`` within the transaction that ``connection`` is in.

    Raises:
        sqlite3.Error: not all of it was written.
    """
    many = connection.executemany
    add_order(connection, batch)
    many(_USE, [(used_at, account_id) for account_id, used_at in batch.used.items()])
    many(_ADD_ROOM, map(astuple, batch.rooms))
    many(_LEAVE, batch.left)
    many(_JOIN, map(astuple, batch.joined))
    many(_MARK, [(*whose, seq) for whose, seq in batch.marks.items()])
    many(_NOTE_HOUR, _hours(batch.records))
    rows = [to_row(record) for record in batch.records]
    whole = len(rows) - len(rows) % _MANY
    for start in range(0, whole, _MANY):
        connection.execute(_ADD_EVENTS, list(chain.from_iterable(rows[start : start + _MANY])))
    many(_ADD_EVENT, rows[whole:])


def _hours(records: Iterable[Record]) -> list[tuple[int, int, int]]:
    """Return the hours of these events, each with its first and last seq among them."""
    hours: dict[int, list[int]] = {}
    for record in records:
        hours.setdefault(record.time_ms // HOUR_MS, [record.seq, 0])[1] = record.seq
    return [(hour, first, last) for hour, (first, last) in hours.items()]
