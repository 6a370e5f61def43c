"""All messages of a room that are on this computer, one after the other, as they read now."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from tkchat.client.chats import chain
from tkchat.client.database_schema import SPAN
from tkchat.client.fold import Fold, quote
from tkchat.client.history import History
from tkchat.client.holes import Hole, holes
from tkchat.client.message import Kind, Message
from tkchat.client.stored import find_room, select_entries
from tkchat.i18n import tr
from tkchat.wire.entry import Entry, from_ms

PAGE = 500  #: messages in memory at a time


def stored_messages(history: History, room: str) -> Iterator[Message]:
    """Yield the messages of ``room``, the oldest first, with all that was done to them.

    A message of the kind GAP stands where some are missing. What is written meanwhile is not among
    them. Any thread may ask; it waits for the disk.

    Raises:
        DatabaseError: they cannot be read.
    """
    if history.chat is None:
        return
    with history.database.reading() as connection:
        reader = _Reader(connection, history.user, room)
        for number, chat in enumerate(reversed(chain(connection, history.chat))):
            yield from reader.read(chat, era=number)


class _Reader:
    """Reads the logs of one room, one after the other."""

    def __init__(self, connection: sqlite3.Connection, user: str, room: str) -> None:
        self._connection = connection
        self._user = user
        self._room = room
        self._keys = count()
        self._last: datetime | None = None  # when the message before was said

    def read(self, chat: int, era: int) -> Iterator[Message]:
        """Yield what is here of one log; ``era`` counts them, the oldest first."""
        place = find_room(self._connection, chat, self._room)
        if place is None:
            return
        missing = self._missing(chat, place)
        is_first = self._last is not None
        for messages in self._pages(chat, place, era):
            for message in messages:
                if is_first:
                    yield self._gap(tr("The host began anew here."), message.at)
                    is_first = False
                if missing and missing[0].first <= message.seq:
                    while missing and missing[0].first <= message.seq:
                        missing.pop(0)
                    yield self._gap(tr("Some messages here may be only on the host."), message.at)
                self._last = message.at
                yield message
        if missing and self._last is not None:
            yield self._gap(tr("Newer messages may be only on the host."), self._last)

    def _pages(self, chat: int, place: int, era: int) -> Iterator[list[Message]]:
        after = 0
        while True:
            entries = select_entries(
                self._connection,
                """event.id IN (
                    SELECT id FROM message WHERE room = ? AND id > ? AND id < ? ORDER BY id LIMIT ?
                ) ORDER BY event.id""",
                (place, chat * SPAN + after, (chat + 1) * SPAN, PAGE),
            )
            if not entries:
                return
            after = entries[-1].seq
            yield self._made(chat, entries, era)

    def _made(self, chat: int, entries: Sequence[Entry], era: int) -> list[Message]:
        answered = {entry.target for entry in entries if entry.target}
        others = self._select(chat, answered - {entry.seq for entry in entries})
        folds = {entry.seq: Fold(entry.text) for entry in (*entries, *others)}
        for change in self._changes(chat, folds):
            folds[change.target].done[change.seq] = change
        known = {entry.seq: self._message(entry, era, folds) for entry in (*others, *entries)}
        messages = [known[entry.seq] for entry in entries]
        for message in messages:
            if message.answers in known:
                message.quote = quote(known[message.answers])
        return messages

    def _message(self, entry: Entry, era: int, folds: dict[int, Fold]) -> Message:
        at = from_ms(entry.time_ms).astimezone()
        own = entry.author == self._user
        message = Message(next(self._keys), Kind.SAID, entry.author, entry.text, at, own)
        message.seq, message.era, message.answers = entry.seq, era, entry.target
        folds[entry.seq].apply_to(message, self._user)
        return message

    def _select(self, chat: int, seqs: Iterable[int]) -> list[Entry]:
        wanted = [chat * SPAN + seq for seq in seqs]
        marks = ",".join("?" * len(wanted))
        return select_entries(self._connection, f"event.id IN ({marks})", wanted)

    def _changes(self, chat: int, seqs: Iterable[int]) -> list[Entry]:
        wanted = [chat * SPAN + seq for seq in seqs]
        marks = ",".join("?" * len(wanted))
        return select_entries(
            self._connection,
            f"event.id IN (SELECT id FROM change WHERE about IN ({marks}))",  # noqa: S608 (only marks)
            wanted,
        )

    def _missing(self, chat: int, place: int) -> list[Hole]:
        """Return what is not here, or was lost by the host: the oldest first."""
        lost = self._connection.execute(
            "SELECT first, last FROM gap WHERE chat = ? AND room IN (0, ?)", (chat, place)
        )
        found = [*holes(self._connection, place), *(Hole(*row) for row in lost)]
        return sorted(found, key=lambda hole: hole.first)

    def _gap(self, text: str, at: datetime) -> Message:
        return Message(next(self._keys), Kind.GAP, "", text, at)
