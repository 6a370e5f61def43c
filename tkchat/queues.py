"""Waiting for what another thread puts into a queue."""

import queue
from typing import TypeVar

Item = TypeVar("Item")


def next_within(source: "queue.SimpleQueue[Item]", seconds: float) -> Item:
    """Return the next item of ``source``, which is only ever waited for by one thread.

    Not ``source.get(timeout=seconds)``: CPython 3.11 first takes a lock that is free, then looks
    how much time is left, and takes a time that has just run out for one without an end. After a
    look that finds nothing that lock is taken, and the first wait is the only one.

    Raises:
        queue.Empty: nothing came within ``seconds``.
    """
    try:
        return source.get_nowait()
    except queue.Empty:
        if seconds <= 0:
            raise
    return source.get(timeout=seconds)
