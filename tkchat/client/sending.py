"""Which own messages are on their way to the host, and which may follow. Pure."""

from collections.abc import Iterable

from tkchat.wire.requests import Say

WINDOW = 16  #: so many may be unacknowledged at once
WINDOW_BYTES = 100_000  # with them: well under what may wait in a connection before it is closed
BYTES_PER_CHAR = 4


class Sending:
    """What the host has not acknowledged, the oldest first.

    Messages go out in the order they were written; after `begin` all do again, which the host's
    knowledge of each mid makes harmless.
    """

    def __init__(self) -> None:
        self._waiting: dict[str, Say] = {}
        self._on_the_way: set[str] = set()
        self._sent: set[str] = set()  # over this or an earlier connection
        self._is_online = False

    def load(self, says: Iterable[Say]) -> None:
        """Forget everything but ``says``, none of which is on its way."""
        self._waiting = {say.mid: say for say in says}
        self._on_the_way.clear()
        self._sent.clear()

    def add(self, say: Say) -> None:
        """Take one more, to be sent after all others."""
        self._waiting[say.mid] = say

    def remove(self, mid: str) -> Say | None:
        """Forget one that is acknowledged, refused or not to be sent; return it if it was here."""
        self._on_the_way.discard(mid)
        self._sent.discard(mid)
        return self._waiting.pop(mid, None)

    def sent(self, mid: str) -> Say | None:
        """Return one that the host may have, although it has not said so; None for any other."""
        return self._waiting.get(mid) if mid in self._sent else None

    def was_not_taken(self, mid: str) -> None:
        """Take note that the host does not have it."""
        self._sent.discard(mid)

    def begin(self) -> None:
        """Send again from the oldest one on: the host is there."""
        self._on_the_way.clear()
        self._is_online = True

    def stop(self) -> None:
        """Send nothing more until `begin`."""
        self._on_the_way.clear()
        self._is_online = False

    def next(self) -> list[Say]:
        """Return what is to be sent now; it counts as being on its way."""
        ready: list[Say] = []
        if not self._is_online or len(self._on_the_way) >= WINDOW:
            return ready
        size = sum(_size(self._waiting[mid]) for mid in self._on_the_way)
        for mid, say in self._waiting.items():
            if mid in self._on_the_way:
                continue
            size += _size(say)
            if len(self._on_the_way) >= WINDOW or (self._on_the_way and size > WINDOW_BYTES):
                break
            self._on_the_way.add(mid)
            self._sent.add(mid)
            ready.append(say)
        return ready


def _size(say: Say) -> int:
    return len(say.text) * BYTES_PER_CHAR
