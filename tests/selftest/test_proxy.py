"""The proxy as clients and hosts see it: real sockets, its own thread."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.client.hosts import ScriptedHost, wait_for_end
from tests.net.pairs import read_exactly, read_to_end
from tests.support import connect_socket, keeps_data_on_reset, reset, wait_until
from tkchat.net.address import Address
from tkchat.selftest import proxy as proxy_module
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy


def shout(sock: socket.socket) -> None:
    """Answer everything in capitals."""
    while data := sock.recv(65_536):
        sock.sendall(data.upper())


@contextlib.contextmanager
def proxied(
    *plans: Plan, script: Callable[[socket.socket], object] = shout
) -> Iterator[FaultProxy]:
    with ScriptedHost(script) as host, FaultProxy(host.address, *plans) as proxy:
        yield proxy


def ask(proxy: FaultProxy, question: bytes) -> bytes:
    """Return everything that the host says to ``question``; nothing, if that ends in a reset."""
    with contextlib.suppress(OSError), connect_socket(proxy.address) as sock:
        sock.sendall(question)
        sock.shutdown(socket.SHUT_WR)
        return read_to_end(sock)
    return b""


def test_without_a_plan_it_is_not_noticed() -> None:
    with proxied() as proxy:
        assert ask(proxy, b"hello") == b"HELLO"
        assert ask(proxy, b"x" * 1_000_000) == b"X" * 1_000_000
        assert [link.up.passed for link in proxy.links] == [5, 1_000_000]
        assert [link.down.passed for link in proxy.links] == [5, 1_000_000]


def test_each_connection_has_its_own_plan_in_the_order_they_come() -> None:
    with proxied(Plan(down=Faults(cut_at=1)), Plan(), Plan(down=Faults(halve_at=2))) as proxy:
        assert [ask(proxy, b"hello") for _ in range(4)] == [b"H", b"HELLO", b"HE", b"HELLO"]
        proxy.plan(Plan(up=Faults(cut_at=0)))
        assert [ask(proxy, b"hello") for _ in range(2)] == [b"", b"HELLO"]


def test_a_cut_is_exact_at_every_byte() -> None:
    whole = bytes(range(97, 117))
    plans = [Plan(down=Faults(cut_at=at, piece=3)) for at in range(len(whole) + 1)]
    with proxied(*plans) as proxy:
        for at in range(len(whole) + 1):
            assert ask(proxy, whole) == whole.upper()[:at]


def test_a_stall_waits_for_its_release() -> None:
    with (
        proxied(Plan(down=Faults(stall_at=2))) as proxy,
        connect_socket(proxy.address) as sock,
        connect_socket(proxy.address) as other,
    ):
        sock.sendall(b"hello")
        assert read_exactly(sock, 2) == b"HE"
        wait_until(lambda: proxy.links[0].is_stalled)
        other.sendall(b"hello")
        assert read_exactly(other, 5) == b"HELLO"
        assert proxy.links[0].down.passed == 2
        proxy.release()
        assert read_exactly(sock, 3) == b"LLO"


def test_a_network_can_be_mended() -> None:
    with (
        proxied(Plan(up=Faults(stall_at=2)), *[Plan(up=Faults(cut_at=0))] * 9) as proxy,
        connect_socket(proxy.address) as sock,
    ):
        sock.sendall(b"hello")
        assert read_exactly(sock, 2) == b"HE"
        proxy.mend()
        assert read_exactly(sock, 3) == b"LLO"
        assert ask(proxy, b"hello") == b"HELLO"


def test_a_delay_takes_its_time_and_loses_nothing() -> None:
    with proxied(Plan(up=Faults(delay=0.01, piece=2), down=Faults(delay=0.01, piece=3))) as proxy:
        assert ask(proxy, b"one two three") == b"ONE TWO THREE"


@keeps_data_on_reset
def test_a_reset_on_one_side_is_one_on_the_other() -> None:
    ended: list[type[BaseException]] = []

    def listen(sock: socket.socket) -> None:
        try:
            wait_for_end(sock)
        except ConnectionResetError as error:
            ended.append(type(error))

    with proxied(script=listen) as proxy:
        sock = connect_socket(proxy.address)
        wait_until(lambda: proxy.links)
        reset(sock)
        wait_until(lambda: ended)


@pytest.mark.parametrize("with_reset", [False, True])
def test_all_can_be_cut_at_any_time(with_reset: bool) -> None:
    with proxied() as proxy, contextlib.ExitStack() as stack:
        socks = [stack.enter_context(connect_socket(proxy.address)) for _ in range(5)]
        for sock in socks:
            sock.sendall(b"hello")
            assert read_exactly(sock, 5) == b"HELLO"
        proxy.cut(reset=with_reset)
        for sock in socks:
            if with_reset:
                with pytest.raises(ConnectionResetError):
                    sock.recv(1)
            else:
                assert sock.recv(1) == b""
        assert ask(proxy, b"again") == b"AGAIN"


def test_a_duplicated_client_comes_twice() -> None:
    heard: list[bytes] = []
    with proxied(
        Plan(duplicate=True), script=lambda sock: heard.append(read_to_end(sock))
    ) as proxy:
        assert ask(proxy, b"hello") == b""
        wait_until(lambda: len(heard) == 2)
    assert heard == [b"hello", b"hello"]


def test_a_host_that_is_not_there_is_a_reset_and_one_that_comes_back_is_found() -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        address = Address("127.0.0.1", nobody.getsockname()[1])
    with FaultProxy(address) as proxy:
        assert ask(proxy, b"hello") == b""
        assert proxy.links == []
        with ScriptedHost(shout) as host:
            proxy.target = host.address
            assert ask(proxy, b"hello") == b"HELLO"


def test_who_comes_when_all_places_are_taken_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proxy_module, "MAX_LINKS", 1)
    with (
        proxied() as proxy,
        connect_socket(proxy.address) as first,
        connect_socket(proxy.address) as second,
    ):
        second.sendall(b"hello")
        first.sendall(b"hello")
        assert read_exactly(first, 5) == b"HELLO"
        assert len(proxy.links) == 1
        first.close()
        assert read_exactly(second, 5) == b"HELLO"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists descriptors")
def test_nothing_is_left_behind() -> None:
    def descriptors() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    before = descriptors()
    threads = threading.active_count()
    plans = [
        Plan(up=Faults(stall_at=1), duplicate=True),
        Plan(up=Faults(cut_at=1)),
        Plan(down=Faults(halve_at=1)),
        Plan(up=Faults(delay=1_000)),
    ]
    with proxied(*plans) as proxy, contextlib.ExitStack() as stack:
        for _ in plans:
            stack.enter_context(connect_socket(proxy.address)).sendall(b"hello")
        wait_until(lambda: len(proxy.links) == len(plans))
    assert threading.active_count() == threads
    wait_until(lambda: descriptors() == before)


def test_a_proxy_that_ends_hangs_up() -> None:
    with proxied() as proxy:
        sock = connect_socket(proxy.address)
        wait_until(lambda: proxy.links)
    with sock, contextlib.suppress(ConnectionError):
        assert sock.recv(1) == b""
