"""All rooms that this person has seen, which one is current, and the making of messages."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tkchat.client.message import Kind, Message
from tkchat.client.pages import Cursor
from tkchat.client.room import KEPT_MESSAGES, Changes, Level, Room
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
        is_same = left.name.casefold() == name.casefold()
        if is_same and left.timeline.last is None:  # it was not spelled as the host does
            self.by_name.pop(left.name)
            _take_over(self.current, left)
        left.place = None
        left.new_from = 0
        self.current.new_from = self.current.first_unread
        left.scrolled_back = 0
        left.loading_older = False
        self.trim(left)
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
        self.trim(room)
        if room is self.current and room.place is None:
            changes.added.append(message)
        return message

    def trim(self, room: Room) -> None:
        """Forget a room's oldest messages, if too many; `Session.older` brings them back."""
        kept = KEPT_MESSAGES + room.scrolled_back
        # In batches: each one costs a move.
        if len(room.timeline.messages) > kept * 1.1:
            self.forget_oldest(room, kept)

    def forget_oldest(self, room: Room, kept: int) -> None:
        """Forget all but the newest ``kept`` messages."""
        if room.timeline.trim(kept):
            first = room.timeline.first
            room.has_older = room.is_paged = True
            room.cursor = Cursor(0, first[1], self.era - first[0]) if first else None


def _take_over(room: Room, typed: Room) -> None:
    """Have in ``room`` what the person did in it under the name that they had typed."""
    room.waiting += typed.waiting
    typed.waiting = room.waiting  # from which either is to take what is accepted
    if typed.draft or typed.answered or typed.editing:
        room.draft, room.answered, room.editing = typed.draft, typed.answered, typed.editing
    if typed.level is not Level.ALL:
        room.level = typed.level


def _draw_anew(changes: Changes) -> None:
    changes.entered = True
    changes.added.clear()
    changes.changed.clear()
    changes.older.clear()
    changes.jumped = None
