"""Lines from a connection, framed or not."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator

import pytest

from tests.net.pairs import connected
from tests.support import keeps_data_on_reset, reset
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.server.reader import LineReader
from tkchat.wire.buffer import TooLong


@pytest.fixture
def ends() -> Iterator[tuple[LineReader, socket.socket]]:
    with connected() as (connection, peer):
        yield LineReader(connection), peer


def test_lines(ends: tuple[LineReader, socket.socket]) -> None:
    reader, peer = ends
    peer.sendall(b"one\ntwo\r\n\nthree\n")
    assert reader.read(10) == [b"one", b"two", b"", b"three"]


def test_a_read_without_a_line_end_is_a_line_after_a_silence(
    ends: tuple[LineReader, socket.socket],
) -> None:
    reader, peer = ends
    peer.sendall(b"alice")
    began = time.monotonic()
    assert reader.read(10) == [b"alice"]
    assert time.monotonic() - began >= 0.19
    peer.sendall(b"hello")
    assert reader.read(10) == [b"hello"]


def test_once_framed_a_line_needs_its_end(ends: tuple[LineReader, socket.socket]) -> None:
    reader, peer = ends
    peer.sendall(b"alice\nhel")
    assert reader.read(10) == [b"alice"]
    with pytest.raises(ReceiveTimeout):
        reader.read(0.3)
    peer.sendall(b"lo\n")
    assert reader.read(10) == [b"hello"]


def test_a_line_end_after_an_unframed_line_frames_from_then_on(
    ends: tuple[LineReader, socket.socket],
) -> None:
    reader, peer = ends
    peer.sendall(b"alice")
    assert reader.read(10) == [b"alice"]
    peer.sendall(b"hello\nhal")
    assert reader.read(10) == [b"hello"]
    with pytest.raises(ReceiveTimeout):
        reader.read(0.3)


@pytest.mark.parametrize(
    ("sent", "lines"),
    [(b"", []), (b"alice", [b"alice"]), (b"alice\n", [b"alice"]), (b"alice\nhal", [b"alice"])],
)
def test_the_end_of_the_stream(
    ends: tuple[LineReader, socket.socket], sent: bytes, lines: list[bytes]
) -> None:
    reader, peer = ends
    peer.sendall(sent)
    peer.close()
    if lines:
        assert reader.read(10) == lines
    assert reader.read(10) == []


def test_a_reset(ends: tuple[LineReader, socket.socket]) -> None:
    reader, peer = ends
    reset(peer)
    with pytest.raises(ConnectionLost):
        reader.read(10)


@keeps_data_on_reset
def test_a_reset_ends_the_line_of_who_never_sends_a_line_end(
    ends: tuple[LineReader, socket.socket],
) -> None:
    reader, peer = ends
    peer.sendall(b"bye")
    reset(peer)
    assert reader.read(10) == [b"bye"]
    with contextlib.suppress(ConnectionLost):
        assert reader.read(10) == []


def test_a_line_that_is_too_long(ends: tuple[LineReader, socket.socket]) -> None:
    reader, peer = ends
    peer.sendall(b"x" * 16_384)
    assert reader.read(10) == [TooLong()]
    peer.sendall(b"x\nalice\n")
    assert reader.read(10) == [b"alice"]


@pytest.mark.parametrize("begins", [b"", b"alice\n"], ids=["unframed", "framed"])
def test_time_runs_out_also_for_who_drips(
    ends: tuple[LineReader, socket.socket], begins: bytes
) -> None:
    reader, peer = ends
    peer.sendall(begins)
    if begins:
        reader.read(10)
    over = threading.Event()

    def drip() -> None:
        while not over.wait(0.02):
            peer.sendall(b"x")

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(ReceiveTimeout):
        reader.read(0.3)
    over.set()
    dripping.join()
