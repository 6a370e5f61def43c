"""``tkchat selftest``: real clients and a real host on this computer, killed and cut off at random.

At the end, the log of the host is compared with what each client has on its disk.
"""

import contextlib
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from tkchat.client.database import Database
from tkchat.client.history import History
from tkchat.client.outbox import Outbox
from tkchat.net.address import Address
from tkchat.program import server_command
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy
from tkchat.selftest.report import Report, Said
from tkchat.selftest.talker import DATABASE, QUIET, STOP
from tkchat.server.log import Log
from tkchat.wire.names import GENERAL

TALKERS = ("anna", "ben", "clara")
SETTLE_SECONDS = 90.0  # at the end, for everything that waits to arrive
SETTLED_SECONDS = 1.0
POLL_SECONDS = 0.1
START_SECONDS = 20.0
TURN_SECONDS = (0.3, 1.5)  # between two faults
PAGE = 10_000

Tell = Callable[[str], object]


class SelfTestFailed(Exception):
    """The test could not be carried out; the text says why."""


class SelfTest:
    """A host, three clients and the line between them, in a folder of its own.

    ``seed`` decides what happens when; the timing of the processes does the rest.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)  # noqa: S311 (chooses faults, guards nothing)
        self._host: subprocess.Popen[str] | None = None
        self._address = Address("127.0.0.1", 0)
        self._address_of_all = ""  # the proxy's, by which the clients know the host
        self._talkers: dict[str, subprocess.Popen[str]] = {}
        self._runs = dict.fromkeys(TALKERS, 0)
        self._promised: set[Said] = set()
        self.report = Report()

    def run(self, seconds: float, tell: Tell) -> Report:
        """Break things for so many seconds, let everything settle, and compare.

        Raises:
            SelfTestFailed: a process did not start, or what was said does not arrive.
        """
        self._start_host()
        with FaultProxy(self._address) as proxy:
            self._address_of_all = str(proxy.address)
            try:
                for name in TALKERS:
                    self._start_talker(name, proxy.address)
                self._break_things(proxy, seconds, tell)
                tell("Nothing is broken any more: everything has to arrive now.")
                self._settle()
                self.report.cuts = len(proxy.links) - sum(self._runs.values())
                for name, talker in self._talkers.items():
                    self._stop_talker(name, talker)
            finally:
                self._end_all()
        self._compare()
        return self.report

    def _break_things(self, proxy: FaultProxy, seconds: float, tell: Tell) -> None:
        chance = self._chance
        ends_at = time.monotonic() + seconds
        told_at = 0.0
        while time.monotonic() < ends_at:
            time.sleep(chance.uniform(*TURN_SECONDS))
            proxy.release()
            proxy.plan(*(self._plan() for _ in range(chance.randrange(3))))
            match chance.randrange(5):
                case 0:
                    self._kill_host()
                    self._start_host()
                    proxy.target = self._address
                case 1 | 2:
                    name = chance.choice(TALKERS)
                    self._kill_talker(name)
                    self._start_talker(name, proxy.address)
                case _:
                    proxy.cut(reset=chance.random() < 0.5)
            if time.monotonic() - told_at > 5:
                told_at = time.monotonic()
                tell(f"{max(0, ends_at - told_at):3.0f} s to go")
        proxy.mend()

    def _plan(self) -> Plan:
        """Return something that goes wrong with one of the next connections."""
        chance = self._chance
        faults = [
            Faults(cut_at=chance.randrange(5_000), reset=chance.random() < 0.5),
            Faults(stall_at=chance.randrange(5_000)),
            Faults(delay=chance.uniform(0.0, 0.05), piece=chance.randrange(1, 100)),
            Faults(halve_at=chance.randrange(5_000)),
            Faults(),
        ]
        return Plan(chance.choice(faults), chance.choice(faults), chance.random() < 0.1)

    def _start_host(self) -> None:
        command = [*server_command(), "--port", str(self._address.port), "--no-flood-limit"]
        command += ["--data", str(self._folder / "host")]
        host = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, encoding="utf-8"
        )
        self._host = host
        ready = host.stdout.readline() if host.stdout is not None else ""
        port = ready.strip().rpartition(":")[2]
        if not port.isdigit():
            raise SelfTestFailed(f"The host did not start: see {self._folder / 'host'}.")
        self._address = Address("127.0.0.1", int(port))

    def _kill_host(self) -> None:
        if self._host is not None:
            _kill(self._host)
            self.report.host_kills += 1

    def _start_talker(self, name: str, address: Address) -> None:
        folder = self._folder / name
        folder.mkdir(exist_ok=True)
        command = [sys.executable, "-P", "-m", "tkchat.selftest.talker"]
        self._talkers[name] = subprocess.Popen(
            [*command, str(address), str(folder), name, str(self._runs[name])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=Path(__file__).resolve().parents[2],
        )
        self._runs[name] += 1

    def _kill_talker(self, name: str) -> None:
        _kill(self._talkers[name])
        self.report.client_kills += 1
        self._promised |= {(name, text) for text in self._outbox(name)}

    def _stop_talker(self, name: str, talker: subprocess.Popen[str]) -> None:
        said, _ = talker.communicate(f"{STOP}\n", START_SECONDS)
        if talker.returncode:
            raise SelfTestFailed(f"The client {name} ended with {talker.returncode}.")
        found = json.loads(said)
        self.report.latencies += found["latencies"]
        self.report.reordered += found["disorder"]

    def _settle(self) -> None:
        """Wait until no outbox holds anything, and all clients have come equally far.

        What was said last may be on its way to the outbox, so that has to be so for a while.
        """
        for talker in self._talkers.values():
            if talker.stdin is not None and talker.stdout is not None:
                talker.stdin.write(f"{QUIET}\n")
                talker.stdin.flush()
                talker.stdout.readline()
        deadline = time.monotonic() + SETTLE_SECONDS
        settled_at = time.monotonic()
        while time.monotonic() < settled_at + SETTLED_SECONDS:
            waiting = sum(len(self._outbox(name)) for name in TALKERS)
            heads = {self._head(name) for name in TALKERS}
            if waiting or len(heads) > 1:
                settled_at = time.monotonic()
            if time.monotonic() > deadline:
                raise SelfTestFailed(f"{waiting} messages still wait; the clients are at {heads}.")
            time.sleep(POLL_SECONDS)

    def _end_all(self) -> None:
        for process in (self._host, *self._talkers.values()):
            if process is not None:
                _kill(process)

    def _compare(self) -> None:
        lists: dict[str, list[tuple[int, Said]]] = {}
        for name in TALKERS:
            with self._history(name) as history:
                page = history.page(GENERAL, None, sys.maxsize // 2**20)
                lists[name] = [(each.seq, (each.author, each.text)) for each in page.entries]
        with contextlib.closing(Log(self._folder / "host")) as log, log.reading() as reader:
            rooms = [room.id for room in log.load().rooms]
            records = reader.after(0, rooms, log.head + 1)
        self.report.compare(
            self._promised, [(each.seq, (each.author, each.text)) for each in records], lists
        )

    def _outbox(self, name: str) -> list[str]:
        """Return the texts that wait on the disk of ``name``."""
        with self._history(name) as history:
            if history.chat is None:
                return []
            return [waiting.say.text for waiting in Outbox(history).waiting()]

    def _head(self, name: str) -> int | None:
        with self._history(name) as history:
            return history.head

    @contextlib.contextmanager
    def _history(self, name: str) -> Iterator[History]:
        database = Database(self._folder / name / DATABASE)
        with contextlib.closing(database):
            yield History(database, self._address_of_all, name)


def _kill(process: "subprocess.Popen[str]") -> None:
    """End a process as abruptly as the system can (on POSIX by SIGKILL)."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()


def main(seconds: float, seed: int, tell: Tell = print) -> int:
    """Run the self-test and tell what it finds; return 0 if nothing was lost, else 1."""
    tell(f"A host and {len(TALKERS)} clients on this computer talk for {seconds:g} s (seed {seed})")
    tell("over a line that is cut, stalled and torn, while all of them are killed at random.")
    with tempfile.TemporaryDirectory(prefix="tkchat-selftest-") as folder:
        try:
            report = SelfTest(Path(folder), seed).run(seconds, tell)
        except (SelfTestFailed, sqlite3.Error) as problem:
            tell(f"The test failed: {problem}")
            return 1
    for line in report.lines():
        tell(line)
    return 0 if report.is_good else 1
