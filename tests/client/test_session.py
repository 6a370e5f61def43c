"""A session with real hosts: tkchat's own, other makes, and none at all."""

import contextlib
import socket
import threading
import time

import pytest

from tests.client.hosts import ScriptedHost, Watched, read_line, wait_for_end
from tests.support import PATIENCE, Client, reset, running_server
from tkchat.client import receiver
from tkchat.client.events import (
    Came,
    Connecting,
    Entered,
    Lost,
    Noticed,
    NotIn,
    PeopleHere,
    Problem,
    RoomsThere,
    Said,
    Welcome,
)
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.wire.errors import WireError
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say

pytestmark = pytest.mark.usefixtures("soon")

AT_ONCE = 1.0  # generous for a busy computer, and far below any time limit of the session


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take a short silence for a welcome."""
    monkeypatch.setattr(receiver, "GREETING_SECONDS", 0.1)


def session(address: Address, name: str = "alice") -> Watched:
    return Watched(Session(address, name))


def texts(said: list[Say] | None) -> list[str]:
    return [say.text for say in said or ()]


def greet(sock: socket.socket) -> str:
    name = read_line(sock)
    sock.sendall(f"SERVER~{name} joined the chat app\n".encode())
    return name


def test_joining() -> None:
    with running_server() as server, session(server.address) as alice:
        alice.next(RoomsThere)
        assert alice.events == [
            Connecting(server.address),
            Welcome("alice", GENERAL),
            Came("alice"),
            PeopleHere(("alice",)),
            RoomsThere(((GENERAL, 1),)),
        ]


def test_a_taken_name_ends_the_session() -> None:
    with (
        running_server() as server,
        Client(server.address, "Alice"),
        session(server.address) as alice,
    ):
        expected = NotIn(Problem.NAME_REFUSED, "The name alice is taken.")
        assert alice.next(NotIn) == expected
        alice.wait_until_over()


@pytest.mark.parametrize("name", ["", "a b", "a~b", "SERVER", "x" * 33])
def test_an_impossible_name_is_refused_by_the_host(name: str) -> None:
    with running_server() as server, session(server.address, name) as nobody:
        assert nobody.next(NotIn).problem is Problem.NAME_REFUSED


@pytest.mark.parametrize("name", ["a\nb", "a\ud800", "x" * 20_000])
def test_a_name_that_cannot_be_sent_is_refused_here(name: str) -> None:
    with running_server() as server, session(server.address, name) as nobody:
        assert nobody.next(NotIn) == NotIn(Problem.NAME_REFUSED, "That name cannot be sent.")


def test_nobody_listens() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))  # and does not listen
        with session(Address("127.0.0.1", bound.getsockname()[1])) as alice:
            assert alice.next(NotIn).problem is Problem.NOBODY_LISTENS
            alice.wait_until_over()


def test_an_unknown_host() -> None:
    with session(Address("no-such-host.invalid")) as alice:
        assert alice.next(NotIn).problem is Problem.UNKNOWN_HOST


def test_nobody_answers_in_time(unanswering: Address, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "CONNECT_SECONDS", 0.1)
    with session(unanswering) as alice:
        assert alice.next(NotIn).problem is Problem.NO_ANSWER


def test_a_host_that_hangs_up_at_once() -> None:
    with ScriptedHost(lambda sock: None) as host, session(host.address) as alice:
        assert alice.next(NotIn).problem is Problem.NOT_LET_IN


def test_a_host_that_says_why_it_hangs_up() -> None:
    def full(sock: socket.socket) -> None:
        read_line(sock)
        sock.sendall(b"SERVER~We are full\n")

    with ScriptedHost(full) as host, session(host.address) as alice:
        assert alice.next(NotIn) == NotIn(Problem.NOT_LET_IN, "We are full")


def test_a_host_that_resets_the_connection() -> None:
    def slam(sock: socket.socket) -> None:
        read_line(sock)
        reset(sock)

    with ScriptedHost(slam) as host, session(host.address) as alice:
        refusal = alice.next(NotIn)
        assert refusal.problem is Problem.NOT_LET_IN
        assert refusal.detail


@pytest.mark.usefixtures("impatient")
def test_a_host_that_never_greets() -> None:
    def chat(sock: socket.socket) -> None:
        read_line(sock)
        sock.sendall(f"bob~you said {read_line(sock)}\n".encode())
        wait_for_end(sock)

    with ScriptedHost(chat) as host, session(host.address) as alice:
        alice.next(Welcome)
        assert texts(alice.session.say("hi")) == ["hi"]
        alice.wait_for(Said("bob", "you said hi"))


@pytest.mark.usefixtures("impatient")
def test_a_host_that_only_ever_talks_of_other_things(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "GREETED_SECONDS", 0.3)
    is_over = threading.Event()

    def drip(sock: socket.socket) -> None:
        while not is_over.wait(0.02):
            sock.sendall(b"x")

    with ScriptedHost(drip) as host, session(host.address) as alice:
        alice.next(Welcome)
        is_over.set()


def test_a_host_that_sends_one_byte_at_a_time() -> None:
    def drip(sock: socket.socket) -> None:
        name = read_line(sock)
        for byte in f"SERVER~{name} joined the chat app\r\nbob~grüß dich\r\n".encode():
            sock.sendall(bytes([byte]))
        wait_for_end(sock)

    with ScriptedHost(drip) as host, session(host.address) as alice:
        alice.wait_for(Said("bob", "grüß dich"))
        assert alice.events[1] == Welcome("alice", GENERAL)


def test_a_host_that_sends_garbage() -> None:
    def rave(sock: socket.socket) -> None:
        greet(sock)
        sock.sendall(b"\xff\xfe~\xc3\n\n~\n~~\n\x00\n" + b"x" * 100_000 + b"\n")
        sock.sendall(b"SERVER~\xe2\x98\x83 joined the chat app\nbob~still here\n")
        wait_for_end(sock)

    with ScriptedHost(rave) as host, session(host.address) as alice:
        alice.wait_for(Said("bob", "still here"))
        assert Said("\ufffd\ufffd", "\ufffd") in alice.events
        notices = [event.text for event in alice.events if isinstance(event, Noticed)]
        assert "The host sent a line that is too long; it is left out." in notices
        assert Came("\u2603") in alice.events


def test_a_restarted_host_is_found_again_and_so_is_the_room() -> None:
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(session(server.address))
            alice.next(RoomsThere)
            alice.session.go_to("ops")
            alice.next(Entered)
        lost = alice.next(Lost)
        assert lost.why == "The chat is closing"
        assert alice.session.say("anybody?") is None
        with running_server(port=server.address.port):
            assert alice.next(Welcome) == Welcome("alice", "ops")
            assert texts(alice.session.say("I am back")) == ["I am back"]
            alice.wait_for(Said("alice", "I am back"))


def test_a_refusal_after_the_welcome_is_only_a_loss() -> None:
    is_free = threading.Event()

    def door(sock: socket.socket) -> None:
        name = read_line(sock)
        if connections and not is_free.is_set():
            sock.sendall(f"SERVER~The name {name} is taken. Choose another username.\n".encode())
            return
        sock.sendall(f"SERVER~{name} joined the chat app\n".encode())
        connections.append(sock)
        if len(connections) > 1:
            wait_for_end(sock)

    connections: list[socket.socket] = []
    with ScriptedHost(door) as host, session(host.address) as alice:
        alice.next(Welcome)
        while alice.next(Lost).why != "The name alice is taken.":
            pass
        is_free.set()
        alice.next(Welcome)


def test_only_a_fresh_word_of_the_host_explains_a_loss(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "LAST_WORD_SECONDS", 0.0)  # makes every word stale

    def chat(sock: socket.socket) -> None:
        greet(sock)
        sock.sendall(b"SERVER~Lunch is at noon\n")

    with ScriptedHost(chat) as host, session(host.address) as alice:
        assert "Lunch" not in alice.next(Lost).why


def test_a_host_that_stops_reading() -> None:
    is_over = threading.Event()

    def ignore(sock: socket.socket) -> None:
        greet(sock)
        is_over.wait(PATIENCE)

    with ScriptedHost(ignore) as host, session(host.address) as alice:
        alice.next(Welcome)
        began = time.monotonic()
        alice.session.say(f"{'x' * 4000}\n" * 5000)
        assert time.monotonic() - began < AT_ONCE
        assert alice.next(Lost).why == "the host takes too slowly what is sent to it"
        is_over.set()


def test_retry_now_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 1000.0)
    monkeypatch.setattr(receiver, "LAST_RETRY_SECONDS", 1000.0)
    with contextlib.ExitStack() as stack:
        with running_server() as server:
            alice = stack.enter_context(session(server.address))
            alice.next(Welcome)
        with running_server(port=server.address.port):
            assert alice.next(Lost).retry_seconds > 100
            alice.session.retry_now()
            alice.next(Welcome)


def test_what_is_said_before_the_welcome_is_not_sent() -> None:
    has_name, is_let_in = threading.Event(), threading.Event()

    def door(sock: socket.socket) -> None:
        name = read_line(sock)
        has_name.set()
        is_let_in.wait(PATIENCE)
        sock.sendall(f"SERVER~{name} joined the chat app\n".encode())
        while (line := read_line(sock)) and line.startswith("/"):
            pass
        sock.sendall(f"alice~{line}\n".encode())
        wait_for_end(sock)

    with ScriptedHost(door) as host, session(host.address) as alice:
        assert has_name.wait(PATIENCE)
        assert alice.session.say("too early") is None
        alice.session.go_to("ops")
        is_let_in.set()
        alice.next(Welcome)
        alice.session.say("now")
        assert alice.next(Said) == Said("alice", "now")
        assert Entered("ops") not in alice.events


def test_what_is_said_reaches_the_others() -> None:
    with (
        running_server() as server,
        Client(server.address, "bob") as bob,
        session(server.address) as alice,
    ):
        alice.next(Welcome)
        bob.expect("SERVER~alice joined the chat app")
        assert texts(alice.session.say("one\n/etc/passwd")) == ["one", "/etc/passwd"]
        assert texts(alice.session.say("//slash")) == ["/slash"]
        assert alice.session.say("/me waves") == []
        assert alice.session.say("") == []
        bob.expect("alice~one", "alice~/etc/passwd", "alice~/slash", "alice~* alice waves")


def test_a_message_that_is_too_long_is_not_sent() -> None:
    with running_server() as server, session(server.address) as alice:
        alice.next(Welcome)
        with pytest.raises(WireError):
            alice.session.say("x" * 4001)
        alice.session.say("fine")
        assert alice.next(Said) == Said("alice", "fine")
