"""What the tests of the log share: a log with two rooms, events to put into it, a full disk."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tkchat.server.log import Account, Batch, Log, Membership, Record, StoredRoom
from tkchat.wire.entry import Kind

ALICE, BOB = 1, 2  # accounts
GENERAL, LAB = 1, 2  # rooms
BEGINNING = Batch(
    accounts=[
        Account(ALICE, "Alice", "alice", b"a", "", 100),
        Account(BOB, "bob", "bob", b"b", "", 100),
    ],
    rooms=[StoredRoom(GENERAL, "general", "general"), StoredRoom(LAB, "lab", "Lab")],
    joined=[Membership(ALICE, GENERAL, "general"), Membership(BOB, GENERAL, "general")],
)


def record(seq: int, text: str = "hello", **fields: Any) -> Record:
    """Return an event by Alice in the general room, unless ``fields`` say otherwise."""
    room_id, author = fields.pop("room_id", GENERAL), fields.pop("author", "Alice")
    author_id, time_ms = fields.pop("author_id", ALICE), fields.pop("time_ms", seq * 1000)
    return Record(seq, time_ms, room_id, author, author_id, text, **fields)


def mid(number: int) -> str:
    """Return the ``number``-th mid."""
    return f"{number:032x}"


@contextlib.contextmanager
def new_log(folder: Path) -> Iterator[Log]:
    """Open the log in ``folder``; an empty one gets people and rooms first."""
    with contextlib.closing(Log(folder)) as log:
        if not log.load().accounts:
            log.commit(BEGINNING)
        yield log


def say(log: Log, *texts: str, **fields: Any) -> None:
    """Commit one event a text, in one batch."""
    records = [record(log.head + 1 + at, text, **fields) for at, text in enumerate(texts)]
    log.commit(Batch(records=records))


def change(log: Log, kind: Kind, target: int, text: str = "", **fields: Any) -> None:
    """Commit one event about another."""
    log.commit(Batch(records=[record(log.head + 1, text, kind=kind, target=target, **fields)]))


@contextlib.contextmanager
def small_disk(folder: Path, kib: int) -> Iterator[Path]:
    """Make ``folder`` a disk of its own with so much room; skip where that is not permitted."""
    if sys.platform != "linux":
        pytest.skip("a small disk is made as on Linux")
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={kib}k", "tkchat", str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small disk is not permitted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)
