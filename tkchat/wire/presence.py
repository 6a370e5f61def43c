"""Whether somebody in the chat can be spoken to just now."""

from enum import StrEnum

from tkchat.wire.errors import RemoteError


class State(StrEnum):
    """How somebody is there; who has said nothing about it is here."""

    HERE = "here"
    AWAY = "away"
    BUSY = "busy"  #: does not want to be disturbed


def parse_state(written: str) -> State:
    """Return the state that is spelled ``written`` on the wire.

    Raises:
        RemoteError: ``bad-line``, for anything else.
    """
    try:
        return State(written)
    except ValueError:
        why = f"Somebody is here, away or busy, not {written[:40]!r}."
        raise RemoteError("bad-line", why) from None
