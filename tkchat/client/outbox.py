"""Messages that the host has not confirmed yet, in the order they were written."""

import sqlite3
from dataclasses import dataclass

from tkchat.client.database_schema import END
from tkchat.client.history import History
from tkchat.client.stored import event_id
from tkchat.wire.entry import Kind
from tkchat.wire.requests import Say

_ACCEPTED_EDITS = """
    WHERE chat = ? AND awaits <> '' AND target = 0
    AND NOT EXISTS (SELECT 1 FROM outbox AS edited WHERE edited.mid = outbox.awaits)
"""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something to be sent, written at ``at_ms`` (milliseconds since 1970, UTC).

    With a ``refused_code`` the host would not have it: it stays until it is replaced or discarded.
    ``awaits`` is the mid of the message that it edits, if that has no place in the log yet: it is
    sent once `Outbox.aim_edits` has found that.
    """

    say: Say
    at_ms: int
    refused_code: str = ""
    refused_why: str = ""
    awaits: str = ""


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

    def add_edit(self, say: Say, edited: str, at_ms: int) -> None:
        """Keep ``say`` as an edit of the message with the mid ``edited``, instead of others.

        Its target is found by `aim_edits`, once the host has acknowledged that message.

        Raises:
            ValueError: no host has welcomed this person yet, or the text cannot be encoded.
        """
        chat = self._chat()
        with self._history.database.writing() as connection:
            connection.execute("DELETE FROM outbox WHERE awaits = ? AND target = 0", (edited,))
            _insert(connection, chat, say, at_ms, edited)

    def edit_of(self, mid: str) -> Say | None:
        """Return the edit of a message that `add_edit` kept; its target may be known by now."""
        found = self._select("awaits = ?", mid)
        return found[-1].say if found else None

    def aim_edits(self) -> set[str]:
        """Find the targets of edits whose messages the host has by now.

        Returns the mids of the others, which still wait for that.
        """
        chat = self._history.chat or 0
        # It mostly is one of the newest events, which are looked at first.
        with self._history.database.writing() as connection:
            connection.execute(
                f"""UPDATE outbox SET target = coalesce(
                    (SELECT max(id) - ? FROM event WHERE mid = awaits AND id BETWEEN ? AND ?), 0
                )
                {_ACCEPTED_EDITS}""",  # noqa: S608 (see above)
                (event_id(chat, 0), event_id(chat, 1), event_id(chat, END - 1), chat),
            )
            # Another window has discarded what these are about.
            connection.execute(f"DELETE FROM outbox {_ACCEPTED_EDITS}", (chat,))  # noqa: S608 (see above)
            found = connection.execute(
                "SELECT awaits FROM outbox WHERE chat = ? AND awaits <> '' AND target = 0", (chat,)
            )
            return {mid for (mid,) in found}

    def refuse(self, mid: str, code: str, why: str) -> None:
        """Mark one that the host would not have."""
        with self._history.database.writing() as connection:
            connection.execute(
                "UPDATE outbox SET refused_code = ?, refused_why = ? WHERE mid = ?",
                (code, why, mid),
            )

    def discard(self, mid: str) -> None:
        """Drop one for good, with its edit."""
        with self._history.database.writing() as connection:
            connection.execute("DELETE FROM outbox WHERE mid = ? OR awaits = ?", (mid, mid))

    def replace(self, old_mid: str, say: Say, at_ms: int) -> bool:
        """Put ``say`` in, last, for the one with ``old_mid`` and its edit.

        False if that is gone already: it may have been accepted meanwhile, and nothing is changed.
        """
        chat = self._chat()
        with self._history.database.writing() as connection:
            gone = connection.execute("DELETE FROM outbox WHERE mid = ?", (old_mid,))
            if gone.rowcount == 0:
                return False
            connection.execute("DELETE FROM outbox WHERE awaits = ?", (old_mid,))
            _insert(connection, chat, say, at_ms)
        return True

    def _select(self, where: str, value: str | int | None) -> list[Waiting]:
        with self._history.database.reading() as connection:
            found = connection.execute(
                f"""SELECT room, text, mid, kind, target, at_ms, refused_code, refused_why,
                CASE target WHEN 0 THEN awaits ELSE '' END
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


def _insert(
    connection: sqlite3.Connection, chat: int, say: Say, at_ms: int, awaits: str = ""
) -> None:
    connection.execute(
        """INSERT OR IGNORE INTO outbox (chat, mid, room, text, kind, target, at_ms, awaits)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        (chat, say.mid, say.room, say.text, say.kind, say.target, at_ms, awaits),
    )
