"""One connection: a timed receive, a send that never waits, a close from anywhere."""

import contextlib
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tkchat.i18n import tr
from tkchat.net.drain import Drain
from tkchat.net.errors import ConnectionLost
from tkchat.net.stream import Chunk, Stream

if TYPE_CHECKING:
    import ssl

BACKLOG_BYTES = 256 * 1024  #: what may wait for a reader that is too slow


class Connection:
    """A stream with a bounded backlog, for one receiving thread and any number of senders.

    What a send cannot pass on at once waits in the backlog, which the drain flushes. Over the bound
    the connection is closed. A send into a connection that broke is dropped in silence: whoever
    receives from it learns of the break, after reading what the peer still said before it.
    """

    def __init__(self, stream: Stream, drain: Drain, backlog_bytes: int = BACKLOG_BYTES) -> None:
        self._stream = stream
        self._drain = drain
        self.most_waiting = backlog_bytes  #: bytes; with more it is closed
        self._lock = threading.Lock()
        self._backlog: deque[Chunk] = deque()
        self.waiting_bytes = 0  #: what the peer has not taken yet
        self.send_broken = False  #: whether the peer takes nothing any more; it may have said more
        self._put_back = b""
        self._finishing = False
        self._receiving = False
        self._encrypting = False
        self.is_encrypted = False  #: whether keys were agreed on
        self._released = False
        self.closed = threading.Event()  #: set once `close` was called, by whomever
        self.fell_behind = False  #: whether it was closed because too much waited for the peer

    def receive(self, timeout: float) -> bytes:
        """Return what has arrived, at the latest after ``timeout`` seconds; b"" at the end.

        Raises:
            ReceiveTimeout: nothing arrived.
            ConnectionLost: the connection broke or was closed on this side.
        """
        data, self._put_back = self._put_back, b""
        if not data:
            with self._in_use():
                data = self._stream.receive(timeout)
        if not data and self.closed.is_set():
            raise ConnectionLost(tr("closed on this side"))
        return data

    def put_back(self, data: bytes) -> None:
        """Have the next `receive` return ``data``; for the thread that received it."""
        self._put_back = data

    def encrypt(self, context: "ssl.SSLContext", deadline: float, *, is_host: bool) -> bytes:
        """Go on over TLS, in place of the first `receive`; return the peer's certificate.

        ``deadline`` is of the monotonic clock, the certificate DER, and empty if there is none.
        Nothing is sent by others meanwhile: what they pass to `send` is dropped.

        Raises:
            ReceiveTimeout: the peer did not answer in time.
            NotEncrypted: what came is not TLS.
            ConnectionLost: the peer is gone or cannot agree with us, or we have closed.
        """
        from tkchat.net.tls import TlsStream  # who never encrypts does not wait for ssl's import

        with self._in_use():
            stream = TlsStream(self._stream, context, is_host=is_host)
            with self._lock:
                self._encrypting = True
            certificate = stream.shake_hands(deadline, self._put_back)
            self._put_back = b""
            with self._lock:
                self._stream = stream
                self._encrypting = False
                self.is_encrypted = True
        return certificate

    @contextlib.contextmanager
    def _in_use(self) -> Iterator[None]:
        """Keep the descriptor while the stream is waited for."""
        with self._lock:
            if self.closed.is_set():
                raise ConnectionLost(tr("closed on this side"))
            self._receiving = True
        try:
            yield
        except ConnectionLost:
            if self.closed.is_set():
                raise ConnectionLost(tr("closed on this side")) from None
            raise
        finally:
            with self._lock:
                self._receiving = False
                if self.closed.is_set():
                    self._release()

    def send(self, *chunks: Chunk) -> None:
        """Send ``chunks`` in order, now or as soon as the peer takes them; never waits."""
        with self._lock:
            if not chunks or self.send_broken or self._encrypting or self.closed.is_set():
                return
            was_empty = not self._backlog
            sent = self._send_now(chunks) if was_empty else 0
            self._keep(chunks, sent)
            if self.waiting_bytes <= self.most_waiting:
                if was_empty and self._backlog:
                    self._drain.add(self, self._stream.fileno())
                return
            self.fell_behind = True
        self.close()

    def flush(self) -> bool:
        """Send what waits, as far as the peer takes it; tell whether nothing waits any more."""
        with self._lock:
            if self.closed.is_set():
                return True
            while self._backlog:
                sent = self._send_now(tuple(self._backlog))
                if not sent:
                    break
                self._drop(sent)
            is_empty = not self._backlog
            is_finished = is_empty and self._finishing
        if is_finished:
            self.close()
        return is_empty

    def finish(self) -> None:
        """Close it as soon as nothing waits any more; never waits itself."""
        with self._lock:
            self._finishing = True
            is_finished = not self._backlog
        if is_finished:
            self.close()

    def close(self) -> None:
        """Close it, from any thread, any number of times; ends a blocked receive."""
        with self._lock:
            if self.closed.is_set():
                return
            self.closed.set()
            if self._backlog:
                self._drain.forget(self, self._stream.fileno())
                self._backlog.clear()
            self._stream.shutdown()
            if not self._receiving:
                self._release()

    def _release(self) -> None:
        """Give the descriptor back, once; with the lock, and with nobody receiving.

        The lock keeps senders out: a descriptor freed under a running send could by then belong to
        somebody else's connection.
        """
        if not self._released:
            self._released = True
            self._stream.close()

    def _send_now(self, chunks: Sequence[Chunk]) -> int:
        try:
            return self._stream.send_now(chunks)
        except ConnectionLost:
            self.send_broken = True
            self._backlog.clear()
            self.waiting_bytes = 0
            return 0

    def _keep(self, chunks: Sequence[Chunk], sent: int) -> None:
        """Put all but the first ``sent`` bytes of ``chunks`` into the backlog."""
        if self.send_broken:
            return
        for chunk in chunks:
            if sent >= len(chunk):
                sent -= len(chunk)
                continue
            # A view, so that recipients share one chunk however little of it each has taken.
            self._backlog.append(memoryview(chunk)[sent:] if sent else chunk)
            self.waiting_bytes += len(chunk) - sent
            sent = 0

    def _drop(self, sent: int) -> None:
        """Forget the first ``sent`` bytes of the backlog."""
        self.waiting_bytes -= sent
        while sent:
            chunk = self._backlog.popleft()
            if sent < len(chunk):
                self._backlog.appendleft(memoryview(chunk)[sent:])
                return
            sent -= len(chunk)
