"""Who is in the chat, and what each is owed at the end of the turn. All of it is the hub's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from types import MappingProxyType

from tkchat.net.connection import Connection
from tkchat.net.stream import Chunk
from tkchat.server.log_records import Account
from tkchat.wire.order import Role
from tkchat.wire.presence import State

NO_ROOMS: Mapping[int, str] = MappingProxyType({})


class Feed:
    """What an audience heard in this turn, each line encoded once.

    Members are owed stretches of it, given as numbers of lines, so that all share one block.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self._lasting: list[int] = []
        self._block: bytes | None = None
        self._offsets: list[int] = []

    @property
    def size(self) -> int:
        """How many lines there are."""
        return len(self._lines)

    def add(self, line: bytes, *, lasting: bool = False) -> None:
        """Append a line; a lasting one is heard only if it can be committed."""
        if lasting:
            self._lasting.append(len(self._lines))
        self._lines.append(line)

    def drop_lasting(self) -> None:
        """Unsay the lasting lines. The stretches that people are owed stay right."""
        for index in self._lasting:
            self._lines[index] = b""

    def block(self) -> bytes:
        """Return everything as one piece; nothing is added after that."""
        if self._block is None:
            self._block = b"".join(self._lines)
        return self._block

    def piece(self, start: int, end: int) -> memoryview:
        """Return the lines from ``start`` up to ``end``."""
        if not self._offsets:
            self._offsets = list(accumulate(map(len, self._lines), initial=0))
        return memoryview(self.block())[self._offsets[start] : self._offsets[end]]

    def clear(self) -> None:
        """Forget everything: the turn is over."""
        self._lines.clear()
        self._lasting.clear()
        self._offsets.clear()
        self._block = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of what an audience heard in this turn, in lines."""

    feed: Feed
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lasting:
    """A line for one connection alone, which tells of a lasting event."""

    line: bytes


@dataclass(eq=False, slots=True)
class Room:
    """A room, and who is in it by the key of their name.

    ``id`` is its number in the log: 0 while nothing lasting was ever said or decided in it. The
    conversation of two people is a room too, which only the log and the two know. ``topic_by`` is
    the name of who said what the ``topic`` is.
    """

    name: str
    key: str
    id: int = 0
    topic: str = ""
    topic_by: str = ""
    is_locked: bool = False  #: nobody new comes in
    slow_seconds: int = 0  #: between two messages of one person
    is_archived: bool = False  #: nobody is in it, and it is not shown
    people: dict[str, "Person"] = field(default_factory=dict)
    audiences: dict["Audience", None] = field(default_factory=dict)

    @property
    def is_conversation(self) -> bool:
        """Whether this is the conversation of two."""
        return self.key.startswith("@")


@dataclass(eq=False, slots=True)
class Audience:
    """Connections that hear the same: of one dialect, and in the same rooms."""

    is_tagged: bool
    rooms: tuple[Room, ...]
    members: dict["Member", None] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)


@dataclass(eq=False, slots=True)
class Person:
    """Somebody in the chat: with one plain connection, or any number of tagged ones.

    ``account`` is None for a plain client, which is in one room at a time. ``came_at`` is the seq
    of the newest event when such a client came: nothing before that was said to it. ``status`` is
    what they last said about their presence.
    """

    name: str
    key: str
    account: Account | None = None
    came_at: int = 0
    status: str = ""
    plain_role: Role = Role.MEMBER  #: of who has no account
    members: dict["Member", None] = field(default_factory=dict)  #: those who hear the chat by now
    rooms: dict[Room, None] = field(default_factory=dict)

    @property
    def role(self) -> Role:
        """What they may do beside talking."""
        return self.plain_role if self.account is None else self.account.role

    @property
    def state(self) -> State:
        """How they are there: busy if one of their connections says so, away if all do."""
        states = {member.state for member in self.members}
        if State.BUSY in states:
            return State.BUSY
        return State.AWAY if states == {State.AWAY} else State.HERE


@dataclass(eq=False, slots=True)
class Member:
    """One connection in the chat. Belongs to the hub's thread, except for name and connection.

    Most members are owed exactly what their audience hears. One who came, moved, asked something or
    is told something of their own has a ``script`` too: what was owed up to ``since``, a number of
    lines of the audience's feed.
    """

    person: Person
    connection: Connection
    audience: Audience | None = None  #: None while a tagged connection catches up with the log
    since: int = 0
    script: list[bytes | Stretch | Lasting] = field(default_factory=list)
    told_bytes: int = 0  #: how long the lines in the script are that are for this connection alone
    state: State = State.HERE
    gone: bool = False  #: out of the chat; the connection is closed with the turn's delivery
    held: list[Chunk] | None = None  #: what waits until the log has been replayed
    held_bytes: int = 0
    #: By their number in the log, the rooms that this person may read, and what they call each.
    #: Never changed, only replaced, so that the client's own thread may look at it.
    labels: Mapping[int, str] = field(default_factory=lambda: NO_ROOMS)
    host: str = ""  #: the address that it comes from
    token_hash: bytes = field(default=b"", repr=False)  #: of what proved a tagged one's name

    @property
    def name(self) -> str:
        """The person's name."""
        return self.person.name

    @property
    def is_tagged(self) -> bool:
        """Whether the connection speaks the tagged dialect."""
        return self.person.account is not None

    @property
    def room(self) -> Room:
        """Where a plain client is."""
        return next(iter(self.person.rooms))

    def settle(self) -> None:
        """Write down what is owed of the audience's feed so far."""
        if self.audience is None:
            return
        feed = self.audience.feed
        if feed.size > self.since:
            self.script.append(Stretch(feed, self.since, feed.size))
        self.since = feed.size

    def drop_lasting(self) -> None:
        """Take the lasting lines out of the script."""
        self.script = [part for part in self.script if not isinstance(part, Lasting)]

    def take_script(self) -> list[Chunk]:
        """Return what the script says, as pieces to send, and forget it."""
        chunks: list[Chunk] = []
        for part in self.script:
            match part:
                case Stretch(feed, start, end):
                    chunks.append(feed.piece(start, end))
                case Lasting(line):
                    chunks.append(line)
                case line:
                    chunks.append(line)
        self.script.clear()
        return [chunk for chunk in chunks if chunk]

    def send(self, *chunks: Chunk) -> None:
        """Send ``chunks`` now, or when the log has been replayed; never waits."""
        if self.held is None:
            self.connection.send(*chunks)
            return
        # Copies: what is held outlives the turn whose blocks it may be a view of.
        self.held += (bytes(chunk) for chunk in chunks)
        self.held_bytes += sum(map(len, chunks))
        if self.held_bytes > self.connection.most_waiting:
            self.connection.close()  # it comes back, and goes on where it was

    def release(self) -> None:
        """Send what was held, and hold nothing any more."""
        held, self.held, self.held_bytes = self.held, None, 0
        if held:
            self.connection.send(*held)


@dataclass(frozen=True, slots=True)
class Admission:
    """A tagged connection that was let in, and what proves its name from now on."""

    member: Member
    token: str
    log: str
    head: int


@dataclass(frozen=True, slots=True)
class View:
    """What a tagged connection may read of the log: these rooms, up to the event ``head``."""

    head: int
    labels: Mapping[int, str]
