"""A byte stream whose sends never wait and whose receives can be given a time.

This is the seam for TLS: a stream that encrypts has the same five methods, and a `Connection` does
not know which kind it holds.
"""

import contextlib
import errno
import socket
import sys
from collections.abc import Sequence
from typing import Protocol, TypeAlias

from tkchat.net.errors import ConnectionLost, ReceiveTimeout

Chunk: TypeAlias = bytes | memoryview  #: what can be sent

RECEIVE_BYTES = 65_536
_HAS_SENDMSG = hasattr(socket.socket, "sendmsg")  # not on Windows
_MAX_CHUNKS = 1_000  # POSIX allows 1,024 (IOV_MAX) in one call

# Together 40 s, after which both sides give up a peer that has vanished without a word.
IDLE_SECONDS = 15  # of silence, until the first probe
PROBE_SECONDS = 5
PROBES = 5
GIVE_UP_SECONDS = IDLE_SECONDS + PROBE_SECONDS * PROBES
_WINDOWS_PROBES = 10  # which cannot be chosen there
_DARWIN_CONNDROPTIME = 0x80  # TCP_RXT_CONNDROPTIME, which Python does not name


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
        _notice_a_vanished_peer(sock)
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
            if error.errno in {errno.ENOBUFS, errno.ENOMEM}:  # the system's memory, not the peer
                return 0
            raise ConnectionLost(error.strerror or str(error)) from error

    def shutdown(self) -> None:
        """End both directions, so that a blocked receive returns."""
        with contextlib.suppress(OSError):
            self._reader.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the descriptor back."""
        self._writer.detach()
        self._reader.close()


def _notice_a_vanished_peer(sock: socket.socket) -> None:
    """Have the system probe a silent peer, and lose the connection when no answer comes.

    By default the first probe comes after two hours. Probes are sent only while nothing is
    unacknowledged; how long the system repeats what is, has a limit of its own.
    """
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    if sys.platform == "win32":  # which by itself repeats data for some 20 s only
        every = (GIVE_UP_SECONDS - IDLE_SECONDS) * 1000 // _WINDOWS_PROBES
        with contextlib.suppress(OSError):
            sock.ioctl(socket.SIO_KEEPALIVE_VALS, (1, IDLE_SECONDS * 1000, every))
        return
    options = [
        # macOS spells the first one differently.
        (getattr(socket, "TCP_KEEPIDLE", getattr(socket, "TCP_KEEPALIVE", None)), IDLE_SECONDS),
        (getattr(socket, "TCP_KEEPINTVL", None), PROBE_SECONDS),
        (getattr(socket, "TCP_KEEPCNT", None), PROBES),
        # Also ends a connection whose peer lives but takes nothing for so long.
        (getattr(socket, "TCP_USER_TIMEOUT", None), GIVE_UP_SECONDS * 1000),
        (_DARWIN_CONNDROPTIME if sys.platform == "darwin" else None, GIVE_UP_SECONDS),
    ]
    for option, value in options:
        if option is not None:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_TCP, option, value)
