"""Two ends of an encrypted connection: ours, and one that Python's own ``ssl`` makes."""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.net.pairs import connected
from tests.support import PATIENCE
from tkchat.net.connection import BACKLOG_BYTES, Connection
from tkchat.net.identity import CERTIFICATE_FILE
from tkchat.net.tls import client_context, host_context
from tkchat.server.identity import KEY_FILE, own_identity


def make_context(folder: Path) -> ssl.SSLContext:
    """Return what a host encrypts with, with a key of its own in ``folder``."""
    own_identity(folder)
    return host_context(folder / CERTIFICATE_FILE, folder / KEY_FILE)


def soon() -> float:
    """Return a deadline that nothing should ever reach."""
    return time.monotonic() + PATIENCE


@contextlib.contextmanager
def encrypted(
    context: ssl.SSLContext, backlog_bytes: int = BACKLOG_BYTES
) -> Iterator[tuple[Connection, ssl.SSLSocket]]:
    """Give the host's connection, and the peer's socket, after the handshake."""
    with connected(backlog_bytes) as (connection, peer):
        thread = threading.Thread(target=connection.encrypt, args=(context, soon()), kwargs=HOST)
        thread.start()
        with client_context().wrap_socket(peer, suppress_ragged_eofs=False) as secure:
            thread.join()
            yield connection, secure


HOST = {"is_host": True}


class Memory:
    """A TLS client without a socket: bytes in, bytes out."""

    def __init__(self, context: ssl.SSLContext | None = None) -> None:
        self.incoming = ssl.MemoryBIO()
        self.outgoing = ssl.MemoryBIO()
        context = context or client_context()
        self.tls = context.wrap_bio(self.incoming, self.outgoing)

    def hello(self) -> bytes:
        """Return what a client says first."""
        with contextlib.suppress(ssl.SSLWantReadError):
            self.tls.do_handshake()
        return self.outgoing.read()

    def shake_hands(self, sock: socket.socket) -> None:
        """Do the whole handshake over ``sock``."""
        sock.sendall(self.hello())
        while True:
            self.incoming.write(sock.recv(65_536))
            try:
                self.tls.do_handshake()
            except ssl.SSLWantReadError:
                continue
            finally:
                if data := self.outgoing.read():
                    sock.sendall(data)
            return

    def encrypt(self, data: bytes) -> bytes:
        """Return ``data`` as it is sent."""
        self.tls.write(data)
        return self.outgoing.read()

    def goodbye(self) -> bytes:
        """Return the word that announces an end."""
        with contextlib.suppress(ssl.SSLError):
            self.tls.unwrap()
        return self.outgoing.read()


def in_thread(connection: Connection, context: ssl.SSLContext) -> threading.Thread:
    """Begin the host's handshake; the thread ends with it, however that goes."""

    def run() -> None:
        with contextlib.suppress(Exception):
            connection.encrypt(context, soon(), is_host=True)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def shaken(connection: Connection, context: ssl.SSLContext, sock: socket.socket) -> Memory:
    """Do the whole handshake; return the peer's end."""
    thread = in_thread(connection, context)
    peer = Memory()
    peer.shake_hands(sock)
    thread.join()
    assert connection.is_encrypted
    return peer
