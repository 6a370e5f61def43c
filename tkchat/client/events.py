"""What a session puts on its queue: everything that a window or a terminal ever learns."""

from dataclasses import dataclass
from enum import Enum

from tkchat.net.address import Address


class Problem(Enum):
    """Why somebody is not in the chat that they wanted to join."""

    NAME_REFUSED = "name refused"
    UNKNOWN_HOST = "unknown host"
    NOBODY_LISTENS = "nobody listens"
    NO_ANSWER = "no answer"
    UNREACHABLE = "unreachable"
    NOT_LET_IN = "not let in"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Connecting:
    """A connection is being made."""

    address: Address


@dataclass(frozen=True, slots=True)
class NotIn:
    """The first try to join failed, and the session has ended. ``detail`` is the host's word."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Welcome:
    """The host let this person in under the name ``user``, for the first time or again."""

    user: str
    room: str


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone; the session tries again in ``retry_seconds``."""

    why: str
    retry_seconds: float


@dataclass(frozen=True, slots=True)
class Entered:
    """This person has moved to another room."""

    room: str


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody, perhaps this person, said something in the room."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody came into the room."""

    user: str


@dataclass(frozen=True, slots=True)
class Went:
    """Somebody went out of the room."""

    user: str


@dataclass(frozen=True, slots=True)
class PeopleHere:
    """These people, and maybe more, are in the room."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoomsThere:
    """The rooms of the chat, with how many people are in each."""

    rooms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """The host says something, to this person or to all."""

    text: str


Event = (
    Connecting
    | NotIn
    | Welcome
    | Lost
    | Entered
    | Said
    | Came
    | Went
    | PeopleHere
    | RoomsThere
    | Noticed
)
