"""Where reading stopped is found again: after a switch, a jump, and a restart."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus, press
from tests.tagged import TaggedClient
from tkchat.client.room_state import Anchor
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin

SAID = 120


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody who has said a lot."""
    with TaggedClient(server.address, "bob") as bob:
        bob.say_many(SAID)
        yield bob


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    """Somebody who has read everything, and has more on this computer than the newest page."""
    alice = people.join(server.address, "alice")
    focus(alice.messages.text)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    while "message 30 of" not in alice.read:
        before = alice.read
        press(alice.messages.text, "<Home>")
        people.wait_until(lambda before=before: alice.read != before)  # type: ignore[misc]  # a lambda's default has no type
    press(alice.messages.text, "<End>")
    return alice


def place(person: Person) -> Anchor | None:
    return person.window._reading._anchoring.here()


def read_at(people: People, person: Person, text: str) -> Anchor:
    """Scroll a message to the top; return the place once it is kept."""
    shown = person.messages
    line = shown.text.search(text, "1.0")
    shown.text.yview(line)
    shown.text.yview_scroll(5, "pixels")
    shown._view.note()
    found = place(person)
    assert found is not None
    people.wait_until(lambda: person.model.room.anchor == found)
    return found


def again(people: People, person: Person) -> Person:
    """Let somebody close their program and open it anew."""
    address = person.window._session.address
    person.close()
    newer = people.again(person)
    newer.app.open(address, "alice")
    people.wait_until(lambda: newer.app.window is not None)
    return newer


def test_another_room_and_back(people: People, alice: Person) -> None:
    where = read_at(people, alice, "message 80 of")
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    assert "message 80" not in alice.read
    alice.go_to("general")
    people.wait_until(lambda: place(alice) == where)


def test_after_a_restart(people: People, alice: Person) -> None:
    where = read_at(people, alice, "message 90 of")
    alice = again(people, alice)
    people.wait_until(lambda: place(alice) == where)


def test_after_a_restart_in_another_room(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    alice.go_to("team")
    people.wait_until(lambda: "team" in alice.model.rooms and alice.model.room.joined)
    bob.ask(AskJoin("team"))
    bob.say_many(80, "team")
    people.wait_until(lambda: "message 79 of many" in alice.read)
    press(alice.messages.text, "<Prior>", "<Prior>")
    people.wait_until(lambda: alice.model.room.anchor is not None)
    where = place(alice)
    press(alice.composer.entry, "<Control-q>")
    people.wait_until(lambda: not alice.open)
    alice = people.again(alice)
    alice.app.open(server.address, "alice")
    people.wait_until(lambda: alice.app.window is not None)
    assert alice.model.room.name == "team"
    people.wait_until(lambda: alice.model.is_live and place(alice) == where)
    assert alice.model.room.name == "team"


def test_after_a_restart_further_back_than_what_opens(people: People, alice: Person) -> None:
    where = read_at(people, alice, "message 35 of")
    alice = again(people, alice)
    people.wait_until(lambda: place(alice) == where)
    assert alice.model.room.place is not None
    focus(alice.messages.text)
    press(alice.messages.text, "<End>")
    people.wait_until(lambda: alice.messages.at_bottom)
    people.wait_until(lambda: alice.model.room.anchor is None)


def test_the_newest_message_is_found_again_even_if_it_is_another(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    read_at(people, alice, "message 90 of")
    press(alice.messages.text, "<End>")
    people.wait_until(lambda: alice.model.room.anchor is None)
    alice = again(people, alice)
    people.wait_until(lambda: f"message {SAID - 1} of" in alice.read)
    bob.confirm(bob.say("the latest"))
    people.wait_until(lambda: "the latest" in alice.read)
    assert alice.messages.at_bottom


def test_a_jump_leads_back_to_where_it_began(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    reading = alice.window._reading
    assert not reading.go_back()
    where = read_at(people, alice, "message 90 of")
    session = alice.window._session
    reading._anchoring.push()
    session.around("general", bob.entries[2].seq)
    people.wait_until(lambda: alice.model.room.place is not None)
    reading._anchoring.push()
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    assert reading.go_back()
    people.wait_until(lambda: "message 2 of" in alice.read)
    assert reading.go_back()
    people.wait_until(lambda: place(alice) == where)
    assert not reading.go_back()


def test_a_reconnect_moves_nothing(people: People, server: Server, alice: Person) -> None:
    where = read_at(people, alice, "message 80 of")
    alice.window._session._receiver._live.close()  # type: ignore[union-attr]  # it is connected
    people.wait_until(lambda: "Connection lost" in alice.sees)
    people.wait_until(lambda: "Connected to" in alice.sees)
    people.wait_until(lambda: alice.model.is_live)
    assert place(alice) == where


def test_who_only_passes_through_a_room_keeps_the_place_there(
    people: People, alice: Person
) -> None:
    where = read_at(people, alice, "message 35 of")
    alice = again(people, alice)
    people.wait_until(alice.window.winfo_viewable)
    for room in ("lab", "general", "lab"):
        alice.go_to(room)  # before all that was asked for on the way has come
        people.wait_until(lambda room=room: alice.model.room.name == room)  # type: ignore[misc]  # a lambda's default has no type
    assert alice.model.rooms["general"].anchor == where
    alice.go_to("general")
    people.wait_until(lambda: place(alice) == where)
