"""A script at the terminal client's ends: a pipe in, and the exit code."""

import contextlib
import io
import os
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from tests.support import PATIENCE, wait_until
from tkchat.client.database import Database
from tkchat.client.events import Event, Opened, Welcome
from tkchat.client.model import Model
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.terminal import piped


@dataclass
class Script:
    """A chat that runs in a thread: its input, and in the end its exit code."""

    writer: io.FileIO
    codes: "queue.SimpleQueue[int]"

    def say(self, *lines: str) -> None:
        self.writer.write("".join(f"{line}\n" for line in lines).encode())

    def exit_code(self) -> int:
        """End the input and return the exit code."""
        self.writer.close()
        return self.codes.get(timeout=PATIENCE)


@contextlib.contextmanager
def script(
    address: Address, database: Database | None = None, name: str = "bot"
) -> Iterator[Script]:
    """Chat from a pipe; with a ``database`` in the tagged dialect."""
    reading, writing = os.pipe()
    session = Session(address, name, database)
    codes: queue.SimpleQueue[int] = queue.SimpleQueue()
    with io.FileIO(reading, "r") as reader, io.FileIO(writing, "w") as writer:
        session.start()
        first: list[Event] = []
        while not (first and isinstance(first[-1], Welcome | Opened)):
            first.append(session.events.get(timeout=PATIENCE))
        thread = threading.Thread(
            target=lambda: codes.put(piped.chat(session, Model(name), first, reader))
        )
        thread.start()
        try:
            yield Script(writer, codes)
        finally:
            writer.close()
            session.close()
            thread.join(PATIENCE)
            session.join(PATIENCE)
            wait_until(lambda: all(each.name != "source" for each in threading.enumerate()))


def run(address: Address, *lines: str, database: Database | None = None) -> int:
    """Have ``lines`` said and return the exit code."""
    with script(address, database) as bot:
        bot.say(*lines)
        return bot.exit_code()
