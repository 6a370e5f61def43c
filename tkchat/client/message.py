"""One message as a window or a terminal shows it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum


class Delivery(Enum):
    """How far an own message has come; somebody else's is always ``SENT``."""

    WAITING = "waiting"  #: on this computer; it will be sent, however long that takes
    SENT = "sent"  #: the host has it
    REFUSED = "refused"  #: the host does not take it; `Message.why` says why
    DOUBTFUL = "doubtful"  #: a plain connection was lost before the message came back


class Kind(Enum):
    """What a message is, which is how it is drawn."""

    SAID = "said"  #: somebody's words
    PRESENCE = "presence"  #: who came or went, or what the room is about now: quiet, folded
    NOTICE = "notice"  #: the host's word to this person
    GAP = "gap"  #: ``text`` says what is missing here


@dataclass(slots=True)
class Message:
    """One entry of a room's message list.

    ``key`` is unique in its room and never reused. ``author`` is empty for what the host says;
    for a presence it is who came or went, and ``text`` is ``joined`` or ``left``, or else it is
    empty, and ``text`` says all. ``at`` is an aware local time. ``own`` says that this person
    wrote it.
    """

    key: int
    kind: Kind
    author: str
    text: str
    at: datetime
    own: bool = False
    delivery: Delivery = Delivery.SENT
    seq: int = 0  #: its place in the host's log; 0 if it has none (yet)
    era: int = 0  #: which of the host's logs that is: a chat that began anew counts up
    mid: str = ""  #: the identity that this client gave it; empty for those of others
    why: str = ""  #: why it was refused, for a person to read
    edited: bool = False
    deleted: bool = False
    answers: int = 0  #: the seq of the message that this one answers, 0 for none
    quote: tuple[str, str] | None = None  #: of that: author and first words, once it is known
    reactions: dict[str, list[str]] = field(default_factory=dict)  #: emoji: who, in order
