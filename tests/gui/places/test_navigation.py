"""Moving from room to room, with whole programs and a real host."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import press, type_text
from tests.gui.plain_host import plain_host
from tests.gui.rows import labels
from tests.tagged import TaggedClient
from tkchat.gui.places.navigation import Navigation
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    """She is in general and in three rooms more."""
    alice = people.join(server.address, "alice")
    for room in ("design", "lab", "ops", "general"):
        go(people, alice, room)
    return alice


def go(people: People, person: Person, room: str) -> None:
    person.go_to(room)
    people.wait_until(lambda: person.model.room.name == room and person.model.room.joined)


def navigation(person: Person) -> Navigation:
    return person.window._where.navigation


def keys_lead(people: People, person: Person, keys: str, room: str) -> None:
    """Press ``keys`` in the box, and wait until they have led to ``room``."""
    press(person.composer.entry, keys)
    people.wait_until(lambda: person.model.room.name == room)


def test_keys_go_from_room_to_room(people: People, alice: Person) -> None:
    for keys, room in (
        ("<Alt-Down>", "design"),
        ("<Alt-Down>", "lab"),
        ("<Alt-Up>", "design"),
        ("<Alt-Up>", "general"),
        ("<Alt-Up>", "ops"),
        ("<Alt-Key-2>", "design"),
    ):
        keys_lead(people, alice, keys, room)
    press(alice.composer.entry, "<Alt-Key-9>")  # there is none
    assert alice.model.room.name == "design"
    assert alice.composer.text() == ""


def test_keys_go_to_what_is_unread(people: People, server: Server, alice: Person) -> None:
    press(alice.composer.entry, "<Alt-Shift-Down>")  # nothing is
    assert alice.model.room.name == "general"
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("lab"))
        bob.say("anybody?", "lab")
        bob.say("psst", "@alice")
        people.wait_until(lambda: alice.model.total_unread == 2)
        people.wait_until(lambda: alice.window.title() == "(2) #general – tkchat")
        keys_lead(people, alice, "<Alt-Shift-Down>", "lab")
        keys_lead(people, alice, "<Alt-Shift-Down>", "@bob")
        people.wait_until(lambda: not alice.model.total_unread)
        people.wait_until(lambda: alice.window.title() == "@bob – tkchat")


def test_the_switcher_leads_to_rooms_and_people(
    people: People, server: Server, alice: Person
) -> None:
    people.join(server.address, "bob")
    people.wait_until(lambda: "bob" in alice.model.people)
    switcher = navigation(alice).switcher
    press(alice.composer.entry, "<Control-k>")
    people.wait_until(lambda: switcher.is_open)
    assert labels(switcher.rows)[0] == "ops"  # where she was last
    assert labels(switcher.rows)[-1] == "general"  # where she is
    type_text(switcher.entry, "bo")
    press(switcher.entry, "<Return>")
    people.wait_until(lambda: alice.model.room.name == "@bob")
    assert alice.root.focus_get() is alice.composer.entry


def test_the_switcher_creates_a_room(people: People, alice: Person) -> None:
    press(alice.composer.entry, "<Control-k>")
    switcher = navigation(alice).switcher
    type_text(switcher.entry, "attic")
    press(switcher.entry, "<Return>")
    people.wait_until(lambda: alice.model.room.name == "attic" and alice.model.room.joined)


def test_what_is_unread_is_offered_first(people: People, server: Server, alice: Person) -> None:
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("design"))
        bob.say("hello", "design")
        people.wait_until(lambda: alice.model.rooms["design"].unread == 1)
        navigation(alice).switch()
        first = navigation(alice).switcher.rows.rows[0]
        assert (first.key, first.bold, first.mark) == ("design", True, "1")
        navigation(alice).switch()
        assert not navigation(alice).switcher.is_open


def test_it_works_without_a_connection(people: People, alice: Person, server: Server) -> None:
    server.close()
    people.wait_until(lambda: "Connection lost" in alice.sees)
    press(alice.composer.entry, "<Control-k>")
    switcher = navigation(alice).switcher
    type_text(switcher.entry, "lab")
    press(switcher.entry, "<Return>")
    people.wait_until(lambda: alice.model.room.name == "lab")


def test_the_rooms_of_the_host_are_listed_to_be_joined(
    people: People, server: Server, alice: Person
) -> None:
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("attic"))
        people.wait_until(lambda: alice.model.room_counts.get("attic") == 1, 20)
        press(alice.composer.entry, "<Control-n>")
        rows = {row.key: row.note for row in navigation(alice).switcher.rows.rows}
        assert rows["attic"] == "1 person"
        assert rows["general"] == "2 people · you are in it"
        type_text(navigation(alice).switcher.entry, "att")
        press(navigation(alice).switcher.entry, "<Return>")
        people.wait_until(lambda: alice.model.room.name == "attic")


def test_conversations_are_no_rooms_to_be_joined(people: People, alice: Person) -> None:
    alice.go_to("@carl")
    people.wait_until(lambda: alice.model.room.name == "@carl")
    press(alice.composer.entry, "<Control-n>")
    switcher = navigation(alice).switcher
    people.wait_until(lambda: switcher.is_open)
    assert {"general", "lab"} <= set(labels(switcher.rows))
    assert "@carl" not in " ".join(labels(switcher.rows))
    press(switcher.entry, "<Escape>")


def test_with_a_plain_host_a_person_is_written_to_by_name(people: People) -> None:
    with plain_host() as host:
        alice = people.join(host.address, "alice")
        navigation(alice).write_to("bob")
        assert alice.composer.text() == "/msg bob "
    people.wait_until(lambda: "Connection lost" in alice.sees)
    alice.go_to("lab")
    assert "no connection to change rooms with" in alice.sees
