"""Two ends of a connection, over real sockets."""

import contextlib
import socket
from collections.abc import Iterator

from tkchat.net.connection import BACKLOG_BYTES, Connection
from tkchat.net.drain import Drain
from tkchat.net.stream import PlainStream


def tcp_pair() -> tuple[socket.socket, socket.socket]:
    """Return two connected TCP sockets with small buffers, so that they are soon full."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 16_384)
        one = socket.create_connection(listener.getsockname()[:2])
        other, _ = listener.accept()
    one.settimeout(10)
    return one, other


@contextlib.contextmanager
def connected(backlog_bytes: int = BACKLOG_BYTES) -> Iterator[tuple[Connection, socket.socket]]:
    """Give a connection and the socket of its peer."""
    peer, sock = tcp_pair()
    drain = Drain()
    connection = Connection(PlainStream(sock), drain, backlog_bytes)
    try:
        yield connection, peer
    finally:
        connection.close()
        drain.close()
        peer.close()


def read_exactly(sock: socket.socket, count: int) -> bytes:
    """Read ``count`` bytes."""
    data = bytearray()
    while len(data) < count:
        piece = sock.recv(65_536)
        assert piece, f"the end came after {len(data)} of {count} bytes"
        data += piece
    return bytes(data)


def read_to_end(sock: socket.socket) -> bytes:
    """Read until the peer has closed."""
    data = bytearray()
    while piece := sock.recv(65_536):
        data += piece
    return bytes(data)
