"""A host as a process of its own, what it uses, and people who talk there meanwhile."""

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support import CHECKOUT, PATIENCE, ServerProcess, wait_until
from tkchat.net.address import own_addresses

MEGABYTE = 1_000_000
LOG_FILES = 16  #: descriptors of the log that a host opens when they are first needed
MOST_MILLISECONDS = 1_000.0  #: nobody waits longer, also on a busy computer


class Host(ServerProcess):
    """A host under attack. What it uses is told by Linux's ``/proc``."""

    @property
    def memory(self) -> int:
        """How many bytes of memory it has by now."""
        pages = int((self._proc / "statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    @property
    def processor_seconds(self) -> float:
        """How long it kept processors busy so far."""
        fields = (self._proc / "stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def threads(self) -> int:
        """How many threads it has."""
        return len(list((self._proc / "task").iterdir()))

    @property
    def descriptors(self) -> int:
        """How many files and sockets it has open."""
        return len(list((self._proc / "fd").iterdir()))

    @property
    def _proc(self) -> Path:
        return Path("/proc") / str(self.process.pid)


@dataclass
class Talk:
    """What the people in the room noticed; filled when the talk has ended."""

    delays: list[float] = field(default_factory=list)  #: of each line to each of them, in ms
    lost: int = 0  #: lines that did not come to somebody

    def percentile(self, percent: float) -> float:
        """Return the delay that so many percent of the lines did not exceed."""
        ordered = sorted(self.delays)
        return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


@contextlib.contextmanager
def people_talk(port: int) -> Iterator[Talk]:
    """Have some people talk for as long as the ``with`` lasts."""
    talk = Talk()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.attacks.talkers", str(port)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield talk
        said, _ = process.communicate(timeout=2 * PATIENCE)
        found = json.loads(said)
        talk.delays, talk.lost = found["delays"], found["lost"]
    finally:
        process.kill()
        process.communicate()


@contextlib.contextmanager
def under_attack(
    host: Host, *, most_processor: float = 1.0, most_memory: int = 60 * MEGABYTE
) -> Iterator[None]:
    """Have people talk while the ``with`` attacks their host; nobody may notice.

    The host may keep ``most_processor`` of one processor busy, get so many bytes of memory more,
    and has to give everything else back, once the attack is over.
    """
    threads, descriptors = host.threads, host.descriptors
    with people_talk(host.address.port) as talk:
        memory, used, began = host.memory, host.processor_seconds, time.monotonic()
        yield
        busy = (host.processor_seconds - used) / (time.monotonic() - began)
        grown = host.memory - memory
    p99, most = talk.percentile(99), max(talk.delays)
    told = f"p99 {p99:.1f} ms, at most {most:.1f} ms, {busy:.0%} busy, {grown / MEGABYTE:.0f} MB"
    print(told)  # noqa: T201 (pytest shows it)
    assert not talk.lost, f"{talk.lost} lines were lost; {told}"
    assert most < MOST_MILLISECONDS, told
    assert busy < most_processor, told
    assert grown < most_memory, told
    wait_until(
        lambda: host.threads <= threads and host.descriptors <= descriptors + LOG_FILES,
        describe=lambda: f"{threads} to {host.threads}, {descriptors} to {host.descriptors}",
    )


@contextlib.contextmanager
def attacked_host(*arguments: str) -> Iterator[Host]:
    """Run a host for others than this computer too, or skip the test where Linux is missing."""
    if sys.platform != "linux":
        pytest.skip("only Linux tells what another process uses")
    with Host("--host", "0.0.0.0", "--allow-plaintext", "--no-announce", *arguments) as host:
        yield host


def elsewhere() -> str:
    """Return an address of this computer by which it counts as another one; or skip the test."""
    found = [host for host in own_addresses() if ":" not in host and not host.startswith("127.")]
    if not found:
        pytest.skip("this computer is in no network")
    return found[0]
