"""Cyclic garbage, collected on Tk's thread only."""

import gc
import tkinter as tk

INTERVAL_MS = 1_000


class GarbageCollector:
    """Takes the place of Python's automatic collection, which runs in whatever thread allocates.

    A dead ``PhotoImage`` or ``StringVar`` calls Tk when it is collected. From another thread that
    call waits for Tk's thread, and fails once Tk is gone. So the automatic collection is off while
    this is at work, and Tk's thread looks after each interval whether one is due.
    """

    def __init__(self, root: tk.Misc) -> None:
        self._root = root
        gc.disable()
        root.after(INTERVAL_MS, self._begin)

    def _begin(self) -> None:
        """Put aside what is there by now, not to look through it each time: most of it stays."""
        gc.collect()
        gc.freeze()
        self._look()

    def _look(self) -> None:
        self._root.after(INTERVAL_MS, self._look)
        counts, thresholds = gc.get_count(), gc.get_threshold()
        for generation in (2, 1, 0):
            if counts[generation] > thresholds[generation]:
                gc.collect(generation)
                return
