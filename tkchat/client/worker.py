"""A thread that does one job after the other, so that whoever asks need not wait."""

import heapq
import logging
import queue
import threading
import time
from collections.abc import Callable
from itertools import count

from tkchat.client.database import DatabaseError
from tkchat.queues import next_within

Job = Callable[[], object]

_log = logging.getLogger(__name__)


class Worker:
    """Does jobs in the order they were given, in a thread of its own.

    ``on_problem`` is told, in that thread, what a job could not do because of the disk.
    """

    def __init__(self, name: str, on_problem: Callable[[str], object]) -> None:
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._due: list[tuple[float, int, Job]] = []  # by when; belongs to the thread
        self._numbers = count()
        self._on_problem = on_problem
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        """Begin with the jobs that there are."""
        self._thread.start()

    def do(self, job: Job) -> None:
        """Have ``job`` done; returns at once. After `close` nothing is done any more."""
        self._jobs.put(job)

    def do_later(self, seconds: float, job: Job) -> None:
        """Have ``job`` done after a while, unless it is closed before. Only for jobs to call."""
        heapq.heappush(self._due, (time.monotonic() + seconds, next(self._numbers), job))

    def close(self) -> None:
        """End once everything given so far is done; returns at once."""
        self._jobs.put(None)

    def join(self, timeout: float) -> None:
        """Wait for the end, if it ever started, up to ``timeout`` seconds."""
        if self._thread.ident is not None:
            self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            try:
                job = self._next()
            except queue.Empty:
                job = heapq.heappop(self._due)[2]
            if job is None:
                return
            try:
                job()
            except DatabaseError as error:
                self._on_problem(str(error))
            except Exception:  # noqa: BLE001 (the jobs after it are not to suffer)
                _log.exception("a job failed")

    def _next(self) -> Job | None:
        if self._due:
            return next_within(self._jobs, self._due[0][0] - time.monotonic())
        return self._jobs.get()
