"""Going to a room by a few letters of its name."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, text_of, type_text, wait_until
from tests.gui.rows import drawn, labels, row_y
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.switcher import Place, Switcher
from tkchat.gui.widgets.row_draw import Row

PLACES = [
    Place("general", Row("general", "general", lead="#")),
    Place("design", Row("design", "design", "Release talk", lead="#")),
    Place("@bob", Row("@bob", "bob")),
]


@pytest.fixture
def switcher(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> Switcher:
    return Switcher(root, theme, emoji, chosen.append, lambda: chosen.append("nothing"))


def open_it(switcher: Switcher, places: list[Place] = PLACES) -> None:
    switcher.open(places, "Where to?", "Choose a room")
    show(switcher.panel)
    focus(switcher.entry)


def hint(switcher: Switcher) -> str:
    return str(switcher._hint.cget("text"))


def test_an_empty_field_says_what_it_is_for(root: tk.Tk, switcher: Switcher) -> None:
    switcher.open([], "Where to?", "")
    assert switcher._placeholder.winfo_manager()
    assert text_of(switcher._placeholder) == "Where to?"
    switcher.entry.insert(0, "l")
    assert not switcher._placeholder.winfo_manager()
    switcher.entry.delete(0, "end")
    assert switcher._placeholder.winfo_manager()


def test_it_opens_with_all_places_and_the_keyboard(root: tk.Tk, switcher: Switcher) -> None:
    assert not switcher.is_open
    focus(root)
    switcher.open(PLACES, "Where to?", "Choose a room")
    wait_until(root, lambda: root.focus_get() is switcher.entry)
    show(switcher.panel)
    assert labels(switcher.rows) == ["general", "design", "bob"]
    assert hint(switcher) == "Choose a room"


def test_letters_and_return_go_there(switcher: Switcher, chosen: list[str]) -> None:
    open_it(switcher)
    type_text(switcher.entry, "dsn")
    assert labels(switcher.rows) == ["design", "Create room “dsn”"]
    press(switcher.entry, "<Return>")
    assert chosen == ["design"]
    assert not switcher.is_open


def test_arrows_choose_another(switcher: Switcher, chosen: list[str]) -> None:
    open_it(switcher)
    press(switcher.entry, "<Down>", "<Down>", "<Up>", "<Tab>", "<Return>")
    assert chosen == ["design"]


def test_a_click_chooses(switcher: Switcher, chosen: list[str]) -> None:
    open_it(switcher)
    click(switcher.rows.canvas, 40, row_y(switcher.rows, "@bob"))
    assert chosen == ["@bob"]
    assert not switcher.is_open


@pytest.mark.parametrize("typed", ["#lab", "lab"])
def test_what_does_not_exist_can_be_created(
    switcher: Switcher, chosen: list[str], typed: str
) -> None:
    open_it(switcher)
    switcher.entry.insert(0, typed)
    assert drawn(switcher.rows) == ["+", "Create room “lab”"]
    press(switcher.entry, "<Return>")
    assert chosen == ["lab"]


def test_what_exists_is_not_created_again(switcher: Switcher) -> None:
    open_it(switcher)
    switcher.entry.insert(0, "DESIGN")
    assert labels(switcher.rows) == ["design"]


def test_why_a_name_cannot_be_is_said(switcher: Switcher, chosen: list[str]) -> None:
    open_it(switcher)
    switcher.entry.insert(0, "quiet place")
    assert labels(switcher.rows) == []
    assert "cannot have a space" in hint(switcher)
    press(switcher.entry, "<Return>")
    assert chosen == []
    switcher.entry.delete(0, "end")
    assert hint(switcher) == "Choose a room"


def test_escape_and_a_click_elsewhere_close_it(
    root: tk.Tk, switcher: Switcher, chosen: list[str]
) -> None:
    open_it(switcher)
    press(switcher.entry, "<Escape>")
    assert not switcher.is_open
    open_it(switcher)
    click(switcher.entry)
    assert switcher.is_open
    click(root, 3, 490)
    assert not switcher.is_open
    assert chosen == ["nothing", "nothing"]


def test_it_begins_anew_each_time(switcher: Switcher) -> None:
    open_it(switcher)
    switcher.entry.insert(0, "dsn")
    switcher.close()
    open_it(switcher, PLACES[:1])
    assert switcher.entry.get() == ""
    assert labels(switcher.rows) == ["general"]


def test_a_bonus_brings_a_place_forward(switcher: Switcher) -> None:
    lab = Place("lab", Row("lab", "lab", bold=True), 5.0)
    open_it(switcher, [*PLACES, lab])
    assert labels(switcher.rows)[0] == "lab"


@pytest.mark.parametrize("zoom", [100, 175])
def test_it_fits_into_its_window(root: tk.Tk, theme: Theme, switcher: Switcher, zoom: int) -> None:
    theme.use(DARK)
    theme.set_zoom(zoom)
    open_it(switcher, [Place(str(n), Row(str(n), f"room {n}")) for n in range(80)])
    wait_until(root, switcher.rows._bar.winfo_ismapped)
    panel = switcher.panel
    assert panel.winfo_y() + panel.winfo_height() <= root.winfo_height()
    assert 0 <= panel.winfo_x() <= root.winfo_width() - panel.winfo_width()


def test_another_letter_begins_at_the_top(switcher: Switcher) -> None:
    open_it(switcher, [Place(f"room{n}", Row(f"room{n}", f"room{n}")) for n in range(40)])
    press(switcher.entry, "<Next>", "<Next>")
    assert "room0" not in drawn(switcher.rows)
    switcher.entry.insert(0, "r")
    assert drawn(switcher.rows)[0] == "room0"
    assert switcher.rows.focused == "room0"


def test_hostile_names(switcher: Switcher) -> None:
    open_it(switcher)
    for typed in ("{ [ $", "-text", "~", "@@", "a" * 5000, "$HOME"):
        switcher.entry.delete(0, "end")
        switcher.entry.insert(0, typed)
        switcher.panel.update()


def test_a_click_into_another_field_leaves_the_keyboard_there(
    root: tk.Tk, switcher: Switcher, chosen: list[str]
) -> None:
    field = tk.Entry(root)
    field.pack(side="bottom")
    open_it(switcher)
    click(field)
    assert not switcher.is_open
    assert chosen == []
    wait_until(root, lambda: root.focus_get() is field)
