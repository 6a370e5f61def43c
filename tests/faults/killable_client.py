"""A client that kills itself at a chosen write to its disk; run as a process of its own."""

import contextlib
import os
import signal
import sqlite3
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tkchat.client.database import Database
from tkchat.client.session import Session
from tkchat.net.address import Address

KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows the latter ends it as abruptly


class DeadlyDatabase(Database):
    """Ends this process when the ``commit``-th write (0: none) has come to ``stage``."""

    def __init__(self, path: Path, stage: str, commit: int) -> None:
        self._stage = stage
        self._left = commit
        super().__init__(path)

    @contextlib.contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection that writes."""
        with super().writing() as connection:
            yield connection
            self._left -= 1
            self._come_to("before commit")
        self._come_to("after commit")

    def _come_to(self, stage: str) -> None:
        if stage == self._stage and self._left == 0:
            os.kill(os.getpid(), KILL)


def main() -> None:
    """Join as alice, say the texts given, and stay until killed."""
    port, folder, stage, commit, *texts = sys.argv[1:]
    database = DeadlyDatabase(Path(folder) / "chats.sqlite3", stage, int(commit))
    session = Session(Address("127.0.0.1", int(port)), "alice", database)
    session.start()
    while not session.is_tagged:
        time.sleep(0.01)
    for text in texts:
        session.say(text)
    while True:
        session.events.get()


if __name__ == "__main__":
    main()
