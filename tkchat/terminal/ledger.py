"""Which lines are on their way to the host, and which it is known to have."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from tkchat.client.message import Delivery, Message

WINDOW_LINES = 100  # on their way at once: a host that slows senders takes 20 s for so many
WINDOW_BYTES = 64 * 1024  # well under what may wait in a connection before it is closed


@dataclass(frozen=True, slots=True)
class _Sent:
    """A line on its way: a message, a fence, or else a command."""

    size: int
    message: Message | None = None
    fence: str = ""


class Ledger:
    """Lines on their way, the oldest first.

    A host takes the lines of one connection in order. So once it gives a line back or answers a
    fence (a question asked only to hear the answer), it has everything from before too.
    """

    def __init__(self) -> None:
        self._sent: deque[_Sent] = deque()
        self._bytes = 0
        self.echoes = False  #: whether the host ever gave a message back
        self.refused = 0  #: messages that it did not give back, though it does that

    @property
    def unsettled(self) -> int:
        """How many lines, without fences, are not known to have arrived."""
        return sum(not each.fence for each in self._sent)

    @property
    def is_full(self) -> bool:
        """Whether to wait before the next line."""
        return len(self._sent) >= WINDOW_LINES or self._bytes >= WINDOW_BYTES

    @property
    def fence(self) -> str:
        """The fence that is on its way, if one is."""
        return next((each.fence for each in self._sent if each.fence), "")

    def sent(self, size: int, message: Message | None = None, fence: str = "") -> None:
        """Note a line of ``size`` bytes: a message, a fence, or else a command."""
        self._sent.append(_Sent(size, message, fence))
        self._bytes += size

    def echoed(self, message: Message) -> None:
        """The host gave ``message`` back."""
        self.echoes = True
        self._settle(lambda each: each.message is message)

    def answered(self, fence: str) -> None:
        """The host answered ``fence``."""
        self._settle(lambda each: each.fence == fence)

    def clear(self) -> None:
        """Count nothing as being on its way any more."""
        self._sent.clear()
        self._bytes = 0

    def _settle(self, is_last: Callable[[_Sent], bool]) -> None:
        while self._sent:
            each = self._sent.popleft()
            self._bytes -= each.size
            if self.echoes and each.message and each.message.delivery is not Delivery.SENT:
                self.refused += 1
            if is_last(each):
                return
