"""What can be done with a person, and what one can say of oneself."""

import tkinter as tk

import pytest

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.client import events
from tkchat.client.model import Model
from tkchat.client.presence import State
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.person_menu import PersonMenu
from tkchat.gui.widgets.menu import Entry
from tkchat.wire.limits import MAX_STATUS_CHARS


@pytest.fixture
def model() -> Model:
    model = Model("alice")
    model.apply(events.Welcome("alice", "general", tagged=True), Changes())
    return model


@pytest.fixture
def menu(root: tk.Tk, theme: Theme, emoji: Emoji, model: Model, chosen: list[str]) -> PersonMenu:
    return PersonMenu(
        root,
        theme,
        emoji,
        model,
        write_to=lambda name: chosen.append(f"write {name}"),
        mention=lambda name: chosen.append(f"mention {name}"),
        copy=lambda text: chosen.append(f"copy {text}"),
        set_presence=lambda state, text: chosen.append(f"{state.value} {text}"),
    )


def do(entries: list[Entry], text: str) -> None:
    next(entry for entry in entries if entry.text == text).action()


def answer(root: tk.Tk, text: str) -> None:
    """Type ``text`` into the question that is open."""
    wait_until(root, lambda: isinstance(root.focus_get(), tk.Entry))
    entry = root.focus_get()
    assert isinstance(entry, tk.Entry)
    entry.delete(0, "end")
    entry.insert(0, text)
    press(entry, "<Return>")


def test_others_are_written_to_and_mentioned(menu: PersonMenu, chosen: list[str]) -> None:
    entries = menu.entries("bob")
    for entry in entries:
        entry.action()
    assert chosen == ["write bob", "mention bob", "copy bob"]


def test_where_one_writes_to_them_already_that_is_not_offered(
    menu: PersonMenu, model: Model
) -> None:
    model.apply(events.Entered("@bob"), Changes())
    assert "Write to bob" not in [entry.text for entry in menu.entries("bob")]


def test_a_state_is_chosen_and_the_status_stays(
    menu: PersonMenu, model: Model, chosen: list[str]
) -> None:
    model.apply(events.PresenceSet("alice", State.AWAY, "lunch"), Changes())
    entries = menu.entries("alice")
    assert [entry.text for entry in entries if entry.chosen] == ["Away"]
    do(entries, "Do not disturb")
    do(entries, "Clear the status")
    assert chosen == ["busy lunch", "away "]


def test_a_status_is_asked_for(root: tk.Tk, menu: PersonMenu, chosen: list[str]) -> None:
    do(menu.own_entries(), "Set a status…")
    answer(root, "x" * (MAX_STATUS_CHARS + 1))
    assert chosen == []
    assert any("at most 100 characters" in text_of(each) for each in every(root))
    answer(root, "back at 3")
    assert chosen == ["here back at 3"]


def test_a_plain_host_hears_nothing_of_it(menu: PersonMenu, model: Model) -> None:
    model.is_tagged = False
    assert [entry.text for entry in menu.own_entries()] == ["Copy the name"]
