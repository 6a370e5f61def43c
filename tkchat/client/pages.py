"""Reading a room backwards, a page at a time, through all the logs that its host ever had."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tkchat.client.database_schema import END, SPAN
from tkchat.client.holes import Hole, holes
from tkchat.client.stored import find_room, newest_message, select_entries
from tkchat.wire.entry import Entry
from tkchat.wire.tagged import Gap


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a room: right before the event ``before``, or at the end for 0.

    ``chat`` is the `History`'s own number for a log, or 0 for that which was ``age`` logs before
    the present one; ``before`` is good for `AskHistory` too.
    """

    chat: int
    before: int = 0
    age: int = 0

    def among(self, chats: Sequence[int]) -> "Cursor":
        """Return the same place with the number of its log, one of ``chats``.

        They begin with the present one, each followed by its predecessor; a cursor in none of them
        is from before they were, and means the end.
        """
        if not self.chat:
            return Cursor(chats[min(self.age, len(chats) - 1)], self.before)
        return self if self.chat in chats else Cursor(chats[0])


@dataclass(frozen=True, slots=True)
class Page:
    """Some messages of a room, in order, together with everything done to them.

    ``gaps`` are what the host keeps no longer, among these messages or right after them.
    ``cursor`` is where the next older page begins. ``at_floor``: the host has to be asked for it,
    if it can be. ``at_start``: there is nothing older.
    ``ceiling`` is the last event of the hole because of which there are no newer ones, or 0.
    ``after_hole``: between these and the cursor that was asked for, some may be on the host only.
    ``era`` is 0 for the host's present log, 1 for the one before it, and so on: a seq means
    something within its era only.
    """

    entries: list[Entry]
    gaps: list[Gap]
    cursor: Cursor
    at_floor: bool
    at_start: bool
    after_hole: bool = False
    ceiling: int = 0
    era: int = 0


def read_page(
    connection: sqlite3.Connection,
    chats: Sequence[int],
    room: str,
    cursor: Cursor,
    count: int,
    *,
    beyond: bool = False,
) -> Page:
    """Return the newest ``count`` messages before ``cursor``, but none from behind a hole.

    ``chats`` are what `Cursor.among` takes. ``beyond``: a hole at the cursor is stepped over.
    """
    cursor = cursor.among(chats)
    era = chats.index(cursor.chat)
    place = find_room(connection, cursor.chat, room)
    if place is None and era == 0 and not beyond:
        return Page([], [], cursor, at_floor=True, at_start=False)
    upper = cursor.before or SPAN
    all_holes = holes(connection, place) if place else []
    hole = _floor(all_holes, upper, beyond) if era == 0 else None
    lower = hole.last + 1 if hole else 0
    base = cursor.chat * SPAN
    messages = select_entries(
        connection,
        """event.id IN (
            SELECT id FROM message WHERE room = ? AND id >= ? AND id < ? ORDER BY id DESC LIMIT ?
        ) ORDER BY event.id""",
        (place or 0, base + lower, base + upper, count + 1),
    )
    more = len(messages) > count
    messages = messages[-count:]
    reached = messages[0].seq if more else lower
    gaps = _gaps(connection, cursor.chat, place or 0, reached, upper)
    if era:  # nobody can fill them any more
        reached_holes = [each for each in all_holes if reached <= each.last < upper]
        gaps += _lost(connection, cursor.chat, place, reached_holes)
    next_cursor: Cursor | None
    if more:
        next_cursor = Cursor(cursor.chat, reached)
    elif hole:
        next_cursor = Cursor(cursor.chat, 0 if hole.last == END else min(hole.last + 1, upper))
    else:
        next_cursor = _predecessor(connection, chats[era + 1 :], room)
    return Page(
        _with_changes(connection, messages, base),
        sorted(gaps, key=lambda gap: gap.last),
        next_cursor or Cursor(cursor.chat, reached),
        at_floor=not more and hole is not None,
        at_start=next_cursor is None,
        after_hole=beyond and any(each.last == upper - 1 for each in all_holes),
        era=era,
    )


def read_page_around(
    connection: sqlite3.Connection,
    chats: Sequence[int],
    room: str,
    at: Cursor,
    count: int,
    *,
    beyond: bool = False,
) -> Page:
    """Return about ``count`` messages, half of them from after ``at``, but not from over a hole."""
    place = find_room(connection, at.chat, room) or 0
    before = at.before or SPAN
    above = [hole for hole in holes(connection, place) if hole.last >= before - 1]
    ceiling = _ceiling(above, before, beyond)
    base = at.chat * SPAN
    after = connection.execute(
        "SELECT id FROM message WHERE room = ? AND id >= ? AND id < ? ORDER BY id LIMIT ?",
        (place, base + before, base + ceiling, count // 2),
    ).fetchall()
    upper = after[-1][0] % SPAN + 1 if after else before
    page = read_page(connection, chats, room, Cursor(at.chat, upper), count, beyond=beyond)
    is_cut = above and len(after) < count // 2
    return replace(page, ceiling=above[-1].last) if is_cut else page


def _floor(newest_first: Sequence[Hole], upper: int, beyond: bool) -> Hole | None:
    """Return the first hole below ``upper``; with ``beyond``, not the one right at it."""
    below = [hole for hole in newest_first if hole.first < upper]
    if below and beyond and below[0].last >= upper - 1:
        below = below[1:]
    return below[0] if below else None


def _ceiling(above: Sequence[Hole], before: int, beyond: bool) -> int:
    """Return up to where, from right before ``before``, there is no hole; or still the same one.

    ``above`` are the holes that are not wholly below that, the newest first.
    """
    if not above:
        return SPAN
    if above[-1].first >= before:
        return above[-1].first
    return above[-1].last + 1 if beyond else before


def _gaps(connection: sqlite3.Connection, chat: int, room: int, first: int, end: int) -> list[Gap]:
    found = connection.execute(
        """SELECT DISTINCT first, last FROM gap
        WHERE chat = ? AND last >= ? AND last < ? AND room IN (0, ?)""",
        (chat, first, end, room),
    )
    return [Gap(*row) for row in found]


def _lost(
    connection: sqlite3.Connection, chat: int, room: int | None, lost_holes: Sequence[Hole]
) -> list[Gap]:
    """Return what is missing at the upper end of each hole, if anything older is here."""
    before = [newest_message(connection, chat, room, hole.last + 1) for hole in lost_holes]
    return [
        Gap(newest + 1, hole.last)
        for newest, hole in zip(before, lost_holes, strict=True)
        if 0 < newest < hole.last < END
    ]


def _predecessor(
    connection: sqlite3.Connection, earlier: Sequence[int], room: str
) -> Cursor | None:
    for chat in earlier:
        if newest_message(connection, chat, find_room(connection, chat, room)):
            return Cursor(chat)
    return None


def _with_changes(connection: sqlite3.Connection, messages: list[Entry], base: int) -> list[Entry]:
    marks = ",".join("?" * len(messages))
    changes = select_entries(
        connection,
        f"event.id IN (SELECT id FROM change WHERE about IN ({marks}))",  # noqa: S608 (only marks)
        [base + message.seq for message in messages],
    )
    return sorted([*messages, *changes], key=lambda entry: entry.seq)
