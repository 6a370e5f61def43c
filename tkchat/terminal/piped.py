"""For scripts: lines from standard input are said, what is said comes out as ``who~what`` lines.

Every line of the input is one message, said in order and as fast as the host takes them; one that
begins with ``/`` is a command, ``//x`` says ``/x``, ``/quit`` ends the input. Once the input has
ended and the host has everything, the chat is left, with exit code 0. How that is known:

- A host gives back what one says.
- Ours, with ``--no-echo`` too, delivers a message to oneself after all that was sent before it.
- Another host that never gives anything back: after `UNECHOED_SECONDS` it is taken to have it.

Plain lines have no identity, so none is said twice: if the connection is lost while some are on
their way, their number is told and the exit code is 1. If none are, the chat goes on once the
session has reconnected.
"""

import contextlib
import io
import queue
import secrets
import time
from collections import deque
from collections.abc import Sequence

from tkchat.client.events import Entered, Event, Lost, NotIn, PeopleHere, RoomsThere, Said
from tkchat.client.explain import explain
from tkchat.client.message import Delivery
from tkchat.client.model import Changes, Link, Model
from tkchat.client.session import Session
from tkchat.terminal.feed import Feed
from tkchat.terminal.ledger import Ledger
from tkchat.terminal.lines import for_scripts, host_says
from tkchat.terminal.output import Output, tell
from tkchat.terminal.source import Ended, Source, Typed
from tkchat.wire import plain
from tkchat.wire.errors import WireError

QUIET_SECONDS = 1.0  # so soon a host gives a line back, if it does that at all
UNECHOED_SECONDS = 5.0
STUCK_SECONDS = 60.0  # a host that has taken nothing of ours for so long has a problem
POLL_SECONDS = 0.5  # how exactly the two are kept; Windows delivers Ctrl+C only between waits
QUIT = "/quit"


def chat(
    session: Session, model: Model, first: Sequence[Event], file: io.RawIOBase | None = None
) -> int:
    """Chat until the input ends; return the exit code.

    ``first`` is what the session has told so far. The input is ``file``, or standard input.
    """
    inbox: queue.SimpleQueue[Event | Typed | Ended] = queue.SimpleQueue()
    output = Output()
    with Source(inbox.put, file) as source, Feed(session.events, inbox.put):
        piped = _Piped(session, model, source, output)
        try:
            for event in first:
                piped.take(event)
            while not piped.is_done():
                with contextlib.suppress(queue.Empty):
                    piped.take(inbox.get(timeout=POLL_SECONDS))
        except OSError as error:
            output.abandon()
            if isinstance(error, BrokenPipeError):  # whoever read has seen enough
                return piped.exit_code or bool(piped.unsaid)
            tell(f"The output cannot be written: {error.strerror}.")
            return 1
    return piped.exit_code


class _Piped:
    """What becomes of each line of the input, and of each event. Belongs to the main thread."""

    def __init__(self, session: Session, model: Model, source: Source, output: Output) -> None:
        self.exit_code = 0
        self._session = session
        self._model = model
        self._source = source
        self._output = output
        self._waiting: deque[str] = deque()
        self._ledger = Ledger()
        self._input_ended = False
        self._is_ours = False  # the host answers commands, which other kinds would say to everybody
        self._is_over = False
        self._moved_at = time.monotonic()  # when a line was last sent, or known to have arrived

    @property
    def unsaid(self) -> int:
        """How many lines are not known to have arrived, as far as they were read."""
        return len(self._waiting) + self._ledger.unsettled

    def take(self, item: Event | Typed | Ended) -> None:
        """Take a line of the input, or an event of the session.

        Raises:
            OSError: what it makes known cannot be written.
        """
        match item:
            case Typed(None):
                self._source.used()
                self._fail("A line of the input is too long. It was not said: please split it.")
            case Typed(str(text)) if text.strip().lower() == QUIT:
                self._input_ended = True
            case Typed(str(text)):
                if not self._input_ended:
                    self._waiting.append(text)
            case Typed():
                pass
            case Ended():
                self._input_ended = True
            case Said() if (fence := self._ledger.fence) and item == self._answer(fence):
                self._moved_at = time.monotonic()
                self._ledger.answered(fence)
            case _:
                self._apply(item)

    def is_done(self) -> bool:
        """Say what can be said now; tell whether nothing is left to do."""
        while self._waiting and self._model.link is Link.ONLINE and not self._ledger.is_full:
            if not self._say(self._waiting[0]):
                break
            self._waiting.popleft()
            self._source.used()
        if self._ledger.unsettled:
            self._ask_for_news()
        if self._ledger.refused:
            self._fail(f"The host did not take {_lines(self._ledger.refused)}.")
            self._ledger.refused = 0
        return self._is_over or (self._input_ended and not self.unsaid)

    def _apply(self, event: Event) -> None:
        unsettled = self._ledger.unsettled
        changes = Changes()
        self._model.apply(event, changes)
        for message in changes.added:
            self._output.print(for_scripts(message))
        for message in changes.delivered:
            if message.delivery is Delivery.SENT:
                self._moved_at = time.monotonic()
                self._ledger.echoed(message)
                self._output.print(for_scripts(message))
        match event:
            case Entered(room):
                self._output.print(host_says(f"You are in {room}"))
            case PeopleHere(names):
                self._is_ours = True
                self._output.print(host_says(f"In {self._model.room.name}: {' '.join(names)}"))
            case RoomsThere():
                self._is_ours = True
            case Lost(why, _):
                self._is_ours = False
                self._ledger.clear()
                if unsettled:
                    self._give_up(f"The connection was lost: {why}.", unsettled)
            case NotIn():
                self._give_up(explain(event, self._session.address), unsettled)

    def _say(self, text: str) -> bool:
        """Say a line; return whether that is over and done with, one way or the other."""
        try:
            said = self._session.say(text)
        except WireError as problem:
            self._fail(str(problem))
            return True
        if said is None:  # it is offline, and will say so
            return False
        if text.strip():
            changes = Changes()
            self._model.said_here(said, changes)
            self._ledger.sent(len(text.encode()), changes.added[0] if changes.added else None)
            self._moved_at = time.monotonic()
        return True

    def _ask_for_news(self) -> None:
        """See to it that what was sent gets known to have arrived, or not."""
        quiet_seconds = time.monotonic() - self._moved_at
        if quiet_seconds > STUCK_SECONDS:
            self._give_up("The host has stopped answering.", self._ledger.unsettled)
        elif self._is_ours:
            is_time = self._ledger.is_full or self._input_ended or quiet_seconds > QUIET_SECONDS
            if is_time and not self._ledger.fence:
                fence = secrets.token_hex(8)
                command = f"/msg {self._model.user} {fence}"
                self._session.say(command)
                self._ledger.sent(len(command), fence=fence)
        elif quiet_seconds > UNECHOED_SECONDS and not self._ledger.echoes:
            self._ledger.clear()

    def _answer(self, fence: str) -> Said:
        user = self._model.user
        return Said(user, plain.direct(user, user, fence).text)

    def _give_up(self, why: str, unsettled: int) -> None:
        if unsettled:
            why += f" {_lines(unsettled)} of the input may not have arrived."
        self._fail(why)
        self._is_over = True

    def _fail(self, why: str) -> None:
        tell(why)
        self.exit_code = 1


def _lines(count: int) -> str:
    return "1 line" if count == 1 else f"{count} lines"
