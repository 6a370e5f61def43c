"""Each look at a host, against real sockets that behave in every way that sockets do."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost
from tests.support import reset, running_server
from tkchat.client.probes import (
    Heard,
    Kind,
    answers_at,
    ask,
    ask_encrypted,
    heard_unencrypted,
    is_number,
    knock,
    likely_meant,
    look_up,
)
from tkchat.net.address import Address
from tkchat.net.errors import Cause, ConnectFailed, ConnectionLost, NotEncrypted
from tkchat.net.identity import read_fingerprint

NEVER = threading.Event()
SOON = 0.3
LONG = 5.0


@pytest.fixture
def refusing() -> Iterator[int]:
    """A port of this computer that somebody has, who does not listen."""
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        yield bound.getsockname()[1]


def to(address: Address) -> socket.socket:
    return knock([address.host], address.port, LONG, NEVER)


def test_names_are_looked_up() -> None:
    assert "127.0.0.1" in look_up("localhost", LONG)
    assert look_up("192.0.2.1", LONG) == ["192.0.2.1"]


@pytest.mark.parametrize("host", ["nosuch.invalid", "a..b", "x" * 300, ""])
def test_unknown_names(host: str) -> None:
    if host:
        with pytest.raises(ConnectFailed) as failed:
            look_up(host, LONG)
        assert failed.value.cause in (Cause.UNKNOWN_HOST, Cause.TIMEOUT)


def test_a_look_up_takes_only_so_long(monkeypatch: pytest.MonkeyPatch) -> None:
    released = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: released.wait(LONG) and [])
    began = time.monotonic()
    with pytest.raises(ConnectFailed) as failed:
        look_up("slow", SOON)
    released.set()
    assert failed.value.cause is Cause.TIMEOUT
    assert time.monotonic() - began < LONG


def test_nobody_listens(refusing: int) -> None:
    assert not answers_at("127.0.0.1", refusing, LONG, NEVER)
    with pytest.raises(ConnectFailed) as failed:
        knock(["127.0.0.1"], refusing, LONG, NEVER)
    assert failed.value.cause is Cause.REFUSED


def test_no_answer_takes_only_so_long(unanswering: Address) -> None:
    began = time.monotonic()
    with pytest.raises(ConnectFailed) as failed:
        knock([unanswering.host] * 3, unanswering.port, SOON, NEVER)
    assert failed.value.cause is Cause.TIMEOUT
    assert time.monotonic() - began < SOON + 2


def test_the_first_address_that_answers_is_taken() -> None:
    with ScriptedHost(lambda sock: sock.recv(1)) as host:
        knock(["127.0.0.2", "127.0.0.1"], host.address.port, LONG, NEVER).close()
        assert answers_at("127.0.0.1", host.address.port, LONG, NEVER)


def test_a_chat_tells_about_itself() -> None:
    with running_server(announce=True, title="Class 3b") as server:
        heard = ask(to(server.address), LONG)
        assert heard.kind is Kind.TKCHAT
        assert heard.info is not None
        assert heard.info.title == "Class 3b"
        assert heard.fingerprint == b""


def test_an_encrypted_chat_shows_its_key(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server:
        heard = ask_encrypted(to(server.address), LONG)
        assert heard.kind is Kind.TKCHAT
        assert heard.fingerprint == read_fingerprint(tmp_path / "host.crt")


@pytest.mark.parametrize(
    ("said", "kind", "quote"),
    [
        (b"@event=refused;code=bad-line SERVER~Version 2 only\n", Kind.OTHER_TKCHAT,
         "Version 2 only"),
        (b"SERVER~The room is\x1b full\n", Kind.REFUSING, "The room is\ufffd full"),
        (b"bob~hi\n", Kind.CHAT, ""),
        (b"@event=info joined the chat!\n", Kind.CHAT, ""),
        (b"HTTP/1.1 400 Bad ~ Request\r\n\r\n", Kind.OTHER, "HTTP/1.1 400 Bad ~ Request"),
        (b"SSH-2.0-OpenSSH_9\r\n", Kind.OTHER, "SSH-2.0-OpenSSH_9"),
        (b"\x15\x03\x01\x00", Kind.OTHER, "\ufffd\ufffd\ufffd\ufffd"),
        (b"", Kind.HUNG_UP, ""),
        (b"x" * 70_000, Kind.OTHER, "x" * 200 + "\u2026"),
        (b"@event=info;v=one\n", Kind.CHAT, ""),
    ],
)  # fmt: skip
def test_what_answers_is_told_apart(said: bytes, kind: Kind, quote: str) -> None:
    def speak(sock: socket.socket) -> None:
        sock.recv(1_000)
        sock.sendall(said)

    with ScriptedHost(speak) as host:
        assert ask(to(host.address), LONG) == Heard(kind, quote=quote)


def test_who_says_nothing_is_waited_for_only_so_long() -> None:
    with ScriptedHost(lambda sock: sock.recv(1) and sock.recv(100) and sock.recv(1)) as host:
        began = time.monotonic()
        assert ask(to(host.address), SOON).kind is Kind.SILENT
        with pytest.raises(NotEncrypted):
            ask_encrypted(to(host.address), SOON)
        assert time.monotonic() - began < 2


def test_who_drips_is_waited_for_only_so_long() -> None:
    def drip(sock: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock.sendall(b"x")
                time.sleep(0.02)

    with ScriptedHost(drip) as host:
        began = time.monotonic()
        ask(to(host.address), SOON)
        assert time.monotonic() - began < 2


def test_who_breaks_the_connection_has_hung_up() -> None:
    def listen_and_reset(sock: socket.socket) -> None:
        sock.recv(1)  # not before: it may be that we have not even connected
        reset(sock)

    with ScriptedHost(listen_and_reset) as host:
        assert ask(to(host.address), LONG).kind is Kind.HUNG_UP
        with pytest.raises(NotEncrypted):
            ask_encrypted(to(host.address), LONG)


def test_plain_words_are_not_encrypted() -> None:
    greeting = b"SERVER~Hello there, who are you?\n"
    with (
        ScriptedHost(lambda sock: sock.sendall(greeting)) as host,
        pytest.raises(NotEncrypted),
    ):
        ask_encrypted(to(host.address), LONG)


def test_another_version_of_encryption_is_told_apart() -> None:
    def refuse(sock: socket.socket) -> None:
        sock.recv(1_000)
        sock.sendall(b"\x15\x03\x03\x00\x02\x02\x46")  # TLS's alert "protocol version"
        sock.recv(1_000)

    with ScriptedHost(refuse) as host:
        with pytest.raises(ConnectionLost) as failed:
            ask_encrypted(to(host.address), LONG)
        assert not isinstance(failed.value, NotEncrypted)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.l.2O", "192.168.1.20"),
        ("192,168,1,20", "192.168.1.20"),
        ("192.168.1.20", ""),
        ("classroom", ""),
        ("Iol", ""),
    ],
)
def test_what_was_likely_meant(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


def test_whole_numbers() -> None:
    assert is_number("10.0.0.1")
    assert not any(map(is_number, ["10.0.1", "10.0.0.256", "010.0.0.1", "::1", ""]))


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"@event=info;v=1\nmore\n", Kind.TKCHAT),
        (b"SERVER~The chat is full\n", Kind.REFUSING),
        (b"bob~hello\n", Kind.CHAT),
        (b"HTTP/1.1 400 Bad Request\r\n", Kind.OTHER),
        (b"", Kind.SILENT),
    ],
)
def test_an_answer_to_a_handshake_tells_what_it_is(said: bytes, kind: Kind) -> None:
    assert heard_unencrypted(said).kind is kind
