"""What somebody began to write in a room is there again when they come back to it."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tkchat.server.server import Server
from tkchat.wire.entry import Kind


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    alice = people.join(server.address, "alice")
    for text in ("first", "**second** `thing`"):
        alice.say(text)
        people.wait_until(lambda text=text: alice.message(text).seq)  # type: ignore[misc]  # a lambda's default has no type
    return alice


def to_and_fro(people: People, alice: Person) -> None:
    """Go to the next room and come back, by keys."""
    if "lab" not in alice.model.room_counts:
        alice.go_to("lab")
        people.wait_until(lambda: alice.model.room.name == "lab")
        alice.go_to("general")
        people.wait_until(lambda: alice.model.room.name == "general")
    alice.press("<Alt-Down>")
    people.wait_until(lambda: alice.model.room.name == "lab")
    assert "Reply to" not in alice.sees
    assert "Change your message" not in alice.sees
    assert alice.composer.text() == ""
    alice.press("<Alt-Up>")
    people.wait_until(lambda: alice.model.room.name == "general")


def test_an_answer_is_still_one(people: People, alice: Person) -> None:
    alice.window._writing.answer(alice.message("first"))
    type_text(alice.composer.entry, "because")
    to_and_fro(people, alice)
    assert alice.composer.text() == "because"
    people.wait_until(lambda: "Reply to yourself | first" in alice.sees)
    press(alice.composer.entry, "<Return>")
    people.wait_until(lambda: alice.message("because").seq)
    assert alice.message("because").answers == alice.message("first").seq
    to_and_fro(people, alice)
    assert "Reply to" not in alice.sees


def test_an_answer_outlives_the_program(people: People, server: Server, alice: Person) -> None:
    alice.window._writing.answer(alice.message("first"))
    type_text(alice.composer.entry, "because")
    alice.window.close()
    again = people.again(alice)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(lambda: "Reply to yourself | first" in again.sees)
    assert again.composer.text() == "because"
    press(again.composer.entry, "<Escape>")
    people.wait_until(lambda: "Reply to" not in again.sees)
    again.window.close()
    third = people.again(again)
    third.app.open(server.address, "alice")
    people.wait_until(lambda: third.app.window is not None)
    people.wait_until(lambda: third.composer.text() == "because")
    assert "Reply to" not in third.sees


def test_an_edit_goes_on(people: People, alice: Person) -> None:
    type_text(alice.composer.entry, "half")
    alice.window._writing.edit(alice.message("first"))
    type_text(alice.composer.entry, "ly")
    to_and_fro(people, alice)
    assert alice.composer.text() == "firstly"
    people.wait_until(lambda: "Change your message" in alice.sees)
    people.wait_until(lambda: "edited" in alice.tags_of("first"))
    press(alice.composer.entry, "<Return>")
    people.wait_until(lambda: alice.message("firstly").edited)
    assert alice.composer.text() == "half"
    people.wait_until(lambda: "edited" not in alice.tags_of("firstly"))


def test_an_edit_of_what_is_gone_does_not_go_on(people: People, alice: Person) -> None:
    first = alice.message("first")
    alice.window._writing.edit(first)
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    alice.window._deeds._send("general", first, Kind.DELETE, "")
    people.wait_until(lambda: first.deleted)
    alice.go_to("general")
    people.wait_until(lambda: alice.model.room.name == "general")
    assert alice.composer.text() == ""
    assert "Change your message" not in alice.sees


def test_an_edit_amid_an_answer_leads_back_to_it(people: People, alice: Person) -> None:
    alice.window._writing.answer(alice.message("first"))
    type_text(alice.composer.entry, "because")
    alice.window._writing.edit(alice.message("first"))
    to_and_fro(people, alice)
    people.wait_until(lambda: "Change your message" in alice.sees)
    press(alice.composer.entry, "<Escape>")
    assert alice.composer.text() == "because"
    people.wait_until(lambda: "Reply to yourself | first" in alice.sees)
    press(alice.composer.entry, "<Escape>")
    people.wait_until(lambda: "Reply to" not in alice.sees)
    assert alice.composer.text() == "because"


def test_what_is_answered_is_told_without_its_marks(people: People, alice: Person) -> None:
    alice.window._writing.answer(alice.message("**second** `thing`"))
    people.wait_until(lambda: "Reply to yourself | second thing" in alice.sees)
