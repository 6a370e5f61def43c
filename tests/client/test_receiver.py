"""What the receiving thread does by itself; with a session around it: test_session.py."""

import queue
import socket
import threading
import time
from itertools import count

import pytest

from tests.client.hosts import ScriptedHost, read_request, wait_for_end, welcome
from tests.client.viewers import Viewer
from tests.support import PATIENCE, running_server
from tkchat.client import heartbeat, receiver
from tkchat.client.database import Database
from tkchat.client.dialect import Answer, PlainDialect
from tkchat.client.events import Connecting, Event, Live, Lost, NotIn, Problem
from tkchat.client.receiver import Receiver
from tkchat.client.security import Security
from tkchat.client.trust import Trust
from tkchat.wire import tagged
from tkchat.wire.requests import Request
from tkchat.wire.tagged import Ping, Pong


class Broken(PlainDialect):
    def receive(self, raw: bytes) -> Answer:
        raise ZeroDivisionError


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_bug_of_ours_is_told_and_logged(no_logged_error: list[str]) -> None:
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with running_server() as server:
        security = Security(server.address, Trust(None), events.put)
        thread = Receiver(
            server.address,
            events,
            lambda: Broken("alice"),
            lambda: Broken("alice"),
            security,
        )
        thread.start()
        assert events.get(timeout=PATIENCE) == Connecting(server.address)
        event = events.get(timeout=PATIENCE)
        assert isinstance(event, NotIn)
        assert event.problem is Problem.OTHER
        thread.join(PATIENCE)
    assert "ZeroDivisionError" in no_logged_error[0]
    no_logged_error.clear()


def quicken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "PING_SECONDS", 0.05)
    monkeypatch.setattr(heartbeat, "GIVE_UP_SECONDS", 0.3)


def test_a_silent_host_is_pinged_and_then_given_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicken(monkeypatch)
    pings: list[Request] = []

    def fall_silent(sock: socket.socket) -> None:
        welcome(sock)
        while request := read_request(sock):
            pings.extend([request] if isinstance(request, Ping) else [])

    with ScriptedHost(fall_silent) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        assert alice.next(Lost).why == "the host does not answer any more"
        assert len(pings) == 1


def test_a_host_that_answers_is_not_given_up(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    quicken(monkeypatch)
    pings: list[Request] = []

    def answer(sock: socket.socket) -> None:
        welcome(sock)
        while request := read_request(sock):
            if isinstance(request, Ping):
                pings.append(request)
                sock.sendall(tagged.encode(Pong()))

    with ScriptedHost(answer) as host, Viewer(host.address, "alice", database) as alice:
        alice.wait_until(lambda: len(pings) > 10)
        assert not any(isinstance(event, Lost) for event in alice.events)


def test_after_a_sleep_the_host_is_asked_at_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "WAKE_SECONDS", 0.1)
    monkeypatch.setattr(receiver, "NOTICE_SECONDS", 0.05)
    has_slept = threading.Event()
    looks = count()

    def is_gone(sock: socket.socket) -> None:
        welcome(sock)
        has_slept.set()
        wait_for_end(sock)

    def wall_clock() -> float:
        """As if the computer had slept for an hour, three times."""
        return clock() + (3600.0 * min(next(looks), 3) if has_slept.is_set() else 0.0)

    clock = time.time
    monkeypatch.setattr(time, "time", wall_clock)
    with ScriptedHost(is_gone) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Live)
        assert alice.next(Lost).why == "the host does not answer any more"


def test_a_sleep_ends_the_wait(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 1000.0)
    monkeypatch.setattr(receiver, "LOOK_SECONDS", 0.01)
    has_slept, looks, clock = threading.Event(), count(), time.time
    monkeypatch.setattr(
        time, "time", lambda: clock() + (3600.0 * next(looks) if has_slept.is_set() else 0.0)
    )
    connections: list[socket.socket] = []

    def drop_the_first(sock: socket.socket) -> None:
        connections.append(sock)
        welcome(sock)
        if len(connections) > 1:
            wait_for_end(sock)

    with ScriptedHost(drop_the_first) as host, Viewer(host.address, "alice", database) as alice:
        alice.next(Lost)
        has_slept.set()
        alice.wait_until(lambda: len(connections) == 2)


def test_a_network_that_is_back_ends_the_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 1000.0)
    monkeypatch.setattr(receiver, "LOOK_SECONDS", 0.01)
    numbers, is_back = count(), threading.Event()
    monkeypatch.setattr(
        receiver, "own_addresses", lambda: [str(next(numbers))] if is_back.is_set() else []
    )
    connections: list[socket.socket] = []

    def drop_the_first(sock: socket.socket) -> None:
        connections.append(sock)
        welcome(sock)
        if len(connections) > 1:
            wait_for_end(sock)

    with ScriptedHost(drop_the_first) as host, Viewer(host.address, "alice", database) as alice:
        assert alice.next(Lost).retry_seconds > 100
        is_back.set()
        alice.wait_until(lambda: len(connections) == 2)


def test_retries_get_rarer_and_differ() -> None:
    retries = receiver._retries()
    assert len({next(retries) for _ in range(20)}) > 10


def test_after_a_live_connection_the_next_try_is_soon_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 0.02)
    connections = count(1)

    def mostly_refuse(sock: socket.socket) -> None:
        number = next(connections)
        if number in (1, 5):
            welcome(sock)

    with ScriptedHost(mostly_refuse) as host, Viewer(host.address, "alice", database) as alice:
        delays = [alice.next(Lost).retry_seconds for _ in range(5)]
    assert all(0.01 <= delay <= 0.02 for delay in (delays[0], delays[4]))
    assert delays[3] >= 0.08
