"""Which widget has the keyboard, also if tkinter does not know it."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import focus, press, wait_until
from tkchat.gui.widgets.keyboard import has_keyboard, keyboard_holder


def test_it_is_the_widget_with_the_focus(root: tk.Tk) -> None:
    first, second = tk.Entry(root), tk.Entry(root)
    first.pack()
    second.pack()
    focus(first)
    assert has_keyboard(first)
    assert not has_keyboard(second)
    assert keyboard_holder(second) == str(first)


def test_it_may_be_one_that_only_tk_knows(root: tk.Tk) -> None:
    box = ttk.Combobox(root, values=["one", "two"])
    box.pack()
    press(box, "<Down>")
    wait_until(root, lambda: "popdown" in keyboard_holder(root))
    assert not has_keyboard(box)
