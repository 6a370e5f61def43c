"""What the host's log keeps, as plain records; and what can go wrong with it."""

from dataclasses import dataclass, field
from typing import NamedTuple

from tkchat.wire.entry import Kind
from tkchat.wire.order import Role

NOT_STORED = (
    "The host cannot store anything just now: its disk may be full. Please try again later."
)


class LogError(Exception):
    """The log cannot be used; the text says what is wrong and what to do about it."""


class LogInUse(LogError):
    """Another process has the log's folder."""


class LogDamaged(LogError):
    """The log's file is not what was written there."""


class StorageFailed(Exception):
    """A commit could not be made, for the reason in the text; nothing of it was kept."""


class Record(NamedTuple):
    """A lasting event as the log keeps it: a row of its table, in the order of the columns.

    ``time_ms`` is in milliseconds since 1970 (UTC). ``author_id`` is None for a plain client, who
    has no account. ``target`` is the seq of the event that this one is about, or 0.
    """

    seq: int
    time_ms: int
    room_id: int
    author: str
    author_id: int | None
    text: str
    kind: Kind = Kind.MESSAGE
    target: int = 0
    mid: str = ""


@dataclass(slots=True)
class Account:
    """Whose a name is. ``used_at`` is in seconds since 1970.

    ``install`` is the installation that it was made for, until that surely has the token.
    ``password_hash`` is that of the name's own password, if it has one. ``let_in`` is the version
    of the chat's password that was shown last.

    Several accounts may have had one key over the years: the newest has the highest id, and holds
    the name.
    """

    id: int
    name: str
    key: str
    token_hash: bytes = field(repr=False)
    install: str = field(repr=False)
    used_at: int
    role: Role = Role.MEMBER
    password_hash: str = field(default="", repr=False)
    let_in: int = 0


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """A room, or a conversation of two; ``key`` is its alone.

    ``topic`` is what the room is about, and ``topic_by`` the name of who said so. ``is_locked`` and
    ``slow_seconds`` are its rules; nobody is in one that ``is_archived``.
    """

    id: int
    key: str
    name: str
    topic: str = ""
    topic_by: str = ""
    is_locked: bool = False
    slow_seconds: int = 0
    is_archived: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """An account is in a room, and calls it ``label``: ``lab``, or ``@bob``."""

    account_id: int
    room_id: int
    label: str


@dataclass(frozen=True, slots=True)
class Ban:
    """Somebody who is kept out: by name, by account if they had one, and by these addresses."""

    id: int
    name: str
    key: str
    account_id: int | None
    addresses: tuple[str, ...]
    by: str
    time_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Somebody who may say nothing until ``until_ms`` (milliseconds since 1970), 0 for good."""

    key: str
    name: str
    until_ms: int
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what about whom, for the audit. Never holds a secret."""

    time_ms: int
    by: str
    action: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class ChatPassword:
    """What one has to know to come in: each new one has a higher version. No hash: nothing."""

    hash: str = field(default="", repr=False)
    version: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """What a host needs to know before it lets anybody in.

    ``accounts`` has the newest account of each key; ``memberships`` and ``marks`` are theirs.
    ``marks`` maps an account's id and a room's id to the seq up to which it has been read.
    ``tokens`` are those that an account has beside its first, the oldest first. ``host_code_hash``
    is of the code that made those the host who are.
    """

    accounts: list[Account]
    rooms: list[StoredRoom]
    memberships: list[Membership]
    marks: dict[tuple[int, int], int]
    tokens: list[tuple[int, bytes]] = field(default_factory=list, repr=False)
    bans: list[Ban] = field(default_factory=list)
    mutes: list[Mute] = field(default_factory=list)
    password: ChatPassword = field(default_factory=ChatPassword)
    host_code_hash: str = field(default="", repr=False)


@dataclass(slots=True)
class Batch:
    """What one turn of the hub makes last: all of it or nothing.

    The seqs of ``records`` follow the log's head one by one. ``used`` maps an account's id to its
    new ``used_at``; ``left`` has the ids of accounts and of the rooms they left; ``marks`` is as
    in `State`, and moves a mark only forward. ``unbanned`` has numbers of bans, ``unmuted`` keys of
    names.
    """

    accounts: list[Account] = field(default_factory=list)
    used: dict[int, int] = field(default_factory=dict)
    rooms: list[StoredRoom] = field(default_factory=list)
    joined: list[Membership] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)
    marks: dict[tuple[int, int], int] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)
    tokens: list[tuple[int, bytes]] = field(default_factory=list, repr=False)
    ended_tokens: list[tuple[int, bytes]] = field(default_factory=list, repr=False)
    bans: list[Ban] = field(default_factory=list)
    unbanned: list[int] = field(default_factory=list)
    mutes: list[Mute] = field(default_factory=list)
    unmuted: list[str] = field(default_factory=list)
    password: ChatPassword | None = None
    host_code_hash: str = field(default="", repr=False)
    decisions: list[Decision] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return self == _NOTHING

    def drop_decisions(self) -> None:
        """Forget what is not the doing of one message, and yet fails with it."""
        self.password = None
        self.host_code_hash = ""
        for each in (self.bans, self.unbanned, self.mutes, self.unmuted, self.decisions):
            each.clear()
        self.tokens.clear()
        self.ended_tokens.clear()


_NOTHING = Batch()
