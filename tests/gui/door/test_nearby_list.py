"""Chats nearby, as rows."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show
from tests.gui.rows import row_y
from tkchat.client.nearby import Nearby
from tkchat.gui.door.nearby_list import NearbyList
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.net.address import Address

CLASS = Nearby("Class 3b", 12, Address("10.0.0.1"))
NAMELESS = Nearby("", None, Address("10.0.0.2"))


@pytest.fixture
def chosen() -> list[Nearby]:
    return []


@pytest.fixture
def rows(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[Nearby]) -> NearbyList:
    rows = NearbyList(root, theme, emoji, chosen.append)
    rows.pack(fill="x")
    rows.show([CLASS, NAMELESS])
    show(rows)
    return rows


def test_each_has_a_title_and_how_many_are_there(rows: NearbyList) -> None:
    assert [(row.text, row.note) for row in rows.rows] == [
        ("Class 3b", "12 people"),
        ("10.0.0.2:12345", ""),
    ]
    assert "10.0.0.1:12345" in rows.rows[0].tip


def test_one_is_chosen_by_click_or_key(rows: NearbyList, chosen: list[Nearby]) -> None:
    click(rows.canvas, 40, row_y(rows, str(NAMELESS.address)))
    press(rows.canvas, "<Up>", "<Return>")
    assert chosen == [NAMELESS, CLASS]


def test_it_gets_no_less_high_when_one_goes(rows: NearbyList) -> None:
    before = rows.winfo_reqheight()
    rows.show([CLASS])
    rows.update()
    assert rows.winfo_reqheight() == before
    rows.show([CLASS, NAMELESS, *(Nearby("x", 1, Address("10.0.1.1", at)) for at in range(1, 20))])
    rows.update()
    assert rows.winfo_reqheight() == 2 * before  # four rows


def test_what_strangers_call_their_chats_is_fit_for_tk(
    root: tk.Tk, theme: Theme, chosen: list[Nearby]
) -> None:
    emoji = Emoji(root, safe=False, files=())
    rows = NearbyList(root, theme, emoji, chosen.append)
    rows.show([Nearby("party 🎉\nhere", 1, Address("10.0.0.3"))])
    assert rows.rows[0].text == "party :party_popper: here"
