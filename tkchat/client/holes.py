"""Which parts of a room have to be fetched from the host: its holes.

What is outside of them is complete, with everything done to it, but for what the host itself keeps
no longer. Messages that are here may be in a hole: maybe others between them are not, or an edit.
"""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from tkchat.client.database_schema import END


@dataclass(frozen=True, slots=True)
class Hole:
    """The seqs from ``first`` to ``last``; `END` for "up to what the host sends next"."""

    first: int
    last: int


def holes(connection: sqlite3.Connection, room: int) -> list[Hole]:
    """Return the holes of a room, the newest first."""
    found = connection.execute(
        "SELECT first, last FROM hole WHERE room = ? ORDER BY first DESC", (room,)
    )
    return [Hole(*row) for row in found]


def is_open(connection: sqlite3.Connection, room: int) -> bool:
    """Tell whether nothing has come since events were missed."""
    return any(hole.last == END for hole in holes(connection, room))


def begin_hole(connection: sqlite3.Connection, room: int) -> None:
    """Note that events were or will be missed: what is here may be incomplete, or outdated."""
    connection.execute("DELETE FROM hole WHERE room = ?", (room,))
    _insert(connection, room, Hole(1, END))


def end_hole(connection: sqlite3.Connection, room: int, seqs: Iterable[int]) -> None:
    """Note that the host sends everything from the first of ``seqs`` on."""
    first = min(seqs, default=None)
    if first is not None and is_open(connection, room):
        fill(connection, room, first, END)


def fill(connection: sqlite3.Connection, room: int, first: int, last: int) -> list[Hole]:
    """Note that everything from ``first`` to ``last`` is here; return the holes that it was in."""
    filled = [hole for hole in holes(connection, room) if hole.first <= last and hole.last >= first]
    for hole in filled:
        connection.execute("DELETE FROM hole WHERE room = ? AND first = ?", (room, hole.first))
        _insert(connection, room, Hole(hole.first, first - 1))
        _insert(connection, room, Hole(last + 1, hole.last))
    return filled


def _insert(connection: sqlite3.Connection, room: int, hole: Hole) -> None:
    if hole.first <= hole.last:
        connection.execute("INSERT INTO hole VALUES (?, ?, ?)", (room, hole.first, hole.last))
