"""Addresses as people write them, and the sockets at either end."""

import contextlib
import errno
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.support import wait_until
from tkchat.net.address import (
    DEFAULT_PORT,
    Address,
    connect,
    is_loopback,
    listen,
    own_addresses,
    parse_address,
)
from tkchat.net.errors import Cause, ConnectFailed, ListenFailed

NOT_CANCELLED = threading.Event()


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("localhost", Address("localhost", DEFAULT_PORT)),
        (" 192.168.1.20:4000 ", Address("192.168.1.20", 4000)),
        ("classroom-pc:1", Address("classroom-pc", 1)),
        ("host:65535", Address("host", 65535)),
        ("host:00080", Address("host", 80)),
        ("host:0000000080", Address("host", 80)),
        ("::1", Address("::1", DEFAULT_PORT)),
        ("[::1]", Address("::1", DEFAULT_PORT)),
        ("[fe80::1]:4000", Address("fe80::1", 4000)),
    ],
)
def test_parse_address(written: str, address: Address) -> None:
    assert parse_address(written) == address
    assert parse_address(str(address)) == address


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        ":4000",
        "host:",
        "host:0",
        "host:65536",
        "host:99999999999999999999",
        "host:0000099999",
        "host:00000",
        "host:" + "1" * 5_000,
        "host:port",
        "host:-1",
        "host:４０００",
        "ho st",
        "user@host",
        "http://host",
        "[::1",
        "[::1]4000",
        "[]:4000",
    ],
)
def test_what_is_no_address(written: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_address(written)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.168.1.20", "128.0.0.1", "::2", "fe80::1", "::ffff:10.0.0.1"])
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_port_0_picks_a_free_one() -> None:
    with listen(Address("127.0.0.1", 0)) as one, listen(Address("127.0.0.1", 0)) as other:
        assert one.getsockname()[1] != other.getsockname()[1]


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with listen(Address("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ListenFailed, match=rf"Port {port} is already in use .* --port"):
            listen(Address("127.0.0.1", port))


@pytest.mark.parametrize(
    ("system", "said"),
    [
        ("linux", "Port 80 needs an administrator. Choose one above 1023 with --port."),
        ("win32", "Port 80 is already in use on this computer, or Windows keeps it for itself. "
                  "Join the chat that runs there, or choose another port with --port."),
    ],
)  # fmt: skip
def test_a_port_that_the_system_denies(
    monkeypatch: pytest.MonkeyPatch, system: str, said: str
) -> None:
    def deny(*arguments: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR, raising=False)
    monkeypatch.setattr(socket.socket, "bind", deny)
    with pytest.raises(ListenFailed) as failed:
        listen(Address("127.0.0.1", 80))
    assert str(failed.value) == said


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid", "a..b"])
def test_an_address_of_another_computer_cannot_be_listened_on(host: str) -> None:
    with pytest.raises(ListenFailed, match=f"^{host} is not an address of this computer"):
        listen(Address(host, 0))


def test_connect() -> None:
    with listen(Address("127.0.0.1", 0)) as listener:
        address = Address("127.0.0.1", listener.getsockname()[1])
        with connect(address, 10, NOT_CANCELLED) as sock:
            accepted, where = listener.accept()
            assert where == sock.getsockname()
            accepted.close()


@pytest.mark.skipif(not socket.has_dualstack_ipv6(), reason="this computer has no IPv6")
def test_connect_by_ipv6() -> None:
    with listen(Address("::1", 0)) as listener:
        address = Address("::1", listener.getsockname()[1])
        with connect(address, 10, NOT_CANCELLED) as sock:
            assert sock.family == socket.AF_INET6


def test_every_address_of_a_name_is_tried() -> None:
    # localhost is ::1 first on most systems; this listens on the other.
    with listen(Address("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        connect(Address("localhost", port), 10, NOT_CANCELLED).close()


def test_nobody_listens() -> None:
    with listen(Address("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(ConnectFailed) as failed:
        connect(Address("127.0.0.1", port), 10, NOT_CANCELLED)
    assert failed.value.cause is Cause.REFUSED


@pytest.mark.parametrize("host", ["no.such.host.invalid", "a..b", "x" * 300])
def test_an_unknown_host(host: str) -> None:
    with pytest.raises(ConnectFailed) as failed:
        connect(Address(host, 1), 10, NOT_CANCELLED)
    assert failed.value.cause is Cause.UNKNOWN_HOST


@pytest.fixture
def deaf() -> Iterator[Address]:
    """A host that does not answer: its queue of connections is full and nobody takes one out."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        address = Address(*listener.getsockname())
        waiting: list[socket.socket] = []

        def is_full() -> bool:
            sock = stack.enter_context(socket.socket())
            sock.settimeout(0.2)
            waiting.append(sock)
            try:
                sock.connect(listener.getsockname())
            except TimeoutError:
                return True
            return False

        wait_until(is_full)
        yield address


def test_a_host_that_does_not_answer(deaf: Address) -> None:
    began = time.monotonic()
    with pytest.raises(ConnectFailed) as failed:
        connect(deaf, 0.2, NOT_CANCELLED)
    assert failed.value.cause is Cause.TIMEOUT
    assert time.monotonic() - began < 5


def _name_stands_for(monkeypatch: pytest.MonkeyPatch, *addresses: Address) -> None:
    found = [
        (socket.AF_INET, socket.SOCK_STREAM, 0, "", (address.host, address.port))
        for address in addresses
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)


def test_an_address_that_does_not_answer_leaves_time_for_the_next(
    monkeypatch: pytest.MonkeyPatch, deaf: Address
) -> None:
    with listen(Address("127.0.0.1", 0)) as listener:
        there = Address("127.0.0.1", listener.getsockname()[1])
        _name_stands_for(monkeypatch, deaf, deaf, there)
        began = time.monotonic()
        with connect(Address("classroom-pc", 1), 1.5, NOT_CANCELLED) as sock:
            assert sock.getpeername() == (there.host, there.port)
        assert time.monotonic() - began > 0.9


def test_many_addresses_that_do_not_answer_take_no_longer_than_one(
    monkeypatch: pytest.MonkeyPatch, deaf: Address
) -> None:
    _name_stands_for(monkeypatch, deaf, deaf, deaf)
    began = time.monotonic()
    with pytest.raises(ConnectFailed) as failed:
        connect(Address("classroom-pc", 1), 0.6, NOT_CANCELLED)
    assert failed.value.cause is Cause.TIMEOUT
    assert 0.5 < time.monotonic() - began < 5


def test_connecting_can_be_called_off(deaf: Address) -> None:
    cancelled = threading.Event()
    causes: list[Cause] = []

    def try_to_connect() -> None:
        with pytest.raises(ConnectFailed) as failed:
            connect(deaf, 30, cancelled)
        causes.append(failed.value.cause)

    thread = threading.Thread(target=try_to_connect)
    thread.start()
    thread.join(0.2)
    assert thread.is_alive()
    began = time.monotonic()
    cancelled.set()
    thread.join()
    assert causes == [Cause.CANCELLED]
    assert time.monotonic() - began < 0.5


def test_own_addresses_are_for_others_to_use() -> None:
    for host in own_addresses():
        socket.inet_aton(host)
        assert not is_loopback(host)
