"""Tells when another day begins."""

import tkinter as tk
from collections.abc import Callable
from datetime import datetime, time, timedelta

_AFTER_MS = 1_000  # so that it is the next day for certain


def milliseconds_until_midnight(now: datetime) -> int:
    """Return how long the day of ``now``, an aware time of this computer's zone, still lasts."""
    # Not with the offset of ``now``: a day on which the clocks change is longer, or shorter.
    tomorrow = datetime.combine(now.date() + timedelta(days=1), time()).astimezone()
    return int((tomorrow - now) / timedelta(milliseconds=1))


class Midnight:
    """Calls ``on_new_day`` each midnight of this computer's clock, until `close`."""

    def __init__(self, widget: tk.Misc, on_new_day: Callable[[], None]) -> None:
        self._widget = widget
        self._on_new_day = on_new_day
        self._wait()

    def close(self) -> None:
        """Call it no more: the widget is about to go."""
        self._widget.after_cancel(self._due)

    def _wait(self) -> None:
        left = milliseconds_until_midnight(datetime.now().astimezone())
        self._due = self._widget.after(left + _AFTER_MS, self._struck)

    def _struck(self) -> None:
        self._wait()
        self._on_new_day()
