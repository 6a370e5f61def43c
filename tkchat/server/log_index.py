"""The index of the search: it follows the log when there is time, so that nobody waits for it."""

import sqlite3
import threading
from pathlib import Path

from tkchat.server.log_schema import connect, transaction

STEP_ROWS = 64  #: in one transaction: what a commit may have to wait for

_NEXT = """
SELECT max(seq) FROM (
    SELECT seq FROM events WHERE seq > (SELECT seq FROM indexed) ORDER BY seq LIMIT ?
)"""
_ADD = """
INSERT INTO search (rowid, text, marks)
SELECT seq, text, marks FROM searchable WHERE seq > (SELECT seq FROM indexed) AND seq <= ?"""
_NOTE = "UPDATE indexed SET seq = ?"


class SearchIndex:
    """Puts what was said into the index, a few messages at a time; any thread may ask for that.

    ``writing`` is held by whoever writes to the log at ``path``.
    """

    def __init__(self, path: Path, writing: threading.Lock) -> None:
        self._path = path
        self._writing = writing
        self._mine = threading.Lock()
        self._connection: sqlite3.Connection | None = None  # opened when it is needed first
        self._is_closed = False

    def follow(self) -> bool:
        """Put the next messages into the index; tell whether there were any.

        Raises:
            sqlite3.Error: they could not be; nothing is lost, and another try may fare better.
        """
        with self._mine:
            if self._is_closed:
                return False
            if self._connection is None:
                self._connection = connect(self._path)
                # On the disk with the next commit: after a loss of power it is done again.
                self._connection.execute("PRAGMA synchronous = NORMAL")
            return follow(self._connection, self._writing)

    def close(self) -> None:
        """Let go of the log."""
        with self._mine:
            self._is_closed = True
            if self._connection is not None:
                self._connection.close()


def follow(connection: sqlite3.Connection, writing: threading.Lock) -> bool:
    """Put the next messages of a log into its index; tell whether there were any.

    Raises:
        sqlite3.Error: they could not be.
    """
    (last,) = connection.execute(_NEXT, (STEP_ROWS,)).fetchone()
    if last is None:
        return False
    with writing, transaction(connection):
        connection.execute(_ADD, (last,))
        connection.execute(_NOTE, (last,))
    return True
