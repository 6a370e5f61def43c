"""An encrypted connection: what arrives, what ends it, and that nothing ever waits for it."""

import random
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.net.pairs import connected, read_exactly, tcp_pair
from tests.net.tls_kit import (
    encrypted,
    make_context,
    shaken,
)
from tests.support import PATIENCE, wait_until
from tkchat.net.connection import BACKLOG_BYTES, Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.net.stream import PlainStream
from tkchat.net.tls import RECORD_BYTES, TlsStream


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> ssl.SSLContext:
    return make_context(tmp_path_factory.mktemp("host"))


def receive_all(connection: Connection, count: int) -> bytes:
    data = b""
    while len(data) < count:
        data += connection.receive(PATIENCE)
    return data


def test_both_ways(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, peer):
        assert peer.version() == "TLSv1.3"
        peer.sendall(b"hello")
        assert connection.receive(PATIENCE) == b"hello"
        connection.send(b"good", b"bye")
        assert read_exactly(peer, 7) == b"goodbye"


def test_what_is_sent_together_is_one_record(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        shaken(connection, context, sock)
        connection.send(*[b"a line\n"] * 100)
        kind, _, _, high, low = sock.recv(65_536)[:5]
        assert kind == 0x17
        assert 700 < high * 256 + low < 800


def test_plain_text_is_nowhere_on_the_line(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        shaken(connection, context, sock)
        connection.send(b"secret" * 10)
        assert b"secret" not in sock.recv(65_536)


@pytest.mark.parametrize("seed", range(5))
def test_all_arrives_once_and_in_order_at_a_reader_of_any_speed(
    context: ssl.SSLContext, seed: int
) -> None:
    chance = random.Random(seed)
    sizes = [chance.choice([1, 10, 1_000, RECORD_BYTES, 40_000]) for _ in range(60)]
    chunks = [chance.randbytes(size) for size in sizes]
    with encrypted(context, backlog_bytes=10_000_000) as (connection, peer):

        def send() -> None:
            for chunk in chunks:
                connection.send(chunk, chunk[:3])

        sender = threading.Thread(target=send)
        sender.start()
        wanted = b"".join(chunk + chunk[:3] for chunk in chunks)
        found = b""
        while len(found) < len(wanted):
            found += peer.recv(chance.choice([1, 100, 20_000]))
        sender.join()
        assert found == wanted
        wait_until(lambda: not connection.waiting_bytes)


def test_a_send_never_waits_and_what_waits_is_bounded(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, _):
        line = b"x" * 1_000
        began = time.monotonic()
        while not connection.closed.is_set():
            connection.send(line)
            assert connection.waiting_bytes <= BACKLOG_BYTES + len(line)
        assert connection.fell_behind
        assert time.monotonic() - began < PATIENCE / 2


def test_the_drain_sends_what_waits(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, peer):
        sent = 0
        while not connection.waiting_bytes:
            connection.send(b"y" * 5_000)
            sent += 5_000
        connection.send(b"the end")
        assert read_exactly(peer, sent + 7).endswith(b"yythe end")
        wait_until(lambda: not connection.waiting_bytes)


def test_a_megabyte_at_once(context: ssl.SSLContext) -> None:
    data = random.Random(1).randbytes(1 << 20)
    with encrypted(context, backlog_bytes=2 << 20) as (connection, peer):
        connection.send(data)
        assert read_exactly(peer, len(data)) == data
        sender = threading.Thread(target=peer.sendall, args=(data,))
        sender.start()
        assert receive_all(connection, len(data)) == data
        sender.join()


def test_several_threads_may_send_while_one_receives(context: ssl.SSLContext) -> None:
    """The SSL object breaks, or the process does, when two threads are in it at once."""
    rounds, senders = 300, 4
    with encrypted(context, backlog_bytes=1 << 30) as (connection, peer):

        def talk() -> None:
            for _ in range(rounds):
                connection.send(b"z" * 997)

        threads = [threading.Thread(target=talk) for _ in range(senders)]
        threads += [threading.Thread(target=peer.sendall, args=(b"w" * 997 * rounds,))]
        threads += [threading.Thread(target=receive_all, args=(connection, 997 * rounds))]
        for thread in threads:
            thread.start()
        assert set(read_exactly(peer, 997 * rounds * senders)) == {ord("z")}
        for thread in threads:
            thread.join()


def test_an_announced_end(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        peer = shaken(connection, context, sock)
        sock.sendall(peer.encrypt(b"last words") + peer.goodbye())
        assert connection.receive(PATIENCE) == b"last words"
        assert connection.receive(PATIENCE) == b""
        assert connection.receive(PATIENCE) == b""
        connection.send(b"heard")  # who says no more may still listen
        peer.incoming.write(sock.recv(65_536))
        assert peer.tls.read(100) == b"heard"


def test_an_end_that_nobody_announced_is_a_loss(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        peer = shaken(connection, context, sock)
        sock.sendall(peer.encrypt(b"half a"))
        sock.shutdown(socket.SHUT_WR)
        assert connection.receive(PATIENCE) == b"half a"
        for _ in range(2):
            with pytest.raises(ConnectionLost, match="cut off"):
                connection.receive(PATIENCE)


def test_a_record_that_was_cut_anywhere_is_not_read(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        length = len(shaken(connection, context, sock).encrypt(b"never whole"))
    for cut in range(length):
        with connected() as (connection, sock):
            sock.sendall(shaken(connection, context, sock).encrypt(b"never whole")[:cut])
            sock.shutdown(socket.SHUT_WR)
            with pytest.raises(ConnectionLost):
                connection.receive(PATIENCE)


def test_a_record_that_was_changed_is_not_read(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        peer = shaken(connection, context, sock)
        record = bytearray(peer.encrypt(b"pay bob 10"))
        record[-1] ^= 1
        sock.sendall(peer.encrypt(b"before") + record)
        with pytest.raises(ConnectionLost, match="encryption failed"):
            receive_all(connection, 100)


def test_a_receive_has_a_time(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        peer = shaken(connection, context, sock)
        with pytest.raises(ReceiveTimeout):
            connection.receive(0.0)
        record = peer.encrypt(b"slowly")
        done = threading.Event()

        def drip() -> None:
            for at in range(len(record)):
                sock.sendall(record[at : at + 1])
                done.wait(0.05)

        dripping = threading.Thread(target=drip)
        dripping.start()
        began = time.monotonic()
        with pytest.raises(ReceiveTimeout):  # and no byte of it begins the time anew
            connection.receive(0.2)
        assert time.monotonic() - began < 0.6
        done.set()
        dripping.join()
        assert connection.receive(PATIENCE) == b"slowly"


@contextmanager
def blocked(connection: Connection) -> Iterator[None]:
    """Have a thread wait in `receive`, which has to end within the block."""
    ended: list[Exception] = []

    def wait() -> None:
        try:
            connection.receive(PATIENCE)
        except ConnectionLost as error:
            ended.append(error)

    thread = threading.Thread(target=wait)
    thread.start()
    yield
    thread.join(PATIENCE / 2)
    assert [str(error) for error in ended] == ["closed on this side"]


def test_a_close_ends_a_receive_and_says_goodbye(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, peer):
        with blocked(connection):
            connection.close()
        assert peer.recv(100) == b""  # which raises when the end was not announced


def test_a_close_with_a_full_line_does_not_wait(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, _):
        while not connection.waiting_bytes:
            connection.send(b"x" * 10_000)
        with blocked(connection):
            connection.close()


def test_what_waits_is_sent_before_the_goodbye(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, peer):
        sent = 0
        while connection.waiting_bytes < 20_000:
            connection.send(b"x" * 10_000)
            sent += 10_000
        connection.finish()
        read_exactly(peer, sent)
        assert peer.recv(100) == b""
        assert connection.closed.wait(PATIENCE)


def test_a_peer_that_asks_without_end_and_never_reads_is_left(
    context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkchat.net.tls.ANSWER_BYTES", -1)
    with connected() as (connection, sock):
        peer = shaken(connection, context, sock)
        broken = bytearray(peer.encrypt(b"x"))
        broken[-1] ^= 1
        sock.sendall(broken)
        with pytest.raises(ConnectionLost, match="takes no answer"):
            connection.receive(PATIENCE)


def test_a_send_does_not_wait_for_a_receive(context: ssl.SSLContext) -> None:
    with encrypted(context) as (connection, peer):
        waiting = threading.Thread(target=connection.receive, args=(PATIENCE,))
        waiting.start()
        began = time.monotonic()
        for _ in range(100):
            connection.send(b"hello")
        assert read_exactly(peer, 500) == b"hello" * 100
        assert time.monotonic() - began < PATIENCE / 2
        peer.sendall(b"enough")
        waiting.join()


def test_a_record_longer_than_any_may_be_ends_it(context: ssl.SSLContext) -> None:
    with connected() as (connection, sock):
        shaken(connection, context, sock)
        sock.sendall(b"\x17\x03\x03\xff\xff" + b"x" * 10_000)
        with pytest.raises(ConnectionLost, match="encryption failed"):
            connection.receive(PATIENCE)


class Dripping(PlainStream):
    """Never waits, and never has more than a byte."""

    def __init__(self, sock: socket.socket) -> None:
        super().__init__(sock)
        self.drops = b""

    def receive(self, timeout: float) -> bytes:
        drop, self.drops = self.drops[:1], self.drops[1:]
        return drop or super().receive(timeout)


def test_even_who_drips_without_pause_does_not_stretch_the_time(context: ssl.SSLContext) -> None:
    one, other = tcp_pair()
    drain, plain = Drain(), Dripping(other)
    connection = Connection(plain, drain)
    peer = shaken(connection, context, one)
    plain.drops = peer.encrypt(b"x" * RECORD_BYTES)
    with pytest.raises(ReceiveTimeout):
        connection.receive(0.002)
    assert receive_all(connection, RECORD_BYTES) == b"x" * RECORD_BYTES
    connection.close()
    drain.close()
    one.close()


def test_nor_does_a_handshake_that_drips_without_pause(context: ssl.SSLContext) -> None:
    one, other = tcp_pair()
    plain = Dripping(other)
    plain.drops = b"\x16\x03\x01\x40\x00\x01\x00\x3f\xfc\x03\x03" + bytes(16_378)
    with pytest.raises(ReceiveTimeout):
        TlsStream(plain, context, is_host=True).shake_hands(time.monotonic() + 0.002)
    assert plain.drops
    plain.close()
    one.close()
