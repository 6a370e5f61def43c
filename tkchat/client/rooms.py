"""All rooms that this person has seen, which one is current, and the making of messages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tkchat.client.message import Kind, Message
from tkchat.client.room import KEPT_MESSAGES, Changes, Room
from tkchat.client.timeline import Timeline
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL

Make = Callable[[Entry, int], Message]  #: makes the message of an entry in an era


@dataclass(slots=True)
class Rooms:
    """The rooms by name. ``make`` makes the messages that the host's log tells of."""

    user: str
    now: Callable[[], datetime]
    make: Make
    current: Room = field(init=False)
    by_name: dict[str, Room] = field(default_factory=dict)
    next_key: int = 0
    era: int = 0  #: which of the host's logs the seqs of now are from

    def __post_init__(self) -> None:
        self.current = self.get(GENERAL)

    def get(self, name: str) -> Room:
        """Return the room with that name, which begins to exist if need be."""
        room = self.by_name.get(name)
        if room is None:
            timeline = Timeline(self.make, lambda: self.user)
            room = self.by_name[name] = Room(name, timeline)
        return room

    def enter(self, name: str, changes: Changes) -> bool:
        """Make a room the current one; tell whether it was another before."""
        left, self.current = self.current, self.get(name)
        if left is self.current:
            return False
        if left.name.casefold() == name.casefold():  # it is the same, spelled as the host does
            self.by_name.pop(left.name)
            self.current.waiting = self.current.waiting or left.waiting
        left.place = None
        left.new_from = 0
        self.current.new_from = self.current.first_unread
        left.scrolled_back = 0
        left.loading_older = False
        trim(left)
        changes.people = changes.rooms = True
        _draw_anew(changes)
        return True

    def begin_anew(self, room: Room, changes: Changes) -> None:
        """Forget what was said in a room: what comes next does not follow on it."""
        room.timeline = Timeline(self.make, lambda: self.user)
        room.place = room.cursor = None
        room.was_left = room.is_paged = room.loading_older = False
        room.scrolled_back = room.new_from = room.hole = 0
        if room is self.current:
            _draw_anew(changes)

    def message(self, kind: Kind, author: str, text: str, at: datetime | None = None) -> Message:
        """Return a new message, of now unless ``at`` says otherwise."""
        self.next_key += 1
        own = kind is Kind.SAID and author == self.user
        return Message(self.next_key - 1, kind, author, text, at or self.now(), own)

    def tell(self, room: Room, kind: Kind, author: str, text: str, changes: Changes) -> Message:
        """Add a message without a place in the log, which happens now."""
        message = self.message(kind, author, text)
        room.timeline.append(message)
        trim(room)
        if room is self.current and room.place is None:
            changes.added.append(message)
        return message


def _draw_anew(changes: Changes) -> None:
    changes.entered = True
    changes.added.clear()
    changes.changed.clear()
    changes.older.clear()
    changes.jumped = None


def trim(room: Room) -> None:
    """Forget a room's oldest messages, if there are too many; `Session.older` brings them back."""
    kept = KEPT_MESSAGES + room.scrolled_back
    # In batches: each one costs a move.
    if len(room.timeline.messages) > kept * 1.1:
        forget_oldest(room, kept)


def forget_oldest(room: Room, kept: int) -> None:
    """Forget all but the newest ``kept`` messages."""
    if room.timeline.trim(kept):
        first = room.timeline.first
        room.has_older = room.is_paged = True
        room.cursor = first[1] if first else None
