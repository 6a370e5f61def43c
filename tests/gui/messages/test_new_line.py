"""What is new since one looked last: the line above it, and the way there."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import click, every, focus
from tests.tagged import TaggedClient
from tkchat.gui import chat_window
from tkchat.gui.messages.message_blocks import Shape
from tkchat.gui.messages.new_line import NewLineButton
from tkchat.server.server import Server


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    with TaggedClient(server.address, "bob") as bob:
        bob.confirm(bob.say("before"))
        yield bob


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    """Somebody who has read all of general, and then looks at another room."""
    alice = people.join(server.address, "alice")
    focus(alice.composer.entry)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    alice.go_to("lab")
    people.wait_until(lambda: alice.model.room.name == "lab")
    return alice


def speak(people: People, bob: TaggedClient, alice: Person, count: int) -> None:
    """Let bob say numbered things, and wait until they have come."""
    for number in range(count):
        mid = bob.say(f"news {number}.")
    bob.confirm(mid)
    people.wait_until(lambda: alice.model.rooms["general"].last_seq == bob.entries[-1].seq)


def y_of_line(person: Person) -> int | None:
    """How far below the upper edge the line stands, None if it is not in view."""
    drawn = person.messages._drawn
    index = next((at for at, each in enumerate(drawn.blocks) if each.shape is Shape.NEW), None)
    box = None if index is None else person.messages.text.dlineinfo(f"{drawn.line_of(index)}.0")
    return box[1] if box else None


def button(person: Person) -> NewLineButton:
    (found,) = [each for each in every(person.window) if isinstance(each, NewLineButton)]
    return found


def test_a_room_with_much_that_is_new_opens_where_that_begins(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    speak(people, bob, alice, 100)
    alice.go_to("general")
    people.wait_until(lambda: "news 0." in alice.read)
    people.wait_until(lambda: "100 new messages" in alice.sees)
    y = y_of_line(alice)
    assert y is not None
    assert 0 <= y < alice.messages.winfo_height() // 2
    assert not alice.messages.at_bottom
    assert not button(alice).winfo_ismapped()
    alice.messages.to_bottom()
    people.wait_until(lambda: "news 99." in alice.read and alice.messages.at_bottom)
    people.wait_until(lambda: not alice.model.room.unread)
    assert "new messages" not in alice.sees


def test_a_room_with_a_little_that_is_new_shows_it_all(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    speak(people, bob, alice, 3)
    alice.go_to("general")
    people.wait_until(lambda: "news 2." in alice.read)
    people.wait_until(lambda: y_of_line(alice) is not None)
    assert alice.messages.at_bottom
    alice.say("I see")
    people.wait_until(lambda: "I see" in alice.read)
    assert y_of_line(alice) is None
    assert "New" not in alice.read


def test_who_comes_back_to_the_window_is_led_to_what_came_meanwhile(
    people: People, alice: Person, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.go_to("general")
    people.wait_until(lambda: alice.model.room.name == "general")
    with monkeypatch.context() as elsewhere:
        # As with another program in front.
        elsewhere.setattr(chat_window, "keyboard_holder", lambda _window: "")
        alice.window._reading.note_read()
        speak(people, bob, alice, 100)
        people.wait_until(lambda: "news 99." in alice.read)
        assert alice.messages.at_bottom
        people.wait_until(button(alice).winfo_ismapped)
    click(button(alice))
    people.wait_until(lambda: y_of_line(alice) is not None)
    people.wait_until(lambda: not button(alice).winfo_ismapped())
    alice.messages.to_bottom()
    people.wait_until(lambda: alice.messages.at_bottom)
    assert not button(alice).winfo_ismapped()
