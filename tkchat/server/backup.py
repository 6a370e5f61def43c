"""Copies of the log for safe keeping, made while the chat goes on; and whether one is whole."""

import contextlib
import os
import sqlite3
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.identity import KEY_FILE
from tkchat.server.log_index import follow
from tkchat.server.log_records import LogDamaged, LogError
from tkchat.server.log_schema import LOG_FILE, connect, explain
from tkchat.server.log_tables import MIGRATIONS, add_functions

_MOST_PROBLEMS = 20  # of one kind: more tell nobody more
_SCHEMA = "SELECT type, name, sql FROM sqlite_master ORDER BY name"
_SEQS = "SELECT count(*), coalesce(min(seq), 1), coalesce(max(seq), 0) FROM events"

# What each of these finds is wrong. SQLite's own check has looked at the indexes by then, and with
# them at whether any mid is there twice.
_WRONG = (
    ("after event {} there is a hole", """
     SELECT seq FROM events AS event WHERE seq < (SELECT max(seq) FROM events)
     AND NOT EXISTS (SELECT 1 FROM events WHERE seq = event.seq + 1)"""),
    ("event {} is in no room", """
     SELECT seq FROM events WHERE room_id NOT IN (SELECT id FROM rooms)"""),
    ("event {} is by nobody", """
     SELECT seq FROM events WHERE author_id IS NOT NULL
     AND author_id NOT IN (SELECT id FROM accounts)"""),
    ("event {} is of no known kind", """
     SELECT seq FROM events
     WHERE kind NOT IN ('message', 'reply', 'edit', 'delete', 'react')"""),
    ("event {} is about nothing that was said before", """
     SELECT seq FROM events AS event WHERE kind <> 'message' AND (
         target < 1 OR target >= seq
         OR target >= (SELECT min(seq) FROM events) AND target NOT IN (SELECT seq FROM events)
     )"""),
    ("account {} is in a room that is not there", """
     SELECT account_id FROM memberships WHERE room_id NOT IN (SELECT id FROM rooms)"""),
    ("room {} has somebody who is not there", """
     SELECT room_id FROM memberships WHERE account_id NOT IN (SELECT id FROM accounts)"""),
    ("account {} has a read mark that is nowhere", """
     SELECT account_id FROM marks WHERE seq > (SELECT coalesce(max(seq), 0) FROM events)
     OR room_id NOT IN (SELECT id FROM rooms) OR account_id NOT IN (SELECT id FROM accounts)"""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Findings:
    """What `verify` found in ``file``; it is whole if there are no ``problems``."""

    file: Path
    events: int
    first: int
    last: int
    problems: list[str]


def back_up(folder: Path, target: Path) -> int:
    """Write a copy of the log in ``folder`` to the new file ``target``; return its newest seq.

    The chat may go on meanwhile, in another process: the copy is the log at one moment. A host
    that is given the copy for its log goes on under another log id, so that clients do not take
    the one for the other. What proves who hosts is not in it, see `left_out`.

    Raises:
        LogError: there is no log, the target exists, or either cannot be used.
    """
    if target.exists():
        raise LogError(f"{target} is there already. Choose another name for the backup.")
    new = target.with_name(f"{target.name}.new")
    try:
        new.unlink(missing_ok=True)
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(_file_of(folder), new)
        head = _mark(new)
        _sync(new)
        new.rename(target)
    except OSError as error:
        why = error.strerror or str(error)
        raise LogError(f"The backup {target} cannot be written: {why}.") from error
    finally:
        with contextlib.suppress(OSError):
            new.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # Windows does not let a folder be opened
        _sync(target.parent)
    return head


def left_out(folder: Path) -> str:
    """Return what to keep beside a backup of the chat in ``folder``; empty if there is nothing.

    Keys are no part of it: they never change, and whoever has one can be taken for the host, while
    backups are made often and lie in many places.
    """
    kept = [name for name in (KEY_FILE, HOST_CODE_FILE) if (folder / name).exists()]
    if not kept:
        return ""
    return (
        f"Not in it: {' and '.join(kept)}. Copy that from {folder} once, for nobody else to read: "
        "a chat that is put back without its key is another one to everybody who was there."
    )


def verify(path: Path) -> Findings:
    """Look at everything in a log: the file ``path``, or the log in the folder ``path``.

    The chat may go on meanwhile: a copy is looked at, which takes as much room among the system's
    temporary files for as long as it takes.

    Raises:
        LogError: there is no such file, or it cannot be read.
    """
    file = _file_of(path)
    with tempfile.TemporaryDirectory(prefix="tkchat-") as scratch:
        copy = Path(scratch) / LOG_FILE
        copy.touch()
        try:
            _copy(file, copy)
            with contextlib.closing(connect(copy)) as log:
                return _look_at(file, log)
        except (LogDamaged, sqlite3.DatabaseError) as error:
            return Findings(file, 0, 1, 0, [str(error)])


def _file_of(path: Path) -> Path:
    file = path / LOG_FILE if path.is_dir() else path
    if not file.is_file():
        raise LogError(f"There is no log {file}.")
    return file


def _copy(source: Path, target: Path) -> None:
    try:
        with (
            contextlib.closing(connect(source)) as log,
            contextlib.closing(connect(target)) as copy,
        ):
            log.backup(copy)  # in one step, so that it is one moment of the log
            copy.execute("PRAGMA journal_mode = DELETE")  # a single file, with nothing beside it
    except sqlite3.DatabaseError as error:
        raise explain(source, error) from error


def _mark(copy: Path) -> int:
    """Mark the log ``copy`` as a copy; return its newest seq."""
    try:
        with contextlib.closing(connect(copy)) as log:
            log.execute("INSERT OR REPLACE INTO meta VALUES ('copy', '1')")
            _, _, head = log.execute(_SEQS).fetchone()
            return int(head)
    except sqlite3.DatabaseError as error:
        raise explain(copy, error) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _look_at(file: Path, log: sqlite3.Connection) -> Findings:
    found = log.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})").fetchall()
    problems = [text for (text,) in found if text != "ok"]
    (version,) = log.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        return Findings(file, 0, 1, 0, [*problems, "it was written by a newer tkchat"])
    if log.execute(_SCHEMA).fetchall() != _schema_of(version):
        return Findings(file, 0, 1, 0, [*problems, "its tables are not those of a log"])
    for text, query in _WRONG:
        wrong = log.execute(query).fetchmany(_MOST_PROBLEMS)
        problems += [text.format(number) for (number,) in wrong]
    with contextlib.suppress(sqlite3.DatabaseError):  # a damage that is told by now, or below
        while follow(log, threading.Lock()):
            pass
    try:
        log.execute("INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError:
        problems.append("the search does not find what was said")
    events, first, last = log.execute(_SEQS).fetchone()
    return Findings(file, events, first, last, problems)


def _schema_of(version: int) -> list[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(":memory:")) as log:
        add_functions(log)
        log.executescript("".join(MIGRATIONS[:version]))
        return log.execute(_SCHEMA).fetchall()
