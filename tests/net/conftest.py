"""Fixtures for the tests of one connection."""

from collections.abc import Iterator

import pytest

from tkchat.net.drain import Drain


@pytest.fixture
def drain() -> Iterator[Drain]:
    """A drain that is closed after the test."""
    drain = Drain()
    yield drain
    drain.close()
