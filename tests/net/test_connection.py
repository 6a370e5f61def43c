"""One receiving thread, any number of senders, close from anywhere."""

import threading

import pytest

from tests.net.pairs import connected, read_exactly, read_to_end
from tests.support import keeps_data_on_reset, reset
from tkchat.net.connection import BACKLOG_BYTES
from tkchat.net.errors import ConnectionLost, ReceiveTimeout


def _numbered(count: int) -> bytes:
    return b"".join(b"%07d\n" % number for number in range(count))


def test_both_directions() -> None:
    with connected() as (connection, peer):
        connection.send(b"one\n", b"two\n")
        assert read_exactly(peer, 8) == b"one\ntwo\n"
        peer.sendall(b"three")
        assert connection.receive(10) == b"three"
        with pytest.raises(ReceiveTimeout):
            connection.receive(0.01)
        peer.close()
        assert connection.receive(10) == b""


@pytest.mark.parametrize("chunk_bytes", [8, 1_000, 20_000])
def test_what_the_peer_does_not_read_yet_waits_and_comes_in_order(chunk_bytes: int) -> None:
    data = _numbered(50_000)
    with connected(backlog_bytes=len(data)) as (connection, peer):
        for start in range(0, len(data), 3 * chunk_bytes):
            third = chunk_bytes
            connection.send(
                data[start : start + third],
                memoryview(data)[start + third : start + 2 * third],
                data[start + 2 * third : start + 3 * third],
            )
        assert read_exactly(peer, len(data)) == data
        connection.send(b"and on")
        assert read_exactly(peer, 6) == b"and on"


def test_sends_from_many_threads_stay_whole_while_the_backlog_is_flushed() -> None:
    count = 500

    def talk(letter: str) -> None:
        for number in range(count):
            connection.send(f"{letter}{number:05d}".encode(), letter.encode() * 50, b"\n")

    with connected(backlog_bytes=10_000_000) as (connection, peer):
        talkers = [threading.Thread(target=talk, args=(letter,)) for letter in "abcdefgh"]
        for talker in talkers:
            talker.start()
        data = read_exactly(peer, len(talkers) * count * 57)
        for talker in talkers:
            talker.join()
    lines = data.decode().splitlines()
    for letter in "abcdefgh":
        said = [line for line in lines if line.startswith(letter)]
        assert said == [f"{letter}{number:05d}{letter * 50}" for number in range(count)]


def test_a_peer_that_never_reads_is_closed_over_the_bound_and_nobody_waits_for_it() -> None:
    with connected() as (connection, peer):
        sent = 0
        while not connection.closed.is_set():
            connection.send(b"x" * 1_000)
            sent += 1_000
            assert sent < 100_000_000, "it is never closed"
        assert connection.fell_behind
        with pytest.raises(ConnectionLost):
            connection.receive(0)
        connection.send(b"dropped in silence")
        assert sent > BACKLOG_BYTES
        assert sent - BACKLOG_BYTES - 1_000 <= len(read_to_end(peer)) <= sent - BACKLOG_BYTES


def test_an_ordinary_close_is_not_falling_behind() -> None:
    with connected() as (connection, peer):
        connection.send(b"bye")
        connection.close()
        assert not connection.fell_behind
        assert read_to_end(peer) == b"bye"


def test_finish_closes_when_all_is_sent() -> None:
    data = _numbered(100_000)
    with connected(backlog_bytes=len(data)) as (connection, peer):
        connection.send(data)
        connection.finish()
        assert not connection.closed.is_set()
        assert read_to_end(peer) == data
        assert connection.closed.wait(10)


def test_finish_with_nothing_waiting_closes_at_once() -> None:
    with connected() as (connection, peer):
        connection.send(b"bye")
        connection.finish()
        assert connection.closed.is_set()
        assert read_to_end(peer) == b"bye"


def test_close_ends_a_blocked_receive() -> None:
    with connected() as (connection, _):
        lost = threading.Event()

        def receive() -> None:
            with pytest.raises(ConnectionLost, match="closed on this side"):
                connection.receive(30)
            lost.set()

        reader = threading.Thread(target=receive)
        reader.start()
        connection.close()
        assert lost.wait(10)
        reader.join()


def test_close_from_many_threads_at_once() -> None:
    with connected() as (connection, peer):
        all_ready = threading.Barrier(8)

        def close() -> None:
            all_ready.wait()
            connection.close()
            assert connection.closed.is_set()

        threads = [threading.Thread(target=close) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert read_to_end(peer) == b""
        connection.close()
        with pytest.raises(ConnectionLost):
            connection.receive(0)


@keeps_data_on_reset
def test_what_a_peer_said_before_a_reset_is_read_although_sending_fails() -> None:
    with connected() as (connection, peer):
        peer.sendall(b"last words")
        reset(peer)
        for _ in range(3):
            connection.send(b"are you there?")
        assert connection.receive(10) == b"last words"
        assert not connection.closed.is_set()
