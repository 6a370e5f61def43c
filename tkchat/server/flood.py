"""Flood control: a sender over the limit is read more slowly; nothing it sent is dropped."""

import time

BURST_LINES = 10
LINES_PER_SECOND = 5.0


class Bucket:
    """A token bucket: ``burst`` lines at once, then ``rate`` a second."""

    def __init__(self, burst: float = BURST_LINES, rate: float = LINES_PER_SECOND) -> None:
        self._burst = burst
        self._rate = rate
        self._tokens = burst
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one token and return the seconds to wait before the line may be used."""
        now = time.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)
