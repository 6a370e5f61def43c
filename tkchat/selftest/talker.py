"""Somebody who talks without end, to be killed: a client without a window, a process of its own.

Each message says when it was said, by a clock that all processes of a computer share.
"""

import json
import queue
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from tkchat.client.database import Database
from tkchat.client.events import Arrived, Event, NotIn
from tkchat.client.session import Session
from tkchat.net.address import parse_address
from tkchat.queues import next_within
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL

DATABASE = "chats.sqlite3"
PACE_SECONDS = 0.05
LEAVE_SECONDS = 5.0
QUIET = "quiet"  #: on standard input, and then back: say nothing more, and go on listening
STOP = "stop"  #: on standard input: end


@dataclass(slots=True)
class Heard:
    """What one run heard from others: how long it took, in seconds, and whether in order."""

    latencies: list[float] = field(default_factory=list)
    disorder: int = 0
    _last_seq: int = 0

    def take(self, event: Event, own_name: str) -> None:
        """Note what ``event`` brings."""
        if isinstance(event, Arrived):
            for entry in event.entries:
                if entry.author != own_name:
                    self._take(entry, is_live=event.live)

    def _take(self, entry: Entry, *, is_live: bool) -> None:
        self.disorder += entry.seq <= self._last_seq
        self._last_seq = max(self._last_seq, entry.seq)
        if is_live:
            said_at = float(entry.text.split()[1])
            self.latencies.append(time.monotonic() - said_at)


def main() -> None:
    """Talk as ``NAME`` at ``ADDRESS`` until told to stop; arguments: ADDRESS FOLDER NAME RUN."""
    address, folder, name, run = sys.argv[1:]
    database = Database(Path(folder) / DATABASE)
    session = Session(parse_address(address), name, database)
    orders: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    heard = Heard()
    session.start()
    number = 0
    next_at = time.monotonic()
    is_quiet = False
    while True:
        try:
            event = next_within(session.events, next_at - time.monotonic())
            heard.take(event, name)
            if isinstance(event, NotIn):  # which ends a session that has never been in
                session = Session(parse_address(address), name, database)
                session.start()
        except queue.Empty:
            next_at = time.monotonic() + PACE_SECONDS
            if not is_quiet and session.is_tagged:
                session.say(f"{run}.{number} {time.monotonic():.6f}", GENERAL)
                number += 1
        if not orders.empty():
            if orders.get() == STOP:
                break
            is_quiet = True
            print(QUIET, flush=True)  # noqa: T201 (the coordinator waits for it)
    session.close()
    session.join(LEAVE_SECONDS)
    sys.stdout.write(json.dumps({"latencies": heard.latencies, "disorder": heard.disorder}))


def _listen(orders: "queue.SimpleQueue[str]") -> None:
    # Unbuffered: at exit, a thread that waits in sys.stdin holds a lock that Python then needs.
    with open(0, "rb", buffering=0, closefd=False) as coordinator:
        for line in coordinator:
            orders.put(line.decode().strip())
    orders.put(STOP)


if __name__ == "__main__":
    main()
