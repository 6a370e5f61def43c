"""The chats in the database: one for each host's log, and whoever one is there."""

import secrets
import sqlite3
from dataclasses import dataclass

from tkchat.client.host_key import UNKNOWN, is_fingerprint, is_in_the_clear
from tkchat.i18n import tr
from tkchat.wire.names import name_key


class OtherHost(Exception):
    """A host says that it has the log of another host, and has not that one's key."""


@dataclass(frozen=True, slots=True)
class Chat:
    """One person's chat. ``token`` proves the name, ``head`` is the newest event that was taken.

    ``predecessor`` is the chat that was at the same address before, with another log. ``address``
    and ``host_key`` are those of the last welcome, the address only until another chat is there.
    """

    id: int
    log: str
    user: str
    token: str
    predecessor: int | None
    head: int | None
    address: str
    host_key: bytes

    def is_on(self, address: str, host_key: bytes) -> bool:
        """Tell whether who answers at ``address`` with that key is the host of this chat.

        A log's name is no secret, so anybody could claim it, and would be sent the token. A key
        proves its host anywhere. One that was never seen to encrypt may begin to at its address.
        """
        if self.host_key == host_key != UNKNOWN:
            return True
        if self.host_key == UNKNOWN:
            return self.address == address and not is_in_the_clear(host_key)
        encrypts_now = is_in_the_clear(self.host_key) and is_fingerprint(host_key)
        return self.address == address and encrypts_now


def find_chat(
    connection: sqlite3.Connection, column: str, value: str | int, user: str
) -> list[Chat]:
    """Return the person's chats with this value in one of the table's columns: one at most."""
    found = connection.execute(
        f"""SELECT id, log, user, token, predecessor, head, address, host_key FROM chat
        WHERE {column} = ? AND name_key = ?""",  # noqa: S608 (this module names the column)
        (value, name_key(user)),
    )
    return [Chat(*row) for row in found]


def find_known(
    connection: sqlite3.Connection,
    log: str,
    user: str,
    address: str,
    host_key: bytes,
    *,
    is_own: bool,
) -> Chat | None:
    """Return the person's chat with this log if its host is who answers; else None.

    An own host cannot pretend anything: what was known of it counts no more, such as an older key,
    or none because it was on this computer. That is to be written.
    """
    if is_own:
        connection.execute(
            "UPDATE chat SET host_key = ? WHERE log = ? AND name_key = ?",
            (host_key, log, name_key(user)),
        )
    found = find_chat(connection, "log", log, user)
    return found[0] if found and found[0].is_on(address, host_key) else None


def save_welcome(
    connection: sqlite3.Connection,
    log: str,
    user: str,
    token: str,
    address: str,
    host_key: bytes,
    predecessor: int | None,
    *,
    is_own: bool = False,
) -> Chat:
    """Keep what a host said when it let this person in; return the chat.

    ``is_own`` is for a host of this profile, as in `find_known`.

    Raises:
        OtherHost: the log is known to be another host's.
    """
    for known in find_chat(connection, "log", log, user):
        if not (is_own or known.is_on(address, host_key)):
            raise OtherHost(log)
    key = name_key(user)
    connection.execute(
        """INSERT OR IGNORE INTO chat (log, name_key, user, address, token, predecessor)
        VALUES (?, ?, '', '', '', ?)""",
        (log, key, predecessor),
    )
    connection.execute(
        "UPDATE chat SET address = '' WHERE address = ? AND name_key = ?", (address, key)
    )
    connection.execute(
        """UPDATE chat SET user = ?, address = ?, token = ?, host_key = ?
        WHERE log = ? AND name_key = ?""",
        (user, address, token, host_key, log, key),
    )
    (saved,) = find_chat(connection, "log", log, user)
    return saved


def rename_log(connection: sqlite3.Connection, chat: Chat) -> Chat:
    """Give a chat's log a name that no host has, and return the chat."""
    connection.execute(
        "UPDATE chat SET log = log || ' until ' || ? WHERE id = ?",
        (secrets.token_hex(8), chat.id),
    )
    (renamed,) = find_chat(connection, "id", chat.id, chat.user)
    return renamed


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
