"""The chats in the database: one for each host's log, and whoever one is there."""

import sqlite3
from dataclasses import dataclass

from tkchat.i18n import tr
from tkchat.wire.names import name_key


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's chat. ``token`` proves the name, ``head`` is the newest event that was taken.

    ``predecessor`` is the chat that was at the same address before, with another log.
    """

    id: int
    log: str
    user: str
    token: str
    predecessor: int | None
    head: int | None


def find_chat(
    connection: sqlite3.Connection, column: str, value: str | int, user: str
) -> list[Chat]:
    """Return the person's chats with this value in one of the table's columns: one at most."""
    found = connection.execute(
        f"""SELECT id, log, user, token, predecessor, head FROM chat
        WHERE {column} = ? AND name_key = ?""",  # noqa: S608 (this module names the column)
        (value, name_key(user)),
    )
    return [Chat(*row) for row in found]


def chain(connection: sqlite3.Connection, chat: int) -> list[int]:
    """Return a chat and all that came before it, the newest first."""
    found = connection.execute(
        """WITH RECURSIVE chain (id, age) AS (
            SELECT ?, 0 UNION ALL
            SELECT predecessor, age + 1 FROM chat JOIN chain USING (id) WHERE predecessor NOT NULL
        ) SELECT id FROM chain ORDER BY age""",
        (chat,),
    )
    return [row[0] for row in found]


def move_outbox(connection: sqlite3.Connection, old: int, new: int, *, is_known: bool) -> None:
    """Bring what was not sent into another log, where the seqs of the old one mean nothing."""
    if not is_known:
        # What was to be edited once it had arrived is not sent as it was before.
        connection.execute(
            """UPDATE outbox SET text = (
                SELECT text FROM outbox AS edit WHERE edit.awaits = outbox.mid AND edit.target = 0
            )
            WHERE chat = ? AND mid IN (SELECT awaits FROM outbox WHERE target = 0)""",
            (old,),
        )
        connection.execute(
            "DELETE FROM outbox WHERE chat = ? AND awaits <> '' AND target = 0", (old,)
        )
        connection.execute(
            """UPDATE outbox SET refused_code = 'other-chat', refused_why = ?
            WHERE chat = ? AND refused_code = ''""",
            (
                tr("This was written for the chat that was here before. Is it for this one?"),
                old,
            ),
        )
    connection.execute(
        """UPDATE outbox SET refused_code = 'no-such-message', refused_why = ?
        WHERE chat = ? AND kind NOT IN ('message', 'reply') AND target <> 0""",
        (tr("The host began anew; the message that this is about is not there."), old),
    )
    connection.execute(
        "UPDATE outbox SET kind = 'message', target = 0 WHERE chat = ? AND kind = 'reply'", (old,)
    )
    connection.execute("UPDATE outbox SET chat = ? WHERE chat = ?", (new, old))
