"""The thread that carries a session's events to where they are shown."""

import contextlib
import queue
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tkchat.client.events import Event
from tkchat.queues import next_within

POLL_SECONDS = 0.1  # how long leaving can take: nothing else ends a wait for an event


class Feed:
    """Hands each of ``events`` on, in a thread of its own, while in its ``with`` block."""

    def __init__(
        self, events: "queue.SimpleQueue[Event]", hand_on: Callable[[Event], object]
    ) -> None:
        self._events = events
        self._hand_on = hand_on
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="feed", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            with contextlib.suppress(queue.Empty):
                self._hand_on(next_within(self._events, POLL_SECONDS))
