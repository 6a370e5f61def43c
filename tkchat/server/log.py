"""The host's log: every lasting event of a chat, on disk before anybody hears of it."""

import contextlib
import json
import logging
import os
import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

from tkchat.folder_lock import FolderInUse, FolderLock
from tkchat.server.log_index import SearchIndex
from tkchat.server.log_order import load_accounts, load_decisions, load_order
from tkchat.server.log_reader import LogReader, to_record
from tkchat.server.log_records import (
    Account,
    Batch,
    Decision,
    LogDamaged,
    LogError,
    LogInUse,
    Membership,
    Record,
    State,
    StorageFailed,
    StoredRoom,
)
from tkchat.server.log_schema import (
    LOG_FILE,
    connect,
    damaged,
    explain,
    open_writer,
    reason,
    transaction,
)
from tkchat.server.log_writing import write

__all__ = [
    "Account",
    "Batch",
    "Log",
    "LogDamaged",
    "LogError",
    "LogInUse",
    "LogReader",
    "Membership",
    "Record",
    "State",
    "StorageFailed",
    "StoredRoom",
]

NOTE_FILE = "state.json"
READERS = 4
COMMITS_PER_NOTE = 1000  #: between two notes of the head beside the log
TRIM_ROWS = 200  #: in one transaction of `Log.trim`: what a commit may have to wait for
TRIM_PAUSE_SECONDS = 0.01
CACHE_KIB = 65_536  # of the writer: the places of mids are all over their index
WAL_KEPT_BYTES = 64 * 2**20

_HEAD_AND_ID = """
SELECT (SELECT coalesce(max(seq), 0) FROM events), (SELECT value FROM meta WHERE key = 'id')"""
_IS_COPY = "SELECT 1 FROM meta WHERE key = 'copy'"
_ROOMS = """
SELECT id, key, name, topic, topic_by, is_locked, slow_seconds, is_archived
FROM rooms ORDER BY id"""
_MEMBERSHIPS = "SELECT account_id, room_id, label FROM memberships"
_MARKS = "SELECT account_id, room_id, seq FROM marks"
_FIND = "SELECT * FROM events WHERE seq = ?"
_FIND_MID = "SELECT * FROM events WHERE author_id = ? AND mid = ? AND mid <> ''"
_IS_DELETED = "SELECT 1 FROM events WHERE target = ? AND target <> 0 AND kind = 'delete' LIMIT 1"
_NEWEST_TEXT = """
SELECT text FROM events WHERE target = ? AND target <> 0 AND kind = 'edit'
ORDER BY seq DESC LIMIT 1"""
_COUNT_REACTED = """
SELECT count(*) FROM events
WHERE target = ? AND target <> 0 AND kind = 'react' AND author_id IS ? AND text = ?
AND (author_id IS NOT NULL OR author = ?)"""

_COUNT_CHANGES = """
SELECT count(*) FROM events INDEXED BY events_by_target
WHERE target = ? AND target <> 0 AND kind IN ('edit', 'react')"""

_OLDEST = """
SELECT seq, time_ms FROM events WHERE seq < (SELECT max(seq) FROM events) ORDER BY seq LIMIT ?"""

_log = logging.getLogger(__name__)


class Log:
    """The log in ``folder``, which this process then has for itself until `close`.

    A folder without a log gets an empty one. An empty file is taken for the beginning of one only
    where no log has been before. ``stages`` is called with ``before commit`` and ``after commit``
    at these moments of each commit, for tests that end the process right there.

    Methods belong to the thread of the hub, but for `reading`, `searching`, `index` and `trim`,
    which any may call.

    Raises:
        LogInUse: another process has the folder.
        LogDamaged: the file in it is not a whole log.
        LogError: the folder or the file cannot be used.
    """

    def __init__(self, folder: Path, stages: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self._path = folder / LOG_FILE
        self._stages = stages
        self._writing = threading.Lock()
        self._readers: queue.SimpleQueue[sqlite3.Connection | None] = queue.SimpleQueue()
        self._closed = threading.Event()
        self._commits = 0
        self._lock = _lock(folder)
        try:
            noted_id, noted_head = self._read_note()
            self._writer = self._open(known=bool(noted_id))
            try:
                ((head, id_),) = self._rows(_HEAD_AND_ID)
                self.head: int = head  #: the seq of the newest committed event; 0 if there is none
                self.id: str = id_  #: the log's name, 32 hexadecimal digits
                if self._rows(_IS_COPY) or (noted_id == id_ and noted_head > head):
                    self.rename()
            except BaseException:
                self._writer.close()
                raise
        except BaseException:
            self._lock.release()
            raise
        self._write_note()
        for _ in range(READERS):
            self._readers.put(None)  # opened when it is needed first
        self._index = SearchIndex(self._path, self._writing)

    def load(self) -> State:
        """Return who and what there is, to begin with."""
        accounts = load_accounts(self._rows)
        ids = {account.id for account in accounts}
        memberships = [Membership(*row) for row in self._rows(_MEMBERSHIPS) if row[0] in ids]
        return State(
            accounts,
            [_room(*row) for row in self._rows(_ROOMS)],
            memberships,
            {(row[0], row[1]): row[2] for row in self._rows(_MARKS) if row[0] in ids},
            **load_order(self._rows),
        )

    def commit(self, batch: Batch) -> None:
        """Keep ``batch``: on the disk, all of it, when this returns.

        Raises:
            StorageFailed: nothing of it was kept; the next one may fare better.
            ValueError: the records do not follow the head one by one, or one is about a later one.
            sqlite3.IntegrityError: a mid of theirs is there already.
        """
        if batch.is_empty:
            return
        for seq, record in enumerate(batch.records, start=self.head + 1):
            if record.seq != seq or record.target >= seq:
                raise ValueError(f"event {record.seq} cannot be event {seq} of the log")
        try:
            with self._writing, transaction(self._writer):
                write(self._writer, batch)
                self._stages("before commit")
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # the hub's mistake, not the disk's
        except sqlite3.DatabaseError as error:
            raise StorageFailed(reason(error)) from error
        self.head += len(batch.records)
        self._commits += 1
        if self._commits % COMMITS_PER_NOTE == 0:
            self._write_note()
        self._stages("after commit")

    def find(self, seq: int) -> Record | None:
        """Return the event with this seq, if it was committed and is still kept."""
        return self._find(_FIND, seq)

    def find_mid(self, author_id: int, mid: str) -> Record | None:
        """Return the event that this account sent under this mid."""
        return self._find(_FIND_MID, author_id, mid)

    def is_deleted(self, seq: int) -> bool:
        """Whether the event with this seq was taken back."""
        return bool(self._rows(_IS_DELETED, seq))

    def newest_text(self, record: Record) -> str:
        """Return what a message says now: by its newest edit, if there is one."""
        edits = self._rows(_NEWEST_TEXT, record.seq)
        return str(edits[0][0]) if edits else record.text

    def has_reacted(self, target: int, author: str, author_id: int | None, emoji: str) -> bool:
        """Whether this author's ``emoji`` is on an event now: each second one took it back."""
        ((count,),) = self._rows(_COUNT_REACTED, target, author_id, emoji, author)
        return bool(count % 2)

    def count_changes(self, target: int) -> int:
        """Return how often a message was edited or reacted to."""
        ((count,),) = self._rows(_COUNT_CHANGES, target)
        return int(count)

    def decisions(self, count: int) -> list[Decision]:
        """Return the newest decisions about keeping order, the oldest of them first."""
        return load_decisions(self._rows, count)

    @contextlib.contextmanager
    def reading(self) -> Iterator[LogReader]:
        """Give out the log as it is now, to any thread.

        For as long as one takes to read a page: meanwhile SQLite cannot shorten its WAL, and
        others may have to wait for a reader.

        Raises:
            LogDamaged: in the ``with``, when it meets a damaged page.
            LogError: the log is closed, or cannot be read.
        """
        connection = self._readers.get()
        try:
            if self._closed.is_set():
                raise LogError(f"The log {self._path} is closed.")
            connection = connection or connect(self._path, "ro")
            connection.execute("BEGIN")
            try:
                yield LogReader(connection)
            finally:
                connection.execute("ROLLBACK")
        except sqlite3.Error as error:
            raise explain(self._path, error) from error
        finally:
            self._readers.put(connection)

    @contextlib.contextmanager
    def searching(self) -> Iterator[LogReader]:
        """Give out the log as `reading` does, once all that was said can be found.

        Where the disk is full, what came last cannot.
        """
        with contextlib.suppress(StorageFailed):
            while self.index():
                pass
        with self.reading() as reader:
            yield reader

    def index(self) -> bool:
        """Have a few more messages found by the search; tell whether there were any left.

        Raises:
            StorageFailed: they could not be written.
        """
        try:
            return self._index.follow()
        except sqlite3.Error as error:
            raise StorageFailed(reason(error)) from error

    def trim(self, before_ms: int) -> tuple[int, int] | None:
        """Remove the oldest events, up to the first that is not from before ``before_ms``.

        That is in milliseconds since 1970. The newest event stays in any case. Returns the first
        and the last seq removed. Any one thread may do this while others write and read: it goes
        in small steps.

        Raises:
            StorageFailed: some may have been removed.
        """
        first = last = 0
        try:
            with contextlib.closing(connect(self._path)) as connection:
                while removed := self._trim_some(connection, before_ms):
                    first, last = first or removed[0], removed[-1]
                    self._closed.wait(TRIM_PAUSE_SECONDS)  # the hub's turn
        except sqlite3.Error as error:
            raise StorageFailed(reason(error)) from error
        return (first, last) if last else None

    def close(self) -> None:
        """Let go of the folder, once everybody who reads is done; may be called again."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._index.close()
        for connection in [self._readers.get() for _ in range(READERS)]:
            if connection:
                connection.close()
        for _ in range(READERS):
            self._readers.put(None)  # for those who still wait, to be told
        with self._writing:
            self._write_note()
            self._writer.close()
        self._lock.release()

    def _open(self, *, known: bool) -> sqlite3.Connection:
        """Open the log's file; ``known`` says that there has been a log."""
        try:
            if known and self._path.exists() and not self._path.stat().st_size:
                raise damaged(self._path, "it is empty")
            writer = open_writer(self._path)
            writer.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            writer.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
        except (sqlite3.Error, OSError) as error:
            raise explain(self._path, error) from error
        return writer

    def rename(self) -> None:
        """Take a new id: the log is an older copy of what clients know under this one.

        Raises:
            LogError: it could not be written down; the id is what it was.
        """
        id_ = secrets.token_hex(16)
        try:
            with self._writing, transaction(self._writer):
                self._writer.execute("UPDATE meta SET value = ? WHERE key = 'id'", (id_,))
                self._writer.execute("DELETE FROM meta WHERE key = 'copy'")
        except sqlite3.Error as error:
            raise explain(self._path, error) from error
        self.id = id_
        _log.warning("the log was restored from an older copy: its name is %s now", id_)

    def _read_note(self) -> tuple[str, int]:
        """Return the id and the head that the log had when they were last noted beside it."""
        try:
            note = json.loads((self.folder / NOTE_FILE).read_text("utf-8"))
            return str(note["log"]), int(note["head"])
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return "", 0

    def _write_note(self) -> None:
        new = self.folder / f"{NOTE_FILE}.new"
        note = json.dumps({"log": self.id, "head": self.head})
        try:
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                file.write(note)
            new.replace(self.folder / NOTE_FILE)
        except OSError as error:  # it is a help, not the log
            _log.warning("%s could not be written: %s", NOTE_FILE, error.strerror)

    def _trim_some(self, connection: sqlite3.Connection, before_ms: int) -> list[int]:
        """Remove a few of the oldest events; return their seqs."""
        with self._writing, transaction(connection):
            rows = connection.execute(_OLDEST, (TRIM_ROWS,)).fetchall()
            old = [seq for seq, _ in takewhile(lambda row: row[1] < before_ms, rows)]
            if not old or self._closed.is_set():
                return []
            connection.execute("DELETE FROM events WHERE seq <= ?", (old[-1],))
            return old

    def _find(self, query: str, *arguments: object) -> Record | None:
        rows = self._rows(query, *arguments)
        return to_record(rows[0]) if rows else None

    def _rows(self, query: str, *arguments: object) -> list[tuple[Any, ...]]:
        try:
            return self._writer.execute(query, arguments).fetchall()
        except sqlite3.ProgrammingError:
            raise  # the log is closed
        except sqlite3.Error as error:
            raise explain(self._path, error) from error


def _room(
    number: int, key: str, name: str, topic: str, by: str, locked: int, slow: int, archived: int
) -> StoredRoom:
    return StoredRoom(number, key, name, topic, by, bool(locked), slow, bool(archived))


def _lock(folder: Path) -> FolderLock:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return FolderLock(folder)
    except FolderInUse as error:
        raise LogInUse(f"{error} Close that chat first, or choose another with --data.") from error
    except OSError as error:
        why = error.strerror or str(error)
        raise LogError(
            f"The folder {folder} cannot be used: {why}. Choose another with --data."
        ) from error
