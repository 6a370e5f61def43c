"""Words beside the pointer."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import focus, press, show, wait_until
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets import tooltip
from tkchat.gui.widgets.tooltip import Tooltip, explain


@pytest.fixture
def entry(root: tk.Tk, monkeypatch: pytest.MonkeyPatch) -> ttk.Entry:
    monkeypatch.setattr(tooltip, "DELAY_MS", 20)
    made = ttk.Entry(root)
    made.pack()
    show(made)
    return made


def panel_of(entry: ttk.Entry) -> tk.Toplevel:
    [panel] = [child for child in entry.winfo_children() if isinstance(child, tk.Toplevel)]
    return panel


def test_it_shows_words_and_leaves_the_keyboard_alone(entry: ttk.Entry, theme: Theme) -> None:
    focus(entry)
    tip = Tooltip(entry, theme)
    tip.show("hello", 100, 100)
    wait_until(entry, lambda: tip.text == "hello")
    assert entry.focus_displayof() is entry
    press(entry, "a")
    assert entry.get() == "a"
    assert tip.text == ""  # whoever types does not want to read it


def test_it_is_near_and_wholly_on_the_screen(entry: ttk.Entry, theme: Theme) -> None:
    tip = Tooltip(entry, theme)
    width, height = entry.winfo_screenwidth(), entry.winfo_screenheight()
    for x, y in ((100, 100), (width - 1, 100), (100, height - 1), (width - 1, height - 1)):
        tip.show("some words\nin two lines " * 20, x, y)
        wait_until(entry, lambda: tip.text)
        panel = panel_of(entry)
        panel.update()
        left, top = panel.winfo_rootx(), panel.winfo_rooty()
        assert 0 <= left <= x
        assert left + panel.winfo_width() <= width
        assert top >= 0
        assert top + panel.winfo_height() <= height
        assert not top <= y < top + panel.winfo_height()  # not under the pointer


def test_while_a_menu_is_open_none_comes_up(entry: ttk.Entry, theme: Theme) -> None:
    said: list[str] = []
    tip = Tooltip(entry, theme)
    menu = ttk.Frame(entry.master)
    menu.pack()
    show(menu)
    tip.show_soon(lambda: "about the entry")
    menu.grab_set()
    entry.after(4 * tooltip.DELAY_MS, said.append, "later")
    wait_until(entry, lambda: said)
    assert tip.text == ""
    menu.grab_release()
    tip.show_soon(lambda: "about the entry")
    wait_until(entry, lambda: tip.text == "about the entry")


def test_nothing_to_say_shows_nothing(entry: ttk.Entry, theme: Theme) -> None:
    tip = Tooltip(entry, theme)
    tip.show("", 100, 100)
    assert tip.text == ""
    assert entry.winfo_children() == []


@pytest.mark.parametrize("event", ["<Leave>", "<Button-1>", "<Button-4>", "<Unmap>"])
def test_it_goes(entry: ttk.Entry, theme: Theme, event: str) -> None:
    tip = Tooltip(entry, theme)
    tip.show("hello", 100, 100)
    wait_until(entry, lambda: tip.text)
    entry.event_generate(event)
    assert tip.text == ""


def test_it_waits_for_the_pointer_to_rest(entry: ttk.Entry, theme: Theme) -> None:
    words = ["first"]
    tip = explain(entry, theme, lambda: words[0])
    entry.event_generate("<Enter>")
    words[0] = "by then"
    wait_until(entry, lambda: tip.text == "by then")
    entry.event_generate("<Leave>")
    entry.event_generate("<Enter>")
    entry.event_generate("<Leave>")
    seen = []
    entry.after(60, lambda: seen.append(tip.text))
    wait_until(entry, lambda: seen)
    assert seen == [""]


def test_it_has_the_colours_of_the_theme(entry: ttk.Entry, theme: Theme) -> None:
    tip = Tooltip(entry, theme)
    tip.show("light", 100, 100)
    theme.use(DARK)
    tip.show("dark", 100, 100)
    [label] = panel_of(entry).winfo_children()
    assert label.cget("background") == DARK.surface
    assert label.cget("foreground") == DARK.text


def test_it_goes_with_its_widget(entry: ttk.Entry, theme: Theme) -> None:
    explain(entry, theme, lambda: "hello")
    entry.event_generate("<Enter>")
    entry.destroy()  # an `after` that is left would fail the test
