"""Finding messages on this computer by their words."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from tkchat.client.database_schema import SPAN
from tkchat.client.pages import Cursor
from tkchat.client.stored import current_text, find_room, select_entries
from tkchat.wire.entry import Entry


@dataclass(frozen=True, slots=True)
class Hit:
    """A message with its newest text, and where it is: ``at`` is good for `page_around`.

    ``era`` is as in `Page`.
    """

    entry: Entry
    at: Cursor
    era: int = 0


def search(
    connection: sqlite3.Connection, chats: Sequence[int], text: str, room: str, limit: int
) -> list[Hit]:
    """Return the newest messages that have all words of ``text``, the last as a beginning."""
    found: list[Hit] = []
    if words := _query(text):
        for era, chat in enumerate(chats):
            found += _search_chat(connection, era, chat, words, room, limit - len(found))
    return found


def _search_chat(
    connection: sqlite3.Connection, era: int, chat: int, words: str, room: str, limit: int
) -> Iterator[Hit]:
    query = f"text : ({words})"
    if room:
        place = find_room(connection, chat, room)
        query = f'room : "{place or 0}" AND {query}'
    ids = connection.execute(
        """SELECT rowid FROM word WHERE word MATCH ? AND rowid >= ? AND rowid < ?
        ORDER BY rowid DESC LIMIT ?""",
        (query, chat * SPAN, (chat + 1) * SPAN, limit),
    ).fetchall()
    for (id_,) in ids:
        (entry,) = select_entries(connection, "event.id = ?", (id_,))
        newest = current_text(connection, id_)
        yield Hit(
            replace(entry, text=newest[1] if newest else ""), Cursor(chat, entry.seq + 1), era
        )


def _query(text: str) -> str:
    """Return ``text`` in FTS5's language, where nothing in it has another meaning."""
    clean = text.encode("utf-8", "replace").decode().replace("\0", " ")
    words = ['"' + word.replace('"', '""') + '"' for word in clean.split()]
    return " ".join(words) + "*" if words else ""
