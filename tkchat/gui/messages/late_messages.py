"""Finds out when own messages have waited so long for the host that it should be seen."""

import tkinter as tk
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from tkchat.client.message import Delivery, Message
from tkchat.gui.messages.delivery_marks import PATIENCE, is_late


class LateMessages:
    """Hands messages to ``on_late`` once they wait too long. Uses the clock of ``widget``."""

    def __init__(
        self,
        widget: tk.Misc,
        now: Callable[[], datetime],
        on_late: Callable[[list[Message]], None],
    ) -> None:
        self._widget = widget
        self._now = now
        self._on_late = on_late
        self._fresh: dict[int, Message] = {}  # wait, but not too long yet
        self._due = ""

    def watch(self, messages: Iterable[Message]) -> None:
        """Look at those of ``messages`` that wait again, in a while."""
        now = self._now()
        for message in messages:
            if message.delivery is Delivery.WAITING and not is_late(message, now):
                self._fresh[message.key] = message
        if self._fresh and not self._due:
            milliseconds = PATIENCE / timedelta(milliseconds=1)
            self._due = self._widget.after(int(milliseconds), self._look)

    def forget(self) -> None:
        """Look at none of them any more."""
        self._fresh.clear()

    def close(self) -> None:
        """End it: the widget is about to go."""
        if self._due:
            self._widget.after_cancel(self._due)

    def _look(self) -> None:
        self._due = ""
        waiting = [m for m in self._fresh.values() if m.delivery is Delivery.WAITING]
        now = self._now()
        self._fresh.clear()
        self._on_late([message for message in waiting if is_late(message, now)])
        self.watch(waiting)
