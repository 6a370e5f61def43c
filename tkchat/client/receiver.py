"""The thread that keeps a connection to a host: it connects, hears, and connects again."""

import logging
import queue
import random
import threading
import time
from collections.abc import Callable, Iterable, Iterator

from tkchat.client.database import DatabaseError
from tkchat.client.dialect import Answer, Dialect, HangUp, NameRefused, NotLetIn, OtherKind
from tkchat.client.events import Connecting, Event, Live, Lost, Noticed, NotIn, Problem, Welcome
from tkchat.client.heartbeat import Heartbeat
from tkchat.client.security import NotSafe, Security, place_of
from tkchat.i18n import tr
from tkchat.net.address import Address, connect, own_addresses
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import Cause, ConnectFailed, ConnectionLost, ReceiveTimeout
from tkchat.net.stream import PlainStream
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.errors import WireError
from tkchat.wire.requests import encode
from tkchat.wire.tagged import Ping

CONNECT_SECONDS = 10.0
OPEN_SECONDS = 2.0  # as long as a person waits, who could read what is here meanwhile
GREETING_SECONDS = 3.0  # a host that says nothing for so long is one that does not greet
WAITING_EVENTS = 5_000  # from so many on, nothing more is read from the host
PAUSE_SECONDS = 0.01
IDLE_SECONDS = 3600.0  # only how long one receive waits
FIRST_RETRY_SECONDS = 0.5
LAST_RETRY_SECONDS = 30.0
GREETED_SECONDS = 20.0  # one that only ever talks of other things does not greet either
LAST_WORD_SECONDS = 2.0  # what the host said so shortly before the end is why it ended
GOOD_SECONDS = 10.0  # a connection that lasted so long, or was live, makes the next retry quick
LOOK_SECONDS = 1.0  # how often a wait looks whether the network is back
NOTICE_SECONDS = 3.0  # how soon it is noticed that this computer has slept
SLEPT_SECONDS = 5.0  # a wait that took so much longer than it should: this computer has slept

_PROBLEMS = {
    Cause.UNKNOWN_HOST: Problem.UNKNOWN_HOST,
    Cause.REFUSED: Problem.NOBODY_LISTENS,
    Cause.TIMEOUT: Problem.NO_ANSWER,
    Cause.UNREACHABLE: Problem.UNREACHABLE,
}

#: What trying again does not change: the person has to do something.
_FINAL = (
    Problem.CHAT_PASSWORD,
    Problem.NAME_PASSWORD,
    Problem.REMOVED,
    Problem.OTHER_CERTIFICATE,
    Problem.NOT_ENCRYPTED,
)

_log = logging.getLogger(__name__)


class Receiver:
    """Keeps up one connection at a time and puts what it hears on ``events``.

    ``choose`` returns the dialect to begin with; it is called on the thread, and may wait for the
    disk. ``fall_back`` returns the one for hosts that do not speak that. ``security`` has the first
    word on every connection, and nothing is sent over one that it does not let pass.

    If the first try to join fails, the thread ends with `NotIn`, unless there is something to see
    without a host.
    """

    def __init__(
        self,
        address: Address,
        events: "queue.SimpleQueue[Event]",
        choose: Callable[[], Dialect],
        fall_back: Callable[[], Dialect],
        security: Security,
    ) -> None:
        self._address = address
        self._security = security
        self._events = events
        self._choose = choose
        self._fall_back = fall_back
        self._lock = threading.Lock()
        self._live: Connection | None = None  # to be closed with the session
        self._connection: Connection | None = None  # the same, once we are in the chat
        self._closed = threading.Event()
        self._retry = threading.Event()
        self._was_in = False
        self._was_live = False  # the present connection, or the last one
        self._was_refused = False  # by the host, in so many words
        self._thread = threading.Thread(target=self._run, name=f"session {address}", daemon=True)

    @property
    def is_closed(self) -> bool:
        """Whether `close` was called."""
        return self._closed.is_set()

    def start(self) -> None:
        """Begin to connect. Returns at once."""
        self._thread.start()

    def send(self, *lines: bytes) -> bool:
        """Send ``lines`` if this person is in the chat; tell whether so. Never waits."""
        with self._lock:
            if self._connection is None:
                return False
            self._connection.send(*lines)
            return True

    def sender(self) -> Callable[[bytes], object]:
        """Return what sends over the present connection, and into nothing once that is gone."""
        with self._lock:
            return self._live.send if self._live is not None else lambda _: None

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
        """Wait for the thread to end, up to ``timeout`` seconds."""
        self._thread.join(timeout)

    def _run(self) -> None:
        drain = Drain()
        try:
            self._stay(drain, self._choose())
        except DatabaseError as error:
            self._events.put(NotIn(Problem.OTHER, str(error)))
        except Exception as error:
            _log.exception("the session with %s failed", self._address)
            self._events.put(
                NotIn(Problem.OTHER, tr("tkchat itself failed ({error})").format(error=repr(error)))
            )
            raise
        finally:
            drain.close()

    def _stay(self, drain: Drain, dialect: Dialect) -> None:
        retries = _retries()
        while True:
            began = time.monotonic()
            self._was_live = False
            try:
                problem = self._stay_connected(drain, dialect)
            except OtherKind:
                dialect = self._fall_back()
                continue
            if self._closed.is_set():
                return
            is_over = problem.problem in _FINAL
            if is_over or not (self._was_in or self._opens_offline(dialect)):
                self._events.put(problem)
                return
            if self._was_live or time.monotonic() - began > GOOD_SECONDS:
                retries = _retries()
            delay = next(retries)
            self._retry.clear()
            self._events.put(Lost(problem.detail or tr("the host hung up"), delay))
            if self._closed.is_set():
                return
            self._wait(delay)

    def _opens_offline(self, dialect: Dialect) -> bool:
        """Tell whether there is something to see without a host that could not be reached."""
        if self._was_refused:
            return False
        events = dialect.open_offline()
        for event in events:
            self._events.put(event)
        self._was_in = bool(events)
        return self._was_in

    def _wait(self, seconds: float) -> None:
        """Wait, but not beyond a sleep of this computer, or a change of its network."""
        until = time.monotonic() + seconds
        addresses = own_addresses() if seconds > LOOK_SECONDS else []
        while (left := until - time.monotonic()) > 0:
            step = min(left, LOOK_SECONDS)
            began = time.time()
            if self._retry.wait(step) or time.time() - began > step + SLEPT_SECONDS:
                return
            if left > LOOK_SECONDS and own_addresses() != addresses:
                return

    def _stay_connected(self, drain: Drain, dialect: Dialect) -> NotIn:
        """Connect and receive until the connection ends; return why it did.

        Raises:
            OtherKind: the host speaks another dialect.
        """
        self._events.put(Connecting(self._address))
        opens_soon = dialect.knows_chat and not self._was_in
        limit = min(OPEN_SECONDS, CONNECT_SECONDS) if opens_soon else CONNECT_SECONDS
        try:
            sock = connect(self._address, limit, self._closed)
        except ConnectFailed as failure:
            return NotIn(_PROBLEMS.get(failure.cause, Problem.OTHER), str(failure))
        connection = Connection(PlainStream(sock), drain)
        with self._lock:
            self._live = connection
        try:
            if self._closed.is_set():  # close() may have come just before it could see this one
                return NotIn(Problem.OTHER)
            dialect.met(self._security.secure(connection, place_of(sock), limit))
            return self._converse(connection, dialect)
        except NotSafe as danger:
            return NotIn(danger.problem, str(danger))
        except ConnectionLost as error:  # before anything could be said
            return NotIn(Problem.NOT_LET_IN, str(error))
        except (NameRefused, NotLetIn) as refusal:
            self._was_refused = True
            return NotIn(refusal.problem, str(refusal))
        except (HangUp, DatabaseError) as reason:
            return NotIn(Problem.OTHER, str(reason))
        except WireError:
            return NotIn(Problem.NAME_REFUSED, tr("That name cannot be sent."))
        finally:
            with self._lock:
                self._live = self._connection = None
            connection.close()
            dialect.lost()

    def _converse(self, connection: Connection, dialect: Dialect) -> NotIn:
        connection.send(*dialect.hello())
        buffer = LineBuffer()
        watch = _Watch(dialect.pings)
        last_word, last_word_at = "", watch.began
        while True:
            while self._events.qsize() > WAITING_EVENTS and not self._closed.wait(PAUSE_SECONDS):
                pass  # whoever watches is behind: let the host wait, not our memory grow
            why = ""
            try:
                is_in = self._connection is not None or dialect.is_waiting
                data = watch.receive(connection, is_in=is_in)
            except ReceiveTimeout:
                self._apply(connection, dialect.silence())
                continue
            except ConnectionLost as error:
                data, why = b"", str(error)
            if not data:
                if connection.fell_behind:
                    why = tr("the host takes too slowly what is sent to it")
                elif time.monotonic() < last_word_at + LAST_WORD_SECONDS:
                    why = last_word or why
                return NotIn(Problem.NOT_LET_IN, why)
            for answer in _hear(dialect, buffer.feed(data)):
                self._apply(connection, answer)
                for event in answer.events:
                    if isinstance(event, Noticed):
                        last_word, last_word_at = event.text, time.monotonic()
                if answer.hang_up:
                    raise HangUp(answer.hang_up)

    def _apply(self, connection: Connection, answer: Answer) -> None:
        # First of all, and before anybody else may speak: it may be the way to the right room.
        connection.send(*answer.replies)
        for event in answer.events:
            if isinstance(event, Welcome):
                self._was_in = True
                with self._lock:
                    self._connection = connection
            self._was_live |= isinstance(event, Live)
            self._events.put(event)


class _Watch:
    """Waits for what comes over one connection; pings a host that is silent, if it knows that."""

    def __init__(self, pings: bool) -> None:
        self.began = time.monotonic()
        self._pings = pings
        self._heartbeat = Heartbeat(self.began)

    def receive(self, connection: Connection, *, is_in: bool) -> bytes:
        """Return what has arrived; b"" at the end.

        Raises:
            ReceiveTimeout: the host has not let us in, and is silent.
            ConnectionLost: the connection broke.
            HangUp: the host does not answer any more.
        """
        if not is_in:
            return self._receive_greeting(connection)
        if not self._pings:
            return connection.receive(IDLE_SECONDS)
        while True:
            patience = min(self._heartbeat.patience(time.monotonic()), NOTICE_SECONDS)
            began = time.time()
            try:
                data = connection.receive(patience)
                self._heartbeat.heard(time.monotonic())
                return data
            except ReceiveTimeout:
                now = time.monotonic()
                if time.time() - began > patience + SLEPT_SECONDS:
                    self._heartbeat.woke(now)
                elif self._heartbeat.is_gone(now):
                    raise HangUp(tr("the host does not answer any more")) from None
                if self._heartbeat.takes_ping(now):
                    connection.send(encode(Ping()))

    def _receive_greeting(self, connection: Connection) -> bytes:
        if time.monotonic() <= self.began + GREETED_SECONDS:
            return connection.receive(GREETING_SECONDS)
        try:
            return connection.receive(0.0)
        except ReceiveTimeout:
            if self._pings:
                raise HangUp(tr("the host does not answer any more")) from None
            raise


def _hear(dialect: Dialect, lines: Iterable[bytes | TooLong]) -> Iterator[Answer]:
    for raw in lines:
        if isinstance(raw, TooLong):
            told = tr("The host sent a line that is too long; it is left out.")
            yield Answer([Noticed(told)])
        else:
            yield dialect.receive(raw)
    yield dialect.settle()


def _retries() -> Iterator[float]:
    """Yield the seconds to wait before each try: doubling, jittered so that no herd forms."""
    delay = FIRST_RETRY_SECONDS
    while True:
        yield delay * random.uniform(0.5, 1.0)  # noqa: S311 (spreads load, guards nothing)
        delay = min(LAST_RETRY_SECONDS, delay * 2)
