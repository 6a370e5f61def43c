"""The popup in which an emoji is chosen, by real keys and clicks."""

import time
import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import click, focus, press, show, type_text, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_picker import EmojiPicker, _Panel
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme

OPEN_SECONDS = 0.1


@pytest.fixture
def picked() -> list[str]:
    return []


@pytest.fixture
def button(root: tk.Tk) -> ttk.Button:
    made = ttk.Button(root, text="near")
    made.pack(side="bottom", anchor="e")
    focus(made)
    return made


@pytest.fixture
def picker(
    root: tk.Tk, theme: Theme, emoji: Emoji, button: ttk.Button, picked: list[str]
) -> EmojiPicker:
    emoji.shortcodes.load()
    return EmojiPicker(root, theme, emoji, picked.append)


def panel(picker: EmojiPicker) -> _Panel:
    assert picker._panel is not None
    return picker._panel


def opened(picker: EmojiPicker, near: tk.Misc) -> ttk.Entry:
    """Open it; return its search field, which has the keyboard."""
    picker.open(near)
    wait_until(near, lambda: panel(picker).grab_status() == "local")
    focus(panel(picker).search)
    return panel(picker).search


def test_it_opens_at_once_with_the_keyboard_in_its_search(
    picker: EmojiPicker, button: ttk.Button
) -> None:
    button.update()
    began = time.thread_time()  # of this thread: other programs run beside a test
    picker.open(button)
    assert time.thread_time() - began < OPEN_SECONDS
    assert picker.is_open
    wait_until(button, lambda: button.focus_displayof() is panel(picker).search)
    assert panel(picker).winfo_rooty() + panel(picker).winfo_height() <= button.winfo_rooty()


def test_a_word_and_return_pick_one(
    picker: EmojiPicker, button: ttk.Button, picked: list[str], emoji: Emoji
) -> None:
    search = opened(picker, button)
    type_text(search, "rocket\n")
    assert picked == ["🚀"]
    assert not picker.is_open
    wait_until(button, lambda: button.focus_displayof() is button)
    assert emoji.recent.shown()[0] == "🚀"


def test_arrows_choose(picker: EmojiPicker, button: ttk.Button, picked: list[str]) -> None:
    search = opened(picker, button)
    expected = picker._emoji.recent.shown()[1]
    press(search, "<Right>", "<Down>", "<Up>", "<Return>")
    assert picked == [expected]


def test_escape_closes_and_picks_nothing(
    picker: EmojiPicker, button: ttk.Button, picked: list[str]
) -> None:
    press(opened(picker, button), "<Escape>")
    assert not picker.is_open
    assert picked == []
    wait_until(button, lambda: button.focus_displayof() is button)


def test_a_click_elsewhere_closes(picker: EmojiPicker, button: ttk.Button) -> None:
    opened(picker, button)
    frame = panel(picker)
    frame.event_generate("<Button-1>", x=frame.winfo_width() - 60, y=frame.winfo_height() + 20)
    assert not picker.is_open


def test_a_click_in_it_does_not(picker: EmojiPicker, button: ttk.Button) -> None:
    opened(picker, button)
    click(panel(picker)._label)
    click(panel(picker)._hint)
    assert picker.is_open


def test_tabs_go_to_groups(picker: EmojiPicker, button: ttk.Button, theme: Theme) -> None:
    search = opened(picker, button)
    grid = panel(picker).grid_of_emoji
    press(search, "<Tab>")
    assert (grid.section, grid.selected) == (1, "😀")
    press(search, "<Shift-Tab>", "<Shift-Tab>")
    assert (grid.section, grid.selected) == (9, "🏁")
    type_text(search, "cat")
    click(panel(picker)._tabs, theme.px(33) * 4 + 5, 10)
    assert search.get() == ""
    assert grid.section == 4
    press(search, "<Prior>")
    assert grid.section == 3


def test_what_is_not_found_is_said(
    picker: EmojiPicker, button: ttk.Button, picked: list[str]
) -> None:
    search = opened(picker, button)
    type_text(search, "zzzz")
    press(search, "<Return>", "<Tab>")
    assert picker.is_open
    assert picked == []
    assert panel(picker)._label.cget("text") == ""
    press(search, *["<BackSpace>"] * 4)
    assert panel(picker)._label.cget("text") == ":thumbsup:"


def test_it_fits_into_a_small_window(root: tk.Tk, theme: Theme, picker: EmojiPicker) -> None:
    theme.set_zoom(175)
    root.geometry("420x300")
    near = ttk.Label(root, text="near")
    near.pack(side="top")
    wait_until(root, lambda: root.winfo_height() == 300)
    show(near)
    opened(picker, near)
    frame = panel(picker)
    assert frame.winfo_x() >= 0
    assert frame.winfo_y() >= 0
    assert frame.winfo_x() + frame.winfo_width() <= 420
    assert frame.winfo_y() + frame.winfo_height() <= 300


def test_it_comes_up_within_what_is_large(root: tk.Tk, picker: EmojiPicker) -> None:
    large = tk.Text(root, height=1)
    large.pack(side="top", fill="both", expand=True)
    show(large)
    opened(picker, large)
    frame = panel(picker)
    gap = large.winfo_rooty() + large.winfo_height() - frame.winfo_rooty() - frame.winfo_height()
    assert 0 < gap < 20


def test_it_opens_below_what_is_at_the_top(root: tk.Tk, picker: EmojiPicker) -> None:
    near = ttk.Label(root, text="near")
    near.pack(side="top")
    show(near)
    opened(picker, near)
    assert 0 < panel(picker).winfo_rooty() - near.winfo_rooty() - near.winfo_height() < 20


def test_another_look_closes_it(picker: EmojiPicker, button: ttk.Button, theme: Theme) -> None:
    opened(picker, button)
    theme.use(DARK)
    assert not picker.is_open
    opened(picker, button)
    picker.close()
    picker.close()
    assert not picker.is_open
    theme.set_zoom(150)


def test_the_window_may_go_while_it_is_open(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    window = tk.Toplevel(root)
    near = ttk.Button(window)
    near.pack()
    show(near)
    picker = EmojiPicker(window, theme, emoji, lambda _: None)
    opened(picker, near)
    window.destroy()
    assert not picker.is_open
    theme.use(DARK)
