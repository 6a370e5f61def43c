"""From one part of a window to the next."""

import tkinter as tk

import pytest

from tests.gui.driving import focus
from tkchat.gui.regions import to_region


@pytest.fixture
def entries(root: tk.Tk) -> list[tk.Entry]:
    made = []
    for _ in range(3):
        frame = tk.Frame(root)
        frame.pack()
        made.append(tk.Entry(frame))
        made[-1].pack()
    return made


@pytest.mark.parametrize(("start", "step", "end"), [(0, 1, 1), (2, 1, 0), (0, -1, 2), (1, -1, 0)])
def test_it_goes_round(
    root: tk.Tk, entries: list[tk.Entry], start: int, step: int, end: int
) -> None:
    focus(entries[start])
    to_region(root, [(entry.master, entry) for entry in entries], step)
    root.update()
    assert root.focus_get() is entries[end]


def test_from_elsewhere_it_is_the_last(root: tk.Tk, entries: list[tk.Entry]) -> None:
    focus(entries[0])
    to_region(root, [(entry.master, entry) for entry in entries[1:]], 1)
    root.update()
    assert root.focus_get() is entries[2]
