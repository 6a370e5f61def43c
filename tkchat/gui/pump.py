"""Brings what other threads have to say onto Tk's thread, without ever holding it up."""

import queue
import threading
import time
import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

BUDGET_SECONDS = 0.008  # of each tick: half a frame
BATCH = 50  # joined into one redraw
BUSY_MS = 15
IDLE_MS = 50
BUSY_SECONDS = 2.0  # how long after the last event the pump stays quick

Item = TypeVar("Item")
Result = TypeVar("Result")


class Pump:
    """Polls queues with ``after()`` and hands on what is in them, in batches, on Tk's thread.

    Only Tk's thread may call it; the other threads only put things on their queues. One tick never
    takes longer than its budget and one batch; the rest waits for the next.
    """

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._sources: dict[queue.SimpleQueue[Any], Callable[[list[Any]], None]] = {}
        self._results: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._sources[self._results] = self._call_all
        self._last_busy = 0.0
        self._after_id = root.after(IDLE_MS, self._tick)

    def watch(self, source: "queue.SimpleQueue[Item]", take: Callable[[list[Item]], None]) -> None:
        """Hand what is put on ``source`` to ``take``, in batches."""
        self._sources[source] = take
        self._last_busy = time.monotonic()

    def forget(self, source: "queue.SimpleQueue[Item]") -> None:
        """Hand on nothing more of ``source``."""
        self._sources.pop(source, None)

    def in_background(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``work`` in a thread, then ``done`` with its result, or ``failed``, on Tk's thread.

        An exception without a ``failed`` is raised on Tk's thread, where it is reported.
        """

        def run() -> None:
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 (it is handed on)
                self._results.put(partial(failed or _raise, error))
            else:
                self._results.put(partial(done, result))

        threading.Thread(target=run, name="background", daemon=True).start()

    def close(self) -> None:
        """Stop polling."""
        self._root.after_cancel(self._after_id)
        self._sources.clear()

    def _tick(self) -> None:
        now = time.monotonic()
        # Armed first: an exception below must not end the polling.
        pause = BUSY_MS if now - self._last_busy < BUSY_SECONDS else IDLE_MS
        self._after_id = self._root.after(pause, self._tick)
        deadline = now + BUDGET_SECONDS
        while time.monotonic() < deadline:
            took_any = False
            for source, take in list(self._sources.items()):
                batch = _take(source)
                if batch and source in self._sources:
                    took_any = True
                    take(batch)
            if not took_any:
                return
            self._last_busy = now

    def _call_all(self, results: list[Callable[[], None]]) -> None:
        for result in results:
            try:
                result()
            except Exception as error:  # noqa: BLE001 (the others of the batch must not suffer)
                self._root.report_callback_exception(type(error), error, error.__traceback__)


def _take(source: "queue.SimpleQueue[Any]") -> list[Any]:
    batch: list[Any] = []
    while len(batch) < BATCH and not source.empty():
        batch.append(source.get_nowait())
    return batch


def _raise(error: Exception) -> None:
    raise error
