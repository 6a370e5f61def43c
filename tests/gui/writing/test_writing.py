"""The box to write in with a real session behind it: drafts, typing, what the text becomes."""

import time

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tkchat.gui.writing import writing
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_TEXT_CHARS


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
    people.wait_until(lambda: "Change your message" in alice.sees)
    press(alice.composer.entry, "<Escape>")
    assert alice.composer.text() == "half a thought"
    people.wait_until(lambda: "Change your message" not in alice.sees)


def test_up_changes_what_was_said_last(people: People, alice: Person) -> None:
    for text in ("first", "secnd"):
        alice.say(text)
        people.wait_until(lambda text=text: alice.message(text).seq)  # type: ignore[misc]  # a lambda's default has no type
    press(alice.composer.entry, "<Up>")
    assert alice.composer.text() == "secnd"
    alice.say("second")
    people.wait_until(lambda: alice.message("second").edited)
    assert "first" in alice.read
    assert "secnd" not in alice.read


def test_what_was_begun_comes_back_after_a_change(people: People, alice: Person) -> None:
    alice.say("frist")
    people.wait_until(lambda: alice.message("frist").seq)
    alice.composer.set_text("half a thought")
    alice.window._writing.edit(alice.message("frist"))
    alice.say("first")
    assert alice.composer.text() == "half a thought"
    people.wait_until(lambda: alice.message("first").edited)


def test_what_was_said_is_no_draft_any_more(people: People, alice: Person) -> None:
    type_text(alice.composer.entry, "hello")
    people.wait_until(lambda: alice.model.room.draft == "hello")
    press(alice.composer.entry, "<Return>")
    assert alice.model.room.draft == "", "at once, for a crash may come"
    assert alice.composer.text() == ""


def test_up_with_nothing_said_does_nothing(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Up>")
    assert alice.composer.text() == ""
    assert "Change your message" not in alice.sees


def test_what_was_begun_is_kept_while_something_is_changed(people: People, alice: Person) -> None:
    alice.say("first")
    people.wait_until(lambda: alice.message("first").seq)
    type_text(alice.composer.entry, "half")
    alice.window._writing.edit(alice.message("first"))
    assert alice.model.room.draft == "half", "before the program could be killed"
    type_text(alice.composer.entry, "x")
    enter(people, alice, "lab")
    enter(people, alice, "general")
    assert alice.composer.text() == "firstx"
    press(alice.composer.entry, "<Escape>")
    assert alice.composer.text() == "half"


def test_what_is_written_without_a_pause_is_kept_meanwhile(
    people: People, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "DRAFT_MS", 100)
    deadline = time.monotonic() + 10
    while not alice.model.room.draft:
        type_text(alice.composer.entry, "x")
        assert time.monotonic() < deadline


def test_an_answer_says_to_whom_and_what(people: People, server: Server, alice: Person) -> None:
    bob = people.join(server.address, "bob")
    bob.say("lunch?\nat noon")
    people.wait_until(lambda: "lunch?" in alice.read)
    alice.window._writing.answer(alice.message("lunch?\nat noon"))
    people.wait_until(lambda: "Reply to bob | lunch? …" in alice.sees)
    press(alice.composer.entry, "<Escape>")
    people.wait_until(lambda: "Reply to bob" not in alice.sees)


def test_too_long_a_text_stays_and_is_said_to_be(people: People, alice: Person) -> None:
    alice.say("x" * (MAX_TEXT_CHARS + 3))
    people.wait_until(lambda: "3 characters too long to send" in alice.sees)
    assert len(alice.composer.text()) == MAX_TEXT_CHARS + 3


def test_people_of_the_room_are_offered(people: People, server: Server, alice: Person) -> None:
    people.join(server.address, "bob")
    people.wait_until(lambda: "bob" in alice.model.people)
    press(alice.composer.entry, "<at>", "b")
    offers = alice.composer.completing.popup
    people.wait_until(lambda: offers.is_open)
    press(alice.composer.entry, "<Return>")
    assert alice.composer.text() == "@bob "


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
    press(alice.composer.entry, "x")
    assert "There is no command" not in alice.sees


def test_the_word_that_leaves_is_no_draft(people: People, server: Server, alice: Person) -> None:
    alice.say("so that there is a history")
    people.wait_until(lambda: alice.message("so that there is a history").seq)
    alice.say("/quit")
    people.wait_until(lambda: alice.app.dialog is not None)
    alice.dialog.submit()
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: "so that there is a history" in alice.read)
    assert alice.model.room.draft == ""
    assert alice.composer.text() == ""
