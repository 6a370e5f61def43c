"""A server that most of these tests share the shape of, and the parts that one is made of."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tkchat.server.chat import Chat
from tkchat.server.hub import Hub
from tkchat.server.log import Log


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    """A log that nobody has written to."""
    with contextlib.closing(Log(tmp_path / "log")) as log:
        yield log


@pytest.fixture
def chat(log: Log) -> Chat:
    """A chat that nobody is in."""
    return Chat(log)


@pytest.fixture
def hub(log: Log) -> Iterator[Hub]:
    """A running hub that nobody is in."""
    hub = Hub(log)
    hub.start()
    yield hub
    hub.close()
