"""Hundreds of slow readers, and descriptors that are closed and used again meanwhile."""

import contextlib
import random
import selectors
import socket
import threading
import time
from collections.abc import Sequence

import pytest

from tests.net.pairs import read_exactly, read_to_end, tcp_pair
from tests.support import PATIENCE, wait_until
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import NetError
from tkchat.net.stream import Chunk, PlainStream

PIECE = 300_000  # more than a socket takes at once


def test_hundreds_of_slow_readers(drain: Drain) -> None:
    _all_read_all(drain, 200)


def _all_read_all(drain: Drain, count: int) -> None:
    pairs = [tcp_pair() for _ in range(count)]
    connections = [Connection(PlainStream(sock), drain, PIECE) for _, sock in pairs]
    for number, connection in enumerate(connections):
        connection.send(b"%04d" % number * (PIECE // 4))
    for number, (peer, _) in enumerate(pairs):
        assert read_exactly(peer, PIECE) == b"%04d" % number * (PIECE // 4)
    for (peer, _), connection in zip(pairs, connections, strict=True):
        connection.close()
        peer.close()


def test_more_than_the_system_can_wait_for_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Windows(selectors.DefaultSelector):
        """Refuses to wait for many, as select() does there for more than 512."""

        refused = 0

        def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
            if len(self.get_map()) > 20:
                Windows.refused += 1
                raise ValueError("too many file descriptors in select()")
            return super().select(timeout)

    monkeypatch.setattr(selectors, "DefaultSelector", Windows)
    with contextlib.closing(Drain()) as drain:
        _all_read_all(drain, 50)
    assert Windows.refused


def test_a_system_without_memory_is_asked_again_but_not_without_end(drain: Drain) -> None:
    class NoMemory(PlainStream):
        """Is writable and takes nothing, for a while."""

        until = time.monotonic() + 0.3
        tries = 0

        def send_now(self, chunks: Sequence[Chunk]) -> int:
            self.tries += 1
            return super().send_now(chunks) if time.monotonic() > self.until else 0

    peer, sock = tcp_pair()
    stream = NoMemory(sock)
    connection = Connection(stream, drain, PIECE)
    connection.send(b"hello")
    assert read_exactly(peer, 5) == b"hello"
    assert 3 < stream.tries < 1_000
    connection.close()
    peer.close()


def test_closing_one_that_waits_does_not_stop_the_others(drain: Drain) -> None:
    """Closing makes a descriptor ready while the order to forget it is on its way."""
    for _ in range(200):
        peer, sock = tcp_pair()
        connection = Connection(PlainStream(sock), drain, PIECE)
        connection.send(b"x" * PIECE)
        connection.close()
        peer.close()
    peer, sock = tcp_pair()
    connection = Connection(PlainStream(sock), drain, PIECE)
    connection.send(b"x" * PIECE)
    assert read_exactly(peer, PIECE) == b"x" * PIECE
    connection.close()
    peer.close()


def test_no_connection_gets_the_bytes_of_another(drain: Drain) -> None:
    """Descriptors are closed and used again while other threads send and the drain flushes."""
    room: dict[int, tuple[Connection, socket.socket]] = {}
    over = threading.Event()

    def talk() -> None:
        while not over.is_set():
            for number, (connection, _) in list(room.items()):
                connection.send(b"%08d" % number * 8_000)

    def receive(connection: Connection) -> None:
        with contextlib.suppress(NetError):
            connection.receive(PATIENCE)

    threads = [threading.Thread(target=talk) for _ in range(2)]
    for talker in threads:
        talker.start()
    try:
        for number in range(200):
            peer, sock = tcp_pair()
            connection = Connection(PlainStream(sock), drain)
            threads.append(threading.Thread(target=receive, args=(connection,)))
            threads[-1].start()
            room[number] = connection, peer
            if len(room) > 10:
                leaving = random.choice(list(room))
                connection, peer = room.pop(leaving)
                heard = _read_some(peer)
                connection.close()
                with contextlib.suppress(ConnectionError):
                    heard += read_to_end(peer)
                peer.close()
                own = b"%08d" % leaving
                assert heard == (own * (len(heard) // 8 + 1))[: len(heard)]
    finally:
        over.set()
        for connection, peer in room.values():
            connection.close()
            peer.close()
        for thread in threads:
            thread.join()


def _read_some(peer: socket.socket) -> bytes:
    """Read what is there now, which lets the drain go on."""
    peer.settimeout(0)
    try:
        return peer.recv(30_000)
    except BlockingIOError:
        return b""
    finally:
        peer.settimeout(PATIENCE)


def test_a_reader_that_is_gone_does_not_keep_the_drain_busy(drain: Drain) -> None:
    peer, sock = tcp_pair()
    connection = Connection(PlainStream(sock), drain, PIECE)
    connection.send(b"x" * PIECE)
    peer.close()
    wait_until(connection.flush)
    connection.close()


def test_close_ends_the_thread_and_a_late_backlog_does_no_harm() -> None:
    drain = Drain()
    peer, sock = tcp_pair()
    connection = Connection(PlainStream(sock), drain, PIECE)
    drain.close()
    drain.close()
    connection.send(b"x" * PIECE)
    connection.close()
    peer.close()
