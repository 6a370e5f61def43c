"""The helpers must fail when they should, and say why."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import describe, press, screenshot, type_text, wait_until


def test_a_wait_in_vain_tells_what_the_windows_show(root: tk.Tk) -> None:
    root.title("the window")
    ttk.Label(root, text="a label").pack()
    text = tk.Text(root)
    text.insert("1.0", "some text")
    with pytest.raises(AssertionError, match=r"(?s)the window.*a label.*\(hidden\): 'some text'"):
        wait_until(root, lambda: False, timeout=0.05)


def test_every_kind_of_widget_can_be_described(root: tk.Tk) -> None:
    for kind in (ttk.Frame, ttk.Entry, ttk.Combobox, ttk.Scrollbar, tk.Canvas, tk.Menu, tk.Listbox):
        kind(root)
    tree = ttk.Treeview(root)
    tree.insert("", "end", text="row")
    tk.Toplevel(root).title("second")
    assert "row" in describe(root)
    assert "second" in describe(root)


def test_typing_reaches_the_widget(root: tk.Tk) -> None:
    first, second = tk.Entry(root), tk.Entry(root)
    first.pack()
    second.pack()
    type_text(second, "Two words 2")
    press(first, "x", "<BackSpace>", "y")
    assert (first.get(), second.get()) == ("y", "Two words 2")


def test_a_screenshot_shows_the_widget(root: tk.Tk) -> None:
    frame = tk.Frame(root, width=30, height=20, background="#123456")
    frame.pack()
    wait_until(root, lambda: screenshot(frame).convert("RGB").getpixel((5, 5)) == (18, 52, 86))
    assert screenshot(frame).size == (30, 20)
