"""Whether somebody in the chat can be spoken to just now."""

from enum import StrEnum


class State(StrEnum):
    """How somebody is there; who has said nothing about it is here."""

    HERE = "here"
    AWAY = "away"
    BUSY = "busy"  #: does not want to be disturbed


def parse_state(written: str) -> State | None:
    """Return the state that is spelled ``written`` on the wire; None if it is not known here."""
    return next((state for state in State if state == written), None)
