"""Changing what one said: which message that is, and how it goes when nothing is left of it."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tkchat.gui.look.palette import DARK
from tkchat.server.server import Server


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    alice = people.join(server.address, "alice")
    alice.say("mine")
    people.wait_until(lambda: alice.message("mine").seq)
    return alice


def is_in_view(person: Person, words: str) -> bool:
    text = person.messages.text
    found = text.search(words, "1.0", "end")
    return bool(found) and text.dlineinfo(found) is not None


def test_the_message_is_marked_until_the_edit_ends(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Up>")
    assert "edited" in alice.tags_of("mine")
    alice.app.theme.use(DARK)
    assert "edited" in alice.tags_of("mine")
    press(alice.composer.entry, "<Escape>")
    assert "edited" not in alice.tags_of("mine")


def test_the_message_comes_into_sight(people: People, server: Server, alice: Person) -> None:
    bob = people.join(server.address, "bob")
    for number in range(60):
        bob.say(f"line {number}")
    people.wait_until(lambda: "line 59" in alice.read)
    people.wait_until(lambda: is_in_view(alice, "line 59"))
    assert not is_in_view(alice, "mine")
    press(alice.composer.entry, "<Up>")
    people.wait_until(lambda: is_in_view(alice, "mine"))
    assert "edited" in alice.tags_of("mine")


def test_what_is_in_sight_stays_where_it_is(people: People, alice: Person) -> None:
    for number in range(60):
        alice.say(f"line {number}")
    people.wait_until(lambda: alice.message("line 59").seq)
    people.wait_until(lambda: alice.messages.at_bottom)
    press(alice.composer.entry, "<Up>")
    assert alice.messages.at_bottom
    assert "flash" not in alice.tags_of("line 59")


def test_an_emptied_message_is_deleted_after_a_question(people: People, alice: Person) -> None:
    type_text(alice.composer.entry, "x")
    press(alice.composer.entry, "<BackSpace>", "<Up>", "<Control-a>", "<BackSpace>", "<Return>")
    people.wait_until(lambda: "Delete this message?" in alice.sees)
    alice.press_button("Delete")
    people.wait_until(lambda: "Message deleted" in alice.read)
    people.wait_until(lambda: "Change your message" not in alice.sees)
    people.wait_until(lambda: alice.window.focus_lastfor() is alice.composer.entry)


def test_an_emptied_message_may_be_kept(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Up>", "<Control-a>", "<BackSpace>", "<Return>")
    people.wait_until(lambda: "Delete this message?" in alice.sees)
    alice.press("<Escape>")
    people.wait_until(lambda: "Delete this message?" not in alice.sees)
    assert "Change your message" in alice.sees
    alice.window.focus_force()
    press(alice.composer.entry, "<Escape>")
    people.wait_until(lambda: "Change your message" not in alice.sees)
    assert "mine" in alice.read


def test_a_message_that_waits_goes_without_a_question(
    people: People, server: Server, alice: Person
) -> None:
    server.close()
    alice.say("too hasty")
    people.wait_until(lambda: "too hasty" in alice.read)
    alice.window._writing.edit(alice.message("too hasty"))
    press(alice.composer.entry, "<Control-a>", "<BackSpace>", "<Return>")
    people.wait_until(lambda: "too hasty" not in alice.read)
    assert "Change your message" not in alice.sees


def test_nothing_in_the_box_is_no_edit(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Return>")
    assert "Delete this message?" not in alice.sees
