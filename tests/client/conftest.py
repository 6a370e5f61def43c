"""Fixtures for sessions."""

import contextlib
import socket
import sys
from collections.abc import Iterator

import pytest

from tkchat.client import receiver
from tkchat.client.security import Place
from tkchat.net.address import Address


@pytest.fixture
def unanswering() -> Iterator[Address]:
    """An address where connecting takes as long as it may: the listener's queue is full."""
    if sys.platform == "win32":
        pytest.skip("Windows refuses who comes to a full queue")
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        where = listener.getsockname()
        for _ in range(8):
            knocking = stack.enter_context(socket.socket())
            knocking.setblocking(False)
            knocking.connect_ex(where)
        yield Address("127.0.0.1", where[1])


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every host look as if it were on another computer."""
    monkeypatch.setattr(receiver, "place_of", lambda _: Place.ELSEWHERE)
