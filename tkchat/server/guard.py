"""What keeps an address from taking more than its share. Any thread may ask."""

import hmac
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from tkchat.net.address import is_loopback
from tkchat.server.limits import Limits
from tkchat.server.passwords import Passwords
from tkchat.wire.errors import RemoteError

MOST_TURNED_AWAY = 64  #: who are told why at the same time; all others are just told, and cut off
KEPT_ADDRESSES = 10_000  #: whose tries are remembered; the oldest are forgotten first


_TOO_MANY_WRONG = ("bad-password", "Too many wrong passwords came from there")
_TOO_MANY_NEW = ("not-allowed", "Too many passwords were given to names from there")


class Guard:
    """Counts connections and wrong passwords, and knows what proves the host.

    ``host_code`` is empty where nobody can prove that.
    """

    def __init__(self, limits: Limits | None = None, host_code: str = "") -> None:
        self.limits = limits = limits or Limits()
        self.host_code = host_code
        self.passwords = Passwords(limits.password_checks, limits.handshake_seconds)
        self.connections = Connections(limits)
        most, seconds = limits.wrong_passwords, limits.wrong_password_seconds
        self.tries = Tries(Quota(most, seconds, _TOO_MANY_WRONG), limits.handshake_seconds)
        self.registrations = Quota(most, seconds, _TOO_MANY_NEW)

    def is_host_code(self, code: str) -> bool:
        """Tell whether ``code`` proves the host; how long that takes tells nothing."""
        return bool(self.host_code) and hmac.compare_digest(
            code.strip().encode("utf-8", "replace"), self.host_code.encode()
        )


class Connections:
    """How many connections there are, of each address and together; how fast they come."""

    def __init__(self, limits: Limits, clock: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._clock = clock
        self._lock = threading.Lock()
        self._all = 0
        self._turned_away = 0
        self._by_origin: dict[str, int] = {}
        self._joins: dict[str, tuple[float, float]] = {}  # what is left at once, and when it was

    def enter(self, host: str) -> RemoteError | None:
        """Count a new connection from ``host``; return why it is refused, if it is.

        `leave` follows, unless it was refused.
        """
        limits, place = self._limits, origin(host)
        with self._lock:
            count = self._by_origin.get(place, 0)
            is_exempt = is_loopback(host)
            if not (is_exempt or self._may_join(place)):
                why = "Your computer connects too often: please wait a little."
            elif not is_exempt and count >= limits.connections_per_address:
                why = f"Your computer has {count} connections to this chat already."
            elif self._all >= limits.connections:
                why = "This chat is full: please try again later."
            else:
                self._all += 1
                self._by_origin[place] = count + 1
                return None
        return RemoteError("server-full", why)

    def may_explain(self) -> bool:
        """Tell whether somebody who is refused may be told so at length; `explained` follows."""
        with self._lock:
            may = self._turned_away < MOST_TURNED_AWAY
            self._turned_away += may
            return may

    def explained(self) -> None:
        """Take note that somebody who was refused is gone."""
        with self._lock:
            self._turned_away -= 1

    def leave(self, host: str) -> None:
        """Take note that a connection from ``host`` is gone."""
        place = origin(host)
        with self._lock:
            self._all -= 1
            left = self._by_origin[place] - 1
            if left:
                self._by_origin[place] = left
            else:
                del self._by_origin[place]

    def _may_join(self, place: str) -> bool:
        limits, now = self._limits, self._clock()
        tokens, at = self._joins.pop(place, (float(limits.joins_burst), now))
        tokens = min(limits.joins_burst, tokens + (now - at) * limits.joins_per_second)
        may = tokens >= 1
        self._joins[place] = (tokens - 1 if may else tokens, now)
        if len(self._joins) > KEPT_ADDRESSES:
            del self._joins[next(iter(self._joins))]
        return may


class Quota:
    """How often something was done in the last while, by where it came from."""

    def __init__(
        self,
        most: int,
        seconds: float,
        too_many: tuple[str, str],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._code, self._why = too_many
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._lock = threading.Lock()
        self._times: dict[str, deque[float]] = {}

    def left(self, host: str) -> int:
        """Return how many more times ``host`` may do it.

        Raises:
            RemoteError: not once.
        """
        with self._lock:
            return self._left(self._times.get(origin(host), deque()))

    def use(self, host: str) -> None:
        """Count it once more.

        Raises:
            RemoteError: there were too many.
        """
        with self._lock:
            times = self._times.pop(origin(host), deque())
            self._times[origin(host)] = times
            if len(self._times) > KEPT_ADDRESSES:
                del self._times[next(iter(self._times))]
            self._left(times)
            times.append(self._clock())

    def _left(self, times: deque[float]) -> int:
        now = self._clock()
        while times and now - times[0] >= self._seconds:
            times.popleft()
        if len(times) >= self._most:
            minutes = max(1, round((self._seconds - (now - times[0])) / 60))
            raise RemoteError(self._code, f"{self._why}: wait {minutes} minutes.")
        return self._most - len(times)


class Tries:
    """Passwords on trial: only so many wrong ones in a while, also across connections."""

    def __init__(self, wrong: Quota, patience: float) -> None:
        self._wrong = wrong
        self._patience = patience
        self._on_trial: dict[str, int] = {}  # how many of an origin are being looked at
        self._changed = threading.Condition()

    def check(self, host: str, is_right: Callable[[], bool]) -> bool:
        """Return what ``is_right`` does; no is counted, and nothing else, not even an error.

        As all that are on trial may prove wrong, no more of them are than wrong ones are left:
        others wait, for ``patience`` seconds.

        Raises:
            RemoteError: there were too many wrong ones; ``server-full``, too many wait.
        """
        place = origin(host)

        def has_place() -> bool:
            return self._on_trial.get(place, 0) < self._wrong.left(host)

        with self._changed:
            if not self._changed.wait_for(has_place, self._patience):
                raise RemoteError("server-full", "Too many passwords wait there: try again.")
            self._on_trial[place] = self._on_trial.get(place, 0) + 1
        is_wrong = False
        try:
            is_wrong = not is_right()
        finally:
            with self._changed:
                if is_wrong:
                    self._wrong.use(host)
                self._on_trial[place] -= 1
                if not self._on_trial[place]:
                    del self._on_trial[place]
                self._changed.notify_all()
        return not is_wrong


@lru_cache(KEPT_ADDRESSES)
def origin(host: str) -> str:
    """Return what one guest can hardly change: of IPv6, a network has as many as it likes."""
    number, _, scope = host.partition("%")
    address = ip_address(number) if number else None
    if not isinstance(address, IPv6Address) or address.is_loopback:
        return host
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    if address.is_link_local:
        return f"fe80::%{scope}"
    return str(int(address) >> 64)
