"""Closing a session, at every moment of its life: at once, and with nothing left behind."""

import socket
import threading
import time

import pytest

from tests.client.hosts import ScriptedHost, Watched, read_line, wait_for_end
from tests.support import PATIENCE, Client, running_server, wait_until
from tkchat.client import receiver
from tkchat.client.events import Connecting, Lost, Said, Welcome
from tkchat.client.session import Session
from tkchat.net.address import Address

AT_ONCE = 1.0  # generous for a busy computer, and far below any time limit of the session


def session(address: Address) -> Watched:
    return Watched(Session(address, "alice"))


def greet(sock: socket.socket) -> None:
    sock.sendall(f"SERVER~{read_line(sock)} joined the chat app\n".encode())


def closed_at_once(alice: Watched) -> None:
    began = time.monotonic()
    alice.session.close()
    assert time.monotonic() - began < AT_ONCE / 2
    alice.session.join(PATIENCE)
    assert not alice.is_running
    assert time.monotonic() - began < AT_ONCE
    alice.session.close()  # again does no harm


def test_closing_while_connected_leaves_the_chat() -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        session(server.address) as alice,
    ):
        alice.next(Welcome)
        closed_at_once(alice)
        bob.read_until("SERVER~alice left the chat app")
        assert alice.session.say("hello?") is None


def test_closing_while_the_host_has_not_greeted_hangs_up() -> None:
    has_hung_up = threading.Event()
    has_name = threading.Event()

    def silent(sock: socket.socket) -> None:
        read_line(sock)
        has_name.set()
        wait_for_end(sock)
        has_hung_up.set()

    with ScriptedHost(silent) as host, session(host.address) as alice:
        assert has_name.wait(PATIENCE)
        closed_at_once(alice)
        assert has_hung_up.wait(PATIENCE)


def test_closing_while_it_waits_to_try_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 1000.0)
    monkeypatch.setattr(receiver, "LAST_RETRY_SECONDS", 1000.0)
    with ScriptedHost(greet) as host, session(host.address) as alice:
        alice.next(Lost)
        closed_at_once(alice)


def test_closing_in_the_middle_of_a_flood() -> None:
    def flood(sock: socket.socket) -> None:
        greet(sock)
        while True:
            sock.sendall(b"bob~so much to say\n" * 1000)

    with ScriptedHost(flood) as host, session(host.address) as alice:
        alice.next(Said)
        closed_at_once(alice)


def test_closing_at_any_moment_of_joining() -> None:
    with running_server() as server:
        for delay in range(30):
            with session(server.address) as alice:
                time.sleep(delay / 10_000)  # any moment will do: there is none to wait for
                closed_at_once(alice)
        wait_until(lambda: server.connections == 0)


def test_closing_before_the_start_makes_no_connection() -> None:
    with running_server() as server:
        alice = Session(server.address, "alice")
        alice.close()
        alice.start()
        alice.join(PATIENCE)
        wait_until(lambda: server.connections == 0)
        assert alice.events.qsize() <= 1


def test_a_session_that_never_starts_leaves_nothing_behind() -> None:
    Session(Address("127.0.0.1"), "alice").close()


def test_closing_while_nobody_answers(unanswering: Address) -> None:
    with session(unanswering) as alice:
        alice.next(Connecting)
        closed_at_once(alice)
        assert alice.session.events.empty()
