"""Saving from a damaged database what is nowhere else: the tokens, and what waits to be sent."""

import contextlib
import sqlite3
from pathlib import Path

_TABLES = {  # without a chat's head: its events have to come from the host again
    "profile": "install",
    "chat": "id, log, name_key, user, address, token",
    "outbox": "id, chat, mid, room, text, kind, target, at_ms, refused_code, refused_why, awaits",
}
_OLDER = ("awaits", "'' AS awaits")  # what the first version of the file did not have


def rescue(damaged: Path, into: sqlite3.Connection) -> bool:
    """Copy all of it into a new, empty database; False if it cannot be read, or not be written."""
    try:
        with contextlib.closing(sqlite3.connect(damaged)) as source:
            is_older = source.execute("PRAGMA user_version").fetchone() == (1,)
            rows = {
                table: source.execute(
                    f"SELECT {columns.replace(*_OLDER) if is_older else columns} FROM {table}"  # noqa: S608 (see above)
                ).fetchall()
                for table, columns in _TABLES.items()
            }
        into.execute("BEGIN IMMEDIATE")
        into.execute("DELETE FROM profile")
        for table, columns in _TABLES.items():
            marks = ", ".join("?" for _ in columns.split(","))
            into.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows[table])  # noqa: S608 (see above)
        if into.execute("SELECT count(*) FROM profile").fetchone() != (1,):
            return False
        into.execute("COMMIT")
    except sqlite3.DatabaseError:
        return False
    finally:
        if into.in_transaction:
            into.execute("ROLLBACK")
    return True
