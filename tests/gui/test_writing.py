"""The box to write in with a real session behind it: drafts, typing, what the text becomes."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tests.support import running_server
from tkchat.gui import writing
from tkchat.server.server import Server


@pytest.fixture
def server() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    return people.join(server.address, "alice")


def enter(people: People, person: Person, room: str) -> None:
    person.go_to(room)
    people.wait_until(lambda: person.model.room.name == room)


def test_each_room_has_its_draft(people: People, alice: Person) -> None:
    alice.composer.set_text("for all")
    enter(people, alice, "lab")
    assert alice.composer.text() == ""
    alice.composer.set_text("for the lab")
    enter(people, alice, "general")
    assert alice.composer.text() == "for all"
    enter(people, alice, "lab")
    assert alice.composer.text() == "for the lab"


def test_drafts_outlive_the_program(
    people: People, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "DRAFT_MS", 1)
    alice = people.join(server.address, "alice")
    alice.say("so that there is a history")
    people.wait_until(lambda: alice.message("so that there is a history").seq)
    type_text(alice.composer.entry, "half")
    alice.window.close()
    again = people.again(alice)
    again.app.open(server.address, "alice")
    people.wait_until(lambda: again.app.window is not None)
    people.wait_until(lambda: again.composer.text() == "half")
    again.say("whole")
    people.wait_until(lambda: again.model.room.draft == "")


def test_others_see_that_somebody_types(people: People, server: Server, alice: Person) -> None:
    bob = people.join(server.address, "bob")
    type_text(bob.composer.entry, "hm")
    people.wait_until(lambda: "bob is typing…" in alice.sees)
    bob.say("hm yes")
    people.wait_until(lambda: "hm yes" in alice.read)
    people.wait_until(lambda: "typing" not in alice.sees)


def test_escape_ends_an_edit_and_brings_back_what_was_written(
    people: People, alice: Person
) -> None:
    alice.say("first")
    people.wait_until(lambda: alice.message("first").seq)
    alice.composer.set_text("half a thought")
    alice.window._writing.edit(alice.message("first"))
    assert alice.composer.text() == "first"
    people.wait_until(lambda: "Change what you wrote" in alice.sees)
    press(alice.composer.entry, "<Escape>")
    assert alice.composer.text() == "half a thought"
    people.wait_until(lambda: "Change what you wrote" not in alice.sees)


def test_going_elsewhere_ends_an_answer(people: People, alice: Person) -> None:
    alice.say("first")
    people.wait_until(lambda: alice.message("first").seq)
    alice.window._writing.answer(alice.message("first"))
    enter(people, alice, "lab")
    people.wait_until(lambda: "Reply to" not in alice.sees)
    alice.say("here")
    people.wait_until(lambda: alice.message("here").seq)
    assert alice.message("here").answers == 0


def test_what_cannot_be_carried_out_stays(alice: Person) -> None:
    alice.say("/nonsense")
    assert alice.composer.text() == "/nonsense"
    assert "There is no command /nonsense" in alice.sees
