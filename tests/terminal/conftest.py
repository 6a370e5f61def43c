"""Fixtures for terminals."""

import pytest

from tkchat.client import receiver
from tkchat.terminal import piped


@pytest.fixture(autouse=True)
def still_sooner(soon: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing take longer than it has to."""
    monkeypatch.setattr(receiver, "GREETING_SECONDS", 0.3)
    monkeypatch.setattr(piped, "POLL_SECONDS", 0.05)
