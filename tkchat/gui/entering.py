"""The way into a chat: host it or not, open what is on the disk, connect, and be let in."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tkchat.client.database import Database, DatabaseError
from tkchat.client.events import Event, Noticed, NotIn, Opened, Problem, Welcome
from tkchat.client.explain import explain
from tkchat.client.hosting import Hosting, HostingFailed, host
from tkchat.client.model import Model
from tkchat.client.presence import State
from tkchat.client.profile import Profile
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.login import Choice, Field
from tkchat.gui.pump import Pump
from tkchat.i18n import tr
from tkchat.net.address import Address

LAST_WRITES_SECONDS = 3.0  # how long the end of the program may wait for the disk


@dataclass(frozen=True, slots=True)
class Entered:
    """A chat that there is something to see of, if only from the disk."""

    session: Session
    model: Model
    more: list[Event]  #: what came after the event that opened it; the model has not heard of it
    hosting: Hosting | None


@dataclass(frozen=True, slots=True)
class Door:
    """Who is told what happens on the way."""

    busy: Callable[[str], None]  #: what is under way
    problem: Callable[[Field, str], None]  #: why there was no way in
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
            self._pump.in_background(
                partial(self._host, self._attempt),
                partial(self._hosted, self._attempt, choice.name),
                partial(self._not_hosted, self._attempt),
            )
        else:
            self._door.busy(tr("Connecting to {address}…").format(address=choice.address))
            self._open_chat(choice.address, choice.name)

    def call_off(self) -> None:
        """End what is under way: hosting, connecting or the chat."""
        self._attempt += 1
        if self._session is not None:
            self._pump.forget(self._session.events)
            self._session.close()
            self._ended.append(self._session)
            self._session = None
        if self.hosting is not None:
            # The window has said what is to become of it; what it did not end is left to itself.
            self.hosting.leave_running()
            self.hosting = None

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

    def _host(self, attempt: int) -> Hosting:
        """Start the host; in a thread of its own."""
        hosting = host(self._profile.host_folder, self._host_here.port)
        if attempt != self._attempt:  # called off; this program may even be gone by now
            hosting.leave_running()
        return hosting

    def _hosted(self, attempt: int, name: str, hosting: Hosting) -> None:
        if attempt != self._attempt:
            hosting.leave_running()  # for nobody: it ends by itself
            return
        self.hosting = hosting
        self._open_chat(hosting.address, name)

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

    def _open_chat(self, address: Address, name: str) -> None:
        """Join, once the chats on this computer's disk can be read."""
        self._opening_for = self._attempt
        self._next = partial(self._start_session, self._attempt, address, name)
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

    def _start_session(self, attempt: int, address: Address, name: str, database: Database) -> None:
        if attempt != self._attempt:
            return
        session = self._session = Session(address, name, database, resumes=True)
        for problem in (database.problem, self._profile.problem):
            if problem:
                session.events.put(Noticed(problem))
        database.problem = self._profile.problem = ""
        self.say_presence()
        model = Model(name)
        self._pump.watch(session.events, partial(self._at_the_door, session, model))
        session.start()

    def _at_the_door(self, session: Session, model: Model, events: list[Event]) -> None:
        """Take the events up to that which opens the window: there is something to see."""
        changes = Changes()
        for index, event in enumerate(events):
            if isinstance(event, NotIn):
                self._not_in(event, session.address)
                return
            model.apply(event, changes)
            if isinstance(event, Opened | Welcome):
                entered = Entered(session, model, events[index + 1 :], self.hosting)
                self._door.entered(entered)
                return

    def _not_in(self, event: NotIn, address: Address) -> None:
        self.call_off()
        field = Field.NAME if event.problem is Problem.NAME_REFUSED else Field.WHERE
        self._door.problem(field, explain(event, address))
