"""One message as a window or a terminal shows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Delivery(Enum):
    """How far an own message has come; somebody else's is always ``SENT``."""

    WAITING = "waiting"  #: handed to the connection, not yet seen back from the host
    SENT = "sent"  #: the host has it: its line came back
    DOUBTFUL = "doubtful"  #: the connection was lost before its line came back


class Kind(Enum):
    """What a message is, which is how it is drawn."""

    SAID = "said"  #: somebody's words
    PRESENCE = "presence"  #: ``author`` came or went: quiet, neighbours fold into one line
    NOTICE = "notice"  #: the host's word to this person


@dataclass(slots=True)
class Message:
    """One entry of a room's message list.

    ``key`` is unique in its room and never reused. ``author`` is empty for what the host says;
    for a presence it is who came or went, and ``text`` is ``joined`` or ``left``. ``at`` is an
    aware local time. ``own`` says that this person wrote it.
    """

    key: int
    kind: Kind
    author: str
    text: str
    at: datetime
    own: bool = False
    delivery: Delivery = Delivery.SENT
