"""A ring around what has the keyboard."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import focus, show
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.focus_ring import FocusRing


def test_it_is_there_with_the_keyboard_and_moves_nothing(root: tk.Tk, theme: Theme) -> None:
    entry = ttk.Entry(root)
    text = tk.Text(root, highlightthickness=0, borderwidth=0, padx=0, pady=0)
    entry.pack()
    text.pack(fill="both", expand=True)
    text.insert("1.0", "words")
    ring = FocusRing(text, theme)
    show(text)
    focus(entry)
    before = text.bbox("1.0")
    assert not any(side.winfo_ismapped() for side in ring.sides)
    focus(text)
    root.update()
    assert text.bbox("1.0") == before
    boxes = [
        (side.winfo_x(), side.winfo_y(), side.winfo_width(), side.winfo_height())
        for side in ring.sides
    ]
    width, height = text.winfo_width(), text.winfo_height()
    assert boxes == [
        (0, 0, width, 1),
        (0, height - 1, width, 1),
        (0, 0, 1, height),
        (width - 1, 0, 1, height),
    ]
    theme.use(DARK)
    assert {str(side.cget("background")) for side in ring.sides} == {DARK.accent}
    focus(entry)
    root.update()
    assert not any(side.winfo_ismapped() for side in ring.sides)
