"""The way into a chat: host it or not, open what is on the disk, connect, and be let in."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from tkchat.client.database import Database, DatabaseError
from tkchat.client.events import (
    CertificateChanged,
    Encrypted,
    Event,
    Noticed,
    NotIn,
    Opened,
    Problem,
    Welcome,
)
from tkchat.client.explain import explain, explain_key
from tkchat.client.hosting import (
    Hosting,
    HostingFailed,
    HostOptions,
    host,
    keep_options,
    kept_options,
)
from tkchat.client.model import Model
from tkchat.client.order import Waiting
from tkchat.client.own_host import OwnHost
from tkchat.client.presence import State
from tkchat.client.profile import Profile
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.client.trust import Trust
from tkchat.gui.door.login import Choice, Field
from tkchat.gui.pump import Pump
from tkchat.i18n import tr
from tkchat.net.address import Address

LAST_WRITES_SECONDS = 3.0  # how long the end of the program may wait for the disk


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to join: who, where, and with what. Passwords are not in its text."""

    name: str
    address: Address
    key: bytes = b""
    password: str = field(default="", repr=False)
    name_password: str = field(default="", repr=False)
    plaintext: bool = False


@dataclass(frozen=True, slots=True)
class Entered:
    """A chat that there is something to see of, if only from the disk."""

    session: Session
    model: Model
    more: list[Event]  #: what came after the event that opened it; the model has not heard of it
    hosting: Hosting | None
    attempt: Attempt


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an attempt failed; ``changed`` tells of the host's key, if that is another one."""

    attempt: Attempt
    event: NotIn
    changed: CertificateChanged | None = None

    @property
    def text(self) -> str:
        """What went wrong and what to do, in words."""
        return explain(self.event, self.attempt.address)


@dataclass(frozen=True, slots=True)
class Door:
    """Who is told what happens on the way."""

    busy: Callable[[str], None]  #: what is under way
    problem: Callable[[Field, str], None]  #: why there was no way in, before anything was tried
    refused: Callable[[Refusal], None]  #: why there was no way in
    waiting: Callable[[Attempt, int], None]  #: somebody has to say yes, within so many seconds
    entered: Callable[[Entered], None]


class Entering:
    """Leads into one chat after another. Nothing in it waits; only Tk's thread may call it.

    A chat that is hosted from here gets the port of ``host_here``.
    """

    def __init__(self, pump: Pump, profile: Profile, host_here: Address, door: Door) -> None:
        self._pump = pump
        self._profile = profile
        self._host_here = host_here
        self._door = door
        self._session: Session | None = None
        self._tried: Attempt | None = None  # the last one
        self._ended: list[Session] = []  # closed, but maybe still writing to the disk
        self._database: Database | None = None  # opened for the first chat
        self._is_opening = False
        self._opening_for = 0  # the attempt that waits for it
        self._next: Callable[[Database], None]  # what is to be done once it is open
        self.hosting: Hosting | None = None  #: the chat that is hosted from here
        self._attempt = 0  # what was called off must not come back later

    @property
    def address(self) -> str:
        """Where the chat is that this person is in, or on the way into; else empty."""
        return "" if self._session is None else str(self._session.address)

    def enter(self, choice: Choice) -> None:
        """Go into the chat that was chosen; the door hears what comes of it."""
        self._attempt += 1
        if choice.address is None:
            self._door.busy(tr("Opening the chat…"))
            options = choice.options or kept_options(self._profile.settings)
            keep_options(self._profile.settings, options)
            self._pump.in_background(
                partial(self._host, self._attempt, options),
                partial(self._hosted, self._attempt, choice.name),
                partial(self._not_hosted, self._attempt),
            )
        else:
            self._door.busy(tr("Connecting to {address}…").format(address=choice.address))
            self._open_chat(Attempt(choice.name, choice.address, choice.key))

    def try_again(
        self, *, password: str = "", name_password: str = "", plaintext: bool = False
    ) -> None:
        """Make the last attempt once more, with what was missing."""
        if self._tried is None:
            return
        self._attempt += 1
        tried = self._tried
        again = replace(
            tried,
            password=password or tried.password,
            name_password=name_password or tried.name_password,
            plaintext=plaintext or tried.plaintext,
        )
        self._door.busy(tr("Connecting to {address}…").format(address=again.address))
        self._open_chat(again)

    def trust(self, changed: CertificateChanged) -> None:
        """Know the host by its new key from now on, as a person said, and join it again."""
        self._door.busy(tr("Connecting to {address}…").format(address=changed.address))
        self._pump.in_background(
            partial(Trust(self._database).replace, changed.address, changed.fingerprint),
            partial(self._trusted, self._attempt),
            partial(self._not_trusted, self._attempt),
        )

    def known_key(self, address: Address) -> bytes:
        """Return the fingerprint that is known for ``address``, empty for none. May wait."""
        try:
            return Trust(self._database).known(address) if self._database is not None else b""
        except DatabaseError:
            return b""

    def call_off(self) -> None:
        """End what is under way: hosting, connecting or the chat."""
        self._attempt += 1
        self._end_session()
        if self.hosting is not None:
            # The window has said what is to become of it; what it did not end is left to itself.
            self.hosting.leave_running()
            self.hosting = None

    def _end_session(self) -> None:
        if self._session is not None:
            self._pump.forget(self._session.events)
            self._session.close()
            self._ended.append(self._session)
            self._session = None

    def finish_writing(self) -> None:
        """Let what was said last get to the disk; to be called when no window is open any more."""
        until = time.monotonic() + LAST_WRITES_SECONDS
        for session in self._ended:
            session.join(max(until - time.monotonic(), 0.0))
        if self._database is not None:
            self._database.close()

    def say_presence(self) -> None:
        """Tell the chat what this person is up to, as the settings have it."""
        settings = self._profile.settings
        if self._session is not None:
            state = State.BUSY if settings.dnd else State.HERE
            self._session.set_presence(state, settings.status)

    def _host(self, attempt: int, options: HostOptions) -> tuple[Hosting, str]:
        """Start the host, and return what proves that it is ours; in a thread of its own."""
        hosting = host(self._profile.host_folder, self._host_here.port, options)
        if attempt != self._attempt:  # called off; this program may even be gone by now
            hosting.leave_running()
        return hosting, hosting.proof()

    def _hosted(self, attempt: int, name: str, hosted: tuple[Hosting, str]) -> None:
        hosting, proof = hosted
        if attempt != self._attempt:
            hosting.leave_running()  # for nobody: it ends by itself
            return
        self.hosting = hosting
        # In place of a password it proves who hosts, on each connection, so that nobody has to
        # know the chat's own password, or to let this person in.
        self._open_chat(Attempt(name, hosting.address, password=proof))

    def _not_hosted(self, attempt: int, error: Exception) -> None:
        if attempt != self._attempt:
            return
        if not isinstance(error, HostingFailed):
            raise error
        text = str(error)
        if error.port_in_use:
            said = tr("A chat may be open on this computer already. Join it at {address}.")
            text = said.format(address=self._host_here)
        self._door.problem(Field.WHERE, text)

    def _trusted(self, attempt: int, _: None) -> None:
        if attempt == self._attempt:
            self.try_again()

    def _not_trusted(self, attempt: int, error: Exception) -> None:
        if not isinstance(error, DatabaseError):
            raise error
        if attempt == self._attempt:
            self._door.problem(Field.WHERE, str(error))

    def _open_chat(self, attempt: Attempt) -> None:
        """Join, once the chats on this computer's disk can be read."""
        self._tried = attempt
        self._opening_for = self._attempt
        self._next = partial(self._start_session, self._attempt, attempt)
        if self._database is not None:
            self._next(self._database)
        elif not self._is_opening:  # else one is on its way already, for what was called off
            self._is_opening = True
            self._pump.in_background(
                partial(Database, self._profile.folder / "chats.sqlite3"),
                self._database_opened,
                self._database_not_opened,
            )

    def _database_opened(self, database: Database) -> None:
        self._is_opening = False
        self._database = database
        self._next(database)

    def _database_not_opened(self, error: Exception) -> None:
        self._is_opening = False
        if not isinstance(error, DatabaseError):
            raise error
        if self._opening_for == self._attempt:
            self.call_off()
            self._door.problem(Field.WHERE, str(error))

    def _start_session(self, number: int, attempt: Attempt, database: Database) -> None:
        if number != self._attempt:
            return
        session = self._session = Session(
            attempt.address,
            attempt.name,
            database,
            resumes=True,
            key=attempt.key,
            plaintext=attempt.plaintext,
            password=attempt.password,
            name_password=attempt.name_password,
            own=OwnHost(self._profile.host_folder),
        )
        for problem in (database.problem, self._profile.problem):
            if problem:
                session.events.put(Noticed(problem))
        database.problem = self._profile.problem = ""
        self.say_presence()
        model = Model(attempt.name)
        model.is_readable = attempt.plaintext
        self._pump.watch(session.events, _AtTheDoor(self, session, model, attempt).take)
        session.start()

    def let_in(self, entered: Entered) -> None:
        """Lead into the chat."""
        self._door.entered(entered)

    def tell_waiting(self, attempt: Attempt, seconds: int) -> None:
        """Say that somebody has to let this person in."""
        self._door.waiting(attempt, seconds)

    def turn_away(self, refusal: Refusal) -> None:
        """Say why there is no way in; a host of our own goes on if there may be one soon."""
        if refusal.event.problem is Problem.NAME_PASSWORD:
            self._end_session()
        else:
            self.call_off()
        self._door.refused(refusal)


class _AtTheDoor:
    """Takes the events of a session up to that which opens the window: there is something to see.

    From then on the window takes them.
    """

    def __init__(
        self, entering: Entering, session: Session, model: Model, attempt: Attempt
    ) -> None:
        self._entering = entering
        self._session = session
        self._model = model
        self._attempt = attempt
        self._changed: CertificateChanged | None = None

    def take(self, events: list[Event]) -> None:
        """Take what has happened."""
        changes = Changes()
        for index, event in enumerate(events):
            match event:
                case NotIn():
                    self._entering.turn_away(Refusal(self._attempt, event, self._changed))
                    return
                case CertificateChanged():
                    self._changed = event
                case Encrypted(is_new=True):
                    said = explain_key(event, self._attempt.address)
                    self._session.events.put(Noticed(said))
                case Waiting(seconds):
                    self._entering.tell_waiting(self._attempt, seconds)
            self._model.apply(event, changes)
            if isinstance(event, Opened | Welcome):
                more, hosting = events[index + 1 :], self._entering.hosting
                self._entering.let_in(
                    Entered(self._session, self._model, more, hosting, self._attempt)
                )
                return
