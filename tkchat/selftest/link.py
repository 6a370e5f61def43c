"""A connection that fails as planned, as far as it can without ever waiting."""

import contextlib
import math
import selectors
import socket
import struct
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

PIECE_BYTES = 65_536  #: what is read at once, and so held at most for each direction
LINGER_SECONDS = 1  #: after an orderly cut, for both sides to hang up by themselves


@dataclass(frozen=True, slots=True)
class Faults:
    """What goes wrong in one direction of a connection.

    The places ``.._at`` are counts of bytes: exactly so many have been passed on when it happens,
    at 0 before the first. None is never.
    """

    cut_at: int | None = None  #: end the connection in both directions
    reset: bool = False  #: a cut is a reset for both sides, instead of an orderly end
    stall_at: int | None = None  #: pass nothing on until `FaultProxy.release`
    halve_at: int | None = None  #: end this direction alone; what comes later is thrown away
    delay: float = 0.0  #: seconds that each piece is held
    piece: int = (
        PIECE_BYTES  #: bytes in a piece at most; the receiver may still read several as one
    )


@dataclass(frozen=True, slots=True)
class Plan:
    """What happens to one connection: on the way up to the host, and down to the client.

    ``duplicate`` gives the host a second connection on which the client's bytes come once more,
    each a moment after the first; what the host says there is thrown away. That is what a copied
    profile on another computer does.
    """

    up: Faults = Faults()
    down: Faults = Faults()
    duplicate: bool = False


class _Cut(Exception):
    """A connection is to be cut now."""

    def __init__(self, *, reset: bool) -> None:
        super().__init__()
        self.reset = reset


class Way:
    """One direction of a connection. Without a sink, it throws away what it reads."""

    def __init__(
        self, source: socket.socket | None, sink: socket.socket | None, faults: Faults
    ) -> None:
        self.source = source
        self.sink = sink
        self.passed = 0  #: bytes so far that the sink took
        self.is_over = False  #: whether the sink was told that nothing more comes
        self.mirror: Way | None = None  #: one without a source, which passes on the same
        self._faults = faults
        self._stall_at = faults.stall_at
        self._waiting = b""
        self._due = 0.0
        self._has_ended = False
        self._is_deaf = sink is None

    @property
    def is_stalled(self) -> bool:
        """Whether it passes nothing on until it is released."""
        return self._stall_at is not None and self.passed >= self._stall_at

    @property
    def wants_to_read(self) -> bool:
        """Whether a step would take something from the source."""
        if self._waiting or self._has_ended or self.source is None:
            return False
        return self.mirror is None or self.mirror.is_over or not self.mirror._waiting

    def wants_to_write(self, now: float) -> bool:
        """Tell whether a step would give something to the sink."""
        return bool(self._waiting) and not self.is_stalled and now >= self._due

    def due(self, now: float) -> float:
        """Return when it goes on by itself; infinity when it waits for something else."""
        return self._due if self._waiting and self._due > now else math.inf

    def release(self) -> None:
        """Let a stall end, now or when it would begin."""
        self._stall_at = None

    def step(self, now: float) -> None:
        """Pass on what can be passed on without waiting.

        Raises:
            OSError: one of the two sides has reset the connection.
            _Cut: it is time for that.
        """
        self._check_marks()
        if self.source is not None and self.wants_to_read:
            self._read(self.source, now)
        while self.sink is not None and self.wants_to_write(now) and self._write(self.sink, now):
            self._check_marks()
        if self._has_ended and not self._waiting and not self.is_over:
            self.is_over = True
            self._end_sink()

    def _read(self, source: socket.socket, now: float) -> None:
        with contextlib.suppress(BlockingIOError):
            data = source.recv(PIECE_BYTES)
            self._has_ended = not data
            if not self._is_deaf:
                self._hold(data, now)

    def _hold(self, data: bytes, now: float) -> None:
        self._waiting += data
        self._due = now + self._faults.delay

    def _write(self, sink: socket.socket, now: float) -> bool:
        """Give the sink one piece; tell whether it took something."""
        faults = self._faults
        marks = (faults.cut_at, faults.halve_at, self._stall_at)
        room = min((mark - self.passed for mark in marks if mark is not None), default=PIECE_BYTES)
        try:
            sent = sink.send(self._waiting[: min(room, faults.piece)])
        except BlockingIOError:
            return False
        if self.mirror is not None and not self.mirror.is_over:
            self.mirror._hold(self._waiting[:sent], now)
        self.passed += sent
        self._waiting = self._waiting[sent:]
        self._due = now + faults.delay
        return True

    def _check_marks(self) -> None:
        faults = self._faults
        if faults.cut_at is not None and self.passed >= faults.cut_at:
            raise _Cut(reset=faults.reset)
        if faults.halve_at is not None and self.passed >= faults.halve_at and not self._is_deaf:
            self._is_deaf = True
            self._waiting = b""
            self._end_sink()

    def _end_sink(self) -> None:
        if self.sink is not None:
            with contextlib.suppress(OSError):  # which the reading side finds out
                self.sink.shutdown(socket.SHUT_WR)
        if self.mirror is not None:
            self.mirror._has_ended = True


class Link:
    """A connection through the proxy, or the second one of a plan that says ``duplicate``."""

    def __init__(self, up: Way, down: Way) -> None:
        self.up = up
        self.down = down
        self.copy: Link | None = None
        self.is_over = False
        self._ways = [up, down]
        ends = dict.fromkeys([up.source, up.sink])
        self._sockets = [sock for sock in ends if sock is not None]
        self._close_by = math.inf

    @property
    def is_stalled(self) -> bool:
        """Whether one of its directions passes nothing on until it is released."""
        return self.up.is_stalled or self.down.is_stalled

    def duplicate(self, host: socket.socket) -> None:
        """Let ``host``, another connection, get what the client says, too."""
        self.copy = Link(Way(None, host, Faults()), Way(host, None, Faults()))
        self.up.mirror = self.copy.up

    def step(self, now: float) -> None:
        """Do what can be done without waiting."""
        try:
            for way in self._ways:
                way.step(now)
        except _Cut as cut:
            self.cut(reset=cut.reset)
        except OSError:
            self.cut(reset=True)
        if now >= self._close_by or all(way.is_over for way in self._ways):
            self.close()

    def cut(self, *, reset: bool) -> None:
        """End it in both directions; what is on its way is lost."""
        if self.copy is not None:
            self.copy.cut(reset=reset)
        if self.is_over:
            return
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                if reset:
                    reset_on_close(sock)
                else:
                    sock.shutdown(socket.SHUT_WR)
        if reset:
            self.close()
            return
        # Read on until both sides have hung up: closing with something unread would be a reset.
        self._ways = [Way(sock, None, Faults()) for sock in self._sockets]
        self._close_by = time.monotonic() + LINGER_SECONDS

    def close(self) -> None:
        """Give the descriptors back."""
        self.is_over = True
        self.up.is_over = self.down.is_over = True
        for sock in self._sockets:
            sock.close()

    def interests(self, now: float) -> Iterator[tuple[socket.socket, int]]:
        """Yield what to wait for on each of its sockets."""
        for sock in self._sockets:
            reads = any(way.source is sock and way.wants_to_read for way in self._ways)
            writes = any(way.sink is sock and way.wants_to_write(now) for way in self._ways)
            yield sock, selectors.EVENT_READ * reads | selectors.EVENT_WRITE * writes

    def due(self, now: float) -> float:
        """Return when it goes on by itself; infinity when it waits for something else."""
        return min(self._close_by, *(way.due(now) for way in self._ways))

    def release(self) -> None:
        """Let its stalls end."""
        self.up.release()
        self.down.release()


def reset_on_close(sock: socket.socket) -> None:
    """Make the closing of ``sock`` a reset for its peer, instead of an orderly end."""
    on_for_no_time = struct.pack("hh" if sys.platform == "win32" else "ii", 1, 0)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, on_for_no_time)
