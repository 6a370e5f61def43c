"""The line above the messages and its menu."""

import tkinter as tk

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.gui.emoji import Emoji
from tkchat.gui.header import SEPARATOR, Entry, Header
from tkchat.gui.palette import DARK
from tkchat.gui.theme import Theme


def test_shows_the_room_and_says_something_on_it(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    header = Header(root, theme, emoji, list)
    header.pack(fill="x")
    header.show("design", "3\x00 people")
    said = [text_of(widget) for widget in every(header)]
    assert "# design" in said
    assert "3 people" in said  # NUL would have cut it


def test_the_menu_asks_for_its_lines_each_time(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    done: list[str] = []
    lines = [Entry("One", lambda: done.append("one"), chosen=True), SEPARATOR]
    header = Header(root, theme, emoji, lambda: lines)
    header.pack(fill="x")
    lines.append(Entry("Two", lambda: done.append("two"), "Ctrl+2"))
    button = next(widget for widget in every(header) if text_of(widget) == "☰")
    press(button, "<space>")
    [menu] = [widget for widget in every(header) if isinstance(widget, tk.Menu)]
    wait_until(root, menu.winfo_viewable)
    assert [menu.entrycget(0, "label"), menu.entrycget(2, "label")] == ["✓ One", "    Two"]
    menu.invoke(2)
    menu.unpost()
    assert done == ["two"]
    theme.use(DARK)
    assert str(menu.cget("background")) == DARK.surface
