"""The sidebar's lists of people and rooms."""

import time
import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, wait_until
from tkchat.gui.emoji import Emoji
from tkchat.gui.palette import DARK
from tkchat.gui.people_list import PeopleList
from tkchat.gui.room_list import RoomsList
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
def people(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> PeopleList:
    made = PeopleList(root, theme, emoji, on_activate=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


@pytest.fixture
def rooms(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> RoomsList:
    made = RoomsList(root, theme, emoji, on_activate=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


def labels(made: SideList) -> list[str]:
    return [str(made.rows.item(row, "text")) for row in made.rows.get_children()]


def row_y(made: SideList, key: str) -> int:
    made.update()
    box = made.rows.bbox(made._ids[key])
    assert box
    return int(box[1]) + 4


def test_people_are_sorted_and_counted(people: PeopleList) -> None:
    people.show(["carol", "Bob", "alice"], "Bob")
    assert labels(people) == ["alice", "Bob (you)", "carol"]
    assert people.caption.cget("text") == "PEOPLE — 3 online"


def test_comings_and_goings(people: PeopleList) -> None:
    for names in (["b", "d"], ["a", "b", "c", "d"], ["c", "a"], [], ["z", "y", "x"]):
        people.show(names, "a")
        assert people.shown_keys() == sorted(names)


def test_a_double_click_activates(people: PeopleList, chosen: list[str]) -> None:
    people.show(["alice", "bob"], "alice")
    y = row_y(people, "bob")
    click(people.rows, 40, y)
    assert chosen == []
    click(people.rows, 40, y)
    assert chosen == ["bob"]


def test_the_keyboard_activates(people: PeopleList, chosen: list[str]) -> None:
    people.show(["alice", "bob"], "alice")
    focus(people.rows)
    press(people.rows, "<Down>", "<Return>")
    assert chosen == ["bob"]


def test_hostile_names(people: PeopleList, rooms: RoomsList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", "", " ", "👍"]
    people.show(names, "")
    assert len(labels(people)) == len(names)
    assert "two lines" in labels(people)
    rooms.show([(name, 1) for name in names], "{ [ $")
    assert rooms.rows.selection() == (rooms._ids["{ [ $"],)


def test_thousands_are_fast(people: PeopleList) -> None:
    names = [f"user{number}" for number in range(5_000)]
    people.show(names, "")
    began = time.process_time()
    people.show([*names, "one more"], "")
    people.update()
    assert time.process_time() - began < 0.25
    assert len(people.shown_keys()) == 5_001


def test_the_scrollbar_shows_when_it_is_of_use(people: PeopleList) -> None:
    people.show(["alice"], "")
    wait_until(people, lambda: not people._bar.winfo_ismapped())
    people.show([f"user{number}" for number in range(100)], "")
    wait_until(people, people._bar.winfo_ismapped)


def test_rows_follow_the_zoom(people: PeopleList, theme: Theme) -> None:
    people.show(["alice", "bob"], "")
    before = row_y(people, "bob") - row_y(people, "alice")
    theme.use(DARK)
    theme.set_zoom(200)
    wait_until(
        people,
        lambda: row_y(people, "bob") - row_y(people, "alice") == pytest.approx(2 * before, abs=4),
    )


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


def test_a_destroyed_list_does_not_follow_the_theme(people: PeopleList, theme: Theme) -> None:
    people.destroy()
    theme.use(DARK)
