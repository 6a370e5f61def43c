"""Somebody in a chat who speaks the tagged dialect, on a real socket."""

import faulthandler
import secrets
import socket
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tests.support import PATIENCE, connect_socket, reset
from tkchat.net.address import Address
from tkchat.wire import requests, tagged
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.entry import Entry
from tkchat.wire.lines import Line, decode_tagged, encode_tagged
from tkchat.wire.requests import Hello
from tkchat.wire.tagged import Event, Gap, Live, Ping, Pong, Refused, Reset, Welcome


class HungUp(AssertionError):
    """The host ended the connection before what a test waited for had come."""


class TaggedClient:
    """Says hello as ``name`` at once and reads up to `Live`, unless ``name`` is empty.

    The host's pings are answered and events that this version does not know are skipped, both
    unseen. Whatever fails to come within its timeout fails the test with what was heard instead.
    """

    def __init__(
        self,
        address: Address,
        name: str = "",
        *,
        token: str = "",
        since: int | None = None,
        log: str = "",
        install: str = "",
        password: str = "",
    ) -> None:
        self.heard: list[Event] = []  #: everything so far
        self.entries: list[Entry] = []  #: the lasting events among it, in the order they came
        self.unconfirmed: dict[str, bytes] = {}  #: by mid, the lines that no answer has come to
        self.welcome: Welcome | None = None
        self.head = since  #: up to where in the log everything has come; None for nothing yet
        self._hello = Hello(name, install, token, log, since, password)
        self._connect(address)
        try:
            if name:
                self.enter(self._hello)
        except BaseException:
            self.close()
            raise

    @property
    def name(self) -> str:
        """The username, as the host spells it once it has welcomed it."""
        return self._hello.user

    @property
    def token(self) -> str:
        """What proves the name."""
        return self._hello.token

    @property
    def log(self) -> str:
        """Which log `head` is about."""
        return self._hello.log

    def enter(self, hello: Hello) -> list[Event]:
        """Say ``hello``, and again what was not confirmed; return what came up to `Live`.

        Raises:
            HungUp: the host hung up before.
        """
        self._hello = hello
        self.head = hello.since
        # All in one go: whatever of it came before is found out by the host, and not here.
        self.send(requests.encode_hello(hello) + b"".join(self.unconfirmed.values()))
        return self.read_until(lambda event: isinstance(event, Live))

    def resume(self, address: Address) -> list[Event]:
        """Connect anew where this client left off, and return everything that came up to `Live`.

        What was not confirmed is sent again at once, with the hello.
        """
        self.close()
        self._connect(address)
        known = self._hello
        return self.enter(
            Hello(known.user, known.install, known.token, known.log, self.head, known.password)
        )

    def say(
        self, text: str, room: str = "general", mid: str | None = None, **tags: str | int
    ) -> str:
        """Send a message, or with a tag such as ``edit=17`` another lasting event; return its mid.

        An empty ``room`` or ``mid`` is left away. Until an answer comes, it is in `unconfirmed`.
        """
        mid = secrets.token_hex(16) if mid is None else mid
        known = {key: value for key, value in (("mid", mid), ("room", room)) if value}
        raw = encode_tagged(Line(text, known | {key: str(value) for key, value in tags.items()}))
        if mid:
            self.unconfirmed[mid] = raw
        self.send(raw)
        return mid

    def say_many(self, count: int, room: str = "general") -> None:
        """Say "message 0 of many" and so on in ``room``, and wait until the host has them all."""
        for number in range(count):
            mid = self.say(f"message {number} of many", room)
        self.confirm(mid)

    def ask(self, *asked: requests.Request) -> None:
        """Send ``asked``, all in one go."""
        self.send(b"".join(requests.encode(request) for request in asked))

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)

    def read_event(self, timeout: float = PATIENCE) -> Event | None:
        """Return the next event; None when the host has hung up."""
        deadline = time.monotonic() + timeout
        while True:
            while not self._lines:
                if not self._receive(deadline):
                    return None
            line = self._lines.popleft()
            assert not isinstance(line, TooLong), f"a line over the limit came: {self}"
            event = tagged.decode(decode_tagged(line))
            if isinstance(event, Ping):
                self.ask(Pong())
            elif event is not None:
                self._take(event)
                return event

    def read_until(
        self, condition: Callable[[Event], object], timeout: float = PATIENCE
    ) -> list[Event]:
        """Read up to the first event that fulfils ``condition``; return all, it as the last.

        Raises:
            HungUp: the host hung up before.
        """
        deadline = time.monotonic() + timeout
        events: list[Event] = []
        while not (events and condition(events[-1])):
            event = self.read_event(max(0.0, deadline - time.monotonic()))
            if event is None:
                raise HungUp(f"the host hung up too early: {self}")
            events.append(event)
        return events

    def expect(self, *events: Event, timeout: float = PATIENCE) -> None:
        """Read exactly ``events``."""
        for event in events:
            found = self.read_event(timeout)
            assert found == event, f"{found!r} came where {event!r} should: {self}"

    def expect_said(
        self, author: str, text: str, room: str = "general", mid: str = "", **fields: object
    ) -> Entry:
        """Read exactly one lasting event with these and other ``fields`` of it; return it."""
        entry = self.read_event()
        wanted = {"author": author, "text": text, "room": room, "mid": mid, **fields}
        assert isinstance(entry, Entry), f"{entry!r} came where {wanted} should: {self}"
        found = {key: getattr(entry, key) for key in wanted}
        assert found == wanted, f"{found} came where {wanted} should: {self}"
        return entry

    def expect_refused(self, code: str, mid: str = "", re: str = "") -> Refused:
        """Read exactly one refusal with this code; return it."""
        event = self.read_event()
        assert isinstance(event, Refused), f"{event!r} came where {code} should: {self}"
        assert (event.code, event.mid, event.re) == (code, mid, re), f"{event} came: {self}"
        return event

    def expect_end(self) -> None:
        """See the host hang up, with nothing before it."""
        event = self.read_event()
        assert event is None, f"{event!r} came where the end should: {self}"

    def read_entries(self, count: int) -> list[Entry]:
        """Return the next ``count`` lasting events, whatever else comes between."""
        first = len(self.entries)
        while len(self.entries) < first + count:
            self.read_until(lambda event: isinstance(event, Entry))
        return self.entries[first:]

    def confirm(self, mid: str) -> Entry:
        """Read until the message ``mid`` comes back, and return it."""
        last = self.read_until(lambda event: isinstance(event, Entry) and event.mid == mid)[-1]
        assert isinstance(last, Entry)
        return last

    def ping(self) -> list[Event]:
        """Ping the host, wait for its answer and return what came before that."""
        self.ask(Ping())
        return self.read_until(lambda event: isinstance(event, Pong))[:-1]

    def end_sending(self) -> None:
        """Send an end, and go on listening."""
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self) -> None:
        """Drop the connection with a reset."""
        reset(self.socket)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __str__(self) -> str:
        shown = "\n  ".join(map(repr, self.heard[-30:]))
        rest = "\n  and half a line" if self._buffer.unfinished else ""
        return f"{self.name or 'somebody'} heard, at the end:\n  {shown}{rest}"

    def _connect(self, address: Address) -> None:
        self.socket = connect_socket(address)
        self._buffer = LineBuffer()
        self._lines: deque[bytes | TooLong] = deque()

    def _receive(self, deadline: float) -> bool:
        """Read some; tell whether the host is still there."""
        self.socket.settimeout(max(0.001, deadline - time.monotonic()))
        try:
            data = self.socket.recv(65_536)
        except TimeoutError:
            faulthandler.dump_traceback()  # of a host in this process, too
            raise AssertionError(f"nothing more came: {self}") from None
        except ConnectionError:
            return False
        finally:
            self.socket.settimeout(PATIENCE)
        self._lines.extend(self._buffer.feed(data))
        return bool(data)

    def _take(self, event: Event) -> None:
        self.heard.append(event)
        match event:
            case Welcome(user, log, _, token):
                self.welcome = event
                if log != self.log:  # what came before is of another log, however high its seq
                    self.head = None
                known = self._hello
                self._hello = Hello(user, known.install, token, log, self.head, known.password)
            case Reset():
                self.head = None
            case Entry():
                self.entries.append(event)
                self.unconfirmed.pop(event.mid, None)
                self._move_head(event.seq)
            case Live(seq) | Gap(_, seq):
                self._move_head(seq)
            case Refused():
                self.unconfirmed.pop(event.mid, None)
            case _:
                pass

    def _move_head(self, seq: int) -> None:
        # The answer to a message that was sent again is the old line, with its old seq.
        self.head = max(self.head or 0, seq)
