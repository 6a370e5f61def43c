"""A thread that does one job after the other."""

import queue
from collections.abc import Iterator

import pytest

from tests.support import PATIENCE
from tkchat.client.database import DatabaseError
from tkchat.client.worker import Worker


@pytest.fixture
def problems() -> list[str]:
    return []


@pytest.fixture
def worker(problems: list[str]) -> Iterator[Worker]:
    worker = Worker("worker", problems.append)
    yield worker
    worker.close()
    worker.join(PATIENCE)


def fail(error: Exception) -> None:
    raise error


def test_jobs_are_done_in_order_those_from_before_the_start_too(worker: Worker) -> None:
    done: list[int] = []
    worker.do(lambda: done.append(1))
    worker.start()
    worker.do(lambda: done.append(2))
    worker.close()
    worker.do(lambda: done.append(3))
    worker.join(PATIENCE)
    assert done == [1, 2]


def test_a_problem_with_the_disk_is_told_and_the_next_job_done(
    worker: Worker, problems: list[str]
) -> None:
    worker.start()
    worker.do(lambda: fail(DatabaseError("full")))
    worker.do(lambda: problems.append("next"))
    worker.close()
    worker.join(PATIENCE)
    assert problems == ["full", "next"]


def test_a_bug_is_logged_and_the_next_job_done(worker: Worker, no_logged_error: list[str]) -> None:
    done: list[int] = []
    worker.start()
    worker.do(lambda: fail(ZeroDivisionError()))
    worker.do(lambda: done.append(1))
    worker.close()
    worker.join(PATIENCE)
    assert done == [1]
    assert "ZeroDivisionError" in no_logged_error.pop()


def test_some_jobs_are_for_later(worker: Worker) -> None:
    done: queue.SimpleQueue[str] = queue.SimpleQueue()

    def plan() -> None:
        worker.do_later(0.05, lambda: done.put("last"))
        worker.do_later(0.01, lambda: done.put("second"))
        worker.do_later(1000.0, lambda: done.put("never"))
        done.put("first")

    worker.start()
    worker.do(plan)
    found = [done.get(timeout=PATIENCE) for _ in range(3)]
    assert found == ["first", "second", "last"]


def test_what_never_started_can_be_closed_and_joined() -> None:
    worker = Worker("worker", print)
    worker.close()
    worker.join(PATIENCE)
