"""What is typed or pasted anywhere in the window goes into the box."""

from tkinter import ttk

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press
from tkchat.gui.places.sidebar import Sidebar
from tkchat.server.server import Server


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    alice = people.join(server.address, "alice")
    alice.say("something to search in")
    people.wait_until(lambda: alice.message("something to search in").seq)
    alice.window.clipboard_clear()
    alice.window.clipboard_append("pasted")
    return alice


@pytest.mark.parametrize("key", ["<Control-v>", "<Control-V>", "<Control-Shift-V>"])
def test_a_paste_into_the_messages_goes_into_the_box(alice: Person, key: str) -> None:
    press(alice.messages.text, key)
    assert alice.composer.text() == "pasted"
    assert alice.composer.entry.focus_displayof() is alice.composer.entry


def test_a_paste_into_the_sidebar_goes_into_the_box(alice: Person) -> None:
    press(alice.part(Sidebar).rooms.canvas, "<Control-v>")
    assert alice.composer.text() == "pasted"


def test_the_box_itself_pastes_once(alice: Person) -> None:
    press(alice.composer.entry, "<Control-v>")
    assert alice.composer.text() == "pasted"


def test_another_field_keeps_what_is_pasted_and_typed_there(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Control-f>")
    people.wait_until(lambda: isinstance(alice.keyboard, ttk.Entry))
    field = alice.keyboard
    assert isinstance(field, ttk.Entry)
    alice.press("<Control-v>", "x")
    assert field.get() == "pastedx"
    assert alice.composer.text() == ""


@pytest.mark.parametrize("key", ["<Control-y>", "<space>", "<Control-c>"])
def test_other_keys_are_no_text(alice: Person, key: str) -> None:
    press(alice.messages.text, key)
    assert alice.composer.text() == ""
    assert alice.messages.text.focus_displayof() is alice.messages.text


def test_what_is_typed_goes_into_the_box(alice: Person) -> None:
    press(alice.messages.text, "h")
    assert alice.composer.text() == "h"
    alice.press("i")
    assert alice.composer.text() == "hi"
