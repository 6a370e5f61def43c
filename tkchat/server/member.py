"""Who is in the chat, and what each is owed at the end of the turn."""

from dataclasses import dataclass, field

from tkchat.net.connection import Connection


class Feed:
    """What a room heard in this turn, each line encoded once.

    Members are owed stretches of it, given as offsets in bytes, so that all share one block.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []
        self.size = 0

    def add(self, line: bytes) -> None:
        """Append a line."""
        self._lines.append(line)
        self.size += len(line)

    def block(self) -> bytes:
        """Return everything as one piece."""
        return b"".join(self._lines)

    def clear(self) -> None:
        """Forget everything: the turn is over."""
        self._lines.clear()
        self.size = 0


@dataclass(eq=False, slots=True)
class Room:
    """A room and the people in it, by the key of their name."""

    name: str
    members: dict[str, "Member"] = field(default_factory=dict)
    feed: Feed = field(default_factory=Feed)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of what a room heard in this turn."""

    feed: Feed
    start: int
    end: int


@dataclass(eq=False, slots=True)
class Member:
    """Somebody in the chat. Belongs to the hub's thread, except for name and connection.

    Most members are owed exactly what their room hears. One who came, moved, asked something or is
    not echoed has a ``script`` too: what was owed up to ``since``, an offset in the room's feed.
    """

    name: str
    key: str
    connection: Connection
    room: Room
    since: int = 0
    script: list[bytes | Stretch] = field(default_factory=list)
    gone: bool = False  #: out of the chat; the connection is closed with the turn's delivery

    def settle(self) -> None:
        """Write down what is owed of the room's feed so far."""
        feed = self.room.feed
        if feed.size > self.since:
            self.script.append(Stretch(feed, self.since, feed.size))
        self.since = feed.size
