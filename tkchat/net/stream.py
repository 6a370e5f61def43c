"""A byte stream whose sends never wait and whose receives can be given a time.

This is the seam for TLS: a stream that encrypts has the same five methods, and a `Connection` does
not know which kind it holds.
"""

import contextlib
import socket
from collections.abc import Sequence
from typing import Protocol, TypeAlias

from tkchat.net.errors import ConnectionLost, ReceiveTimeout

Chunk: TypeAlias = bytes | memoryview  #: what can be sent

RECEIVE_BYTES = 65_536
_HAS_SENDMSG = hasattr(socket.socket, "sendmsg")  # not on Windows
_MAX_CHUNKS = 1_000  # POSIX allows 1,024 (IOV_MAX) in one call


class Stream(Protocol):
    """What a connection needs of its socket."""

    def fileno(self) -> int:
        """Return the descriptor that a selector can wait for."""

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, at the latest after ``timeout`` seconds; b"" at the end.

        Raises:
            ReceiveTimeout: nothing arrived.
            ConnectionLost: the connection broke.
        """

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        """Send what can be sent without waiting and return how many bytes that was.

        Raises:
            ConnectionLost: the connection broke.
        """

    def shutdown(self) -> None:
        """End both directions, so that a blocked receive returns. Never fails."""

    def close(self) -> None:
        """Give the descriptor back. Nobody may be receiving or sending. Never fails."""


class PlainStream:
    """A TCP socket, unencrypted.

    Two socket objects share one descriptor: the reader's has a timeout, the writer's none at all.
    That gives a timed receive beside a send that never waits, without ``MSG_DONTWAIT``, which
    Windows lacks. A reader without a timeout would make the descriptor blocking for both.
    """

    def __init__(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError):  # a socket that is already reset: the reader learns it
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        self._timeout = 0.0
        sock.settimeout(self._timeout)
        self._reader = sock
        self._writer = socket.socket(sock.family, sock.type, sock.proto, fileno=sock.fileno())
        self._writer.settimeout(0)

    def fileno(self) -> int:
        """Return the descriptor that a selector can wait for."""
        return self._reader.fileno()

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, at the latest after ``timeout`` seconds; b"" at the end."""
        if timeout != self._timeout:  # setting it is a system call
            self._reader.settimeout(timeout)
            self._timeout = timeout
        try:
            return self._reader.recv(RECEIVE_BYTES)
        except BlockingIOError:
            raise ReceiveTimeout from None
        except OSError as error:
            # With a number it is ETIMEDOUT: the system has given the peer up.
            if isinstance(error, TimeoutError) and error.errno is None:
                raise ReceiveTimeout from None
            raise ConnectionLost(error.strerror or str(error)) from error

    def send_now(self, chunks: Sequence[Chunk]) -> int:
        """Send what can be sent without waiting and return how many bytes that was."""
        try:
            if len(chunks) == 1:
                return self._writer.send(chunks[0])
            if _HAS_SENDMSG:
                return self._writer.sendmsg(chunks[:_MAX_CHUNKS])
            return self._writer.send(b"".join(chunks))
        except BlockingIOError:
            return 0
        except OSError as error:
            raise ConnectionLost(error.strerror or str(error)) from error

    def shutdown(self) -> None:
        """End both directions, so that a blocked receive returns."""
        with contextlib.suppress(OSError):
            self._reader.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the descriptor back."""
        self._writer.detach()
        self._reader.close()
