"""Whether a person can be disturbed, and what they say about it."""

from dataclasses import dataclass

from tkchat.wire.presence import State

__all__ = ["Presence", "State"]


@dataclass(frozen=True, slots=True)
class Presence:
    """A person's state, and the status line that they gave: ``back at 3``, or nothing."""

    state: State = State.HERE
    text: str = ""
