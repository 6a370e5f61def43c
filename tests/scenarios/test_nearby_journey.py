"""A chat on one computer is found by another one, across a real network between the two."""

import contextlib
import json
import os
import queue
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.networks import Computer, two_computers
from tests.support import CHECKOUT, PATIENCE, ServerProcess, wait_until

Chats = list[dict[str, Any]]
HEARD_SECONDS = 40.0  # a lost datagram is made up for by the next question
SOON_FORGOTTEN = CHECKOUT / "tests" / "scenarios" / "host_nearby.py"

# A person who joins by the first argument as port, and stays until the input ends.
PERSON = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1]))) as chat:
    chat.sendall(b"alice\\n")
    sys.stdin.read()
"""

# Announces one chat after the other, as fast as it can, until the input ends.
FLOOD = """
import socket, sys, threading
from tests.announcing import MDNS, made_up
end = threading.Event()
threading.Thread(target=lambda: (sys.stdin.read(), end.set()), daemon=True).start()
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
    sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(sys.argv[1]))
    count = 0
    while not end.is_set():
        sock.sendto(made_up(f"flood {count}", "x", count % 60_000 + 1, host=sys.argv[1]), MDNS)
        count += 1
print(count)
"""
FLOOD_SECONDS = 8.0
FLOOD_OVER_SECONDS = 100.0  # then both rest, for ten times what it took them
MOST_OF_A_FLOOD = 0.4  # of one processor: it is noticed after two seconds only


class Listener:
    """What a computer hears of chats, in a process of its own."""

    def __init__(self, computer: Computer) -> None:
        self._process = computer.python(str(CHECKOUT / "tests" / "scenarios" / "listen_nearby.py"))
        self._lines: queue.SimpleQueue[Chats] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._read)
        self._thread.start()
        self.chats: Chats = []
        self.pid = self._process.pid

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(json.loads(line))

    def wait_for(self, chats: Chats, timeout: float = HEARD_SECONDS) -> None:
        """Wait until exactly ``chats`` are heard of, each with the pairs given."""

        def is_so() -> bool:
            with contextlib.suppress(queue.Empty):
                while True:
                    self.chats = self._lines.get_nowait()
            return len(self.chats) == len(chats) and all(
                found.items() >= wanted.items()
                for found, wanted in zip(self.chats, chats, strict=True)
            )

        wait_until(is_so, timeout, lambda: self.chats)

    def close(self) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        assert self._process.wait(PATIENCE) == 0
        self._thread.join()
        self._process.stdout.close()


@pytest.fixture(scope="module")
def computers() -> Iterator[tuple[Computer, Computer]]:
    with two_computers() as both:
        yield both


@pytest.fixture
def listener(computers: tuple[Computer, Computer]) -> Iterator[Listener]:
    listener = Listener(computers[1])
    yield listener
    listener.close()


@contextlib.contextmanager
def hosting(
    computer: Computer, *arguments: str, script: Path = CHECKOUT / "run_server.py"
) -> Iterator[ServerProcess]:
    host = ("--host", "0.0.0.0", *arguments)
    with ServerProcess(*host, under=computer.inside, script=script) as server:
        yield server
        if server.process.poll() is None:
            server.process.terminate()
            assert server.wait() == 0


@contextlib.contextmanager
def person(computer: Computer, port: int) -> Iterator["subprocess.Popen[str]"]:
    process = computer.python("-c", PERSON, str(port))
    try:
        yield process
    finally:
        process.communicate("")


def test_a_chat_is_found_counted_and_gone(
    computers: tuple[Computer, Computer], listener: Listener
) -> None:
    with hosting(computers[0], "--title", "Class 3b") as server:
        place = {"host": computers[0].address, "port": server.address.port}
        chat = {"title": "Class 3b", "address": place}
        listener.wait_for([chat | {"people": 0}])
        with person(computers[0], server.address.port):
            listener.wait_for([chat | {"people": 1}])
        listener.wait_for([chat | {"people": 0}])
        server.process.terminate()
        listener.wait_for([])


def test_who_comes_later_finds_all_that_are_there(computers: tuple[Computer, Computer]) -> None:
    first, second = computers
    with hosting(first, "--title", "One chat") as one, hosting(second, "--title", "One chat"):
        listeners = [Listener(computer) for computer in computers]
        try:
            for listener in listeners:
                listener.wait_for([{"title": "One chat"}] * 2)
            assert {"host": first.address, "port": one.address.port} in [
                chat["address"] for chat in listeners[1].chats
            ]
        finally:
            for listener in listeners:
                listener.close()


@pytest.mark.parametrize("arguments", [("--no-announce",), ("--host", "127.0.0.1")])
def test_a_chat_that_is_not_to_be_found_is_not(
    computers: tuple[Computer, Computer], listener: Listener, arguments: tuple[str, ...]
) -> None:
    with hosting(computers[0], "--title", "Hidden", *arguments):
        # Whoever can be found is found, and the other was there before.
        with hosting(computers[0], "--title", "Open"):
            listener.wait_for([{"title": "Open"}])
        listener.wait_for([])


@pytest.mark.timeout(120)
def test_a_cut_cable_and_a_killed_host(
    computers: tuple[Computer, Computer], listener: Listener
) -> None:
    first = computers[0]
    with (
        hosting(first, "--title", "Doomed", script=SOON_FORGOTTEN) as doomed,
        hosting(first, "--title", "Lives", script=SOON_FORGOTTEN),
    ):
        listener.wait_for([{"title": "Doomed"}, {"title": "Lives"}])
        first.run("ip", "link", "set", first.interface, "down")
        listener.wait_for([])
        doomed.process.kill()  # which says no goodbye, nor would it be heard
        first.run("ip", "link", "set", first.interface, "up")
        listener.wait_for([{"title": "Lives"}])


def test_another_address_is_found(computers: tuple[Computer, Computer], listener: Listener) -> None:
    first = computers[0]
    device = ("dev", first.interface)
    with hosting(first, "--title", "Moves") as server:
        listener.wait_for([{"title": "Moves"}])
        new = "192.168.77.100"
        first.run("ip", "address", "delete", f"{first.address}/24", *device)
        first.run("ip", "address", "add", f"{new}/24", *device)
        try:
            place = {"host": new, "port": server.address.port}
            listener.wait_for([{"title": "Moves", "address": place}])
        finally:
            first.run("ip", "address", "delete", f"{new}/24", *device)
            first.run("ip", "address", "add", f"{first.address}/24", *device)


@pytest.mark.timeout(180)  # on a busy computer it takes long until both listen again
def test_a_flood_costs_host_and_listener_little(
    computers: tuple[Computer, Computer], listener: Listener
) -> None:
    first = computers[0]
    with hosting(first, "--title", "Honest", script=SOON_FORGOTTEN) as server:
        listener.wait_for([{"title": "Honest"}])
        before = [_processor_seconds(pid) for pid in (listener.pid, server.process.pid)]
        flooding = first.python("-c", FLOOD, first.address)
        time.sleep(FLOOD_SECONDS)  # no synchronisation: what is measured is this time
        sent, _ = flooding.communicate("", PATIENCE)
        after = [_processor_seconds(pid) for pid in (listener.pid, server.process.pid)]
        costs = [later - earlier for earlier, later in zip(before, after, strict=True)]
        assert int(sent) > 10_000
        assert max(costs) < MOST_OF_A_FLOOD * FLOOD_SECONDS, (costs, sent)
        with person(first, server.address.port):
            listener.wait_for([{"title": "Honest", "people": 1}], FLOOD_OVER_SECONDS)


def _processor_seconds(pid: int) -> float:
    """Return how much of a processor a process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
