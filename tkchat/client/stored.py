"""Lasting events in the client's database: putting them in, and finding words in them."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from tkchat.client.database import DatabaseError
from tkchat.client.database_schema import END, SPAN
from tkchat.client.holes import begin_hole
from tkchat.i18n import tr
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.search_words import index_text

_CURRENT = """
    SELECT room, coalesce(
        (SELECT text FROM change WHERE about = message.id AND kind = 'edit'
            ORDER BY id DESC LIMIT 1),
        text
    )
    FROM message
    WHERE id = ?
    AND NOT EXISTS (SELECT 1 FROM change WHERE about = message.id AND kind = 'delete')
"""


def event_id(chat: int, seq: int) -> int:
    """Return the id of a chat's event.

    Raises:
        DatabaseError: there is no room for such a number.
    """
    if not 0 <= seq < END:
        told = tr("The host counts its messages in an unusual way: {number}.")
        raise DatabaseError(told.format(number=seq))
    return chat * SPAN + seq


def room_id(connection: sqlite3.Connection, chat: int, name: str) -> int:
    """Return the id of a room, which is made if need be: nothing of it is here then."""
    found = find_room(connection, chat, name)
    if found is not None:
        return found
    made = connection.execute("INSERT INTO room (chat, name) VALUES (?, ?)", (chat, name))
    id_ = int(made.lastrowid or 0)
    begin_hole(connection, id_)
    return id_


def find_room(connection: sqlite3.Connection, chat: int, name: str) -> int | None:
    """Return the id of a room; None if nothing is known of it."""
    found = connection.execute("SELECT id FROM room WHERE chat = ? AND name = ?", (chat, name))
    row = found.fetchone()
    return None if row is None else row[0]


def newest_message(
    connection: sqlite3.Connection, chat: int, room: int | None, before: int = SPAN
) -> int:
    """Return the seq of a room's newest message that is before ``before``; 0 if there is none."""
    found = connection.execute(
        "SELECT max(id) FROM message WHERE room = ? AND id < ?", (room, chat * SPAN + before)
    )
    return (found.fetchone()[0] or 0) % SPAN


def store(connection: sqlite3.Connection, chat: int, entries: Sequence[Entry]) -> None:
    """Put events in, except those that are there; the words of the messages follow.

    Raises:
        DatabaseError: a seq is beyond all bounds.
    """
    rooms = {name: room_id(connection, chat, name) for name in {entry.room for entry in entries}}
    subjects = {
        event_id(chat, entry.seq if entry.kind.is_message else entry.target) for entry in entries
    }
    old = {subject: current_text(connection, subject) for subject in subjects}
    connection.executemany(
        "INSERT OR IGNORE INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                event_id(chat, entry.seq),
                rooms[entry.room],
                entry.time_ms,
                entry.author,
                entry.text,
                entry.kind,
                event_id(chat, entry.target) if entry.target else 0,
                entry.mid,
            )
            for entry in entries
        ],
    )
    for subject, before in old.items():
        after = current_text(connection, subject)
        if before == after:
            continue
        if before is not None:
            connection.execute(
                "INSERT INTO word (word, rowid, room, text) VALUES ('delete', ?, ?, ?)",
                (subject, before[0], index_text(before[1])),
            )
        if after is not None:
            connection.execute(
                "INSERT INTO word (rowid, room, text) VALUES (?, ?, ?)",
                (subject, after[0], index_text(after[1])),
            )


def current_text(connection: sqlite3.Connection, subject: int) -> tuple[int, str] | None:
    """Return the room's id and the newest text of a message; None if deleted or not here."""
    found: tuple[int, str] | None = connection.execute(_CURRENT, (subject,)).fetchone()
    return found


def select_entries(
    connection: sqlite3.Connection, where: str, values: Iterable[int]
) -> list[Entry]:
    """Return the events that the SQL after ``WHERE`` chooses; ``values`` are its parameters."""
    rows = connection.execute(
        f"""
        SELECT event.id, time_ms, room.name, author, text, kind, about, mid
        FROM event JOIN room ON room.id = event.room WHERE {where}
        """,  # noqa: S608 (the conditions are this program's own)
        tuple(values),
    )
    return [_entry(*row) for row in rows]


def _entry(id_: int, *row: Any) -> Entry:
    time_ms, room, author, text, kind, about, mid = row
    return Entry(id_ % SPAN, time_ms, room, author, text, Kind(kind), about % SPAN, mid)
