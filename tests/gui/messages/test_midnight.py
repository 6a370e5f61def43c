"""The beginning of another day."""

import time
import tkinter as tk
from collections.abc import Iterator
from datetime import datetime

import pytest

from tests.gui.driving import wait_until
from tkchat.gui.messages.midnight import Midnight, milliseconds_until_midnight


def pending(root: tk.Tk) -> list[str]:
    return list(root.tk.splitlist(root.tk.call("after", "info")))


def test_it_strikes_after_midnight_and_waits_for_the_next(root: tk.Tk) -> None:
    struck: list[datetime] = []
    before = pending(root)
    midnight = Midnight(root, lambda: struck.append(datetime.now().astimezone()))
    (due,) = set(pending(root)) - set(before)
    script, kind = root.tk.splitlist(root.tk.call("after", "info", due))
    assert kind == "timer"
    root.after(1, lambda: root.tk.eval(script))  # as if it were that late
    wait_until(root, lambda: struck)
    assert len(struck) == 1
    midnight.close()


def left(*now: int) -> int:
    return milliseconds_until_midnight(datetime(*now).astimezone())  # type: ignore[arg-type]  # it cannot count them


def test_a_day_lasts_until_midnight() -> None:
    assert left(2026, 12, 31, 23, 59, 58) == 2_000


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as there:
        there.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
        time.tzset()
        yield
    time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all programs")
@pytest.mark.usefixtures("berlin")
def test_a_day_on_which_the_clocks_change_has_other_hours() -> None:
    hour = 3_600_000
    assert left(2026, 11, 21) == 24 * hour
    assert left(2026, 3, 29) == 23 * hour
    assert left(2026, 10, 25) == 25 * hour
