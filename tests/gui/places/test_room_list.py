"""The sidebar's list of rooms."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show
from tests.gui.rows import captions, drawn, labels, row_y
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_list import BROWSE, DRAFT_MARK, RoomRow, RoomsList
from tkchat.gui.widgets.row_draw import Row


@pytest.fixture
def dots(root: tk.Tk, theme: Theme) -> PresenceDots:
    return PresenceDots(root, theme)


@pytest.fixture
def rooms(
    root: tk.Tk, theme: Theme, emoji: Emoji, dots: PresenceDots, chosen: list[str]
) -> RoomsList:
    made = RoomsList(
        root,
        theme,
        emoji,
        dots,
        on_activate=chosen.append,
        on_browse=lambda: chosen.append("browse"),
        on_menu=lambda room, _x, _y: chosen.append(f"menu of {room}"),
    )
    made.place(x=0, y=0, width=230, height=400)
    show(made)
    return made


def row(rooms: RoomsList, room: str) -> Row:
    return next(each for each in rooms.rows if each.key == room)


def test_rooms_show_counts_and_where_one_is(rooms: RoomsList) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "random")
    assert drawn(rooms) == ["ROOMS", "#", "general", "#", "random"]
    assert row(rooms, "general").pill is not None
    assert row(rooms, "random").pill is None
    assert rooms.focused == "random"


def test_conversations_have_a_caption_and_a_dot(rooms: RoomsList, dots: PresenceDots) -> None:
    away = Presence(State.AWAY, "back at 3")
    rooms.show([RoomRow("general"), RoomRow("@bob", presence=away), RoomRow("@carol")], "general")
    assert captions(rooms) == ["ROOMS", "DIRECT MESSAGES"]
    assert labels(rooms) == ["general", "bob", "carol"]
    assert row(rooms, "@bob").lead is dots.photo(away)
    assert row(rooms, "@bob").note == "back at 3"
    assert row(rooms, "@bob").tip == "Away · back at 3"
    assert row(rooms, "@carol").lead is dots.photo(None)
    assert row(rooms, "@carol").tip == "Not in the chat"


def test_more_rooms_than_are_listed_are_a_click_away(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([RoomRow("general"), RoomRow("@bob")], "general", 7)
    assert labels(rooms) == ["general", "7 more rooms…", "bob"]
    click(rooms.canvas, 40, row_y(rooms, BROWSE))
    click(rooms.canvas, 40, row_y(rooms, BROWSE), button=3)
    rooms.show([RoomRow("general")], "general", 1)
    assert labels(rooms) == ["general", "1 more room…"]
    assert chosen == ["browse"]


def test_a_room_is_chosen_by_click_and_by_key(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "general")
    click(rooms.canvas, 40, row_y(rooms, "random"))
    press(rooms.canvas, "<Down>", "<Return>")
    assert chosen == ["random", "random"]


def test_a_room_has_a_menu(rooms: RoomsList, chosen: list[str]) -> None:
    rooms.show([RoomRow("general")], "general")
    click(rooms.canvas, 40, row_y(rooms, "general"), button=3)
    assert chosen == ["menu of general"]


def test_hostile_names(rooms: RoomsList) -> None:
    names = ["nul\0", "half\ud800", "{ [ $", "two\nlines", "-text", " ", "👍"]
    rooms.show([RoomRow(name, 1, topic=name) for name in names], "{ [ $")
    assert len(labels(rooms)) == len(names)
    assert "two lines" in drawn(rooms)


def test_the_pills_follow_the_theme(rooms: RoomsList, theme: Theme) -> None:
    rooms.show([RoomRow("general", 12), RoomRow("random")], "random")
    before = row(rooms, "general").pill
    theme.use(DARK)
    after = row(rooms, "general").pill
    assert before is not after
    assert str(after) in rooms.tk.splitlist(rooms.tk.call("image", "names"))


def test_news_are_bold_and_what_is_meant_for_one_stands_out(rooms: RoomsList) -> None:
    rooms.show(
        [
            RoomRow("general"),
            RoomRow("design", 3, news=True),
            RoomRow("quiet", muted=True),
            RoomRow("random", elsewhere=True),
            RoomRow("@bob", 3, news=True, strong=True),
        ],
        "general",
    )
    assert [each.bold for each in rooms.rows if not each.is_caption] == [
        False, True, False, False, True,
    ]  # fmt: skip
    assert [each.faint for each in rooms.rows if not each.is_caption] == [
        False, False, True, True, False,
    ]  # fmt: skip
    assert row(rooms, "design").pill != row(rooms, "@bob").pill


def test_a_draft_that_waits_has_a_mark(rooms: RoomsList) -> None:
    rooms.show([RoomRow("general"), RoomRow("design", draft=True)], "general")
    assert drawn(rooms) == ["ROOMS", "#", "general", "#", "design", DRAFT_MARK]


def test_the_topic_is_said_of_a_room(rooms: RoomsList) -> None:
    rooms.show([RoomRow("design", topic="Release talk")], "design")
    assert row(rooms, "design").tip == "Release talk"
