"""Finding messages on this computer by their words, and by who said them, where and when."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from tkchat.client.database_schema import SPAN
from tkchat.client.pages import Cursor
from tkchat.client.query import Query
from tkchat.client.stored import current_text, find_room, select_entries
from tkchat.wire.entry import Entry, to_ms
from tkchat.wire.search_words import query_words


@dataclass(frozen=True, slots=True)
class Hit:
    """A message with its newest text, and where it is: ``at`` is good for `page_around`.

    ``era`` is as in `Page`.
    """

    entry: Entry
    at: Cursor
    era: int = 0


def search(
    connection: sqlite3.Connection, chats: Sequence[int], query: Query, room: str, limit: int
) -> list[Hit]:
    """Return the newest messages to which ``query`` applies, the newest first.

    They have all its words, the last as a beginning. ``room`` is where to look, unless the query
    itself names one; empty for everywhere.
    """
    has_words = bool(query.words.strip())
    if query.is_empty or (has_words and not query_words(query.words)):  # "!!!" is no word
        return []
    hits = (
        hit
        for era, chat in enumerate(chats)
        for hit in _search_chat(connection, era, chat, query, query.room or room)
    )
    return list(islice(hits, limit))


def _search_chat(
    connection: sqlite3.Connection, era: int, chat: int, query: Query, room: str
) -> Iterator[Hit]:
    # The rows come as they are asked for: what a filter leaves out costs little, and a search ends
    # when there are enough. Looking at a million messages takes a tenth of a second, or a whole one
    # for an author whose name SQLite cannot compare.
    wanted = query.author.casefold()
    for id_, author in connection.execute(*_candidates(connection, chat, query, room)):
        if wanted and author.casefold() != wanted:
            continue
        newest = current_text(connection, id_)
        if newest is None:
            continue
        (entry,) = select_entries(connection, "event.id = ?", (id_,))
        entry = replace(entry, text=newest[1])
        if query.fits(entry):
            yield Hit(entry, Cursor(chat, entry.seq + 1), era)


def _candidates(
    connection: sqlite3.Connection, chat: int, query: Query, room: str
) -> tuple[str, list[Any]]:
    """Return SQL for the ids of all messages that ``query`` may apply to, and its parameters."""
    place = (find_room(connection, chat, room) or 0) if room else 0
    source, id_ = "message", "message.id"
    conditions: list[str] = []
    values: list[Any] = []

    def need(condition: str, *its_values: Any) -> None:
        conditions.append(condition)
        values.extend(its_values)

    if words := query_words(query.words):
        source, id_ = "word JOIN message ON message.id = word.rowid", "word.rowid"
        where = f'room : "{place}" AND ' if room else ""
        need("word MATCH ?", f"{where}text : ({words})")
    elif room:
        need("message.room = ?", place)
    need(f"{id_} >= ? AND {id_} < ?", chat * SPAN, (chat + 1) * SPAN)
    if query.author.isascii() and query.author:  # SQLite knows the case of no other letters
        need("author = ? COLLATE NOCASE", query.author)
    if query.after:
        need("time_ms >= ?", to_ms(query.after))
    if query.before:
        need("time_ms < ?", to_ms(query.before))
    if query.has_link:
        need(
            """(message.text LIKE '%://%' OR message.text LIKE '%www.%' OR message.id IN
            (SELECT about FROM change WHERE kind = 'edit'))"""
        )
    where = " AND ".join(conditions)
    return f"SELECT {id_}, author FROM {source} WHERE {where} ORDER BY {id_} DESC", values  # noqa: S608 (the conditions are ours)
