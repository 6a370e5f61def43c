"""Flood control: a sender over the limit is read more slowly; nothing it sent is dropped."""

import time

BURST_LINES = 10
LINES_PER_SECOND = 5.0
BLANKS_PER_LINE = 2_000  # blank lines that take as much of the others' time as one with something


class Bucket:
    """A token bucket: `BURST_LINES` at once, then `LINES_PER_SECOND`."""

    def __init__(self) -> None:
        self._tokens = float(BURST_LINES)
        self._at = time.monotonic()

    def take(self, tokens: int = 1) -> float:
        """Take ``tokens`` and return the seconds to wait before the line may be used."""
        now = time.monotonic()
        self._tokens = min(BURST_LINES, self._tokens + (now - self._at) * LINES_PER_SECOND)
        self._at = now
        self._tokens -= tokens
        return max(0.0, -self._tokens / LINES_PER_SECOND)
