"""Hosts that can be killed and started again where they were, and what is in their log."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.support import CHECKOUT, PATIENCE
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.log import Log
from tkchat.server.log_records import Record
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.names import GENERAL

_COMMAND = (sys.executable, "-m", "tests.faults.killable_host")


class KillableHost:
    """A host as a process, on one folder and one port however often it is started."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.address = Address("127.0.0.1", 0)
        self._process: subprocess.Popen[str] | None = None

    def start(self, stage: str = "", commit: int = 0) -> Address:
        """Start it, to kill itself at ``stage`` of that commit; return once it listens."""
        self._process = subprocess.Popen(
            [*_COMMAND, str(self._folder), str(self.address.port), stage, str(commit)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=CHECKOUT,
        )
        assert self._process.stdout is not None
        ready = self._process.stdout.readline()
        assert ready.startswith("tkchat is listening on "), ready
        self.address = Address("127.0.0.1", int(ready.rpartition(":")[2]))
        return self.address

    def wait_until_dead(self) -> None:
        """Wait for it to kill itself."""
        assert self._process is not None
        self._process.wait(PATIENCE)
        self._close_pipe()

    def kill(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._close_pipe()

    def _close_pipe(self) -> None:
        if self._process is not None and self._process.stdout is not None:
            self._process.stdout.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.kill()


def read_log(folder: Path, name: str = "") -> list[Record]:
    """Return all events of a log that no server has open, or those that ``name`` may see.

    That is what was said in `GENERAL` and in this person's conversations.
    """
    with contextlib.closing(Log(folder)) as log, log.reading() as reader:
        state = log.load()
        ids = {account.name: str(account.id) for account in state.accounts}
        rooms = [
            room.id
            for room in state.rooms
            if not name or room.key == GENERAL or ids[name] in room.key[1:].split(" ")
        ]
        return reader.after(0, rooms, log.head + 1)


def heard_once(client: TaggedClient) -> Iterator[tuple[int, str, str]]:
    """Yield seq, author and text of what ``client`` heard, each event once, as it came.

    A line that came before may come again only as the answer to a message that was sent again.
    What was taken back, sooner or later, has no text: the log does not keep it either.
    """
    known: dict[int, Entry] = {}
    gone = {entry.target for entry in client.entries if entry.kind is Kind.DELETE}
    for heard in client.entries:
        changed = heard.target if heard.kind is Kind.EDIT else heard.seq
        entry = replace(heard, text="") if changed in gone else heard
        if entry.seq in known:
            assert entry == known[entry.seq], f"{entry} is not what it was"
            assert entry.mid, f"{entry} came twice: {client}"
            continue
        assert not known or entry.seq > max(known), f"{entry} came too late: {client}"
        known[entry.seq] = entry
        yield entry.seq, entry.author, entry.text
