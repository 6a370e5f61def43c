"""What the host's log keeps, as plain records; and what can go wrong with it."""

from dataclasses import dataclass, field

from tkchat.wire.entry import Kind


class LogError(Exception):
    """The log cannot be used; the text says what is wrong and what to do about it."""


class LogInUse(LogError):
    """Another process has the log's folder."""


class LogDamaged(LogError):
    """The log's file is not what was written there."""


class StorageFailed(Exception):
    """A commit could not be made, for the reason in the text; nothing of it was kept."""


@dataclass(frozen=True, slots=True)
class Record:
    """A lasting event as the log keeps it.

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

    ``install`` is the installation that it was made for, until that has shown the token once.

    Several accounts may have had one key over the years: the newest has the highest id, and holds
    the name.
    """

    id: int
    name: str
    key: str
    token_hash: bytes
    install: str
    used_at: int


@dataclass(frozen=True, slots=True)
class StoredRoom:
    """A room, or a conversation of two; ``key`` is its alone.

    ``topic`` is what the room is about, and ``topic_by`` the name of who said so.
    """

    id: int
    key: str
    name: str
    topic: str = ""
    topic_by: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """An account is in a room, and calls it ``label``: ``lab``, or ``@bob``."""

    account_id: int
    room_id: int
    label: str


@dataclass(frozen=True, slots=True)
class State:
    """What a host needs to know before it lets anybody in.

    ``accounts`` has the newest account of each key; ``memberships`` and ``marks`` are theirs.
    ``marks`` maps an account's id and a room's id to the seq up to which it has been read.
    """

    accounts: list[Account]
    rooms: list[StoredRoom]
    memberships: list[Membership]
    marks: dict[tuple[int, int], int]


@dataclass(slots=True)
class Batch:
    """What one turn of the hub makes last: all of it or nothing.

    The seqs of ``records`` follow the log's head one by one. ``used`` maps an account's id to its
    new ``used_at``; ``left`` has the ids of accounts and of the rooms they left; ``marks`` is as
    in `State`, and moves a mark only forward.
    """

    accounts: list[Account] = field(default_factory=list)
    used: dict[int, int] = field(default_factory=dict)
    rooms: list[StoredRoom] = field(default_factory=list)
    joined: list[Membership] = field(default_factory=list)
    left: list[tuple[int, int]] = field(default_factory=list)
    marks: dict[tuple[int, int], int] = field(default_factory=dict)
    records: list[Record] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to commit."""
        return not (
            self.records
            or self.marks
            or self.used
            or self.joined
            or self.left
            or self.accounts
            or self.rooms
        )
