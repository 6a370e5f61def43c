"""Flood control: a sender over the limit is read more slowly; nothing it sent is dropped."""

import time

BURST_LINES = 10
LINES_PER_SECOND = 5.0


class Bucket:
    """A token bucket: `BURST_LINES` at once, then `LINES_PER_SECOND`."""

    def __init__(self) -> None:
        self._tokens = float(BURST_LINES)
        self._at = time.monotonic()

    def take(self) -> float:
        """Take one token and return the seconds to wait before the line may be used."""
        now = time.monotonic()
        self._tokens = min(BURST_LINES, self._tokens + (now - self._at) * LINES_PER_SECOND)
        self._at = now
        self._tokens -= 1
        return max(0.0, -self._tokens / LINES_PER_SECOND)
