"""One person's place in one chat: a background thread keeps it, a queue tells of it."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator

from tkchat.client.dialect import Dialect, NameRefused, PlainDialect
from tkchat.client.events import Connecting, Event, Lost, Noticed, NotIn, Problem, Welcome
from tkchat.net.address import Address, connect
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import Cause, ConnectFailed, ConnectionLost, ReceiveTimeout
from tkchat.net.stream import PlainStream
from tkchat.wire.buffer import LineBuffer, TooLong

CONNECT_SECONDS = 10.0
GREETING_SECONDS = 3.0  # a host that says nothing for so long is one that does not greet
IDLE_SECONDS = 3600.0  # only how long one receive waits
FIRST_RETRY_SECONDS = 0.5
LAST_RETRY_SECONDS = 30.0
GOOD_SECONDS = 60.0  # a connection that lasted so long makes the next retry quick again

_PROBLEMS = {
    Cause.UNKNOWN_HOST: Problem.UNKNOWN_HOST,
    Cause.REFUSED: Problem.NOBODY_LISTENS,
    Cause.TIMEOUT: Problem.NO_ANSWER,
    Cause.UNREACHABLE: Problem.UNREACHABLE,
}

_log = logging.getLogger(__name__)


class Session:
    """Joins a chat, stays in it across lost connections, and puts all that happens on ``events``.

    The thread is the only one that touches the socket for reading, and only ever puts events; it
    shares no other state with whoever watches. If the first try to join fails the session ends with
    `NotIn`; after a `Welcome` it reconnects until it is closed.
    """

    def __init__(
        self, address: Address, name: str, dialect: Callable[[str], Dialect] = PlainDialect
    ) -> None:
        self.address = address
        self.events: queue.SimpleQueue[Event] = queue.SimpleQueue()
        self._dialect = dialect(name)
        self._drain = Drain()
        self._lock = threading.Lock()
        self._connection: Connection | None = None
        self._closed = threading.Event()
        self._retry = threading.Event()
        self._was_in = False
        self._thread = threading.Thread(target=self._run, name=f"session {address}", daemon=True)

    def start(self) -> None:
        """Begin to connect. Returns at once."""
        self._thread.start()

    def say(self, text: str) -> list[str] | None:
        """Say ``text``, or carry out the command that it is; never waits.

        Returns each message that this makes in the room, or None if there is no connection and
        nothing was sent.

        Raises:
            WireError: ``text`` is too long.
        """
        lines, said = self._dialect.say(text)
        with self._lock:
            if self._connection is None:
                return None
            self._connection.send(*lines)
            return said

    def move(self, room: str) -> None:
        """Ask to go to ``room``; never waits."""
        with self._lock:
            if self._connection is not None:
                self._connection.send(*self._dialect.move(room))

    def retry_now(self) -> None:
        """Do not wait any longer before the next try to connect."""
        self._retry.set()

    def close(self, timeout: float = 2.0) -> None:
        """Leave the chat; waits for the thread up to ``timeout`` seconds.

        Only looking up a host's name can take longer; that thread then ends by itself.
        """
        self._closed.set()
        self._retry.set()
        with self._lock:
            if self._connection is not None:
                self._connection.close()
        if self._thread.is_alive():
            self._thread.join(timeout)
        self._drain.close()

    def _run(self) -> None:
        try:
            retries = _retries()
            while True:
                began = time.monotonic()
                problem = self._stay_connected()
                if self._closed.is_set():
                    return
                if not self._was_in:
                    self.events.put(problem)
                    return
                if time.monotonic() - began > GOOD_SECONDS:
                    retries = _retries()
                delay = next(retries)
                self._retry.clear()
                self.events.put(Lost(problem.detail or problem.problem.value, delay))
                if self._closed.is_set():
                    return
                self._retry.wait(delay)
        except Exception:
            _log.exception("the session with %s failed", self.address)
            raise

    def _stay_connected(self) -> NotIn:
        """Connect and receive until the connection ends; return why it did."""
        self.events.put(Connecting(self.address))
        try:
            sock = connect(self.address, CONNECT_SECONDS, self._closed)
        except ConnectFailed as failure:
            return NotIn(_PROBLEMS.get(failure.cause, Problem.OTHER), str(failure))
        connection = Connection(PlainStream(sock), self._drain)
        try:
            return self._converse(connection)
        except NameRefused as refusal:
            return NotIn(Problem.NAME_REFUSED, str(refusal))
        finally:
            with self._lock:
                self._connection = None
            connection.close()

    def _converse(self, connection: Connection) -> NotIn:
        connection.send(*self._dialect.hello())
        buffer = LineBuffer()
        patience = GREETING_SECONDS
        last_word = ""
        while True:
            try:
                data = connection.receive(patience)
            except ReceiveTimeout:
                self._apply(connection, self._dialect.silence().events, [])
                patience = IDLE_SECONDS
                continue
            except ConnectionLost as error:
                return NotIn(Problem.NOT_LET_IN, last_word or str(error))
            if not data:
                return NotIn(Problem.NOT_LET_IN, last_word)
            for raw in buffer.feed(data):
                if isinstance(raw, TooLong):
                    self.events.put(
                        Noticed("The host sent a line that is too long; it is left out.")
                    )
                    continue
                answer = self._dialect.receive(raw)
                self._apply(connection, answer.events, answer.replies)
                for event in answer.events:
                    if isinstance(event, Noticed):
                        last_word = event.text
            if self._connection is not None:
                patience = IDLE_SECONDS

    def _apply(self, connection: Connection, events: list[Event], replies: list[bytes]) -> None:
        for event in events:
            if isinstance(event, Welcome):
                self._was_in = True
                with self._lock:
                    if not self._closed.is_set():
                        self._connection = connection
            self.events.put(event)
        if replies:
            connection.send(*replies)


def _retries() -> Iterator[float]:
    """Yield the seconds to wait before each try: doubling, jittered so that no herd forms."""
    delay = FIRST_RETRY_SECONDS
    while True:
        yield delay * random.uniform(0.5, 1.0)  # noqa: S311 (spreads load, guards nothing)
        delay = min(LAST_RETRY_SECONDS, delay * 2)
