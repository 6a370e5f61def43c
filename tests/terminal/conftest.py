"""Fixtures for terminals."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import opened
from tkchat.client import receiver
from tkchat.client.database import Database
from tkchat.terminal import piped


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing take longer than it has to."""
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 0.02)
    monkeypatch.setattr(receiver, "LAST_RETRY_SECONDS", 0.1)
    monkeypatch.setattr(receiver, "GREETING_SECONDS", 0.3)
    monkeypatch.setattr(piped, "POLL_SECONDS", 0.05)


@pytest.fixture
def chats(tmp_path: Path) -> Iterator[Database]:
    """The chats of a profile."""
    with opened(tmp_path) as database:
        yield database
