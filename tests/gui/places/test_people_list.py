"""The sidebar's list of people."""

import time
import tkinter as tk
from collections.abc import Sequence

import pytest

from tests.gui.driving import click, focus, press, show
from tests.gui.rows import captions, drawn, labels, row_y
from tkchat.client.order import Role
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.people_list import People, PeopleList
from tkchat.gui.places.presence_dots import PresenceDots


@pytest.fixture
def dots(root: tk.Tk, theme: Theme) -> PresenceDots:
    return PresenceDots(root, theme)


@pytest.fixture
def people(
    root: tk.Tk, theme: Theme, emoji: Emoji, dots: PresenceDots, chosen: list[str]
) -> PeopleList:
    made = PeopleList(root, theme, emoji, dots, on_activate=chosen.append)
    made.place(x=0, y=0, width=230, height=400)
    show(made)
    return made


def here(names: Sequence[str], own: str = "") -> People:
    return People(names, own, {})


def test_people_are_sorted_and_counted(people: PeopleList) -> None:
    people.show(here(["carol", "Bob", "alice"], "Bob"))
    assert drawn(people) == ["IN THIS ROOM — 3", "alice", "Bob (you)", "carol"]


def test_comings_and_goings(people: PeopleList) -> None:
    for names in (["b", "d"], ["a", "b", "c", "d"], ["c", "a"], [], ["z", "y", "x"]):
        people.show(here(names, "a"))
        assert people.shown_keys() == sorted(names)


def test_a_click_activates_and_leaves_nobody_selected(
    people: PeopleList, chosen: list[str]
) -> None:
    people.show(here(["alice", "bob"], "alice"))
    click(people.canvas, 40, row_y(people, "bob"))
    assert chosen == ["bob"]
    focus(people.canvas)
    press(people.canvas, "<Down>", "<Return>")
    assert chosen == ["bob", "bob"]


def test_what_people_are_up_to(people: PeopleList, dots: PresenceDots) -> None:
    busy = Presence(State.BUSY, "two\nlines")
    people.show(People(["alice", "bob"], "", {"bob": busy}))
    assert [row.lead for row in people.rows[1:]] == [dots.photo(Presence()), dots.photo(busy)]
    assert [row.note for row in people.rows[1:]] == ["", "two lines"]
    assert people.rows[2].tip == "Do not disturb · two lines"


def test_hostile_names(people: PeopleList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", " ", "👍"]
    people.show(here(names))
    assert len(labels(people)) == len(names)
    assert "two lines" in drawn(people)


def test_those_who_were_here_are_not_counted(people: PeopleList, dots: PresenceDots) -> None:
    people.show(People(["alice", "bob"], "alice", {"bob": Presence(State.AWAY)}, is_known=False))
    assert labels(people) == ["alice (you)", "bob"]
    assert captions(people) == ["IN THIS ROOM"]
    assert all(row.faint and row.lead is dots.photo(None) for row in people.rows[1:])


def test_beside_a_conversation_it_lists_everybody(people: PeopleList) -> None:
    people.show(People(["alice", "bob"], "alice", {}, everywhere=True))
    assert captions(people) == ["IN THE CHAT — 2"]


def test_thousands_are_fast(people: PeopleList) -> None:
    names = [f"user{number}" for number in range(3_000)]
    people.show(here(names))
    began = time.process_time()
    for more in range(5):
        people.show(here([*names, f"guest{more}"]))
    assert (time.process_time() - began) / 5 < 0.05
    assert captions(people) == ["IN THIS ROOM — 3,001"]


def test_who_keeps_order_is_marked(people: PeopleList) -> None:
    roles = {"alice": Role.HOST, "bob": Role.MODERATOR}
    said = {"bob": Presence(State.AWAY, "lunch")}
    people.show(People(["alice", "bob", "carol"], "", said, roles=roles))
    assert [row.note for row in people.rows[1:]] == ["host", "moderator · lunch", ""]
    assert people.rows[2].tip == "Away · lunch\nModerator: keeps order in this chat"
    people.show(People(["alice", "bob", "carol"], "", said))
    assert [row.note for row in people.rows[1:]] == ["", "lunch", ""]
