"""How a session talks to a host: the interface, and the plain dialect behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from tkchat.client.events import (
    Came,
    Entered,
    Event,
    Noticed,
    PeopleHere,
    Problem,
    RoomsThere,
    Said,
    Welcome,
    Went,
)
from tkchat.i18n import tr
from tkchat.wire import plain
from tkchat.wire.lines import decode_plain, encode_plain
from tkchat.wire.names import GENERAL, name_key
from tkchat.wire.text import check_message, check_topic, clean


class NameRefused(Exception):
    """The host does not take the username; the text says why."""

    problem = Problem.NAME_REFUSED


class NotLetIn(Exception):
    """The host does not let this person in, whatever their name; the text says why."""

    def __init__(self, why: str, problem: Problem = Problem.NOT_LET_IN) -> None:
        super().__init__(why)
        self.problem = problem


class OtherKind(Exception):
    """The host does not speak this dialect: connect again with another."""


class HangUp(Exception):
    """The connection is of no use any more, for the reason in the text: connect again."""


@dataclass(slots=True)
class Answer:
    """What follows from a line: events for this person, and lines to send back.

    ``hang_up`` is why the connection is of no use after that, if it is of none.
    """

    events: list[Event] = field(default_factory=list)
    replies: list[bytes] = field(default_factory=list)
    hang_up: str = ""


class Dialect(Protocol):
    """One way to hear a chat: lines in, events and lines out. Belongs to the receiving thread."""

    pings: bool  #: whether the host answers a `Ping`
    is_waiting: bool  #: whether the host has said that somebody has to let this person in

    @property
    def knows_chat(self) -> bool:
        """Whether there is something to see without a host."""

    def met(self, host_key: bytes) -> None:
        """Take note of who answers on a new connection: see `Security.secure`."""

    def hello(self) -> list[bytes]:
        """Begin on a new connection: return the lines that ask to be let in."""

    def receive(self, raw: bytes) -> Answer:
        """Take a line of the host, without its line end.

        Raises:
            NameRefused, NotLetIn: it says so.
            OtherKind: it is another kind of host.
            HangUp: the connection is of no use any more.
        """

    def settle(self) -> Answer:
        """Take note that nothing more has arrived for now."""

    def silence(self) -> Answer:
        """Take note that the host has said nothing for a while after `hello`.

        Raises:
            OtherKind: it is another kind of host.
        """

    def lost(self) -> None:
        """Take note that the connection is gone."""

    def open_offline(self) -> list[Event]:
        """Return what there is to see without a host, if that was not told yet."""


class PlainDialect:
    """The tutorials' protocol, with what tkchat's own host adds to it.

    The room is remembered from one connection to the next, so that a reconnect leads back to it,
    however many tries that takes.

    The view's thread calls `say`, `move` and `refresh`, which therefore change nothing.
    """

    pings = False
    knows_chat = False
    is_waiting = False

    def __init__(self, name: str) -> None:
        self._name = name
        self._room = GENERAL
        self._wanted = GENERAL  # the room to come back to
        self._welcomed = False  # lines can be said
        self._greeted = False  # the host has announced us, which the simplest ones never do

    def met(self, host_key: bytes) -> None:
        """Take note of who answers on a new connection, which makes no difference here."""

    def hello(self) -> list[bytes]:
        """Begin on a new connection: return the lines that ask to be let in."""
        self._welcomed = self._greeted = False
        self._room = GENERAL
        return [encode_plain(self._name)]

    def receive(self, raw: bytes) -> Answer:
        """Take a line of the host, without its line end."""
        event = plain.decode(clean(decode_plain(raw)))
        if not self._greeted:
            return self._at_the_door(event)
        return self._in_chat(event) if self._welcomed else self._on_the_way_back(event)

    def settle(self) -> Answer:
        """Take note that nothing more has arrived for now."""
        return Answer()

    def lost(self) -> None:
        """Take note that the connection is gone."""

    def open_offline(self) -> list[Event]:
        """Return what there is to see without a host: nothing."""
        return []

    def silence(self) -> Answer:
        """Take note that the host has said nothing for a while after `hello`.

        The simplest hosts do not greet: no refusal is a welcome there.
        """
        if self._welcomed:
            return Answer()
        self._welcomed = True
        told = tr("Nobody has answered so far. Some hosts do not greet; others are no chat at all.")
        return Answer([Welcome(self._name, self._room), Noticed(told)])

    def say(self, text: str) -> tuple[list[bytes], list[str]]:
        """Return the lines that say ``text``, and each message that they make in the room.

        A command makes none.

        Raises:
            WireError: ``text`` is too long.
        """
        text = clean(text)
        if "\n" not in text.strip("\n") and text.startswith("/"):
            line = text.strip("\n")
            if not line.startswith("//"):
                return [encode_plain(line)], []
            text = line[1:]
        said = [line for line in text.split("\n") if line.strip()]
        for line in said:
            check_message(line)
        # In a pasted text a slash begins a path, not a command.
        return [encode_plain(f"/{line}" if line.startswith("/") else line) for line in said], said

    def move(self, room: str) -> list[bytes]:
        """Return the lines that ask to go to ``room``."""
        return [encode_plain(f"/join {room}")]

    def set_topic(self, text: str) -> list[bytes]:
        """Return the lines that say what the current room is about; empty for nothing."""
        return [encode_plain(f"/topic {check_topic(clean(text)) or '-'}")]

    def refresh(self) -> list[bytes]:
        """Return the lines that ask which rooms there are; none for a host that may not know."""
        return [encode_plain("/rooms")] if self._greeted else []

    def _at_the_door(self, event: plain.Event) -> Answer:
        match event:
            case plain.Joined(user, "") if is_same(user, self._name):
                # Maybe after `silence`: a busy host greets late.
                self._greeted = True
                self._name = user
                self._welcomed = self._wanted == self._room
                if self._welcomed:
                    return Answer([Welcome(user, self._room), Came(user)], _ask_around())
                return Answer(replies=self.move(self._wanted))
            case plain.Notice(text) if text.endswith(plain.CHOOSE_ANOTHER):
                raise NameRefused(text.removesuffix(plain.CHOOSE_ANOTHER).strip())
            case plain.Notice(text):
                return Answer([Noticed(text)])
            case _:  # whoever hears the chat is in it
                answer = self._in_chat(event)
                if not self._welcomed:
                    self._welcomed = True
                    answer.events.insert(0, Welcome(self._name, self._room))
                return answer

    def _on_the_way_back(self, event: plain.Event) -> Answer:
        """Wait to be in the wanted room; what is said in the first one is for others."""
        match event:
            case plain.Joined(user, room) if room and user == self._name:
                self._welcomed = True
                self._room = self._wanted = room
                return Answer([Welcome(user, room), Came(user)], _ask_around())
            case plain.Notice(text):
                return Answer([Noticed(text)])
            case _:
                return Answer()

    def _in_chat(self, event: plain.Event) -> Answer:
        match event:
            case plain.Said(author, text):
                return Answer([Said(author, text)])
            case plain.Joined(user, room) if room and user == self._name:
                self._room = self._wanted = room
                return Answer([Entered(room), Came(user)], _ask_around())
            case plain.Joined(user, _):
                return Answer([Came(user)])
            case plain.Left(user, _):
                return Answer([Went(user)])
            case plain.People(room, _, names) if room == self._room:
                return Answer([PeopleHere(names)])
            case plain.People(room, count, names):
                return Answer([Noticed(in_room(room, count, names))])
            case plain.Rooms(rooms):
                return Answer([RoomsThere(rooms)])
            case plain.Notice(text):
                return Answer([Noticed(text)])


def in_room(room: str, count: int, names: Iterable[str]) -> str:
    """Return who is in a room, for a person to read."""
    told = tr("In {room} ({count}): {names}")
    return told.format(room=room, count=count, names=" ".join(names))


def _ask_around() -> list[bytes]:
    return [encode_plain("/who"), encode_plain("/rooms")]


def is_same(name: str, other: str) -> bool:
    """Tell whether two names mean the same person or room."""
    try:
        return name_key(name) == name_key(other)
    except UnicodeEncodeError:  # another kind of host may allow names that ours does not
        return name == other
