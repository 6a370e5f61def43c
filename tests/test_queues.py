"""Waiting for what another thread puts into a queue."""

import contextlib
import queue
import threading
import time

import pytest

from tests.support import PATIENCE
from tkchat.queues import next_within

# A get with a timeout hung about once in 10,000 times.
ROUNDS = 50_000


@pytest.mark.parametrize("seconds", [-1.0, 0.0, 5e-7])
def test_hardly_any_time_is_no_time_without_an_end(seconds: float) -> None:
    def wait_in_vain() -> None:
        source = queue.SimpleQueue[int]()
        for number in range(ROUNDS):
            with contextlib.suppress(queue.Empty):
                next_within(source, seconds)
                pytest.fail("there is nothing")
            source.put(number)  # which lets go of the lock
            source.get()

    thread = threading.Thread(target=wait_in_vain, daemon=True)
    thread.start()
    thread.join(PATIENCE)
    assert not thread.is_alive()


def test_what_is_there_comes_though_the_time_is_over() -> None:
    source = queue.SimpleQueue[int]()
    source.put(7)
    assert next_within(source, -1.0) == 7


def test_what_comes_meanwhile_ends_the_wait() -> None:
    source = queue.SimpleQueue[int]()
    began = time.monotonic()
    threading.Timer(0.05, source.put, [7]).start()
    assert next_within(source, PATIENCE) == 7
    assert time.monotonic() - began < PATIENCE
