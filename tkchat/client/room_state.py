"""What a person has settled for a room: how much of it disturbs, and where reading stopped."""

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
