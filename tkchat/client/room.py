"""One room as a person sees it, and what of it is to be drawn anew."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tkchat.client.events import Found
from tkchat.client.message import Message
from tkchat.client.order import CommandAnswered
from tkchat.client.pages import Cursor
from tkchat.client.room_state import Anchor, Answered, Level
from tkchat.client.timeline import Timeline

__all__ = ["Anchor", "Answered", "Changes", "Editing", "Heard", "Level", "Place", "Room"]

END_OF_ERA = 10**18  #: the seq of the mark behind a log that was followed by another
KEPT_MESSAGES = 10_000  #: of each room, beside what was scrolled back to; the oldest go first
TYPING_SECONDS = 6  # so soon after the last word of it nobody is taken to be typing


@dataclass(eq=False, slots=True)
class Room:
    """One room: what was said in it, who is in it, and how far this person has read it."""

    name: str
    timeline: Timeline
    waiting: list[Message] = field(default_factory=list)  #: own ones that the host does not have
    people: set[str] = field(default_factory=set)
    joined: bool = False  #: whether the host counts this person among its people
    was_left: bool = False  #: and what is said next does not follow on what is here
    hole: int = 0  #: the seq of the mark for messages between that only the host has; 0 for none
    unread: int = 0  #: messages of others since it was last looked at
    mentions: int = 0  #: those among them that name this person
    first_unread: int = 0  #: the seq of the first of them, or 0
    read_seq: int = 0
    last_seq: int = 0  #: the newest message of the host's present log that is known of
    new_from: int = 0  #: the message that the "new" line stands above; 0 for no such line
    seen: dict[str, int] = field(default_factory=dict)  #: who else has read it, up to which seq
    anchor: Anchor | None = None  #: where reading stopped; None: at the newest message
    topic: str = ""
    level: Level = Level.ALL
    draft: str = ""
    answered: Answered | None = None  #: the message that the draft answers
    editing: "Editing | None" = None  #: the edit that was left unfinished
    has_older: bool = False  #: whether `Session.older` may bring more
    loading_older: bool = False  #: set by the view that asks, reset by the answer
    older_offline: bool = False  #: the last answer was that only the host has more
    cursor: Cursor | None = None  #: what to give `Session.older`
    is_paged: bool = False  #: whether the cursor is known
    scrolled_back: int = 0  #: messages that came as older ones since the room was entered
    place: "Place | None" = None  #: what to draw instead of `messages`: a jump into the past
    typing: dict[str, datetime] = field(default_factory=dict)  #: who, and when last
    away_since: datetime | None = None  #: when this person left it, or lost a plain connection

    @property
    def messages(self) -> list[Message]:
        """All that is here: accepted ones in the log's order, then own waiting and refused ones."""
        return [*self.timeline.messages, *self.waiting]

    @property
    def is_conversation(self) -> bool:
        """Whether this is the conversation with one other person."""
        return self.name.startswith("@")

    @property
    def news(self) -> int:
        """How many unread messages the person wants to know of: what its pill shows."""
        return {Level.ALL: self.unread, Level.MENTIONS: self.mentions}.get(self.level, 0)

    def wants(self, message_mentions: bool) -> bool:
        """Tell whether a message disturbs; ``message_mentions`` tells whether it names them."""
        return self.level is Level.ALL or (self.level is Level.MENTIONS and message_mentions)

    def typists(self, now: datetime) -> list[str]:
        """Return who is typing, in the order of names."""
        since = now - timedelta(seconds=TYPING_SECONDS)
        return sorted((name for name, at in self.typing.items() if at > since), key=str.casefold)


@dataclass(frozen=True, slots=True)
class Editing:
    """An edit under way: of this own message, which is to read ``text`` instead."""

    message: Message
    text: str


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of a room's past, with a hole between its end and the room's messages."""

    timeline: Timeline
    target: Message  #: the one that was jumped to
    at_start: bool = False  #: whether there is nothing older

    @property
    def messages(self) -> list[Message]:
        """All that is here, in order."""
        return self.timeline.messages


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of somebody else that this person may want to be told of, in any room."""

    room: str
    message: Message
    is_mention: bool  #: it names them, or is said to them only


@dataclass(slots=True)
class Changes:
    """What a view must redraw after some events. All but the last lines are of the current room."""

    added: list[Message] = field(default_factory=list)  #: in order, before the waiting ones
    waiting: bool = False  #: the waiting and refused ones at the end are others now
    changed: list[Message] = field(default_factory=list)  #: look different where they are
    older: list[Message] = field(default_factory=list)  #: in order, in front of all others
    delivered: list[Message] = field(default_factory=list)  #: whose delivery is another (plain)
    entered: bool = False  #: everything is to be drawn: ``room.place``, or else its messages
    edge: bool = False  #: what is known of older ones has changed: has_older, older_offline, …
    jumped: Message | None = None  #: this one is to be brought into sight; it is drawn by then
    typing: bool = False
    people: bool = False
    rooms: bool = False  #: the list of rooms, their counts, or how much is unread in them
    link: bool = False
    topic: bool = False  #: what the current room is about
    seen: bool = False  #: who has read how far in the current room
    presence: bool = False  #: who is away or busy, in any room
    heard: list[Heard] = field(default_factory=list)  #: what the person may want to be told of
    order: bool = False  #: roles, rules of rooms, who asks to be let in, or who is muted
    answered: list[CommandAnswered] = field(default_factory=list)  #: the host's, in order
    results: Found | None = None
