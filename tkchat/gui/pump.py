"""Brings what other threads have to say onto Tk's thread, without ever holding it up."""

import queue
import sys
import threading
import time
import tkinter as tk
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

BATCH = 250  # at most so many are joined into one redraw, of which the newest are drawn
BUSY_MS = 15  # between the end of a tick and the next: for keys, and for what is to be drawn
IDLE_MS = 50
BUSY_SECONDS = 0.5  # how long after the last event the pump stays quick
# How long a thread may keep Tk's waiting, which has to ask for the interpreter after each call of
# Tk. With Python's 5 ms, a busy receiving thread would make each redraw take a tenth of a second.
SWITCH_SECONDS = 0.0002

Item = TypeVar("Item")
Result = TypeVar("Result")


class Pump:
    """Polls queues with ``after()`` and hands on what is in them, in batches, on Tk's thread.

    Only Tk's thread may call it; the other threads only put things on their queues. One tick never
    takes more than one batch of each; the rest waits for the next.
    """

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._sources: dict[queue.SimpleQueue[Any], Callable[[list[Any]], None]] = {}
        self._results: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._sources[self._results] = self._call_all
        self._last_busy = 0.0
        self._is_closed = False
        sys.setswitchinterval(SWITCH_SECONDS)
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
        self._is_closed = True
        self._root.after_cancel(self._after_id)
        self._sources.clear()

    def _tick(self) -> None:
        # Armed first: an exception below must not end the polling.
        self._arm()
        took_any = False
        for source, take in list(self._sources.items()):
            batch = _take(source)
            if batch and source in self._sources:
                took_any = True
                self._last_busy = time.monotonic()
                take(batch)
        # And again, as that may have taken long.
        if took_any and not self._is_closed:
            self._root.after_cancel(self._after_id)
            self._arm()

    def _arm(self) -> None:
        is_busy = time.monotonic() - self._last_busy < BUSY_SECONDS
        self._after_id = self._root.after(BUSY_MS if is_busy else IDLE_MS, self._tick)

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
