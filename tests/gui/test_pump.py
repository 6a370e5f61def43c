"""Other threads' news reach Tk's thread, in order, without holding it up."""

import queue
import threading
import time
import tkinter as tk
from collections.abc import Iterator

import pytest

from tests.gui.driving import wait_until
from tkchat.gui.pump import BATCH, Pump


@pytest.fixture
def pump(root: tk.Tk) -> Iterator[Pump]:
    pump = Pump(root)
    yield pump
    pump.close()


def test_hands_on_in_order_and_in_batches(root: tk.Tk, pump: Pump) -> None:
    source: queue.SimpleQueue[int] = queue.SimpleQueue()
    batches: list[list[int]] = []
    pump.watch(source, batches.append)

    def write() -> None:
        for n in range(1000):
            source.put(n)

    writer = threading.Thread(target=write)
    writer.start()
    wait_until(root, lambda: sum(map(len, batches)) == 1000)
    writer.join()
    assert [n for batch in batches for n in batch] == list(range(1000))
    assert max(map(len, batches)) <= BATCH


def test_a_flood_leaves_room_for_other_events(root: tk.Tk, pump: Pump) -> None:
    source: queue.SimpleQueue[int] = queue.SimpleQueue()
    for n in range(5_000):
        source.put(n)
    taken: list[int] = []

    def take_slowly(batch: list[int]) -> None:
        time.sleep(0.003)  # stands for drawing
        taken.extend(batch)

    other_events: list[int] = []

    def count_another() -> None:
        other_events.append(len(taken))
        root.after(1, count_another)

    pump.watch(source, take_slowly)
    root.after(1, count_another)
    wait_until(root, lambda: len(taken) == 5_000)
    # 100 batches of 3 ms in ticks of 8 ms: Tk must have got its turn between many of them.
    assert len({n for n in other_events if 0 < n < 5_000}) > 10


def test_forgets_a_source_also_in_the_middle_of_a_batch(root: tk.Tk, pump: Pump) -> None:
    source: queue.SimpleQueue[int] = queue.SimpleQueue()
    other: queue.SimpleQueue[int] = queue.SimpleQueue()
    taken: list[int] = []

    def take_once(batch: list[int]) -> None:
        taken.extend(batch)
        pump.forget(source)

    pump.watch(source, take_once)
    done: list[int] = []
    pump.watch(other, done.extend)
    source.put(1)
    wait_until(root, lambda: taken)
    source.put(2)
    other.put(3)
    wait_until(root, lambda: done)
    assert taken == [1]


def test_goes_on_after_a_callback_that_failed(root: tk.Tk, pump: Pump) -> None:
    errors: list[BaseException] = []
    root.report_callback_exception = lambda _kind, error, _trace: errors.append(error)
    source: queue.SimpleQueue[int] = queue.SimpleQueue()
    taken: list[int] = []

    def fail_first(batch: list[int]) -> None:
        if not errors:
            raise RuntimeError("meant")
        taken.extend(batch)

    pump.watch(source, fail_first)
    source.put(1)
    wait_until(root, lambda: errors)
    source.put(2)
    wait_until(root, lambda: taken == [2])


def test_background_work_comes_back_on_tks_thread(root: tk.Tk, pump: Pump) -> None:
    came: list[tuple[str, bool]] = []

    def note(result: str) -> None:
        came.append((result, threading.current_thread() is threading.main_thread()))

    pump.in_background(lambda: threading.current_thread().name, note)
    wait_until(root, lambda: came)
    assert came == [("background", True)]


def test_background_failure_comes_back_too(root: tk.Tk, pump: Pump) -> None:
    failures: list[Exception] = []
    pump.in_background(lambda: 1 // 0, lambda _: None, failures.append)
    wait_until(root, lambda: failures)
    assert isinstance(failures[0], ZeroDivisionError)
