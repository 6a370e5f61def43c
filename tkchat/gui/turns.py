"""Long work on Tk's thread, in slices."""

import tkinter as tk
from collections.abc import Iterator

PAUSE_MS = 1


class InTurns:
    """Takes one of ``steps`` in each turn of the event loop, so that no turn is long.

    What they did is drawn, and keys and clicks are heard, between two of them. The first is taken
    after ``wait_ms``.
    """

    def __init__(self, root: tk.Misc, steps: Iterator[None], wait_ms: int = PAUSE_MS) -> None:
        self._root = root
        self._steps = steps
        self._is_stopped = False
        self._due = root.after(wait_ms, self._step)

    def stop(self) -> None:
        """Take no further step."""
        self._is_stopped = True
        self._root.after_cancel(self._due)

    def _step(self) -> None:
        for _ in self._steps:
            if not self._is_stopped:
                self._due = self._root.after(PAUSE_MS, self._step)
            return
