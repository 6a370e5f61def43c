"""What a session puts on its queue: everything that a window or a terminal ever learns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tkchat.client import order
from tkchat.client.outbox import Waiting
from tkchat.client.pages import Page
from tkchat.client.presence import State
from tkchat.client.room_summary import RoomSummary, Unread
from tkchat.client.search import Hit
from tkchat.net.address import Address
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say


class Problem(Enum):
    """Why somebody is not in the chat that they wanted to join."""

    NAME_REFUSED = "name refused"
    UNKNOWN_HOST = "unknown host"
    NOBODY_LISTENS = "nobody listens"
    NO_ANSWER = "no answer"
    UNREACHABLE = "unreachable"
    NOT_LET_IN = "not let in"
    # The chat, or the name, has a password; none was given, or a wrong one:
    CHAT_PASSWORD = "chat password"  # noqa: S105 (no secret)
    NAME_PASSWORD = "name password"  # noqa: S105 (no secret)
    REMOVED = "removed"  # kicked or banned; comes when somebody was in, too
    OTHER_CERTIFICATE = "other certificate"
    NOT_ENCRYPTED = "not encrypted"  # and it never was, as far as this computer knows
    NO_LONGER_ENCRYPTED = "no longer encrypted"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Connecting:
    """A connection is being made."""

    address: Address


@dataclass(frozen=True, slots=True)
class Encrypted:
    """The connection is encrypted; comes before anything is sent. ``words`` name the host's key.

    ``is_new`` says that this computer has never seen that key and takes it on trust, or that a join
    code has put it in the place of another one.
    """

    words: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class CertificateChanged:
    """Another key than the known one answers at ``address``; `NotIn` follows, nothing was sent.

    ``fingerprint`` is what was found, for `Trust.replace`. ``by_code`` says that what is known
    comes from the join code, and the person should ask for that again instead.
    """

    address: Address
    known_words: str
    found_words: str
    fingerprint: bytes
    by_code: bool = False


@dataclass(frozen=True, slots=True)
class NotIn:
    """Joining failed, and the session has ended. ``detail`` is the host's word."""

    problem: Problem
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Opened:
    """What this computer has of the chat. With or without a host, the window can open.

    Comes once, before the first `Welcome` or `Lost`, if there is anything. ``page`` is the newest
    of ``room``, ``waiting`` is what has not reached the host yet, of all rooms.
    """

    user: str
    room: str
    page: Page
    rooms: tuple[RoomSummary, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    drafts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Welcome:
    """The host let this person in under the name ``user``, for the first time or again.

    ``tagged`` says that it keeps a log: what is said waits for those who are away.
    """

    user: str
    room: str
    tagged: bool = False


@dataclass(frozen=True, slots=True)
class Live:
    """Everything that was missed has come; what follows happens now."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The connection is gone; the session tries again in ``retry_seconds``."""

    why: str
    retry_seconds: float


@dataclass(frozen=True, slots=True)
class Entered:
    """This person looks at another room now. ``page`` is what this computer has of it."""

    room: str
    page: Page | None = None


@dataclass(frozen=True, slots=True)
class RoomJoined:
    """This person is in a room, which they may not be looking at."""

    room: str


@dataclass(frozen=True, slots=True)
class RoomLeft:
    """This person is no longer in a room."""

    room: str


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody, perhaps this person, said something in the room (plain dialect)."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Arrived:
    """Lasting events, in order and already on disk; ``live`` tells of those that happen now.

    One with a ``mid`` is this person's own: it is accepted.
    """

    entries: tuple[Entry, ...]
    live: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """The own event ``mid`` is not taken. It is kept until it is changed or discarded."""

    mid: str
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Discarded:
    """The own event ``mid`` is gone from this computer: it will not be sent."""

    mid: str


@dataclass(frozen=True, slots=True)
class Replaced:
    """``say`` stands in the place of the own event ``mid``, which will not be sent."""

    mid: str
    say: Say


@dataclass(frozen=True, slots=True)
class Edited:
    """The own message ``mid``, which the host may have already, is edited by ``say``.

    Its target is not known yet, or not to whoever is told.
    """

    mid: str
    say: Say


@dataclass(frozen=True, slots=True)
class GapFound:
    """The host no longer has the events from ``first`` to ``last``, or some of them."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Reset:
    """The host's log is another one from here on: its numbers begin anew."""


@dataclass(frozen=True, slots=True)
class Older:
    """The answer to ``older``: what comes before in ``room``.

    ``offline`` says that there may be more, which only the host has, and it is not there. With a
    ``hole``, messages up to that seq are only on the host; the page has older ones.
    """

    room: str
    page: Page
    offline: bool = False
    hole: int = 0


@dataclass(frozen=True, slots=True)
class Jumped:
    """The answer to ``around``: the messages around the one with ``seq`` in the page's era."""

    room: str
    page: Page
    seq: int


@dataclass(frozen=True, slots=True)
class Found:
    """Results of the search ``query_id``: all that there are so far, the newest first.

    ``source`` is ``here`` for those of this computer alone, ``host`` when the host's are among
    them. ``done`` says that no more will come.
    """

    query_id: int
    hits: tuple[Hit, ...]
    source: str
    done: bool


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is writing something in a room."""

    room: str
    user: str


@dataclass(frozen=True, slots=True)
class ReadTo:
    """This person has read a room up to ``seq``, here or on another connection of theirs."""

    room: str
    seq: int
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is unread of a room, which was read elsewhere."""

    room: str
    unread: Unread


@dataclass(frozen=True, slots=True)
class TopicSet:
    """What a room is about; empty for nothing. ``user`` said so, if that is known."""

    room: str
    text: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class PresenceSet:
    """Somebody, perhaps this person, is here, away or busy, and maybe says why."""

    user: str
    state: State
    text: str = ""


@dataclass(frozen=True, slots=True)
class SeenBy:
    """Somebody else has read a room up to ``seq``."""

    room: str
    user: str
    seq: int


@dataclass(frozen=True, slots=True)
class Came:
    """Somebody came into a room; no room is named if it is the current one."""

    user: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class Went:
    """Somebody went out of a room; no room is named if it is the current one."""

    user: str
    room: str = ""


@dataclass(frozen=True, slots=True)
class PeopleHere:
    """These people, and maybe more, are in a room: the current one if none is named."""

    names: tuple[str, ...]
    room: str = ""


@dataclass(frozen=True, slots=True)
class RoomsThere:
    """The rooms of the chat, with how many people are in each."""

    rooms: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Noticed:
    """The host, or this program, says something to this person."""

    text: str


Event = (
    Connecting
    | Encrypted
    | CertificateChanged
    | NotIn
    | Opened
    | Welcome
    | Live
    | Lost
    | Entered
    | RoomJoined
    | RoomLeft
    | Said
    | Arrived
    | Refused
    | Discarded
    | Replaced
    | Edited
    | GapFound
    | Reset
    | Older
    | Jumped
    | Found
    | Typing
    | ReadTo
    | Counted
    | TopicSet
    | PresenceSet
    | SeenBy
    | Came
    | Went
    | PeopleHere
    | RoomsThere
    | Noticed
    | order.Event
)
