"""Keys that desktops have and Tk on X11 has not."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import press
from tkchat.gui.widgets.keys import bind_desktop_keys


def test_control_a_selects_everything(root: tk.Tk) -> None:
    bind_desktop_keys(root)
    for entry in (ttk.Entry(root), ttk.Combobox(root)):
        entry.pack()
        entry.insert(0, "some text")
        press(entry, "<Control-a>")
        assert entry.selection_present()
        press(entry, "<Delete>")
        assert entry.get() == ""
