"""The sidebar's list of people."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show
from tests.gui.rows import labels, row_y
from tkchat.gui.emoji import Emoji
from tkchat.gui.palette import DARK, LIGHT
from tkchat.gui.people_list import PeopleList
from tkchat.gui.theme import Theme


@pytest.fixture
def people(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> PeopleList:
    made = PeopleList(root, theme, emoji, on_activate=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


def test_people_are_sorted_and_counted(people: PeopleList) -> None:
    people.show(["carol", "Bob", "alice"], "Bob")
    assert labels(people) == ["alice", "Bob (you)", "carol"]
    assert people.caption.cget("text") == "IN THIS ROOM — 3"


def test_comings_and_goings(people: PeopleList) -> None:
    for names in (["b", "d"], ["a", "b", "c", "d"], ["c", "a"], [], ["z", "y", "x"]):
        people.show(names, "a")
        assert people.shown_keys() == sorted(names)


def test_a_click_activates_and_leaves_nobody_selected(
    people: PeopleList, chosen: list[str]
) -> None:
    people.show(["alice", "bob"], "alice")
    click(people.rows, 40, row_y(people, "bob"))
    assert chosen == ["bob"]
    assert people.rows.selection() == ()


def test_the_keyboard_activates(people: PeopleList, chosen: list[str]) -> None:
    people.show(["alice", "bob"], "alice")
    focus(people.rows)
    press(people.rows, "<Down>", "<Return>")
    assert chosen == ["bob"]


def test_hostile_names(people: PeopleList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", "", " ", "👍"]
    people.show(names, "")
    assert len(labels(people)) == len(names)
    assert "two lines" in labels(people)


def test_the_dot_follows_the_theme(people: PeopleList, theme: Theme) -> None:
    people.show(["alice"], "")
    for palette in (LIGHT, DARK):
        theme.use(palette)
        middle = people._dot.get(theme.px(5), theme.px(5))
        assert f"#{middle[0]:02x}{middle[1]:02x}{middle[2]:02x}" == palette.online
    assert not people._dot.transparency_get(theme.px(5), theme.px(5))
    assert people._dot.transparency_get(theme.px(14), theme.px(5))  # the gap before the name


def test_those_who_were_here_are_not_counted(people: PeopleList) -> None:
    people.show(["alice", "bob"], "alice")
    people.show(["alice", "bob"], "alice", is_known=False)
    assert labels(people) == ["alice (you)", "bob"]
    assert people.caption.cget("text") == "IN THIS ROOM"
    people.show(["alice"], "alice")
    assert people.caption.cget("text") == "IN THIS ROOM — 1"
