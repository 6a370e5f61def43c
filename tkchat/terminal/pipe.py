"""What lines of the input and events of the session have in common, whatever the host speaks."""

import time
from abc import ABC, abstractmethod
from collections import deque

from tkchat.client.events import CertificateChanged, Encrypted, Event
from tkchat.client.explain import explain_key
from tkchat.client.model import Model
from tkchat.client.session import Session
from tkchat.i18n import tr
from tkchat.terminal.output import Output, tell
from tkchat.terminal.source import Ended, Source, Typed

STUCK_SECONDS = 60.0  # a host that has taken nothing of ours for so long has a problem
QUIT = "/quit"


class Pipe(ABC):
    """What becomes of each line of the input, and of each event. Belongs to the main thread."""

    def __init__(self, session: Session, model: Model, source: Source, output: Output) -> None:
        self.exit_code = 0
        self._session = session
        self._model = model
        self._source = source
        self._output = output
        self._unsaid: deque[str] = deque()  # lines that were read
        self._input_ended = False
        self._is_over = False
        self._moved_at = time.monotonic()  # when the host was last known to take something

    @property
    def unsettled(self) -> int:
        """How many lines are not known to have arrived, as far as they were read."""
        return len(self._unsaid) + self._on_the_way

    def take(self, item: Event | Typed | Ended) -> None:
        """Take a line of the input, or an event of the session.

        Raises:
            OSError: what it makes known cannot be written.
        """
        match item:
            case Typed(None):
                self._source.used()
                told = tr("A line of the input is too long. It was not said: please split it.")
                self._fail(told)
            case Typed(str(text)) if text.strip().lower() == QUIT:
                self._end_input()
            case Typed(str(text)):
                if not self._input_ended:
                    self._unsaid.append(text)
            case Typed():
                pass
            case Ended():
                self._end_input()
            case Encrypted() | CertificateChanged():
                if told := explain_key(item, self._session.address):
                    tell(told)
            case _:
                self._hear(item)

    def is_done(self) -> bool:
        """Say what can be said now; tell whether nothing is left to do."""
        while self._unsaid and not self._is_full and self._say(self._unsaid[0]):
            self._unsaid.popleft()
            self._source.used()
        self._look_after()
        return self._is_over or (self._input_ended and not self.unsettled)

    @abstractmethod
    def tell_rest(self) -> None:
        """Say what becomes of the lines that are not known to have arrived, if there are any."""

    @property
    @abstractmethod
    def _on_the_way(self) -> int:
        """How many lines were said and are not known to have arrived."""

    @property
    @abstractmethod
    def _is_full(self) -> bool:
        """Whether no more can be said for now."""

    @abstractmethod
    def _say(self, text: str) -> bool:
        """Say a line; return whether that is over and done with, one way or the other."""

    @abstractmethod
    def _hear(self, event: Event) -> None:
        """Take an event of the session."""

    @abstractmethod
    def _look_after(self) -> None:
        """Do what has to be done from time to time."""

    @property
    def _quiet_seconds(self) -> float:
        return time.monotonic() - self._moved_at

    def _move(self) -> None:
        self._moved_at = time.monotonic()

    def _print(self, lines: list[str]) -> None:
        for line in lines:
            self._output.print(line)

    def _fail(self, why: str) -> None:
        tell(why)
        self.exit_code = 1

    def _end_input(self) -> None:
        if not self._input_ended:
            self._input_ended = True
            self._move()
