"""One person's place in one chat: a background thread keeps it, a queue tells of it."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator

from tkchat.client.dialect import Answer, Dialect, NameRefused, PlainDialect
from tkchat.client.events import Connecting, Event, Lost, Noticed, NotIn, Problem, Welcome
from tkchat.net.address import Address, connect
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import Cause, ConnectFailed, ConnectionLost, ReceiveTimeout
from tkchat.net.stream import PlainStream
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.errors import WireError

CONNECT_SECONDS = 10.0
GREETING_SECONDS = 3.0  # a host that says nothing for so long is one that does not greet
WAITING_EVENTS = 5_000  # from so many on, nothing more is read from the host
PAUSE_SECONDS = 0.01
IDLE_SECONDS = 3600.0  # only how long one receive waits
FIRST_RETRY_SECONDS = 0.5
LAST_RETRY_SECONDS = 30.0
GREETED_SECONDS = 20.0  # one that only ever talks of other things does not greet either
LAST_WORD_SECONDS = 2.0  # what the host said so shortly before the end is why it ended
GOOD_SECONDS = 10.0  # a connection that lasted so long makes the next retry quick again

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
        self._lock = threading.Lock()
        self._live: Connection | None = None  # to be closed with the session
        self._connection: Connection | None = None  # the same, once we are in the chat
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

    def refresh(self) -> None:
        """Ask which rooms there are now; never waits."""
        with self._lock:
            if self._connection is not None:
                self._connection.send(*self._dialect.refresh())

    def retry_now(self) -> None:
        """Do not wait any longer before the next try to connect."""
        self._retry.set()

    def close(self) -> None:
        """Leave the chat. Returns at once; the thread ends soon after.

        Only looking up a host's name may hold the thread for longer.
        """
        self._closed.set()
        self._retry.set()
        with self._lock:
            if self._live is not None:
                self._live.close()

    def join(self, timeout: float) -> None:
        """Wait for the thread to end, up to ``timeout`` seconds. Not for Tk's thread."""
        self._thread.join(timeout)

    def _run(self) -> None:
        drain = Drain()
        try:
            retries = _retries()
            while True:
                began = time.monotonic()
                problem = self._stay_connected(drain)
                if self._closed.is_set():
                    return
                if not self._was_in:
                    self.events.put(problem)
                    return
                if time.monotonic() - began > GOOD_SECONDS:
                    retries = _retries()
                delay = next(retries)
                self._retry.clear()
                self.events.put(Lost(problem.detail or "the host hung up", delay))
                if self._closed.is_set():
                    return
                self._retry.wait(delay)
        except Exception as error:
            _log.exception("the session with %s failed", self.address)
            self.events.put(NotIn(Problem.OTHER, f"tkchat itself failed ({error!r})"))
            raise
        finally:
            drain.close()

    def _stay_connected(self, drain: Drain) -> NotIn:
        """Connect and receive until the connection ends; return why it did."""
        self.events.put(Connecting(self.address))
        try:
            sock = connect(self.address, CONNECT_SECONDS, self._closed)
        except ConnectFailed as failure:
            return NotIn(_PROBLEMS.get(failure.cause, Problem.OTHER), str(failure))
        connection = Connection(PlainStream(sock), drain)
        with self._lock:
            self._live = connection
        try:
            if self._closed.is_set():  # close() may have come just before it could see this one
                return NotIn(Problem.OTHER)
            return self._converse(connection)
        except NameRefused as refusal:
            return NotIn(Problem.NAME_REFUSED, str(refusal))
        except WireError:
            return NotIn(Problem.NAME_REFUSED, "That name cannot be sent.")
        finally:
            with self._lock:
                self._live = self._connection = None
            connection.close()

    def _converse(self, connection: Connection) -> NotIn:
        connection.send(*self._dialect.hello())
        buffer = LineBuffer()
        began = time.monotonic()
        last_word, last_word_at = "", began
        while True:
            patience = GREETING_SECONDS
            while self.events.qsize() > WAITING_EVENTS and not self._closed.wait(PAUSE_SECONDS):
                pass  # whoever watches is behind: let the host wait, not our memory grow
            if self._connection is not None:
                patience = IDLE_SECONDS
            elif time.monotonic() > began + GREETED_SECONDS:
                patience = 0.0
            try:
                data = connection.receive(patience)
                why = ""
            except ReceiveTimeout:
                self._apply(connection, self._dialect.silence())
                continue
            except ConnectionLost as error:
                data, why = b"", str(error)
            if not data:
                if connection.fell_behind:
                    why = "the host takes too slowly what is sent to it"
                elif time.monotonic() < last_word_at + LAST_WORD_SECONDS:
                    why = last_word or why
                return NotIn(Problem.NOT_LET_IN, why)
            for raw in buffer.feed(data):
                if isinstance(raw, TooLong):
                    self.events.put(
                        Noticed("The host sent a line that is too long; it is left out.")
                    )
                    continue
                answer = self._dialect.receive(raw)
                self._apply(connection, answer)
                for event in answer.events:
                    if isinstance(event, Noticed):
                        last_word, last_word_at = event.text, time.monotonic()

    def _apply(self, connection: Connection, answer: Answer) -> None:
        # First of all, and before anybody else may speak: it may be the way to the right room.
        connection.send(*answer.replies)
        for event in answer.events:
            if isinstance(event, Welcome):
                self._was_in = True
                with self._lock:
                    self._connection = connection
            self.events.put(event)


def _retries() -> Iterator[float]:
    """Yield the seconds to wait before each try: doubling, jittered so that no herd forms."""
    delay = FIRST_RETRY_SECONDS
    while True:
        yield delay * random.uniform(0.5, 1.0)  # noqa: S311 (spreads load, guards nothing)
        delay = min(LAST_RETRY_SECONDS, delay * 2)
