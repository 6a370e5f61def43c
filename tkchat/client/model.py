"""What a person sees of a chat: the session's events change it, the views draw it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from tkchat.client.events import (
    Came,
    Connecting,
    Entered,
    Event,
    Lost,
    Noticed,
    NotIn,
    PeopleHere,
    RoomsThere,
    Said,
    Welcome,
    Went,
)
from tkchat.client.message import Delivery, Kind, Message
from tkchat.wire.names import GENERAL

KEPT_MESSAGES = 10_000  #: of each room; the oldest go first


class Link(Enum):
    """How this person is connected."""

    CONNECTING = "connecting"
    ONLINE = "online"
    LOST = "lost"


@dataclass(slots=True)
class Room:
    """One room: what was said in it while this person was there, and who is in it."""

    name: str
    messages: list[Message] = field(default_factory=list)
    people: set[str] = field(default_factory=set)
    away_since: datetime | None = None  #: when this person left it, or lost the connection


@dataclass(slots=True)
class Changes:
    """What a view must redraw after some events."""

    added: list[Message] = field(default_factory=list)  #: to the current room, in order
    delivered: list[Message] = field(default_factory=list)  #: whose delivery is another now
    people: bool = False
    rooms: bool = False
    link: bool = False
    entered: bool = False  #: another room is current: everything in it is to be drawn


class Model:
    """All that is known of the chat. Belongs to one thread, that of the view."""

    def __init__(self, user: str, now: Callable[[], datetime] | None = None) -> None:
        self.user = user
        self.room = Room(GENERAL)
        self.rooms: dict[str, Room] = {GENERAL: self.room}
        self.room_counts: dict[str, int] = {GENERAL: 0}  #: as the host last listed them
        self.link = Link.CONNECTING
        self.lost_why = ""
        self.retry_at: datetime | None = None
        self._now = now or _now
        self._waiting: list[Message] = []
        self._moving_from: int | None = None  # the first key given on the way to another room
        self._asked: set[type[Event]] = set()
        self._next_key = 0

    @property
    def people(self) -> Sequence[str]:
        """Who is in the current room, this person first, then by name."""
        others = sorted(self.room.people - {self.user}, key=str.casefold)
        return [self.user, *others] if self.user in self.room.people else others

    def recent_speakers(self) -> list[str]:
        """Return who said something lately, last first, and then everybody else in the room."""
        spoke = [m.author for m in reversed(self.room.messages[-200:]) if m.kind is Kind.SAID]
        ordered = dict.fromkeys([*spoke, *self.people])
        return [name for name in ordered if name != self.user and name in self.room.people]

    def said_here(self, texts: Sequence[str], changes: Changes) -> None:
        """Show at once what this person said; the host's echo will confirm each."""
        for text in texts:
            message = self._add(Kind.SAID, self.user, text, changes, own=True)
            message.delivery = Delivery.WAITING
            self._waiting.append(message)

    def moving(self) -> None:
        """Take note that this person asked for another room: what they say now is for there."""
        if self._moving_from is None:
            self._moving_from = self._next_key

    def asked_for(self, kind: type[PeopleHere] | type[RoomsThere]) -> None:
        """Show the next such event as a notice: this person asked for it by hand."""
        self._asked.add(kind)

    def apply(self, event: Event, changes: Changes) -> None:
        """Take one event of the session, and note in ``changes`` what it changed."""
        match event:
            case Connecting():
                self._set_link(Link.CONNECTING, changes)
            case Welcome(user, room):
                self.user = user
                self.room.people.clear()
                self._enter(room, changes)
                self._set_link(Link.ONLINE, changes)
            case NotIn(problem, detail):
                self._lose(detail or problem.value, None, changes)
            case Lost(why, retry_seconds):
                self._lose(why, retry_seconds, changes)
            case Entered(room):
                self._enter(room, changes)
                self._bring_along()
            case Said(author, text):
                if not (author == self.user and self._confirm(text, changes)):
                    self._add(Kind.SAID, author, text, changes, own=author == self.user)
            case Came(user):
                self._come(user, changes)
            case Went(user):
                self._go(user, changes)
            case PeopleHere(names):
                self.room.people.update(names)
                changes.people = True
                self._answer(event, f"In {self.room.name}: {', '.join(names)}", changes)
            case RoomsThere(rooms):
                if any(name == GENERAL for name, _ in rooms):  # a long list comes in several
                    self.room_counts.clear()
                self.room_counts.update(rooms)
                self.room_counts.setdefault(self.room.name, 0)
                changes.rooms = True
                listed = ", ".join(f"{name} ({count})" for name, count in rooms)
                self._answer(event, f"Rooms: {listed}", changes)
            case Noticed(text):
                self._add(Kind.NOTICE, "", text, changes)

    def _enter(self, name: str, changes: Changes) -> None:
        if name != self.room.name:
            self.room.away_since = self._now()
            self.room = self.rooms.setdefault(name, Room(name))
            changes.entered = True
            changes.added.clear()
        self.room.people.clear()
        self._tell_of_absence(changes)
        self.room_counts.setdefault(name, 0)
        changes.people = changes.rooms = True

    def _tell_of_absence(self, changes: Changes) -> None:
        if self.room.away_since is not None and self.room.messages:
            since, now = (at.strftime("%H:%M") for at in (self.room.away_since, self._now()))
            when = "for a moment" if since == now else f"from {since} to {now}"
            text = f"You were away {when}; what was said then is not shown."
            self._add(Kind.NOTICE, "", text, changes)
        self.room.away_since = None

    def _bring_along(self) -> None:
        """Put what was said on the way into the room where everybody else sees it."""
        first, self._moving_from = self._moving_from, None
        said_on_the_way = [] if first is None else [m for m in self._waiting if m.key >= first]
        if said_on_the_way:
            keys = {message.key for message in said_on_the_way}
            for room in self.rooms.values():
                room.messages = [m for m in room.messages if m.key not in keys]
            self.room.messages += said_on_the_way

    def _answer(self, event: Event, text: str, changes: Changes) -> None:
        if type(event) in self._asked:
            self._asked.discard(type(event))
            self._add(Kind.NOTICE, "", text, changes)

    def _come(self, user: str, changes: Changes) -> None:
        self.room.people.add(user)
        changes.people = True
        self._add(Kind.PRESENCE, user, "joined", changes)

    def _go(self, user: str, changes: Changes) -> None:
        self.room.people.discard(user)
        changes.people = True
        self._add(Kind.PRESENCE, user, "left", changes)

    def _lose(self, why: str, retry_seconds: float | None, changes: Changes) -> None:
        for message in self._waiting:
            message.delivery = Delivery.DOUBTFUL
        changes.delivered += self._waiting
        self._waiting = []
        self._moving_from = None
        self.room.people.clear()
        if self.room.away_since is None:
            self.room.away_since = self._now()
        changes.people = True
        self.lost_why = why
        self.retry_at = _later(self._now(), retry_seconds)
        self._set_link(Link.LOST, changes)

    def _confirm(self, text: str, changes: Changes) -> bool:
        """Mark the oldest own message with ``text`` as accepted; tell whether there was one."""
        for index, message in enumerate(self._waiting):
            if message.text == text:
                message.delivery = Delivery.SENT
                changes.delivered.append(message)
                del self._waiting[index]
                return True
        return False

    def _set_link(self, link: Link, changes: Changes) -> None:
        self.link = link
        changes.link = True

    def _add(
        self, kind: Kind, author: str, text: str, changes: Changes, *, own: bool = False
    ) -> Message:
        message = Message(self._next_key, kind, author, text, self._now(), own)
        self._next_key += 1
        self.room.messages.append(message)
        if len(self.room.messages) > KEPT_MESSAGES * 1.1:  # in batches: each one costs a move
            del self.room.messages[:-KEPT_MESSAGES]
        changes.added.append(message)
        return message


def _now() -> datetime:
    return datetime.now().astimezone()


def _later(now: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else now + timedelta(seconds=seconds)
