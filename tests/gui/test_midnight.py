"""The beginning of another day."""

import tkinter as tk
from datetime import UTC, datetime

from tests.gui.driving import wait_until
from tkchat.gui.midnight import Midnight, milliseconds_until_midnight


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


def test_a_day_lasts_until_midnight() -> None:
    assert milliseconds_until_midnight(datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC)) == 2_000
    assert milliseconds_until_midnight(datetime(2026, 11, 21, tzinfo=UTC)) == 24 * 3_600_000
