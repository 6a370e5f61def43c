"""What can be done to a room, with whole programs and a real host."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import click, every, press, text_of
from tests.gui.rows import pick, row_y
from tests.tagged import TaggedClient
from tkchat.client.room import Level
from tkchat.gui.places.room_menu import RoomMenu
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    """She is in general and in the lab, and looks at general."""
    alice = people.join(server.address, "alice")
    for room in ("lab", "general"):
        alice.go_to(room)
        people.wait_until(lambda room=room: is_in(alice, room))  # type: ignore[misc]  # a lambda's default has no type
    return alice


def is_in(person: Person, room: str) -> bool:
    return person.model.room.name == room and person.model.room.joined


def menu_of(person: Person) -> RoomMenu:
    return person.window._where.room_menu


def texts(person: Person, room: str) -> list[str]:
    return [entry.text for entry in menu_of(person).entries(room) if entry.text]


def do(person: Person, room: str, text: str) -> None:
    next(entry for entry in menu_of(person).entries(room) if entry.text == text).action()


def test_what_is_offered_of_a_room(alice: Person) -> None:
    levels = ["Notify of every message", "Notify when I am mentioned", "Mute"]
    assert texts(alice, "general") == [*levels, "Set the topic…", "Copy the name"]
    assert texts(alice, "lab") == [
        "Go to #lab", *levels, "Set the topic…", "Copy the name", "Leave the room #lab",
    ]  # fmt: skip
    assert texts(alice, "nowhere") == ["Go to #nowhere", "Copy the name"]


def test_what_is_offered_of_a_conversation(people: People, server: Server, alice: Person) -> None:
    with TaggedClient(server.address, "bob") as bob:
        bob.say("psst", "@alice")
        people.wait_until(lambda: "@bob" in alice.model.rooms)
        assert texts(alice, "@bob") == [
            "Go to @bob", "Mark as read", "Notify of every message", "Mute", "Copy the name",
        ]  # fmt: skip


def test_a_room_is_marked_as_read(people: People, server: Server, alice: Person) -> None:
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("lab"))
        bob.say("one", "lab")
        people.wait_until(lambda: alice.model.rooms["lab"].unread == 1)
        do(alice, "lab", "Mark as read")
        people.wait_until(lambda: alice.model.rooms["lab"].unread == 0)
        assert "Mark as read" not in texts(alice, "lab")


def test_what_disturbs_is_chosen_and_kept(people: People, alice: Person, server: Server) -> None:
    do(alice, "lab", "Mute")
    chosen = [entry.text for entry in menu_of(alice).entries("lab") if entry.chosen]
    assert chosen == ["Mute"]
    rows = {row.key: row for row in alice.window._where.sidebar.rooms.rows}
    assert rows["lab"].faint
    assert not rows["general"].faint
    alice.close()
    alice = people.again(alice)
    alice.app.open(server.address, "alice")
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: alice.model.rooms["lab"].level is Level.MUTED)


def test_the_topic_is_set_for_everybody(people: People, server: Server, alice: Person) -> None:
    bob = people.join(server.address, "bob")
    do(alice, "general", "Set the topic…")
    people.wait_until(lambda: "What is #general about?" in alice.sees)
    answer(people, alice, "x" * 251)
    people.wait_until(lambda: "at most 250 characters" in alice.sees)
    answer(people, alice, "Lunch")
    people.wait_until(lambda: "· Lunch" in bob.sees)
    people.wait_until(lambda: "· Lunch" in alice.sees)
    click(bob.window._where.header._about)
    people.wait_until(lambda: "What is #general about?" in bob.sees)
    answer(people, bob, "")
    people.wait_until(lambda: alice.model.room.topic == "")


def answer(people: People, person: Person, text: str) -> None:
    """Type ``text`` into the question that is open."""

    def entry() -> object:
        found = [each for each in every(person.root) if text_of(each) == "Set the topic"]
        return found and person.root.focus_get()

    people.wait_until(lambda: type(entry()).__name__ == "Entry")
    field = person.root.focus_get()
    assert field is not None
    field.delete(0, "end")  # type: ignore[attr-defined]  # it is an entry
    field.insert(0, text)  # type: ignore[attr-defined]  # likewise
    press(field, "<Return>")


def test_a_right_click_on_a_room_opens_its_menu(people: People, alice: Person) -> None:
    rooms, menu = alice.window._where.sidebar.rooms, alice.window._where._menu
    people.wait_until(lambda: "lab" in rooms.shown_keys())
    click(rooms.canvas, 40, row_y(rooms, "lab"), button=3)
    pick(menu, "Leave the room #lab")
    people.wait_until(lambda: not alice.model.rooms["lab"].joined)
    assert alice.root.focus_get() is alice.composer.entry


def test_without_a_connection_less_is_offered(
    people: People, server: Server, alice: Person
) -> None:
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees)
    assert "Set the topic…" not in texts(alice, "general")
    assert "Leave the room #lab" not in texts(alice, "lab")
    assert menu_of(alice).short_entries() == []
