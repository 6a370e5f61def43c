"""Every fault of a connection, one step at a time: the clock is a number here."""

import math
import socket
from collections.abc import Callable, Iterator

import pytest

from tests.net.pairs import read_to_end, tcp_pair
from tests.support import keeps_data_on_reset, reset, wait_until
from tkchat.selftest.link import LINGER_SECONDS, Faults, Link, Way


class Wired:
    """A client and a host with a link between them, which a test steps by hand."""

    def __init__(self, up: Faults, down: Faults) -> None:
        self.client, client_end = tcp_pair()
        self.host, host_end = tcp_pair()
        self.link = Link(Way(client_end, host_end, up), Way(host_end, client_end, down))
        self.copy: socket.socket | None = None
        self._ends = [client_end, host_end]
        for end in self._ends:
            end.setblocking(False)

    def duplicate(self) -> socket.socket:
        self.copy, copy_end = tcp_pair()
        copy_end.setblocking(False)
        self._ends.append(copy_end)
        self.link.duplicate(copy_end)
        return self.copy

    def step(self, now: float = 0.0) -> None:
        for link in (self.link, self.link.copy):
            if link is not None and not link.is_over:
                link.step(now)

    def step_until(self, condition: Callable[[], object], now: float = 0.0) -> None:
        def is_met() -> object:
            self.step(now)
            return condition()

        wait_until(is_met)

    def passes(self, data: bytes, *, to: socket.socket, now: float = 0.0) -> None:
        """Step until ``data`` has come to one side, and see that nothing more does."""
        heard = bytearray()

        def has_come() -> bool:
            self.step(now)
            heard.extend(heard_by(to))
            return len(heard) >= len(data)

        wait_until(has_come, describe=lambda: bytes(heard))
        self.step(now)
        heard.extend(heard_by(to))
        assert bytes(heard) == data

    def close(self) -> None:
        for sock in (self.client, self.host, self.copy, *self._ends):
            if sock is not None:
                sock.close()


def heard_by(sock: socket.socket) -> bytes:
    """Return what has come to ``sock`` by now."""
    sock.setblocking(False)
    try:
        return sock.recv(65_536)
    except BlockingIOError:
        return b""
    finally:
        sock.settimeout(10)


@pytest.fixture
def wired(request: pytest.FixtureRequest) -> Iterator[Wired]:
    up, down = getattr(request, "param", (Faults(), Faults()))
    wired = Wired(up, down)
    yield wired
    wired.close()


def faults(up: Faults = Faults(), down: Faults = Faults()) -> pytest.MarkDecorator:  # noqa: B008 (frozen)
    return pytest.mark.parametrize("wired", [(up, down)], indirect=True)


def test_without_faults_everything_passes_in_both_directions(wired: Wired) -> None:
    wired.client.sendall(b"hello")
    wired.passes(b"hello", to=wired.host)
    wired.host.sendall(b"welcome")
    wired.passes(b"welcome", to=wired.client)
    assert (wired.link.up.passed, wired.link.down.passed) == (5, 7)


def test_an_end_is_passed_on_after_what_came_before_it(wired: Wired) -> None:
    wired.client.sendall(b"bye")
    wired.client.shutdown(socket.SHUT_WR)
    wired.step_until(lambda: wired.link.up.is_over)
    assert read_to_end(wired.host) == b"bye"
    wired.host.sendall(b"goodbye")
    wired.host.close()
    wired.step_until(lambda: wired.link.is_over)
    assert read_to_end(wired.client) == b"goodbye"


@faults(up=Faults(cut_at=3))
def test_a_cut_ends_both_directions_after_exactly_so_many_bytes(wired: Wired) -> None:
    wired.host.sendall(b"welcome")
    wired.passes(b"welcome", to=wired.client)
    wired.client.sendall(b"hello")
    wired.step_until(lambda: wired.link.due(0.0) < math.inf)
    assert read_to_end(wired.host) == b"hel"
    assert read_to_end(wired.client) == b""
    assert wired.link.up.passed == 3


@faults(down=Faults(cut_at=0))
def test_a_cut_can_come_before_the_first_byte(wired: Wired) -> None:
    wired.step()
    assert read_to_end(wired.client) == b""
    assert read_to_end(wired.host) == b""


@faults(up=Faults(cut_at=3))
def test_what_is_said_after_a_cut_is_lost_and_both_sides_may_take_their_time(wired: Wired) -> None:
    wired.client.sendall(b"hello")
    wired.step_until(lambda: wired.link.due(0.0) < math.inf)
    wired.host.sendall(b"x" * 10_000)
    wired.client.sendall(b"x" * 10_000)
    wired.step()
    assert read_to_end(wired.host) == b"hel"
    assert read_to_end(wired.client) == b""
    wired.client.close()
    wired.host.close()
    wired.step_until(lambda: wired.link.is_over)


@faults(up=Faults(cut_at=0))
def test_after_a_cut_who_does_not_hang_up_is_closed_all_the_same(wired: Wired) -> None:
    wired.step()
    assert not wired.link.is_over
    assert wired.link.due(0.0) < math.inf
    wired.step(wired.link.due(0.0) + LINGER_SECONDS)
    assert wired.link.is_over


@keeps_data_on_reset
@faults(up=Faults(cut_at=3, reset=True))
def test_a_cut_can_be_a_reset(wired: Wired) -> None:
    wired.client.sendall(b"hello")
    wired.step_until(lambda: wired.link.is_over)
    assert wired.host.recv(3) == b"hel"
    for sock in (wired.host, wired.client):
        with pytest.raises(ConnectionResetError):
            sock.recv(1)


def test_a_reset_is_passed_on(wired: Wired) -> None:
    reset(wired.client)
    wired.step_until(lambda: wired.link.is_over)
    with pytest.raises(ConnectionResetError):
        wired.host.recv(1)


@faults(up=Faults(stall_at=3))
def test_a_stall_holds_one_direction_until_it_is_released(wired: Wired) -> None:
    wired.client.sendall(b"hello")
    wired.passes(b"hel", to=wired.host)
    assert wired.link.is_stalled
    assert not wired.link.up.wants_to_write(0.0)
    wired.host.sendall(b"welcome")
    wired.passes(b"welcome", to=wired.client)
    wired.link.release()
    assert not wired.link.is_stalled
    wired.passes(b"lo", to=wired.host)


@faults(down=Faults(halve_at=3))
def test_halving_ends_one_direction_alone(wired: Wired) -> None:
    wired.host.sendall(b"welcome")
    wired.step_until(lambda: wired.link.down.passed == 3)
    assert read_to_end(wired.client) == b"wel"
    wired.client.sendall(b"still here")
    wired.passes(b"still here", to=wired.host)
    wired.host.sendall(b"x" * 100_000)  # which nobody hears, and the host does not notice
    wired.client.sendall(b"yes")
    wired.passes(b"yes", to=wired.host)


@faults(up=Faults(delay=5.0, piece=2))
def test_pieces_come_one_by_one_each_after_its_delay(wired: Wired) -> None:
    wired.client.sendall(b"hello")
    wired.step_until(lambda: wired.link.due(100.0) < math.inf, 100.0)
    assert wired.link.due(100.0) == 105.0
    wired.step(104.9)
    assert wired.link.up.passed == 0
    wired.passes(b"he", to=wired.host, now=105.0)
    wired.passes(b"ll", to=wired.host, now=110.0)
    wired.passes(b"o", to=wired.host, now=115.0)
    assert wired.link.due(115.0) == math.inf


def test_a_duplicated_client_comes_to_the_host_twice(wired: Wired) -> None:
    copy = wired.duplicate()
    wired.client.sendall(b"hello")
    wired.passes(b"hello", to=wired.host)
    wired.passes(b"hello", to=copy)
    copy.sendall(b"not for the client")
    wired.host.sendall(b"welcome")
    wired.passes(b"welcome", to=wired.client)
    wired.client.shutdown(socket.SHUT_WR)
    wired.step_until(lambda: wired.link.up.is_over)
    wired.step()
    assert read_to_end(copy) == read_to_end(wired.host) == b""


def test_a_host_that_ends_the_copy_does_not_harm_the_client(wired: Wired) -> None:
    copy = wired.duplicate()
    wired.client.sendall(b"hello")
    wired.passes(b"hello", to=wired.host)
    copy.close()  # with something unread: a reset
    wired.step_until(lambda: wired.link.copy and wired.link.copy.is_over)
    wired.client.sendall(b"still here")
    wired.passes(b"still here", to=wired.host)


@faults(up=Faults(cut_at=3))
def test_a_cut_ends_the_copy_too(wired: Wired) -> None:
    copy = wired.duplicate()
    wired.client.sendall(b"hello")
    wired.step_until(lambda: wired.link.due(0.0) < math.inf)
    wired.step()
    assert read_to_end(copy) == b""


def test_a_full_sink_holds_back_the_source(wired: Wired) -> None:
    wired.client.setblocking(False)
    sent = 0
    while took := fill(wired.client):
        sent += took
        wired.step()
    wired.client.shutdown(socket.SHUT_WR)
    heard = 0
    while heard < sent:
        wired.step()
        heard += len(heard_by(wired.host))
    assert heard == sent


def fill(sock: socket.socket) -> int:
    """Send some; return how many bytes that was, 0 when no more are taken."""
    try:
        return sock.send(b"x" * 1_000)
    except BlockingIOError:
        return 0
