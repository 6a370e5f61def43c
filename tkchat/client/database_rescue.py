"""Saving from a damaged database what is nowhere else: the tokens, and what waits to be sent."""

import contextlib
import sqlite3
from pathlib import Path

_TABLES = {  # without a chat's head: its events have to come from the host again
    "profile": ["install"],
    "chat": ["id", "log", "name_key", "user", "address", "token", "host_key"],
    "pin": ["host", "port", "fingerprint", "since"],
    "outbox": [
        *("id", "chat", "mid", "room", "text", "kind", "target", "at_ms"),
        *("refused_code", "refused_why", "awaits"),
    ],
}


def rescue(damaged: Path, into: sqlite3.Connection) -> bool:
    """Copy all of it into a new, empty database; False if it cannot be read, or not be written."""
    try:
        with contextlib.closing(sqlite3.connect(damaged)) as source:
            found = [_read(source, table, columns) for table, columns in _TABLES.items()]
        into.execute("BEGIN IMMEDIATE")
        into.execute("DELETE FROM profile")
        for insert, rows in found:
            if rows:
                into.executemany(insert, rows)
        if into.execute("SELECT count(*) FROM profile").fetchone() != (1,):
            return False
        into.execute("COMMIT")
    except sqlite3.DatabaseError:
        return False
    finally:
        if into.in_transaction:
            into.execute("ROLLBACK")
    return True


def _read(
    source: sqlite3.Connection, table: str, columns: list[str]
) -> tuple[str, list[tuple[object, ...]]]:
    """Return what inserts the rows of a table, and them; without columns that it did not have."""
    there = {row[1] for row in source.execute(f"PRAGMA table_info({table})")}
    if not there:
        return "", []
    listed = ", ".join(column for column in columns if column in there)
    rows = source.execute(f"SELECT {listed} FROM {table}").fetchall()  # noqa: S608 (see above)
    marks = ", ".join("?" for _ in listed.split(","))
    return f"INSERT INTO {table} ({listed}) VALUES ({marks})", rows  # noqa: S608 (see above)
