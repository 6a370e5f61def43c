"""A lasting event: what the log keeps, and every client shows in the same order."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache

from tkchat.wire.errors import RemoteError

_MID = re.compile(r"[0-9A-Fa-f]{32}\Z")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: When the year 3000 begins. Then, and before 1970, Windows cannot turn a time into a local one.
END_OF_TIME_MS = 32_503_680_000_000


class Kind(StrEnum):
    """What a lasting event does. All but the first are about an earlier one, their target."""

    MESSAGE = "message"
    REPLY = "reply"  #: a message too, which answers the target
    EDIT = "edit"  #: the target's text is another now
    DELETE = "delete"  #: the target is taken back
    REACT = "react"  #: an emoji on the target; the same again takes it back

    @property
    def is_message(self) -> bool:
        """Whether it is something said, with a place of its own in the list of messages."""
        return self in (Kind.MESSAGE, Kind.REPLY)


#: The kinds that have a target; the tag that bears its seq is called as the kind is.
KINDS_WITH_TARGET = (Kind.REPLY, Kind.EDIT, Kind.DELETE, Kind.REACT)


@dataclass(frozen=True, slots=True)
class Entry:
    """A lasting event as one person sees it.

    ``seq`` is its place in the host's log. ``time_ms`` is the host's clock, in milliseconds since
    1970 (UTC), for display only. ``room`` is a room's name, or ``@name`` for the conversation with
    that person. ``mid`` is known to the author alone, and empty for everybody else.
    """

    seq: int
    time_ms: int
    room: str
    author: str
    text: str
    kind: Kind = Kind.MESSAGE
    target: int = 0
    mid: str = ""


def check_mid(mid: str) -> str:
    """Return ``mid``, a message's identity: 128 random bits as 32 hexadecimal digits.

    Raises:
        RemoteError: ``bad-line``.
    """
    if not _MID.match(mid):
        raise RemoteError("bad-line", "A mid is 32 hexadecimal digits.")
    return mid


def to_ms(at: datetime) -> int:
    """Return the milliseconds since 1970 of ``at``, which has a time zone."""
    return (at - _EPOCH) // timedelta(milliseconds=1)


def from_ms(time_ms: int) -> datetime:
    """Return the time, in UTC, so many milliseconds after 1970 began."""
    return _EPOCH + timedelta(milliseconds=time_ms)


@lru_cache(maxsize=64)  # what a host decides together happens at one time
def format_time(time_ms: int) -> str:
    """Return a time as the wire spells it (RFC 3339, UTC, with milliseconds)."""
    return from_ms(time_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse_time(written: str) -> int:
    """Return the milliseconds since 1970 of a time in RFC 3339's spelling, up to the year 2999.

    Raises:
        RemoteError: ``bad-line``, for anything else.
    """
    try:
        at = datetime.fromisoformat(written)
        if at.tzinfo is None:
            raise ValueError("no time zone")
        time_ms = round(at.timestamp() * 1000)
        if not 0 <= time_ms < END_OF_TIME_MS:
            raise ValueError("no time of a message")
    except (ValueError, OverflowError) as error:
        raise RemoteError("bad-line", f"{written[:40]!r} is not a time.") from error
    return time_ms
