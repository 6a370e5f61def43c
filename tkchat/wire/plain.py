"""The plain dialect: how each thing that happens in a chat is spelled, and read back.

Every line is ``who~what``; what the host itself says comes from ``SERVER``.
"""

import re
from dataclasses import dataclass

from tkchat.wire.lines import encode_plain
from tkchat.wire.names import SERVER

CLOSING = "The chat is closing"
CHOOSE_ANOTHER = "Choose another username."
_NAMES_PER_LINE = 100  # of 32 characters at 4 bytes each: well under the longest line


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody said something to the room, or to this person alone."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Somebody came into the chat or, when it names one, into a room."""

    user: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody left the chat or, when it names one, a room."""

    user: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class People:
    """Who is in a room; a long list comes in several of these."""

    room: str
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rooms:
    """The rooms that have somebody in them, with how many; a long list comes in several."""

    rooms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Notice:
    """Anything else that the host says, to one person or to all."""

    text: str


Event = Said | Joined | Left | People | Rooms | Notice


def encode(event: Event) -> bytes:
    """Return the line for ``event``, with its LF."""
    match event:
        case Said(author, text):
            return said(author, text)
        case Joined(user, ""):
            return _server(f"{user} joined the chat app")
        case Joined(user, room):
            return _server(f"{user} joined the room {room}")
        case Left(user, ""):
            return _server(f"{user} left the chat app")
        case Left(user, room):
            return _server(f"{user} left the room {room}")
        case People(room, count, names):
            return _server(f"In {room} ({count}): {' '.join(names)}")
        case Rooms(rooms):
            return _server("Rooms: " + " ".join(f"{name} ({count})" for name, count in rooms))
        case Notice(text):
            return _server(text)


def said(author: str, text: str) -> bytes:
    """Return the line in which ``author`` says ``text``."""
    return encode_plain(f"{author}~{text}")


def decode(line: str) -> Event:
    """Read a host's line, given without its line end; whatever is not recognised is a `Notice`."""
    author, tilde, text = line.partition("~")
    if not tilde:
        return Notice(line)
    if author != SERVER:
        return Said(author, text)
    if found := _MOVED.fullmatch(text):
        kind = Joined if found["verb"] == "joined" else Left
        return kind(found["user"], found["room"] or "")
    if found := _PEOPLE.fullmatch(text):
        return People(found["room"], int(found["count"]), tuple(found["names"].split()))
    if text.startswith("Rooms: ") and _ROOMS.fullmatch(text):
        return Rooms(tuple((name, int(count)) for name, count in _ROOM.findall(text[7:])))
    return Notice(text)


def people(room: str, names: list[str]) -> list[People]:
    """Return who is in ``room`` as events that each fit into a line."""
    return [
        People(room, len(names), tuple(names[start : start + _NAMES_PER_LINE]))
        for start in range(0, max(len(names), 1), _NAMES_PER_LINE)
    ]


def rooms(counts: list[tuple[str, int]]) -> list[Rooms]:
    """Return the rooms as events that each fit into a line."""
    return [
        Rooms(tuple(counts[start : start + _NAMES_PER_LINE]))
        for start in range(0, len(counts), _NAMES_PER_LINE)
    ]


def action(author: str, what: str) -> Said:
    """Return ``author`` doing something (``/me``)."""
    return Said(author, f"* {author} {what}")


def direct(author: str, to: str, text: str) -> Said:
    """Return ``author`` saying something that only ``to`` sees."""
    return Said(author, f"(to {to} only) {text}")


def topic_set(user: str, room: str, topic: str) -> Notice:
    """Return ``user`` saying what a room is about; nothing, if ``topic`` is empty."""
    if topic:
        return Notice(f"{user} set the topic of {room}: {topic}")
    return Notice(f"{user} cleared the topic of {room}")


def topic_is(room: str, topic: str) -> Notice:
    """Return what a room is about, for somebody who asks."""
    return Notice(f"The topic of {room}: {topic}" if topic else f"{room} has no topic")


_NAME = r"[^\s~@#/;]+"
_MOVED = re.compile(
    rf"(?P<user>{_NAME}) (?P<verb>joined|left) the (?:chat app|room (?P<room>{_NAME}))"
)
_PEOPLE = re.compile(rf"In (?P<room>{_NAME}) \((?P<count>[0-9]{{1,6}})\): (?P<names>.*)")
_ROOM = re.compile(rf"({_NAME}) \(([0-9]{{1,6}})\)")
_ROOMS = re.compile(rf"Rooms: {_ROOM.pattern}(?: {_ROOM.pattern})*")


def _server(text: str) -> bytes:
    return encode_plain(f"{SERVER}~{text}")
