"""Networks of the tests' own: two or more computers, as the system sees them, with a cable between.

Linux's network namespaces, joined by a pair of virtual interfaces. Only root can make them.
"""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Computer:
    """A namespace with one interface besides loopback; ``address`` is its own."""

    name: str
    interface: str
    address: str

    @property
    def inside(self) -> tuple[str, ...]:
        """What comes before a command that is to run there."""
        return ("ip", "netns", "exec", self.name)

    def python(self, *arguments: str) -> "subprocess.Popen[str]":
        """Start Python there, with both its ends as pipes of text; it is the caller's to end."""
        return subprocess.Popen(
            [*self.inside, sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )

    def run(self, *command: str) -> None:
        """Run a command there, which must work."""
        _run(*self.inside, *command)


@contextlib.contextmanager
def two_computers() -> Iterator[tuple[Computer, Computer]]:
    """Make two computers with a cable between them, or skip the test; take them away again."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root on Linux can make networks")
    if shutil.which("ip") is None:
        pytest.skip("the program ip (iproute2) is not there")
    names = [f"tkchat-{os.getpid()}-{letter}" for letter in "ab"]
    first, second = (
        Computer(name, f"cable{number}", f"192.168.77.{number}")
        for number, name in enumerate(names, 1)
    )
    try:
        try:
            _connect(first, second)
        except subprocess.CalledProcessError as error:
            pytest.skip(f"no networks can be made here: {error.stderr.strip()}")
        yield first, second
    finally:
        for name in names:  # the cable goes with them
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def _connect(first: Computer, second: Computer) -> None:
    for computer in (first, second):
        _run("ip", "netns", "add", computer.name)
    _run(
        *("ip", "link", "add", first.interface, "netns", first.name, "type", "veth"),
        *("peer", "name", second.interface, "netns", second.name),
    )
    for computer in (first, second):
        inside = ("ip", "-n", computer.name)
        _run(*inside, "address", "add", f"{computer.address}/24", "dev", computer.interface)
        _run(*inside, "link", "set", "lo", "up")
        _run(*inside, "link", "set", computer.interface, "up")
        _run(*inside, "route", "add", "224.0.0.0/4", "dev", computer.interface)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
