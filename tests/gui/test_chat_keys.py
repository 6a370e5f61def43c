"""Keys that work from every widget of a window."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import focus, press, show
from tkchat.gui.chat_keys import ChatKeys


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def window(root: tk.Tk, done: list[str]) -> tk.Toplevel:
    window = tk.Toplevel(root)
    deeds = ("switch", "search", "next room", "menu", "cancel", "to newest", "shortcuts")
    ChatKeys(
        window,
        {deed: lambda deed=deed: done.append(deed) for deed in deeds},  # type: ignore[misc]  # a lambda's default has no type
        lambda at: done.append(f"room {at}"),
    )
    return window


def put(widget: tk.Text | ttk.Entry) -> None:
    widget.pack()
    show(widget)
    focus(widget)


def test_they_work_in_a_text_and_do_nothing_else_there(
    window: tk.Toplevel, done: list[str]
) -> None:
    text = tk.Text(window)
    put(text)
    text.insert("1.0", "one two\nthree")
    text.mark_set("insert", "1.3")
    press(text, "<Control-k>", "<Control-f>", "<Alt-Down>", "<Control-slash>")
    assert done == ["switch", "search", "next room", "shortcuts"]
    assert text.get("1.0", "end-1c") == "one two\nthree"  # to Tk, Ctrl+K deletes to the line's end
    assert text.index("insert") == "1.3"
    assert not text.tag_ranges("sel")


def test_they_work_in_what_comes_later(window: tk.Toplevel, done: list[str]) -> None:
    frame = ttk.Frame(window)
    frame.pack()
    for _ in range(2):
        entry = ttk.Entry(frame)
        put(entry)
        press(entry, "<Control-K>")
    assert done == ["switch", "switch"]


def test_a_number_says_which_room(window: tk.Toplevel, done: list[str]) -> None:
    text = tk.Text(window)
    put(text)
    press(text, "<Alt-Key-1>", "<Alt-Key-9>")
    assert done == ["room 0", "room 8"]


def test_a_widget_comes_first_with_keys_of_its_own(window: tk.Toplevel, done: list[str]) -> None:
    text = tk.Text(window)
    put(text)
    press(text, "<Escape>", "<Control-End>")
    assert done == ["cancel", "to newest"]
    text.bind("<Escape>", lambda _event: "break")
    text.bind("<Shift-F10>", lambda _event: done.append("menu of the text"))
    press(text, "<Escape>", "<Shift-F10>", "<F10>")
    assert done[2:] == ["menu of the text", "menu"]


def test_another_window_has_keys_of_its_own(
    root: tk.Tk, window: tk.Toplevel, done: list[str]
) -> None:
    entry = ttk.Entry(root)
    put(entry)
    press(entry, "<Control-k>", "<Escape>")
    assert done == []
    text = tk.Text(window)
    put(text)
    press(text, "<Control-k>")
    assert done == ["switch"]


def test_they_let_go_of_a_window_that_is_gone(root: tk.Tk, window: tk.Toplevel) -> None:
    [tag] = [tag for tag in window.bindtags() if tag.startswith("Keys")]
    deed = window.tk.call("bind", tag, "<Control-Key-k>").split("[")[1].split()[0]
    assert root.tk.call("info", "commands", deed)
    window.destroy()
    assert not root.bind_class(tag)
    assert not root.tk.call("info", "commands", deed)
    root.destroy()  # which would complain of commands that are gone without its knowledge
