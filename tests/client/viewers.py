"""Somebody at a window, without the window: a session, the model, and what is on the disk."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.support import PATIENCE, wait_until
from tkchat.client.database import Database
from tkchat.client.events import Event
from tkchat.client.message import Kind, Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.wire.requests import Say

E_ = TypeVar("E_")


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Database]:
    """Open the chats in ``folder``."""
    database = Database(folder / "chats.sqlite3")
    try:
        yield database
    finally:
        database.close()


class Viewer:
    """Joins a chat while in its ``with`` block; the session is closed and joined at its end."""

    def __init__(self, address: Address, name: str, database: Database | None) -> None:
        self.session = Session(address, name, database)
        self.model = Model(name)
        self.events: list[Event] = []  #: all so far
        self._queries = 0

    def __enter__(self) -> Self:
        self.session.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.session.close()
        self.session.join(PATIENCE)

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Take events until ``condition()`` is true."""

        def is_true() -> bool:
            self.take()
            return bool(condition())

        wait_until(is_true, describe=lambda: self.events[-20:])

    def next(self, kind: type[E_]) -> E_:
        """Take events up to the next of ``kind`` that comes from now on, and return it."""
        start = len(self.events)
        self.wait_until(lambda: any(isinstance(each, kind) for each in self.events[start:]))
        return next(each for each in self.events[start:] if isinstance(each, kind))

    def take(self) -> Changes:
        """Apply the events that there are; return what is to be redrawn."""
        changes = Changes()
        while not self.session.events.empty():
            event = self.session.events.get()
            self.events.append(event)
            self.model.apply(event, changes)
        return changes

    def say(self, text: str, room: str = "") -> Message | None:
        """Say ``text``; return the message that waits now, if it makes one."""
        said = self.session.say(text, room)
        assert said is not None
        return self._show(said)

    def send(self, say: Say) -> None:
        """Do something lasting."""
        self._show(self.session.send(say))

    def wait_for_text(self, text: str) -> Message:
        """Wait for a message of the current room, accepted and with that text; return it."""
        self.wait_until(lambda: text in self.sees)
        return next(each for each in self.model.room.messages if each.text == text)

    def wait_for_seen(self, count: int) -> None:
        """Wait until at least ``count`` accepted messages are in the current room."""
        self.wait_until(lambda: len(self.sees) >= count)

    @property
    def sees(self) -> list[str]:
        """The texts of the accepted messages of the current room."""
        messages = self.model.room.timeline.messages
        return [message.text for message in messages if message.kind is Kind.SAID]

    @property
    def waits(self) -> list[str]:
        """The texts of the own messages of the current room that the host does not have."""
        return [message.text for message in self.model.room.waiting]

    def _show(self, said: list[Say]) -> Message | None:
        self.model.said_here(said, Changes())
        return self.model.room.waiting[-1] if said and self.model.room.waiting else None
