"""A timed receive beside a send that never waits, on one socket."""

import contextlib
import errno
import socket
import sys
import threading
import time
from collections.abc import Iterator

import pytest

from tests.net.pairs import read_exactly, tcp_pair
from tests.support import reset, wait_until
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.net.stream import GIVE_UP_SECONDS, PlainStream


@pytest.fixture
def ends() -> Iterator[tuple[PlainStream, socket.socket]]:
    peer, sock = tcp_pair()
    stream = PlainStream(sock)
    yield stream, peer
    stream.close()
    peer.close()


def test_what_arrives_is_received(ends: tuple[PlainStream, socket.socket]) -> None:
    stream, peer = ends
    peer.sendall(b"hello")
    assert stream.receive(10) == b"hello"
    peer.close()
    assert stream.receive(10) == b""


@pytest.mark.parametrize("timeout", [0.0, 0.05])
def test_a_receive_ends_in_time(ends: tuple[PlainStream, socket.socket], timeout: float) -> None:
    stream, peer = ends
    began = time.monotonic()
    with pytest.raises(ReceiveTimeout):
        stream.receive(timeout)
    assert timeout * 0.9 <= time.monotonic() - began < timeout + 5
    peer.sendall(b"later")
    assert stream.receive(10) == b"later"


def test_a_send_does_not_wait_even_while_another_thread_waits_in_receive(
    ends: tuple[PlainStream, socket.socket],
) -> None:
    stream, peer = ends
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(stream.receive(30)))
    reader.start()
    sent = 0
    while taken := stream.send_now([b"x" * 10_000] * 3):
        sent += taken
    assert sent > 0
    read_exactly(peer, sent)
    peer.sendall(b"still here")
    reader.join(10)
    assert heard == [b"still here"]


def test_many_small_chunks_are_sent_in_order(ends: tuple[PlainStream, socket.socket]) -> None:
    stream, peer = ends
    chunks = [b"%d\n" % number for number in range(3_000)]
    left = list(chunks)
    while left:
        sent = stream.send_now(left)
        while sent:
            assert sent >= len(left[0]), "small chunks are taken whole by an empty socket"
            sent -= len(left.pop(0))
    whole = b"".join(chunks)
    assert read_exactly(peer, len(whole)) == whole


def test_shutdown_ends_a_receive(ends: tuple[PlainStream, socket.socket]) -> None:
    stream, _ = ends
    ended = threading.Event()

    def receive() -> None:
        assert stream.receive(30) == b""
        ended.set()

    reader = threading.Thread(target=receive)
    reader.start()
    stream.shutdown()
    assert ended.wait(10)
    reader.join()
    stream.shutdown()  # once more does no harm


def test_a_reset_is_a_lost_connection(ends: tuple[PlainStream, socket.socket]) -> None:
    stream, peer = ends
    reset(peer)
    with pytest.raises(ConnectionLost):
        stream.receive(10)


def test_sending_to_a_peer_that_is_gone(ends: tuple[PlainStream, socket.socket]) -> None:
    stream, peer = ends
    reset(peer)

    def is_lost() -> bool:
        try:
            stream.send_now([b"hello"])
        except ConnectionLost:
            return True
        return False

    wait_until(is_lost)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what was set")
def test_both_sides_give_a_vanished_peer_up_after_40_seconds() -> None:
    assert GIVE_UP_SECONDS == 40
    for sock in tcp_pair():
        stream = PlainStream(sock)
        assert sock.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        found = {
            name: sock.getsockopt(socket.IPPROTO_TCP, getattr(socket, name))
            for name in ("TCP_KEEPIDLE", "TCP_KEEPALIVE", "TCP_KEEPINTVL", "TCP_KEEPCNT")
            if hasattr(socket, name)
        }
        found.pop("TCP_KEEPALIVE" if "TCP_KEEPIDLE" in found else "", None)
        assert list(found.values()) == [15, 5, 5]
        if sys.platform == "linux":
            assert sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) == 40_000
        stream.close()


@pytest.mark.parametrize("number", [errno.ENOBUFS, errno.ENOMEM])
def test_a_system_without_memory_takes_nothing_for_now(
    ends: tuple[PlainStream, socket.socket], monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def fail(*arguments: object) -> int:
        raise OSError(number, "no memory")

    stream, peer = ends
    with monkeypatch.context() as patched:
        patched.setattr(socket.socket, "send", fail)
        patched.setattr(socket.socket, "sendmsg", fail, raising=False)
        assert stream.send_now([b"one"]) == 0
        assert stream.send_now([b"one", b"two"]) == 0
    assert stream.send_now([b"one"]) == 3
    assert read_exactly(peer, 3) == b"one"


class _GivenUp(socket.socket):
    """A socket whose peer the system has given up, which takes many minutes to come about."""

    def recv(self, bufsize: int, flags: int = 0, /) -> bytes:
        raise OSError(errno.ETIMEDOUT, "Connection timed out")


def test_a_peer_that_the_system_gave_up_is_lost_and_not_just_late() -> None:
    stream = PlainStream(_GivenUp())
    with pytest.raises(ConnectionLost, match="timed out"):
        stream.receive(10)
    stream.close()


def test_closing_again_does_not_close_who_got_the_descriptor_next() -> None:
    peer, sock = tcp_pair()
    stream = PlainStream(sock)
    number = stream.fileno()
    stream.close()
    with contextlib.ExitStack() as stack:
        others = [stack.enter_context(socket.socket()) for _ in range(10)]
        assert number in [other.fileno() for other in others]
        stream.close()
        for other in others:
            other.getsockname()
    peer.close()
