"""The buttons over the message under the pointer."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, wait_until
from tests.gui.hovering import Hovering
from tests.gui.rows import pick
from tests.gui.sample_messages import gap, many, said, scroll_to
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_menu import Deed
from tkchat.gui.messages.message_tags import POINTED


@pytest.fixture
def hovering(root: tk.Tk, theme: Theme, emoji: Emoji) -> Hovering:
    return Hovering(root, theme, emoji)


def shown(hovering: Hovering) -> str:
    """Return the message at which the toolbar is on the screen."""
    hovering.text.update()
    message = hovering.toolbar.message
    assert bool(message) == bool(hovering.toolbar.frame.winfo_ismapped())
    return message.text if message else ""


def test_it_stands_at_the_message_under_the_pointer(hovering: Hovering) -> None:
    hovering.show(gap("some are missing"), said("one"), said("two\nlines", "carol"))
    tops = {}
    for words, text in (("one", "one"), ("lines", "two\nlines"), ("two", "two\nlines")):
        hovering.point_at(*hovering.place(words))
        assert shown(hovering) == text
        tops[words] = hovering.toolbar.frame.winfo_y()
        assert hovering.toolbar.frame.winfo_x() > hovering.text.winfo_width() // 2
    assert tops["one"] < tops["two"] == tops["lines"]
    hovering.point_at(*hovering.place("missing"))
    assert shown(hovering) == ""


def test_its_message_has_another_ground(hovering: Hovering) -> None:
    messages = [said("one"), said("two\nlines", "carol"), said("three", "dan")]
    hovering.show(*messages)

    def pointed() -> str:
        places = hovering.text.tag_ranges(POINTED)
        return hovering.text.get(*places) if places else ""

    hovering.point_at(*hovering.place("lines"))
    assert shown(hovering) == "two\nlines"
    assert pointed() == "carol  12:00\ntwo\nlines\n"
    messages[1].text = "two\nother lines"
    hovering.chat.redraw(messages[1:2])
    wait_until(hovering.text, lambda: pointed().endswith("\nother lines\n"))
    hovering.point_at(*hovering.place("three"))
    assert pointed() == "dan  12:00\nthree\n"
    hovering.toolbar.hide()
    assert pointed() == ""


def test_it_does_what_it_shows(hovering: Hovering) -> None:
    hovering.show(said("one"))
    for deed, asked in ((Deed.REACT, "choose for one"), (Deed.REPLY, "Reply one")):
        hovering.point_at(5, 5)
        hovering.point_at(*hovering.place("one"))
        click(hovering.toolbar.buttons[deed])
        assert hovering.asked.pop() == asked
    assert shown(hovering) == ""  # while the answer is written


def test_the_rest_is_in_the_menu(hovering: Hovering) -> None:
    hovering.show(said("one"), said("two", "carol"))
    hovering.point_at(*hovering.place("two"))
    click(hovering.toolbar.buttons[None])
    assert shown(hovering) == ""
    pick(hovering.menu.menu, "Delete")
    assert hovering.asked == ["Delete two"]


def test_it_goes_when_a_menu_opens(hovering: Hovering) -> None:
    hovering.show(said("one"), said("two", "carol"))
    place = hovering.place("two")
    hovering.point_at(*place)
    assert shown(hovering) == "two"
    click(hovering.text, *place, button=3)
    assert hovering.menu.menu.is_open
    assert shown(hovering) == ""
    hovering.point_at(*hovering.place("one"))
    assert shown(hovering) == ""
    press(hovering.menu.menu.rows.canvas, "<Escape>")
    hovering.point_at(*place)
    assert shown(hovering) == "two"


def test_it_offers_only_what_is_allowed(hovering: Hovering) -> None:
    hovering.show(said("one"), said("two", "carol"))
    hovering.allowed = [Deed.EDIT, Deed.DISCARD]
    hovering.point_at(*hovering.place("one"))
    hovering.text.update()
    mapped = [deed for deed, each in hovering.toolbar.buttons.items() if each.winfo_ismapped()]
    assert mapped == [None]
    hovering.allowed = []
    hovering.point_at(*hovering.place("two"))
    assert shown(hovering) == ""


def test_it_goes_when_its_message_moves(hovering: Hovering) -> None:
    hovering.show(*many(60))
    x, y = hovering.text.winfo_width() // 2, hovering.text.winfo_height() // 2
    hovering.point_at(x, y)
    assert shown(hovering)
    scroll_to(hovering.chat, 0.2)
    wait_until(hovering.root, lambda: not shown(hovering))
    hovering.point_at(x, y + 40)
    assert shown(hovering)
    hovering.chat.show([said("another")])
    wait_until(hovering.root, lambda: not shown(hovering))


def test_it_goes_with_the_pointer_and_while_something_is_selected(hovering: Hovering) -> None:
    hovering.show(said("one"))
    place = hovering.place("one")
    hovering.point_at(*place)
    hovering.point_at(*place, state=0x100)
    assert shown(hovering) == ""
    hovering.point_at(5, 5)
    hovering.point_at(*place)
    hovering.text.event_generate("<Button-5>", x=place[0], y=place[1])
    assert shown(hovering) == ""
    hovering.point_at(*hovering.place("bob"))
    hovering.point_at(*place)
    assert shown(hovering) == "one"


def test_below_the_last_message_there_is_none(hovering: Hovering) -> None:
    hovering.show(said("one"))
    hovering.point_at(200, hovering.text.winfo_height() - 10)
    assert shown(hovering) == ""


def test_it_follows_the_theme_and_takes_no_keyboard(hovering: Hovering, theme: Theme) -> None:
    hovering.show(said("one"))
    theme.use(DARK)
    hovering.point_at(*hovering.place("one"))
    assert hovering.toolbar.frame.cget("background") == DARK.line
    assert not any(int(str(b.cget("takefocus"))) for b in hovering.toolbar.buttons.values())
