"""The log's file: its tables, how they are made and changed, how a file is opened and checked."""

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from tkchat.server.log_records import LogDamaged, LogError
from tkchat.server.log_tables import MIGRATIONS, add_functions

LOG_FILE = "log.sqlite3"
BUSY_SECONDS = 10.0  #: how long a writer waits for another one
APPLICATION_ID = 0x746B6368  # "tkch", where SQLite keeps whose file it is

_HEADER = b"SQLite format 3\0"
_WAL_VERSIONS = b"\2\2"  # at _VERSIONS_AT in the header; 1 and 1 in a file without a WAL
_VERSIONS_AT = 18

_REASONS = {
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_READONLY: "it cannot be written",
    sqlite3.SQLITE_IOERR: "the disk cannot be read or written",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_PERM: "it may not be opened",
    sqlite3.SQLITE_BUSY: "another program is writing to it",
    sqlite3.SQLITE_NOMEM: "there is too little memory",
}
_TABLES = (
    "events", "accounts", "rooms", "memberships", "marks", "hours", "search", "indexed",
)  # fmt: skip
_ORDER_TABLES = ("tokens", "bans", "mutes", "audit")


def connect(path: Path, mode: str = "rw") -> sqlite3.Connection:
    """Return a connection to a log that there is, in autocommit mode, for one thread at a time.

    ``mode`` is ``rw``, or ``ro`` for one that cannot write.

    Raises:
        sqlite3.Error: there is no such file, or it cannot be opened.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    add_functions(connection)
    connection.execute("PRAGMA secure_delete = FAST")  # what is taken back is overwritten
    connection.execute("PRAGMA synchronous = FULL")  # a commit is on the disk when it returns
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make what the ``with`` writes one transaction: all of it, or nothing when it raises."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some errors
            with contextlib.suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the log for writing; make it if there is none, bring an older one up to date.

    The caller holds the folder's lock. The checks are those that cost nothing in a log of any
    size.

    Raises:
        LogDamaged: the file is not a whole log.
        LogError: it was written by a newer tkchat, or by another program.
        OSError, sqlite3.Error: the folder cannot be written.
    """
    if not path.exists():
        # Not by SQLite, which would let others read it; the files beside it then get its mode.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    elif path.stat().st_size:
        _check_header(path)
    connection = connect(path)
    try:
        _migrate(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        _touch_all(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def explain(path: Path, error: sqlite3.Error | OSError) -> LogError:
    """Return what to raise when a log cannot be opened or read."""
    if isinstance(error, OSError):
        why = error.strerror or str(error)
    elif _code(error) in _REASONS:
        why = _REASONS[_code(error)]
    else:  # its content, or that of its pages: a table is missing, a row is not a row
        return damaged(path, error)
    return LogError(f"The log {path} cannot be used: {why}. Choose another folder with --data.")


def reason(error: sqlite3.Error) -> str:
    """Return why something could not be written, in a few words."""
    return _REASONS.get(_code(error), str(error))


def damaged(path: Path, what: object) -> LogDamaged:
    """Return what to raise for a file that is not a whole log."""
    return LogDamaged(
        f"The log {path} is damaged ({what}). "
        "Restore a backup, or move the file away to begin anew."
    )


def _code(error: sqlite3.Error) -> int:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF  # without its details


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(_HEADER) or len(header) < 100:
        raise damaged(path, "it is not a database")
    if header[_VERSIONS_AT : _VERSIONS_AT + 2] != _WAL_VERSIONS:
        # A restored backup: a WAL beside it is of the file that was here before, and SQLite would
        # write that one's pages into this.
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables and application != APPLICATION_ID:
        raise LogError(f"{path} is not a log of tkchat. Choose another folder with --data.")
    if version > len(MIGRATIONS):
        raise LogError(
            f"The log {path} was written by a newer tkchat. Install that one, "
            "or choose another folder with --data."
        )
    for number, script in enumerate(MIGRATIONS[version:], start=version + 1):
        try:
            connection.executescript(
                f"BEGIN IMMEDIATE; {script}; PRAGMA application_id = {APPLICATION_ID};"
                f"PRAGMA user_version = {number}; COMMIT;"
            )
        except sqlite3.Error:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _touch_all(connection: sqlite3.Connection, path: Path) -> None:
    for table in _TABLES + _ORDER_TABLES:
        connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchone()  # noqa: S608 (our own names)
    connection.execute("SELECT max(seq) FROM events").fetchone()
    if not connection.execute("SELECT value FROM meta WHERE key = 'id'").fetchone():
        raise damaged(path, "it has no name")
