"""This person themselves, at the foot of the sidebar."""

import tkinter as tk

import pytest

from tests.gui.canvases import texts_in
from tests.gui.driving import click, press, show, wait_until
from tests.gui.rows import pick
from tkchat.client.presence import Presence, State
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.own_presence import OwnPresence
from tkchat.gui.widgets.menu import Entry


@pytest.fixture
def own(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> OwnPresence:
    made = OwnPresence(root, theme, emoji, lambda: [Entry("Away", lambda: chosen.append("away"))])
    made.pack(fill="x")
    show(made)
    return made


def texts(own: OwnPresence) -> list[str]:
    own.update()
    return texts_in(own)


def test_it_shows_who_one_is_and_what_one_is_up_to(own: OwnPresence) -> None:
    own.show("alice", Presence())
    assert texts(own) == ["alice", "Here"]
    own.show("alice", Presence(State.AWAY, "two\nlines"))
    assert texts(own) == ["alice", "Away · two lines"]
    own.show("x" * 500, None)
    name, status = texts(own)
    assert name.endswith("…")
    assert status == "Not in the chat"


def test_a_click_opens_the_menu(own: OwnPresence, chosen: list[str]) -> None:
    own.show("alice", Presence())
    click(own)
    wait_until(own, lambda: own.menu.is_open)
    pick(own.menu, "Away")
    assert chosen == ["away"]


@pytest.mark.parametrize("key", ["<Return>", "<space>", "<Menu>"])
def test_keys_open_the_menu(own: OwnPresence, key: str) -> None:
    press(own, key)
    wait_until(own, lambda: own.menu.is_open)
    own.menu.close()


def test_it_follows_the_theme(own: OwnPresence, theme: Theme) -> None:
    own.show("alice", Presence())
    before = own.winfo_reqheight()
    theme.use(DARK)
    theme.set_zoom(200)
    assert str(own.cget("background")) == DARK.sidebar
    assert own.winfo_reqheight() == pytest.approx(2 * before, rel=0.1)
    own.destroy()
    theme.set_zoom(100)
