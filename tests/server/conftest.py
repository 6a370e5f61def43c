"""A server that most of these tests share the shape of."""

from collections.abc import Iterator

import pytest

from tests.support import running_server
from tkchat.server.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    """A running server without a flood limit."""
    with running_server() as server:
        yield server
