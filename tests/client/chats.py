"""Chats on disk for the tests of the client's storage."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from tkchat.client.database import Database
from tkchat.client.history import History
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say

ADDRESS = "192.0.2.1:4321"


@contextlib.contextmanager
def database(folder: Path) -> Iterator[Database]:
    """Open the database in ``folder``."""
    opened = Database(folder / "chats.sqlite3")
    try:
        yield opened
    finally:
        opened.close()


@contextlib.contextmanager
def history(folder: Path, log: str = "log", user: str = "alice") -> Iterator[History]:
    """Open the chat of somebody who was welcomed."""
    with database(folder) as opened:
        chat = History(opened, ADDRESS, user)
        chat.welcomed(log, user, "token")
        yield chat


def said(seq: int, text: str = "", room: str = "general", author: str = "bob") -> Entry:
    """Return a message; its text is ``m<seq>`` unless given."""
    return Entry(seq, seq * 1000, room, author, text or f"m{seq}")


def change(seq: int, kind: Kind, target: int, text: str = "", room: str = "general") -> Entry:
    """Return what bob did to an earlier message."""
    return Entry(seq, seq * 1000, room, "bob", text, kind, target)


def mid(number: int) -> str:
    """Return a message's identity."""
    return f"{number:032x}"


def say(number: int, text: str = "hello", room: str = "general") -> Say:
    """Return something to be sent."""
    return Say(room, text, mid(number))


def seqs(entries: list[Entry]) -> list[int]:
    """Return the seqs of ``entries``."""
    return [entry.seq for entry in entries]
