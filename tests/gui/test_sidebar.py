"""The column at the left: rooms above people."""

import tkinter as tk

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.gui.emoji import Emoji
from tkchat.gui.people_list import PeopleList
from tkchat.gui.room_list import RoomRow, RoomsList
from tkchat.gui.sidebar import WIDTH, Sidebar
from tkchat.gui.theme import Theme


def test_shows_both_lists_and_hands_on_what_is_chosen(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    chosen: list[str] = []
    sidebar = Sidebar(
        root,
        theme,
        emoji,
        on_room=lambda room: chosen.append(f"room {room}"),
        on_new_room=lambda: chosen.append("new"),
        on_person=lambda person: chosen.append(f"person {person}"),
    )
    sidebar.pack(side="left", fill="y")
    sidebar.show_rooms([RoomRow("general", 2), RoomRow("design")], "general")
    sidebar.show_people(["alice", "bob"], "alice")
    sidebar.update()
    [rooms] = [each for each in every(sidebar) if isinstance(each, RoomsList)]
    [people] = [each for each in every(sidebar) if isinstance(each, PeopleList)]
    press(rooms.rows, "<Down>", "<Return>")
    press(people.rows, "<Down>", "<Return>")
    press(next(each for each in every(sidebar) if text_of(each) == "+"), "<space>")
    assert chosen == ["room design", "person bob", "new"]


def test_takes_its_width_but_never_more_than_a_third(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    def nothing(*_: str) -> None: ...

    sidebar = Sidebar(root, theme, emoji, on_room=nothing, on_new_room=nothing, on_person=nothing)
    sidebar.pack(side="left", fill="y")
    usual = theme.px(WIDTH)
    root.geometry(f"{3 * usual + 30}x500")
    wait_until(root, lambda: sidebar.winfo_width() == usual)
    root.geometry("600x500")
    wait_until(root, lambda: sidebar.winfo_width() == 200)
    theme.set_zoom(80)
    root.geometry(f"{3 * usual}x500")
    wait_until(root, lambda: sidebar.winfo_width() == theme.px(WIDTH) < usual)
