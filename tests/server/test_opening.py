"""The first byte of a connection, and what a host does about it, with a real host around."""

import contextlib
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.net.tls_kit import Memory
from tests.secure import SecureClient
from tests.support import PATIENCE, Client, connect_socket, need_sockets, running_server, wait_until
from tkchat.server import peer
from tkchat.server import server as server_module
from tkchat.server.limits import Limits
from tkchat.server.server import Server
from tkchat.wire import plain

HASTY = Limits(handshake_seconds=0.5)
NOT_PLAIN = "SERVER~This chat takes encrypted connections only."


@pytest.fixture
def far(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A host to which everybody looks as if they were on another computer."""
    monkeypatch.setattr(server_module, "is_loopback", lambda _: False)
    with running_server() as server:
        yield server


def test_one_port_serves_both(server: Server) -> None:
    with Client(server.address, "alice") as alice, SecureClient(server.address, "bob") as bob:
        alice.expect("SERVER~bob joined the chat app")
        alice.say("hello")
        bob.expect("alice~hello")
        bob.say("and hello to you")
        alice.expect("alice~hello", "bob~and hello to you")


def test_a_goodbye_is_announced(server: Server) -> None:
    with SecureClient(server.address, "alice") as alice:
        server.close()
        alice.expect_end(f"SERVER~{plain.CLOSING}")  # an end that was not announced would raise


def test_from_elsewhere_only_the_encrypted_come_in(far: Server) -> None:
    with Client(far.address) as plain_one, SecureClient(far.address, "alice") as alice:
        plain_one.say("bob", "hello")
        line = plain_one.read_line()
        assert line is not None
        assert line.startswith(NOT_PLAIN)
        plain_one.expect_end()
        alice.say("hello")
        alice.expect("alice~hello")


def test_who_is_silent_is_told_too(far: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PROMPT_AFTER_SECONDS", 0.1)
    with Client(far.address) as silent:
        line = silent.read_line()
        assert line is not None
        assert line.startswith(NOT_PLAIN)
        silent.expect_end()


def test_a_web_browser_is_told_too(far: Server) -> None:
    with Client(far.address) as browser:
        browser.send(b"GET / HTTP/1.1\r\nHost: chat\r\n\r\n")
        line = browser.read_line()
        assert line is not None
        assert line.startswith(NOT_PLAIN)


def test_the_prompt_comes_over_tls_as_well(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peer, "PROMPT_AFTER_SECONDS", 0.1)
    with SecureClient(server.address) as silent:
        silent.expect("SERVER~Type your username and press Return.")


def test_handshakes_that_are_never_finished_end_and_nobody_notices() -> None:
    need_sockets(1_000)
    hello = Memory().hello()
    with (
        running_server(limits=HASTY) as server,
        contextlib.ExitStack() as stack,
        SecureClient(server.address, "alice") as alice,
    ):
        began = time.monotonic()
        for number in range(100):
            sock = stack.enter_context(connect_socket(server.address))
            sock.sendall(hello[: 1 + number * len(hello) // 100])
        alice.say("hello")
        alice.expect("alice~hello")
        wait_until(lambda: server.connections == 1)
        assert time.monotonic() - began < 5


def test_a_handshake_counts_into_the_time_for_a_name() -> None:
    with running_server(limits=HASTY) as server, SecureClient(server.address) as silent:
        silent.read_until("SERVER~No username came within 0.5 seconds. Goodbye")
        silent.expect_end()


def test_a_close_ends_handshakes(server: Server) -> None:
    with connect_socket(server.address) as sock:
        sock.sendall(Memory().hello()[:50])
        wait_until(lambda: server.connections)
        began = time.monotonic()
        server.close()
        assert time.monotonic() - began < server_module.CLOSE_SECONDS


def test_a_session_that_is_cut_at_any_byte_leaves_no_trace(server: Server) -> None:
    """Both flights of the client and a line, as bytes, through to the last one."""
    with SecureClient(server.address, "alice") as alice:
        whole = 0
        for cut in range(0, 10_000, 23):
            with connect_socket(server.address) as sock:
                tls = Memory()
                script = tls.hello()
                sock.sendall(script[:cut])
                if cut > len(script):
                    while not tls.outgoing.pending:
                        tls.incoming.write(sock.recv(65_536))
                        with contextlib.suppress(ssl.SSLWantReadError):
                            tls.tls.do_handshake()
                    rest = tls.outgoing.read() + tls.encrypt(b"bob\n") + tls.encrypt(b"hello\n")
                    sock.sendall(rest[: cut - len(script)])
                    whole = len(script) + len(rest)
                sock.shutdown(socket.SHUT_WR)
                sock.settimeout(PATIENCE)
                with contextlib.suppress(ConnectionResetError):
                    while sock.recv(65_536):
                        pass
            if whole and cut > whole:
                break
        alice.say("still here")
        alice.read_until("alice~still here")
        assert "bob~hello" in alice.heard
        wait_until(lambda: server.connections == 1)


def test_who_reads_nothing_over_tls_is_left_and_the_others_hear_on(server: Server) -> None:
    with SecureClient(server.address, "alice") as alice, SecureClient(server.address) as slow:
        slow.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        slow.say("slow")
        alice.expect("SERVER~slow joined the chat app")
        while alice.heard[-1] != "SERVER~slow left the chat app":
            alice.say("x" * 3_000)
            alice.read_line()
            assert len(alice.heard) < 5_000


def test_certificates_given_by_the_host(tmp_path: Path) -> None:
    with running_server(data=tmp_path / "one") as one:
        certificate, key = one.identity.certificate, one.identity.certificate.with_suffix(".key")
        with (
            running_server(certificate=certificate, key=key) as other,
            SecureClient(one.address) as at_one,
            SecureClient(other.address) as at_other,
        ):
            assert isinstance(at_one.socket, ssl.SSLSocket)
            assert isinstance(at_other.socket, ssl.SSLSocket)
            assert at_one.socket.getpeercert(True) == at_other.socket.getpeercert(True)
