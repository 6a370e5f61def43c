"""When to ask a silent host whether it is there, and when to give it up. Pure."""

PING_SECONDS = 15.0  #: of silence, until it is asked
GIVE_UP_SECONDS = 40.0  #: of silence, until it is taken to be gone
WAKE_SECONDS = 5.0  #: how soon an answer must come after this computer has slept


class Heartbeat:
    """Follows one connection; ``now`` is always the monotonic clock, in seconds."""

    def __init__(self, now: float) -> None:
        self._ping_at = now + PING_SECONDS
        self._give_up_at = now + GIVE_UP_SECONDS

    def heard(self, now: float) -> None:
        """Take note that something has come from the host."""
        self._ping_at = now + PING_SECONDS
        self._give_up_at = now + GIVE_UP_SECONDS

    def woke(self, now: float) -> None:
        """Take note that this computer has slept: the host may have given us up meanwhile."""
        self._ping_at = now
        self._give_up_at = now + WAKE_SECONDS

    def patience(self, now: float) -> float:
        """Return how long to wait for the host before looking here again."""
        return max(min(self._ping_at, self._give_up_at) - now, 0.0)

    def is_gone(self, now: float) -> bool:
        """Tell whether the host was silent for too long."""
        return now >= self._give_up_at

    def takes_ping(self, now: float) -> bool:
        """Tell whether the host is to be asked now; each silence has one such moment."""
        if now < self._ping_at:
            return False
        self._ping_at = self._give_up_at
        return True
