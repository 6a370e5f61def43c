"""Lines from a connection, also from clients that never send a line end."""

import time

from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.limits import MAX_LINE_BYTES

SILENCE_SECONDS = 0.2  # ends a line of a peer that has never sent a line end
SKIP_PAUSE_SECONDS = 0.02  # after each piece of a line that is too long
TAGGED_SILENCE_SECONDS = 2.0  # who sends tags sends line ends: only a slow network cuts one there


class LineReader:
    """Reads lines from ``connection``, for one thread."""

    def __init__(self, connection: Connection, line_bytes: int = MAX_LINE_BYTES) -> None:
        self._connection = connection
        self._buffer = LineBuffer(line_bytes)

    def read(self, timeout: float) -> list[bytes | TooLong]:
        """Return the lines that have come, at least one; an empty list at the end of the stream.

        Until the first line end, silence ends a line, and so does the end of the connection. After
        it, what the end cuts off is no line: it may be half of what somebody meant to say.

        Raises:
            ReceiveTimeout: no line came within ``timeout`` seconds.
            ConnectionLost: the connection broke or was closed on this side.
        """
        deadline = time.monotonic() + timeout
        while True:
            unframed = self._buffer.unfinished and not self._buffer.framed
            patience = max(0.0, deadline - time.monotonic())
            if unframed:
                is_tagged = self._buffer.begins_tagged
                patience = TAGGED_SILENCE_SECONDS if is_tagged else SILENCE_SECONDS
            try:
                data = self._connection.receive(patience)
            except ReceiveTimeout:
                if not unframed:
                    raise
                lines = self._buffer.take_partial()
            except ConnectionLost:
                lines = self._last_line()
                if not lines:
                    raise
            else:
                if not data:
                    return self._last_line()
                lines = self._buffer.feed(data)
            if lines:
                return lines
            if self._buffer.is_skipping:  # as fast as the network is, this would take all our time
                self._connection.closed.wait(SKIP_PAUSE_SECONDS)
            if time.monotonic() > deadline:  # it drips, without ever ending a line
                raise ReceiveTimeout

    def _last_line(self) -> list[bytes | TooLong]:
        return [] if self._buffer.framed else self._buffer.take_partial()
