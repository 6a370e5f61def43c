"""The row of pictures at the top of a menu."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, point_at, press, show, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets import tooltip
from tkchat.gui.widgets.menu import Entry, Menu
from tkchat.gui.widgets.menu_pictures import PictureButton

COLOURS = ("#ff0000", "#00ff00", "#0000ff")


@pytest.fixture
def box(root: tk.Tk) -> tk.Entry:
    made = tk.Entry(root)
    made.place(x=0, y=470, width=700)
    show(made)
    focus(made)
    return made


@pytest.fixture
def menu(root: tk.Tk, theme: Theme, emoji: Emoji, box: tk.Entry, chosen: list[str]) -> Menu:
    made = Menu(root, theme, emoji)
    buttons = []
    for colour in COLOURS:
        photo = tk.PhotoImage(master=root, width=20, height=20)
        photo.put(colour, to=(0, 0, 20, 20))
        buttons.append(PictureButton(photo, f"tip {colour}", lambda c=colour: chosen.append(c)))  # type: ignore[misc]  # a lambda's default has no type
    entries = [Entry(text, lambda text=text: chosen.append(text)) for text in ("One", "Two")]  # type: ignore[misc]  # a lambda's default has no type
    made.post(entries, root.winfo_rootx() + 100, root.winfo_rooty() + 100, pictures=buttons)
    wait_until(root, made.panel.winfo_viewable)
    wait_until(root, lambda: made.pictures.winfo_width() >= made.pictures.least_width)
    return made


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        (["<Down>"], COLOURS[0]),
        (["<Down>", "<Right>"], COLOURS[1]),
        (["<Down>", "<Left>"], COLOURS[2]),
        (["<Down>", "<Right>", "<Right>", "<Right>"], COLOURS[0]),
        (["<Down>", "<Down>"], "One"),
        (["<Down>", "<Down>", "<Right>"], "One"),
        (["<Down>", "<Down>", "<Up>", "<Right>"], COLOURS[1]),
        (["<Down>", "<Up>"], "Two"),
        (["<Up>", "<Down>"], COLOURS[0]),
        (["<End>"], "Two"),
        (["<End>", "<Home>"], COLOURS[0]),
        (["<Down>", "t"], "Two"),
    ],
)
def test_keys_choose_one(menu: Menu, chosen: list[str], keys: list[str], what: str) -> None:
    press(menu.rows.canvas, *keys, "<Return>")
    assert chosen == [what]
    assert not menu.is_open


def test_the_pointer_chooses_one(root: tk.Tk, menu: Menu, chosen: list[str]) -> None:
    row = menu.pictures
    x, y = row.middle_of(1)
    press(menu.rows.canvas, "<End>")
    point_at(row, x, y)
    assert (row.marked, menu.rows.focused) == (1, "")
    point_at(menu.rows.canvas, 30, 10)
    assert (row.marked, menu.rows.focused) == (-1, "0")
    row.event_generate("<ButtonRelease-1>", x=x, y=y)
    assert chosen == [COLOURS[1]]


def test_it_says_in_words_what_a_picture_is(
    root: tk.Tk, menu: Menu, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tooltip, "DELAY_MS", 20)
    x, y = menu.pictures.middle_of(2)
    point_at(menu.pictures, x, y)
    wait_until(root, lambda: menu.pictures._tip.text == f"tip {COLOURS[2]}")
    press(menu.rows.canvas, "<Left>")
    assert menu.pictures._tip.text == ""


def test_all_of_it_is_to_be_seen(root: tk.Tk, menu: Menu) -> None:
    row = menu.pictures
    root.update()
    assert row.winfo_width() >= row.least_width
    assert row.winfo_height() == row.needed_height
    assert menu.rows.canvas.winfo_height() == menu.rows.height


def test_the_next_menu_may_have_none(root: tk.Tk, menu: Menu) -> None:
    menu.post([Entry("One", lambda: None)], 100, 100)
    root.update()
    assert not menu.pictures.winfo_ismapped()
    press(menu.rows.canvas, "<Down>")
    assert (menu.pictures.marked, menu.rows.focused) == (-1, "0")
