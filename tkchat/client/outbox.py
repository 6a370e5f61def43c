"""Messages that the host has not confirmed yet, in the order they were written."""

import sqlite3
from dataclasses import dataclass

from tkchat.client.history import History
from tkchat.wire.entry import Kind
from tkchat.wire.requests import Say


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to be sent, written at ``at_ms`` (milliseconds since 1970, UTC).

    With a ``refused_code`` the host would not have it: it stays until it is replaced or discarded.
    """

    say: Say
    at_ms: int
    refused_code: str = ""
    refused_why: str = ""


class Outbox:
    """What waits to be sent in one `History`; it leaves when `History.take` sees it come back.

    Any thread may call any method; all may wait for the disk and raise DatabaseError.
    """

    def __init__(self, history: History) -> None:
        self._history = history

    def add(self, say: Say, at_ms: int) -> None:
        """Keep ``say``, which has a mid: it is on disk on return.

        Raises:
            ValueError: no host has welcomed this person yet, or the text cannot be encoded.
        """
        chat = self._chat()
        with self._history.database.writing() as connection:
            _insert(connection, chat, say, at_ms)

    def waiting(self) -> list[Waiting]:
        """Return everything that has not been accepted, refused ones too."""
        return self._select("chat = ?", self._history.chat)

    def find(self, mid: str) -> Waiting | None:
        """Return one of them; None if it was accepted or discarded, by another window maybe."""
        return next(iter(self._select("mid = ?", mid)), None)

    def refuse(self, mid: str, code: str, why: str) -> None:
        """Mark one that the host would not have."""
        with self._history.database.writing() as connection:
            connection.execute(
                "UPDATE outbox SET refused_code = ?, refused_why = ? WHERE mid = ?",
                (code, why, mid),
            )

    def discard(self, mid: str) -> None:
        """Drop one for good."""
        with self._history.database.writing() as connection:
            connection.execute("DELETE FROM outbox WHERE mid = ?", (mid,))

    def replace(self, old_mid: str, say: Say, at_ms: int) -> bool:
        """Put ``say`` in, last, for the one with ``old_mid``; False if that is gone already.

        It may have been accepted meanwhile; then nothing is changed.
        """
        chat = self._chat()
        with self._history.database.writing() as connection:
            gone = connection.execute("DELETE FROM outbox WHERE mid = ?", (old_mid,))
            if gone.rowcount == 0:
                return False
            _insert(connection, chat, say, at_ms)
        return True

    def _select(self, where: str, value: str | int | None) -> list[Waiting]:
        with self._history.database.reading() as connection:
            found = connection.execute(
                f"""SELECT room, text, mid, kind, target, at_ms, refused_code, refused_why
                FROM outbox WHERE {where} ORDER BY id""",  # noqa: S608 (the conditions are ours)
                (value,),
            ).fetchall()
        return [
            Waiting(Say(room, text, mid, Kind(kind), target), *rest)
            for room, text, mid, kind, target, *rest in found
        ]

    def _chat(self) -> int:
        if self._history.chat is None:
            raise ValueError("no host has welcomed this person yet")
        return self._history.chat


def _insert(connection: sqlite3.Connection, chat: int, say: Say, at_ms: int) -> None:
    connection.execute(
        """INSERT OR IGNORE INTO outbox (chat, mid, room, text, kind, target, at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        (chat, say.mid, say.room, say.text, say.kind, say.target, at_ms),
    )
