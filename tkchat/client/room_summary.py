"""The rooms at a glance: what this computer knows of each before any of it is shown."""

import sqlite3
from dataclasses import dataclass

from tkchat.client.chats import Chat
from tkchat.client.database_schema import SPAN
from tkchat.client.mentions import mentions
from tkchat.client.room_state import Anchor, Answered, Level
from tkchat.client.stored import current_text, event_id, newest_message

MOST_UNREAD = 1_000  #: more are not counted
MOST_READABLE = 500  #: in so many of the newest unread messages, names are looked for


@dataclass(frozen=True, slots=True)
class Unread:
    """The messages of others behind a read mark: how many, but at most `MOST_UNREAD`.

    ``mentions`` is how many of the newest `MOST_READABLE` name this person; in a conversation
    each of them does. ``first`` is the seq of the oldest unread one, ``upto`` that of the newest
    message that was looked at; 0 for none.
    """

    count: int = 0
    mentions: int = 0
    first: int = 0
    upto: int = 0


@dataclass(frozen=True, slots=True)
class RoomSummary:
    """A room: its newest message here (or 0), how far it was read, and what is kept of it.

    ``anchor`` is where reading stopped, if not at the newest message; ``answered`` is what the
    draft answers.
    """

    room: str
    last_seq: int
    read: int
    unread: Unread = Unread()
    topic: str = ""
    level: Level = Level.ALL
    anchor: Anchor | None = None
    answered: Answered | None = None


def summarise(connection: sqlite3.Connection, chat: Chat) -> list[RoomSummary]:
    """Return the rooms of a chat that something is known of, by name."""
    found = connection.execute(
        """SELECT id, name, read, topic, level, draft_answers, anchor_era, anchor_seq, anchor_y
        FROM room WHERE chat = ? ORDER BY name""",
        (chat.id,),
    ).fetchall()
    return [
        RoomSummary(
            name,
            newest_message(connection, chat.id, room),
            read,
            count_unread(connection, chat, room, name, read),
            topic,
            Level(level),
            None if anchor[1] is None else Anchor(*anchor),
            _answered(connection, chat, answers),
        )
        for room, name, read, topic, level, answers, *anchor in found
    ]


def count_unread(
    connection: sqlite3.Connection, chat: Chat, room: int, name: str, read: int
) -> Unread:
    """Return what there is unread of a room, whose read mark is ``read``."""
    upto = newest_message(connection, chat.id, room)
    behind_mark = (room, event_id(chat.id, read), chat.user)
    newest = connection.execute(
        """SELECT id FROM message WHERE room = ? AND id > ? AND author <> ? COLLATE NOCASE
        ORDER BY id DESC LIMIT ?""",
        (*behind_mark, MOST_UNREAD),
    ).fetchall()
    if not newest:
        return Unread(upto=upto)
    (first,) = connection.execute(
        """SELECT id FROM message WHERE room = ? AND id > ? AND author <> ? COLLATE NOCASE
        ORDER BY id LIMIT 1""",
        behind_mark,
    ).fetchone()
    count = named = len(newest)
    if not name.startswith("@"):
        texts = [current_text(connection, id_) for (id_,) in newest[:MOST_READABLE]]
        named = sum(mentions(text[1], chat.user) for text in texts if text)
    return Unread(count, named, first % SPAN, upto)


def _answered(connection: sqlite3.Connection, chat: Chat, seq: int) -> Answered | None:
    """Return what a draft answers; None if it is nothing, or gone."""
    subject = event_id(chat.id, seq)
    found = current_text(connection, subject) if seq else None
    if found is None:
        return None
    (author,) = connection.execute("SELECT author FROM event WHERE id = ?", (subject,)).fetchone()
    return Answered(seq, author, found[1])
