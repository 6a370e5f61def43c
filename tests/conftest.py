"""Fixtures that every test runs under: nothing may go wrong out of sight."""

import logging
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from tests.client.viewers import opened
from tests.support import running_server
from tkchat.client import receiver
from tkchat.client.database import Database
from tkchat.server.server import Server

hypothesis.settings.register_profile("untimed", deadline=None)  # a busy computer is no defect
hypothesis.settings.load_profile("untimed")
os.environ["LANGUAGE"] = "en"  # tests read what the windows say; what they start inherits it


class _Errors(logging.Handler):
    """Collects the log records of level ERROR and above."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(self.format(record))


@pytest.fixture(autouse=True)
def no_logged_error() -> Iterator[list[str]]:
    """Fail the test on a logged error; a test that provokes one clears the list it gets."""
    handler = _Errors()
    logging.getLogger().addHandler(handler)
    yield handler.records
    logging.getLogger().removeHandler(handler)
    assert not handler.records, handler.records


@pytest.fixture(autouse=True)
def no_leftover_thread() -> Iterator[None]:
    """Fail the test if a thread that it started outlives it; one that raises fails it anyway."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(5)
    assert not [thread.name for thread in left if thread.is_alive()]


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have sessions connect again quickly."""
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 0.02)
    monkeypatch.setattr(receiver, "LAST_RETRY_SECONDS", 0.1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """The chats of a profile, as they are on the disk."""
    with opened(tmp_path) as database:
        yield database


@pytest.fixture
def server() -> Iterator[Server]:
    """A host in this process, on a port of its own, with a log and without a flood limit."""
    with running_server() as server:
        yield server
