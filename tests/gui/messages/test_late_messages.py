"""Own messages that wait too long."""

import tkinter as tk
from datetime import timedelta

import pytest

from tests.gui.driving import wait_until
from tests.gui.sample_messages import NOON, Clock, said, waiting
from tkchat.client.message import Delivery, Message
from tkchat.gui.messages import late_messages
from tkchat.gui.messages.late_messages import LateMessages


@pytest.fixture
def found() -> list[Message]:
    return []


@pytest.fixture
def late(
    root: tk.Tk, calendar: Clock, found: list[Message], monkeypatch: pytest.MonkeyPatch
) -> LateMessages:
    monkeypatch.setattr(late_messages, "PATIENCE", timedelta(milliseconds=20))
    return LateMessages(root, lambda: calendar.now, found.extend)


def test_only_what_still_waits_is_late(
    root: tk.Tk, late: LateMessages, calendar: Clock, found: list[Message]
) -> None:
    slow, quick = waiting("slow"), waiting("quick")
    late.watch([slow, quick, said("of somebody else")])
    quick.delivery = Delivery.SENT
    calendar.now = NOON + timedelta(seconds=2)
    wait_until(root, lambda: found)
    assert found == [slow]


def test_it_looks_until_they_are(
    root: tk.Tk, late: LateMessages, calendar: Clock, found: list[Message]
) -> None:
    slow = waiting("slow")
    late.watch([slow])
    before = late._due
    wait_until(root, lambda: late._due != before)
    assert not found
    calendar.now = NOON + timedelta(seconds=2)
    wait_until(root, lambda: found == [slow])
    late.close()
