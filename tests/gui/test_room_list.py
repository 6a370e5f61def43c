"""The sidebar's list of rooms."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show
from tests.gui.rows import labels, row_y
from tkchat.gui.emoji import Emoji
from tkchat.gui.palette import DARK
from tkchat.gui.room_list import RoomsList
from tkchat.gui.theme import Theme


@pytest.fixture
def rooms(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> RoomsList:
    made = RoomsList(root, theme, emoji, on_activate=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


def test_rooms_show_counts_and_where_one_is(rooms: RoomsList) -> None:
    rooms.show([("general", 12), ("random", 0)], "random")
    assert labels(rooms) == ["# general", "# random"]
    pills = [bool(rooms.rows.item(row, "image")) for row in rooms.rows.get_children()]
    assert pills == [True, False]
    assert rooms.rows.selection() == (rooms._ids["random"],)


def test_a_click_chooses_a_room(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([("general", 12), ("random", 0)], "general")
    click(rooms.rows, 40, row_y(rooms, "random"))
    assert chosen == ["random"]


def test_the_keyboard_chooses_a_room(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([("general", 12), ("random", 0)], "general")
    press(rooms.rows, "<Down>", "<Return>")
    assert chosen == ["random"]


def test_hostile_names(rooms: RoomsList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", "", " ", "👍"]
    rooms.show([(name, 1) for name in names], "{ [ $")
    assert len(labels(rooms)) == len(names)
    assert "# two lines" in labels(rooms)
    assert rooms.rows.selection() == (rooms._ids["{ [ $"],)


@pytest.mark.parametrize(("count", "height"), [(0, 1), (1, 1), (7, 7), (12, 12), (40, 12)])
def test_it_is_as_high_as_its_rooms_within_bounds(
    rooms: RoomsList, count: int, height: int
) -> None:
    rooms.show([(str(number), 0) for number in range(count)], "0")
    assert int(str(rooms.rows.cget("height"))) == height


def test_the_pills_follow_the_theme(rooms: RoomsList, theme: Theme) -> None:
    rooms.show([("general", 12), ("random", 0)], "random")

    def pill() -> str:
        return str(rooms.rows.item(rooms._ids["general"], "image")[0])

    before = pill()
    theme.use(DARK)
    assert pill() != before
    assert pill() in rooms.tk.splitlist(rooms.tk.call("image", "names"))
    assert rooms.rows.selection() == (rooms._ids["random"],)
