"""The file with one person's chats: connections for any thread, and a new one if it is damaged."""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from tkchat.client.database_rescue import rescue
from tkchat.client.database_schema import NewerVersion, upgrade
from tkchat.i18n import tr

BUSY_SECONDS = 10.0  #: how long another process may write before this one gives up
_WAL_BYTES = 4 << 20  # what the write-ahead log shrinks to


class DatabaseError(Exception):
    """The chats on this computer cannot be read or written; the text is for a person."""


class Database:
    """One profile's database. Every method may be called by any thread, and may wait for the disk.

    Several processes may use the file at once. A damaged file is set aside and begun anew;
    ``problem`` then says so. ``install`` is this profile's identity, 32 hexadecimal digits.

    Raises:
        DatabaseError: it can neither be opened nor made.
    """

    def __init__(self, path: Path) -> None:
        self.problem = ""
        self._path = path
        self._mark = path.with_suffix(".damaged")  # left for the next start
        self._writing = threading.Lock()
        self._pool = threading.Lock()  # guards the two below
        self._idle: list[sqlite3.Connection] = []
        self._closed = False
        with self._explained():
            self._writer = self._open_or_replace()
            found = self._writer.execute("SELECT install FROM profile").fetchone()
        self.install: str = found[0]

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that writes, in a transaction: on disk at the end, or undone.

        Raises:
            DatabaseError: nothing was written; a later attempt may succeed.
        """
        with self._writing, self._explained():
            self._check_open()
            with _transaction(self._writer, "BEGIN IMMEDIATE"):
                yield self._writer

    @contextlib.contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection that sees one state of the file, whatever is written meanwhile.

        Raises:
            DatabaseError: it cannot be read.
        """
        with self._explained():
            connection = self._borrow()
            try:
                with _transaction(connection, "BEGIN"):
                    yield connection
            finally:
                self._give_back(connection)

    def close(self) -> None:
        """Close the file, once nobody writes any more."""
        with self._writing, self._pool:
            self._closed = True
            for connection in [*self._idle, self._writer]:
                connection.close()
            self._idle.clear()

    def _open_or_replace(self) -> sqlite3.Connection:
        why = tr("it is damaged")
        if not (self._mark.exists() and self._path.exists()):
            try:
                return self._open()
            except sqlite3.DatabaseError as error:
                if not _is_damage(error):
                    raise
                why = str(error)
        aside = self._set_aside()
        connection = self._open()
        rest = (
            tr("What was not sent yet is still here.")
            if rescue(aside, connection)
            else tr("What was not sent yet is lost.")
        )
        self.problem = tr(
            "The chats on this computer could not be read ({why}); the file is kept as {file}. "
            "What was sent is fetched from the host again. {rest}"
        ).format(why=why, file=aside, rest=rest)
        return connection

    def _open(self) -> sqlite3.Connection:
        # Made here, since SQLite would leave the mode to the umask.
        os.close(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = self._connect()
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            upgrade(connection)
            connection.execute("SELECT max(id) FROM event").fetchone()
        except BaseException:
            connection.close()
            raise
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA journal_size_limit = {_WAL_BYTES}")
        return connection

    def _borrow(self) -> sqlite3.Connection:
        with self._pool:
            self._check_open()
            if self._idle:
                return self._idle.pop()
        return self._connect()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._pool:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _check_open(self) -> None:
        if self._closed:
            raise DatabaseError(tr("The chats on this computer are closed already."))

    def _set_aside(self) -> Path:
        number = 1
        while (aside := self._path.with_suffix(f".broken-{number}.sqlite3")).exists():
            number += 1
        self._path.rename(aside)
        for suffix in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                Path(f"{self._path}{suffix}").rename(f"{aside}{suffix}")
        self._mark.unlink(missing_ok=True)
        return aside

    @contextlib.contextmanager
    def _explained(self) -> Iterator[None]:
        """Turn what goes wrong inside into a `DatabaseError`."""
        try:
            yield
        except NewerVersion:
            told = tr(
                "{file} was written by a newer tkchat. "
                "Use that one, or another folder with --profile."
            )
            raise DatabaseError(told.format(file=self._path)) from None
        except sqlite3.Error as error:
            if _is_damage(error):
                with contextlib.suppress(OSError):
                    self._mark.touch()
                told = tr("{file} is damaged ({why}). Start tkchat again to have it replaced.")
                raise DatabaseError(told.format(file=self._path, why=error)) from error
            raise DatabaseError(self._unusable(str(error))) from error
        except OSError as error:
            raise DatabaseError(self._unusable(error.strerror or "")) from error

    def _unusable(self, why: str) -> str:
        return tr("{file} cannot be used: {why}.").format(file=self._path, why=why)


def _is_damage(error: sqlite3.Error) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of the bits says which kind
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection, begin: str) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
