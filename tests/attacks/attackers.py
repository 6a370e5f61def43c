"""What attackers do: many connections, dripping bytes, and floods that are read or not."""

import contextlib
import selectors
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping, Sequence

from tests.support import PATIENCE
from tkchat.net.address import Address
from tkchat.net.tls import client_context

BURST_BYTES = 60_000  #: what a flood sends at once
STORM_SECONDS = 1.0


@contextlib.contextmanager
def many_connections(address: Address, count: int) -> Iterator[list[socket.socket]]:
    """Open ``count`` connections; they are closed at the end."""
    with contextlib.ExitStack() as stack:
        yield [
            stack.enter_context(socket.create_connection((address.host, address.port), PATIENCE))
            for _ in range(count)
        ]


def storm(address: Address, first_line: bytes = b"") -> int:
    """Connect, say a line and hang up, as fast as can be; return how often."""
    count, deadline = 0, time.monotonic() + STORM_SECONDS
    while time.monotonic() < deadline:
        with many_connections(address, 20) as socks:
            for sock in socks:
                count += 1
                with contextlib.suppress(OSError):  # refused and gone
                    sock.sendall(first_line.replace(b"%", b"%d" % count))
    return count


def join(sock: socket.socket, name: str, *, is_tagged: bool = True) -> None:
    """Come in as ``name``, and read up to there."""
    hello = f"@v=1;install={name:0>32}" if is_tagged else ""
    sock.sendall(f"{hello} {name}\n".lstrip().encode())
    heard = b""
    wanted = b"event=live" if is_tagged else f"SERVER~{name} joined".encode()
    while wanted not in heard:
        data = sock.recv(65_536)
        assert data, f"{name} was not let in: {heard!r}"
        heard += data


@contextlib.contextmanager
def guests(
    address: Address, count: int, *, is_tagged: bool = True, name: str = "guest"
) -> Iterator[list[socket.socket]]:
    """Have ``count`` guests come in."""
    with many_connections(address, count) as socks:
        for number, sock in enumerate(socks):
            join(sock, f"{name}{number}", is_tagged=is_tagged)
        yield socks


def flood(
    lines: Mapping[socket.socket, Callable[[int], bytes]],
    seconds: float,
    *,
    reads: bool = True,
) -> int:
    """Send lines without end, as fast as the host takes them; return how many lines it answered.

    What makes a line is called with a number that is never the same.
    """
    answered = number = 0
    unsent = dict.fromkeys(lines, b"")
    deadline = time.monotonic() + seconds
    with selectors.DefaultSelector() as selector:
        for sock in unsent:
            sock.setblocking(False)
            wanted = selectors.EVENT_WRITE | (selectors.EVENT_READ if reads else 0)
            selector.register(sock, wanted, sock)
        while (left := deadline - time.monotonic()) > 0 and selector.get_map():
            for key, ready in selector.select(left):
                sock = key.data
                try:
                    if ready & selectors.EVENT_READ:
                        data = sock.recv(65_536)
                        answered += data.count(b"\n")
                        if not data:
                            raise ConnectionResetError
                    if ready & selectors.EVENT_WRITE:
                        data = unsent[sock]
                        while len(data) < BURST_BYTES // 2:
                            data += lines[sock](number)
                            number += 1
                        unsent[sock] = data[sock.send(data[:BURST_BYTES]) :]
                except BlockingIOError:
                    pass
                except OSError:
                    selector.unregister(sock)
    for sock in unsent:
        with contextlib.suppress(OSError):
            sock.setblocking(True)
    return answered


def flood_with_bytes(socks: Sequence[socket.socket], byte: bytes, seconds: float) -> None:
    """Send one byte at a time, as fast as the host takes them; over TLS each is a record."""
    for sock in socks:
        sock.setblocking(False)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        for sock in socks:
            with contextlib.suppress(BlockingIOError, ssl.SSLWantWriteError):
                for _ in range(200):
                    sock.send(byte)


def drip(socks: Sequence[socket.socket], data: bytes, pause: float, seconds: float) -> None:
    """Send ``data`` byte by byte on every connection, over and over."""
    deadline, position = time.monotonic() + seconds, 0
    while time.monotonic() < deadline:
        for sock in socks:
            with contextlib.suppress(OSError):  # the host had enough of this one
                sock.send(data[position : position + 1])
        position = (position + 1) % len(data)
        time.sleep(pause)


def are_closed(socks: Sequence[socket.socket]) -> bool:
    """Tell whether the host has hung up on all of them."""
    return all(map(_is_closed, socks))


def _is_closed(sock: socket.socket) -> bool:
    sock.setblocking(False)
    try:
        while sock.recv(65_536):
            pass
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    return True


def client_hello() -> bytes:
    """Return how a TLS connection begins."""
    incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
    with contextlib.suppress(ssl.SSLWantReadError):
        client_context().wrap_bio(incoming, outgoing).do_handshake()
    return outgoing.read()


def secure(sock: socket.socket) -> ssl.SSLSocket:
    """Agree on keys with the host."""
    return client_context().wrap_socket(sock)
