"""The sidebar's list of rooms."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show
from tests.gui.rows import labels, row_y
from tkchat.gui.emoji import Emoji
from tkchat.gui.palette import DARK
from tkchat.gui.room_list import RoomRow, RoomsList
from tkchat.gui.theme import Theme


@pytest.fixture
def rooms(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> RoomsList:
    made = RoomsList(root, theme, emoji, on_activate=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


def test_rooms_show_counts_and_where_one_is(rooms: RoomsList) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "random")
    assert labels(rooms) == ["# general", "# random"]
    pills = [bool(rooms.rows.item(row, "image")) for row in rooms.rows.get_children()]
    assert pills == [True, False]
    assert rooms.rows.selection() == (rooms._ids["random"],)


def test_a_click_chooses_a_room(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "general")
    click(rooms.rows, 40, row_y(rooms, "random"))
    assert chosen == ["random"]


def test_the_keyboard_chooses_a_room(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "general")
    press(rooms.rows, "<Down>", "<Return>")
    assert chosen == ["random"]


def test_hostile_names(rooms: RoomsList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", "", " ", "👍"]
    rooms.show([RoomRow(name, 1) for name in names], "{ [ $")
    assert len(labels(rooms)) == len(names)
    assert "# two lines" in labels(rooms)
    assert rooms.rows.selection() == (rooms._ids["{ [ $"],)


@pytest.mark.parametrize(("count", "height"), [(0, 1), (1, 1), (7, 7), (12, 12), (40, 12)])
def test_it_is_as_high_as_its_rooms_within_bounds(
    rooms: RoomsList, count: int, height: int
) -> None:
    rooms.show([RoomRow(str(number)) for number in range(count)], "0")
    assert int(str(rooms.rows.cget("height"))) == height


def test_the_pills_follow_the_theme(rooms: RoomsList, theme: Theme) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "random")

    def pill() -> str:
        return str(rooms.rows.item(rooms._ids["general"], "image")[0])

    before = pill()
    theme.use(DARK)
    assert pill() != before
    assert pill() in rooms.tk.splitlist(rooms.tk.call("image", "names"))
    assert rooms.rows.selection() == (rooms._ids["random"],)


def test_news_are_bold_and_what_is_meant_for_one_stands_out(rooms: RoomsList, theme: Theme) -> None:
    rooms.show(
        [
            RoomRow("general"),
            RoomRow("design", 3, news=True),
            RoomRow("@bob", 3, news=True, strong=True),
            RoomRow("random", elsewhere=True),
        ],
        "general",
    )
    assert labels(rooms) == ["# general", "# design", "@ bob", "# random"]
    rows = rooms.rows.get_children()
    assert [rooms.rows.item(row, "tags") for row in rows] == [
        "", ("news",), ("news",), ("elsewhere",),
    ]  # fmt: skip
    pills = [rooms.rows.item(row, "image") for row in rows[1:3]]
    assert pills[0] != pills[1]
    assert str(rooms.rows.tag_configure("news", "font")) == str(theme.fonts.bold)


def test_a_row_keeps_its_look_under_the_pointer(rooms: RoomsList) -> None:
    rooms.show([RoomRow("general"), RoomRow("design", 3, news=True)], "general")
    rooms.rows.event_generate("<Motion>", x=40, y=row_y(rooms, "design"))
    row = rooms._ids["design"]
    assert list(rooms.rows.item(row, "tags")) == ["news", "hover"]
    rooms.rows.event_generate("<Leave>")
    assert list(rooms.rows.item(row, "tags")) == ["news"]
