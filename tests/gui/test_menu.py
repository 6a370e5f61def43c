"""Menus over a window."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, wait_until
from tests.gui.rows import drawn, labels, pick
from tkchat.gui.emoji import Emoji
from tkchat.gui.menu import SEPARATOR, Entry, Menu
from tkchat.gui.palette import DARK
from tkchat.gui.theme import Theme


@pytest.fixture
def box(root: tk.Tk) -> tk.Entry:
    """What has the keyboard before the menu opens."""
    made = tk.Entry(root)
    made.place(x=0, y=470, width=700)
    show(made)
    focus(made)
    return made


@pytest.fixture
def menu(root: tk.Tk, theme: Theme, emoji: Emoji, box: tk.Entry) -> Menu:
    return Menu(root, theme, emoji)


@pytest.fixture
def entries(chosen: list[str]) -> list[Entry]:
    return [
        Entry("One", lambda: chosen.append("one"), chosen=True),
        SEPARATOR,
        Entry("Two\0", lambda: chosen.append("two"), "Ctrl+2"),
    ]


def post(menu: Menu, entries: list[Entry], x: int = 100, y: int = 100, anchor: str = "nw") -> None:
    window = menu.panel.winfo_toplevel()
    menu.post(entries, window.winfo_rootx() + x, window.winfo_rooty() + y, anchor)
    wait_until(window, lambda: window.focus_get() is menu.rows.canvas)


def test_it_shows_its_lines_with_marks_and_keys(menu: Menu, entries: list[Entry]) -> None:
    post(menu, entries)
    assert drawn(menu.rows) == ["✓", "One", " ", "Two", "Ctrl+2"]
    post(menu, [Entry("Other", lambda: None)])
    assert labels(menu.rows) == drawn(menu.rows) == ["Other"]


def test_a_click_does_it_and_the_keyboard_goes_back(
    root: tk.Tk, menu: Menu, entries: list[Entry], chosen: list[str], box: tk.Entry
) -> None:
    post(menu, entries)
    pick(menu, "Two")
    assert chosen == ["two"]
    assert not menu.is_open
    wait_until(root, lambda: root.focus_get() is box)


def test_keys_do_it(menu: Menu, entries: list[Entry], chosen: list[str]) -> None:
    post(menu, entries)
    press(menu.rows.canvas, "<Down>", "<Down>", "<Return>")
    assert chosen == ["two"]


@pytest.mark.parametrize("key", ["<Escape>", "<Tab>"])
def test_keys_close_it(
    root: tk.Tk, menu: Menu, entries: list[Entry], chosen: list[str], box: tk.Entry, key: str
) -> None:
    post(menu, entries)
    press(menu.rows.canvas, key)
    assert not menu.is_open
    wait_until(root, lambda: root.focus_get() is box)
    assert chosen == []


def test_a_click_elsewhere_closes_it(
    root: tk.Tk, menu: Menu, entries: list[Entry], box: tk.Entry
) -> None:
    post(menu, entries)
    click(root, 5, 5)
    assert not menu.is_open
    post(menu, entries)
    box.focus_force()
    wait_until(root, lambda: not menu.is_open)
    assert root.focus_get() is box


@pytest.mark.parametrize(
    ("x", "y", "anchor"),
    [(690, 490, "nw"), (5, 5, "ne"), (5, 5, "sw"), (300, 300, "nw"), (300, 300, "ne")],
)
def test_it_stays_in_its_window(
    root: tk.Tk, menu: Menu, entries: list[Entry], x: int, y: int, anchor: str
) -> None:
    post(menu, entries, x, y, anchor)
    wait_until(root, menu.panel.winfo_viewable)
    panel = menu.panel
    assert 0 <= panel.winfo_x() <= root.winfo_width() - panel.winfo_width()
    assert 0 <= panel.winfo_y() <= root.winfo_height() - panel.winfo_height()
    if x == 300:
        assert panel.winfo_x() + (panel.winfo_width() if anchor == "ne" else 0) == 300
        assert panel.winfo_y() == 300


def test_more_lines_than_fit_can_be_scrolled(root: tk.Tk, menu: Menu, chosen: list[str]) -> None:
    many = [Entry(f"line {at}", lambda at=at: chosen.append(str(at))) for at in range(60)]  # type: ignore[misc]  # a lambda's default has no type
    post(menu, many)
    assert menu.panel.winfo_height() <= root.winfo_height()
    press(menu.rows.canvas, "<End>", "<Return>")
    assert chosen == ["59"]


@pytest.mark.parametrize("zoom", [75, 100, 125, 175])
def test_lines_that_fit_need_no_scrollbar(
    menu: Menu, entries: list[Entry], theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    post(menu, entries)
    wait_until(menu.panel, menu.panel.winfo_viewable)
    assert menu.rows.canvas.winfo_height() == menu.rows.height
    assert not menu.rows._bar.winfo_ismapped()


def test_it_follows_the_theme(menu: Menu, entries: list[Entry], theme: Theme) -> None:
    theme.use(DARK)
    post(menu, entries)
    assert str(menu.rows.canvas.cget("background")) == DARK.surface
