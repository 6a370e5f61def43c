"""A window beside another: where it stands, and who has the keyboard."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import focus, press, show, wait_until
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.side_window import SideWindow


def made(root: tk.Tk, theme: Theme) -> tuple[SideWindow, ttk.Entry]:
    """Return a window that is on the screen, and the entry in it."""
    window = SideWindow(root, theme, "Beside")
    entry = ttk.Entry(window)
    entry.pack()
    window.show(entry)
    show(window)
    return window, entry


def test_it_takes_the_keyboard_and_gives_it_back(root: tk.Tk, theme: Theme) -> None:
    before = ttk.Entry(root)
    before.pack()
    focus(before)
    window, entry = made(root, theme)
    wait_until(root, lambda: root.focus_displayof() is entry)
    press(entry, "<Escape>")
    assert not window.winfo_exists()
    wait_until(root, lambda: root.focus_displayof() is before)


def test_it_is_over_its_window_and_on_the_screen(root: tk.Tk, theme: Theme) -> None:
    window, _ = made(root, theme)
    wait_until(root, lambda: root.winfo_rootx() <= window.winfo_rootx())
    assert window.winfo_rootx() + window.winfo_width() <= root.winfo_rootx() + root.winfo_width()
    place = (window.winfo_x(), window.winfo_y())
    window.resize((99_999, 99_999))
    left = (root.winfo_screenwidth() - place[0], root.winfo_screenheight() - place[1])
    wait_until(root, lambda: (window.winfo_width(), window.winfo_height()) == left)
    assert (window.winfo_x(), window.winfo_y()) == place


def test_over_a_hidden_window_it_is_in_the_middle(root: tk.Tk, theme: Theme) -> None:
    root.withdraw()
    window, _ = made(root, theme)
    middle = window.winfo_rootx() + window.winfo_width() / 2
    assert abs(middle - root.winfo_screenwidth() / 2) < 2
    window.close()


def test_asked_for_again_it_has_the_keyboard(root: tk.Tk, theme: Theme) -> None:
    other = ttk.Entry(root)
    other.pack()
    window, entry = made(root, theme)
    wait_until(root, lambda: root.focus_displayof() is entry)
    focus(other)
    window.take_keyboard()
    wait_until(root, lambda: root.focus_displayof() is entry)


def test_it_has_the_themes_ground(root: tk.Tk, theme: Theme) -> None:
    window, _ = made(root, theme)
    assert str(window.cget("background")) == theme.palette.window


def test_it_closes_while_a_list_is_open_in_it(root: tk.Tk, theme: Theme) -> None:
    window, _ = made(root, theme)
    box = ttk.Combobox(window, values=["one", "two"])
    box.pack()
    window.resize((300, 200))
    press(box, "<Down>")
    wait_until(root, lambda: "popdown" in keyboard_holder(root))
    window.close()
    assert not window.winfo_exists()
