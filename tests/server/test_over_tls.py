"""What a host does for a client over TLS, where the way it is sent could make a difference."""

import socket
import threading
from pathlib import Path

import pytest

from tests.secure import SecureClient, SecureTaggedClient
from tests.server.log_kit import new_log, record
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server.log import Batch
from tkchat.server.server import Server
from tkchat.wire.requests import Hello

EVENTS = 5_000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with a log of many events."""
    with new_log(tmp_path / "log") as log:
        records = [record(seq, f"event {seq}") for seq in range(1, EVENTS + 1)]
        log.commit(Batch(records=records))
    return tmp_path / "log"


def test_a_long_replay_comes_whole_and_in_order(data: Path) -> None:
    with (
        running_server(data=data) as server,
        SecureTaggedClient(server.address, "alice", since=0) as alice,
    ):
        assert [entry.seq for entry in alice.entries] == list(range(1, EVENTS + 1))


def test_a_replay_waits_for_a_slow_reader_who_then_goes_on(data: Path) -> None:
    with (
        running_server(data=data) as server,
        SecureTaggedClient(server.address, "alice", since=EVENTS) as alice,
        TaggedClient(server.address, "bob", since=EVENTS) as bob,
    ):
        slow = SecureTaggedClient(server.address)
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
        reading = threading.Thread(target=slow.enter, args=(Hello("slow", since=0),))
        alice.say("meanwhile")
        bob.read_entries(1)
        reading.start()
        reading.join()
        assert [entry.seq for entry in slow.entries] == list(range(1, EVENTS + 2))
        slow.close()


def test_a_line_of_the_greatest_length(server: Server) -> None:
    """A record holds no more than one such line, so it comes in two."""
    with SecureTaggedClient(server.address, "alice") as alice:
        text = "\N{GRINNING FACE}" * 4_000
        alice.confirm(alice.say(text))
        assert alice.entries[-1].text == text


def test_many_encrypted_people_hear_the_same(server: Server) -> None:
    people = [SecureClient(server.address, f"someone{number}") for number in range(30)]
    with Client(server.address, "alice") as alice:
        for number in range(100):
            alice.say(f"line {number}")
        for person in people:
            person.read_until("alice~line 99")
            said = [line for line in person.heard if line.startswith("alice~")]
            assert said == [f"alice~line {number}" for number in range(100)]
        for person in people:
            person.close()
        wait_until(lambda: server.connections == 1)
