"""The line above the messages and its menu."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show, text_of, wait_until
from tests.gui.rows import pick
from tkchat.client.order import Rules
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.header import About, Header
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.widgets.menu import SEPARATOR, Entry


@pytest.fixture
def header(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> Header:
    made = Header(
        root,
        theme,
        emoji,
        PresenceDots(root, theme),
        lambda: [
            Entry("One", lambda: chosen.append("one"), chosen=True),
            SEPARATOR,
            Entry(f"Two {len(chosen)}", lambda: chosen.append("two"), "Ctrl+2"),
        ],
        on_search=lambda: chosen.append("search"),
        on_topic=lambda: chosen.append("topic"),
        room_entries=lambda: [Entry("Leave", lambda: chosen.append("leave"))],
    )
    made.pack(fill="x")
    show(made)
    return made


def said(header: Header) -> tuple[str, str]:
    header.update()
    return text_of(header._room), text_of(header._about)


def test_shows_the_room_and_says_something_on_it(header: Header) -> None:
    header.show(About("design", "3\x00 people", "Release\ntalk"))
    assert said(header) == ("# design", "3 people · Release talk")  # NUL would have cut it
    header.show(About("@bob", "Only the two of you", presence=Presence(State.AWAY)))
    assert said(header) == (" bob", "Only the two of you")
    assert header._room.cget("image")


def test_a_long_topic_is_clipped_and_told_whole(header: Header) -> None:
    header.show(About("design", "3 people", "long " * 200))
    assert said(header)[1].endswith("…")
    assert header._about.hidden.count("long") == 200
    header.show(About("design", "3 people", "short"))
    header.update()
    assert header._about.hidden == ""


def test_a_click_on_the_topic_changes_it_where_that_may_be(
    header: Header, chosen: list[str]
) -> None:
    header.show(About("design", "3 people"))
    click(header._about)
    assert chosen == []
    header.show(About("design", "3 people", can_set_topic=True))
    click(header._about)
    assert chosen == ["topic"]


def test_where_there_is_no_topic_the_pointer_is_offered_one(header: Header) -> None:
    header.show(About("design", "3 people", can_set_topic=True))
    header.event_generate("<Enter>")
    assert said(header)[1] == "3 people · Set a topic"
    header.event_generate("<Leave>", x=5, y=5)  # to a part of it
    assert said(header)[1] == "3 people · Set a topic"
    header.event_generate("<Leave>", x=5, y=-5)
    assert said(header)[1] == "3 people"


def test_the_menu_asks_for_its_lines_each_time(header: Header, chosen: list[str]) -> None:
    for count in (0, 1):
        press(header._button, "<space>")
        wait_until(header, lambda: header.menu.is_open)
        pick(header.menu, f"Two {count}")
    assert chosen == ["two", "two"]


def test_the_name_of_the_room_has_its_menu(header: Header, chosen: list[str]) -> None:
    for button in (1, 3):
        click(header._room, button=button)
        wait_until(header, lambda: header.menu.is_open)
        pick(header.menu, "Leave")
    assert chosen == ["leave", "leave"]


def test_the_glass_searches(header: Header, chosen: list[str]) -> None:
    click(header._search)
    assert chosen == ["search"]


def test_tab_stops_only_where_the_keyboard_is_seen(root: tk.Tk, header: Header) -> None:
    header.show(About("design", "3 people", "Release", can_set_topic=True))
    press(root, "<Tab>")
    stops: list[tk.Misc] = []
    while (widget := root.focus_get()) not in (None, *stops):
        assert widget is not None
        stops.append(widget)
        press(widget, "<Tab>")
    assert [each for each in stops if each is not root] == [header._search, header._button]


def test_what_holds_in_the_room_has_signs(header: Header) -> None:
    header.show(About("lab"))
    assert header.signs is None
    header.show(About("lab", rules=Rules("lab", is_locked=True)))
    assert header.signs is not None
    wait_until(header, header.signs.signs[0].winfo_ismapped)
    header.show(About("general"))
    wait_until(header, lambda: header.signs and not header.signs.signs[0].winfo_ismapped())
