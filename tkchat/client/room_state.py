"""What is kept of a person in a room: how much of it disturbs, where they stopped, and what at."""

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """Which news of a room disturbs a person."""

    ALL = "all"
    MENTIONS = "mentions"  #: only messages that name them
    MUTED = "muted"  #: nothing at all


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first message in view, by its era and seq, where reading stopped.

    ``y`` is how far below the view's upper edge its last line begins, in pixels, maybe negative.
    """

    era: int
    seq: int
    y: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that a draft answers: its seq in the present log, its author and its words."""

    seq: int
    author: str
    text: str
