"""Flood control: a sender over the limit is read more slowly; nothing it sent is dropped."""

import time

from tkchat.server.limits import Limits
from tkchat.wire.requests import Request, Say, SayRead, SayTyping, SetPresence

ROWS_PER_LINE = 10  # of a message that take as much of the others' screens as another line
BLANKS_PER_LINE = 2_000  # blank lines that take as much of the others' time as one with something


class Bucket:
    """A token bucket: so many lines at once, then so many a second."""

    def __init__(self, limits: Limits | None = None) -> None:
        limits = limits or Limits()
        self._burst, self._pace = limits.flood_burst, limits.flood_per_second
        self._tokens = float(self._burst)
        self._at = time.monotonic()

    def take(self, tokens: int = 1) -> float:
        """Take ``tokens`` and return the seconds to wait before the line may be used."""
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._pace)
        self._at = now
        self._tokens -= tokens
        return max(0.0, -self._tokens / self._pace)


class Allowance:
    """What one connection may send: two buckets.

    What a program sends by itself while its user reads and types has its own, so that it never
    delays what they say.
    """

    def __init__(self, limits: Limits | None = None) -> None:
        self._said = Bucket(limits)
        self._passing = Bucket(limits)

    def take(self, tokens: int = 1, *, is_passing: bool = False) -> float:
        """Take ``tokens`` and return the seconds to wait before the line may be used."""
        return (self._passing if is_passing else self._said).take(tokens)


def cost(asked: Request) -> int:
    """Return how many tokens a request takes: of a message, more if it has many lines."""
    return 1 + asked.text.count("\n") // ROWS_PER_LINE if isinstance(asked, Say) else 1


def is_passing(asked: Request) -> bool:
    """Whether a program sends this by itself while its user reads and types."""
    return isinstance(asked, SayTyping | SayRead | SetPresence)
