"""Lines from a connection, also from clients that never send a line end."""

import time

from tkchat.net.connection import Connection
from tkchat.net.errors import ReceiveTimeout
from tkchat.wire.buffer import LineBuffer, TooLong

SILENCE_SECONDS = 0.2  # ends a line of a peer that has never sent a line end


class LineReader:
    """Reads lines from ``connection``, for one thread."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._buffer = LineBuffer()

    def read(self, timeout: float) -> list[bytes | TooLong]:
        """Return the lines that have come, at least one; an empty list at the end of the stream.

        Until the first line end, silence ends a line, and so does the end of the stream. After it,
        what the stream's end cuts off is no line: it may be half of what somebody meant to say.

        Raises:
            ReceiveTimeout: no line came within ``timeout`` seconds.
            ConnectionLost: the connection broke or was closed on this side.
        """
        deadline = time.monotonic() + timeout
        while True:
            unframed = self._buffer.unfinished and not self._buffer.framed
            patience = SILENCE_SECONDS if unframed else deadline - time.monotonic()
            try:
                data = self._connection.receive(max(0.0, patience))
            except ReceiveTimeout:
                if not unframed:
                    raise
                lines = self._buffer.take_partial()
            else:
                if not data:
                    return [] if self._buffer.framed else self._buffer.take_partial()
                lines = self._buffer.feed(data)
            if lines:
                return lines
