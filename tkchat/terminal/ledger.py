"""Which lines are on their way to a host without a log, and which it is known to have."""

from collections import deque
from dataclasses import dataclass

from tkchat.client.message import Delivery, Message

WINDOW_LINES = 100  # on their way at once: a host that slows senders takes 20 s for so many
WINDOW_BYTES = 64 * 1024  # well under what may wait in a connection before it is closed


@dataclass(frozen=True, slots=True)
class _Sent:
    """A line on its way: a message, or else a command."""

    size: int
    message: Message | None = None


class Ledger:
    """Lines on their way, the oldest first.

    A host takes the lines of one connection in order. So once it gives a line back, it has
    everything from before too.
    """

    def __init__(self) -> None:
        self._sent: deque[_Sent] = deque()
        self._bytes = 0
        self._echoes = False  # whether the host ever gave a message back
        self.refused = 0  #: messages that it did not give back, though it does that

    @property
    def unsettled(self) -> int:
        """How many lines are not known to have arrived."""
        return len(self._sent)

    @property
    def awaits_echo(self) -> bool:
        """Whether the host should give something back: it does that, and was told a message."""
        return self._echoes and any(each.message for each in self._sent)

    @property
    def is_full(self) -> bool:
        """Whether to wait before the next line."""
        return len(self._sent) >= WINDOW_LINES or self._bytes >= WINDOW_BYTES

    def sent(self, size: int, message: Message | None = None) -> None:
        """Note a line of ``size`` bytes: a message, or else a command."""
        self._sent.append(_Sent(size, message))
        self._bytes += size

    def echoed(self, message: Message) -> None:
        """The host gave ``message`` back."""
        self._echoes = True
        if all(each.message is not message for each in self._sent):
            return  # it was given up
        while self._sent:
            each = self._sent.popleft()
            self._bytes -= each.size
            if each.message is message:
                return
            if each.message and each.message.delivery is not Delivery.SENT:
                self.refused += 1

    def clear(self) -> None:
        """Count nothing as being on its way any more."""
        self._sent.clear()
        self._bytes = 0
