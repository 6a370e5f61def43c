"""The column at the left: rooms above people above this person."""

import tkinter as tk
from collections.abc import Callable

import pytest

from tests.gui.driving import press, show, wait_until
from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.people_list import People
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_list import RoomRow
from tkchat.gui.places.sidebar import WIDTH, Sidebar, SidebarActions


@pytest.fixture
def sidebar(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> Sidebar:
    def note(what: str) -> Callable[..., None]:
        return lambda *about: chosen.append(" ".join([what, *map(str, about[:1])]))

    actions = SidebarActions(
        go_to=note("room"),
        room_menu=note("menu of room"),
        browse=note("browse"),
        switch=note("switch"),
        person=note("person"),
        person_menu=note("menu of person"),
        own_menu=list,
    )
    made = Sidebar(root, theme, emoji, PresenceDots(root, theme), actions)
    made.pack(side="left", fill="y")
    show(made)
    return made


def here(*names: str) -> People:
    return People(names, "alice", {})


def test_shows_both_lists_and_hands_on_what_is_chosen(sidebar: Sidebar, chosen: list[str]) -> None:
    sidebar.show_rooms([RoomRow("general", 2), RoomRow("design")], "general")
    sidebar.show_people(here("alice", "bob"))
    press(sidebar.rooms.canvas, "<Down>", "<Return>", "<Menu>")
    press(sidebar.people.canvas, "<Down>", "<Return>", "<Menu>")
    press(sidebar._switch, "<space>")
    press(sidebar._new, "<space>")
    assert chosen == [
        "room design", "menu of room design", "person bob", "menu of person bob", "switch",
        "browse",
    ]  # fmt: skip


def test_tab_goes_from_top_to_bottom(sidebar: Sidebar) -> None:
    sidebar.show_rooms([RoomRow("general")], "general")
    sidebar.show_people(here("alice"))
    sidebar.show_own("alice", Presence())
    press(sidebar._switch, "<Tab>")
    for widget in (sidebar._new, sidebar.rooms.canvas, sidebar.people.canvas, sidebar.own):
        assert sidebar.focus_get() is widget
        press(widget, "<Tab>")


def test_rooms_leave_people_a_part_of_the_height(sidebar: Sidebar) -> None:
    sidebar.show_rooms([RoomRow(str(number)) for number in range(3)], "0")
    sidebar.show_people(here(*(f"user{number}" for number in range(200))))
    wait_until(sidebar, lambda: sidebar.rooms.winfo_height() == sidebar.rooms.height)
    sidebar.show_rooms([RoomRow(str(number)) for number in range(100)], "0")
    both = sidebar.rooms.winfo_height() + sidebar.people.winfo_height()
    wait_until(sidebar, lambda: 0.3 < sidebar.people.winfo_height() / both < 0.5)
    sidebar.show_people(here("alice"))
    wait_until(sidebar, lambda: sidebar.people.winfo_height() == sidebar.people.height)


def test_takes_its_width_but_never_more_than_a_third(
    root: tk.Tk, theme: Theme, sidebar: Sidebar
) -> None:
    usual = theme.px(WIDTH)
    root.geometry(f"{3 * usual + 30}x500")
    wait_until(root, lambda: sidebar.winfo_width() == usual)
    root.geometry("600x500")
    wait_until(root, lambda: sidebar.winfo_width() == 200)
    theme.set_zoom(80)
    root.geometry(f"{3 * usual}x500")
    wait_until(root, lambda: sidebar.winfo_width() == theme.px(WIDTH) < usual)
