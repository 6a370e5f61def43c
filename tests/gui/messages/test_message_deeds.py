"""What a person does to a message, with a real server between two windows."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.emoji_font import needs_font
from tests.gui.sample_messages import click_on, click_on_picture, lines
from tkchat.client.message import Delivery, Message
from tkchat.gui.messages.message_deeds import MessageDeeds
from tkchat.gui.messages.message_menu import Deed
from tkchat.server.server import Server


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    return people.join(server.address, "alice")


@pytest.fixture
def bob(people: People, server: Server, alice: Person) -> Person:
    bob = people.join(server.address, "bob")
    alice.say("is it done?")
    people.wait_until(lambda: "is it done?" in bob.read and alice.message("is it done?").seq)
    return bob


def deeds(person: Person) -> MessageDeeds:
    return person.window._deeds


def test_what_is_allowed_depends_on_whose_it_is(alice: Person, bob: Person) -> None:
    his, hers = bob.message("is it done?"), alice.message("is it done?")
    assert set(deeds(bob).allowed(his)) == {Deed.REPLY, Deed.REACT}
    assert set(deeds(alice).allowed(hers)) == {Deed.REPLY, Deed.REACT, Deed.EDIT, Deed.DELETE}
    waiting = Message(0, hers.kind, "alice", "x", hers.at, True, Delivery.WAITING)
    assert set(deeds(alice).allowed(waiting)) == {Deed.EDIT, Deed.DISCARD}
    presence = alice.model.room.messages[0]
    assert set(deeds(alice).allowed(presence)) == set()


def test_an_answer_quotes_and_leads_back(people: People, alice: Person, bob: Person) -> None:
    deeds(bob).do(Deed.REPLY, bob.message("is it done?"))
    people.wait_until(lambda: "Reply to alice" in bob.sees)
    bob.say("almost")
    people.wait_until(lambda: "Reply to" not in bob.sees)
    people.wait_until(lambda: "↱ alice: is it done?" in alice.read)
    click_on(alice.messages, "alice: is it done?")
    people.wait_until(lambda: "flash" in alice.tags_of("is it done?"))


@needs_font
def test_a_reaction_is_given_and_taken_back(people: People, alice: Person, bob: Person) -> None:
    deeds(bob).react(bob.message("is it done?"), "👍")
    people.wait_until(lambda: "👍 1" in lines(alice.messages))
    assert lines(bob.messages)[-1] == "👍 1"
    click_on_picture(alice.messages, "👍 1")
    people.wait_until(lambda: "👍 2" in lines(bob.messages))
    click_on_picture(bob.messages, "👍 2")
    people.wait_until(lambda: "👍 1" in lines(alice.messages))


def test_an_edit_is_seen_by_all(people: People, alice: Person, bob: Person) -> None:
    alice.composer.set_text("half a thought")
    deeds(alice).do(Deed.EDIT, alice.message("is it done?"))
    assert alice.composer.text() == "is it done?"
    alice.say("is it ready?")
    people.wait_until(lambda: "is it ready?  (edited)" in bob.read)
    assert "is it done?" not in alice.read


def test_a_message_is_deleted_only_when_that_is_meant(
    people: People, alice: Person, bob: Person
) -> None:
    message = alice.message("is it done?")
    deeds(alice).do(Deed.DELETE, message)
    people.wait_until(lambda: "cannot be brought back" in alice.sees)
    alice.press("<Return>")  # that is Cancel
    deeds(alice).do(Deed.DELETE, message)
    people.wait_until(lambda: "cannot be brought back" in alice.sees)
    assert "Message deleted" not in bob.read
    alice.press_button("Delete")
    people.wait_until(lambda: "Message deleted" in bob.read and "Message deleted" in alice.read)


def test_what_waits_is_changed_or_discarded(people: People, alice: Person, server: Server) -> None:
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees)
    alice.say("one")
    alice.say("two")
    deeds(alice).do(Deed.DISCARD, alice.message("one"))
    people.wait_until(lambda: "one\n" not in alice.read)
    deeds(alice).do(Deed.EDIT, alice.message("two"))
    alice.say("three")
    people.wait_until(lambda: "three" in alice.read and "two" not in alice.read)
    assert [m.text for m in alice.model.room.waiting] == ["three"]
