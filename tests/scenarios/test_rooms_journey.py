"""Rooms and conversations as somebody meets them who comes from another chat program."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import click, wait_until
from tests.gui.rows import pick
from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.gui.places.header import Header
from tkchat.gui.places.people_list import PeopleList
from tkchat.gui.places.room_list import RoomsList
from tkchat.gui.places.whereabouts import Whereabouts
from tkchat.gui.widgets.ask import Prompt
from tkchat.gui.widgets.row_draw import Row
from tkchat.net.address import Address
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin, SetTopic
from tkchat.wire.tagged import Topic


def enters(people: People, person: Person, room: str) -> None:
    """Wait until ``person`` is in a room and reads it."""
    people.wait_until(lambda: person.model.room.name == room and person.model.room.joined)


def goes_through(people: People, person: Person, *rooms: str) -> None:
    for room in rooms:
        person.go_to(room)
        enters(people, person, room)


def row(person: Person, room: str) -> Row:
    """Return how the sidebar draws a room; an empty row if it is not there."""
    rows = person.part(RoomsList).rows
    return next((each for each in rows if each.key == room), Row(room, ""))


def answer(people: People, person: Person, text: str) -> None:
    """Type an answer into the question that is open."""
    people.wait_until(lambda: person.keyboard is person.part(Prompt).entry)
    person.press("<Control-a>", "<BackSpace>")
    person.type(f"{text}\n")


def where(person: Person) -> Whereabouts:
    return person.window._where


def test_a_room_is_made_described_and_left(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    alice.press("<Control-n>")
    alice.type("design\n")
    enters(people, alice, "design")
    bob.ask(AskJoin("design"))
    about = alice.part(Header)._about
    people.wait_until(lambda: str(about.cget("cursor")) == "hand2")
    click(about)
    answer(people, alice, "the new look")
    told = bob.read_until(lambda event: isinstance(event, Topic))[-1]
    assert told == Topic("design", "the new look", "alice")
    people.wait_until(lambda: "the new look" in alice.sees)
    alice.press("<F10>")
    pick(alice.part(Header).menu, "Leave the room #design")
    enters(people, alice, "general")
    people.wait_until(lambda: not alice.model.rooms["design"].joined)
    with Client(server.address, "carol") as carol:
        carol.say("/join design")
        carol.read_until("SERVER~The topic of design: the new look")


def test_a_room_of_others_is_joined_with_one_click(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    bob.ask(AskJoin("lab"), SetTopic("lab", "mind the cat"))
    bob.confirm(bob.say("meow", "lab"))
    alice.window._session.refresh()  # what the window does every few seconds
    people.wait_until(lambda: "lab" in alice.part(RoomsList).shown_keys())
    alice.click_row(alice.part(RoomsList), "lab")
    enters(people, alice, "lab")
    people.wait_until(lambda: "meow" in alice.read and "mind the cat" in alice.sees)
    assert "2 people" in alice.sees


def test_a_click_on_a_person_begins_a_conversation(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    people.wait_until(lambda: "bob" in alice.part(PeopleList).shown_keys())
    alice.click_row(alice.part(PeopleList), "bob")
    people.wait_until(lambda: alice.model.room.name == "@bob")
    alice.type("psst\n")
    assert bob.read_entries(1)[0].text == "psst"
    assert bob.entries[-1].room == "@alice"
    bob.say("what", "@alice")
    people.wait_until(lambda: "what" in alice.read)


def test_pills_tell_what_is_unread_and_what_is_for_one(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    goes_through(people, alice, "lab", "general")
    assert not row(alice, "lab").bold
    bob.ask(AskJoin("lab"))
    bob.say("anybody?", "lab")
    people.wait_until(lambda: row(alice, "lab").bold and row(alice, "lab").pill)
    quiet = row(alice, "lab").pill
    bob.say("@alice?", "lab")
    people.wait_until(lambda: alice.model.total_mentions == 1)
    people.wait_until(lambda: row(alice, "lab").pill not in (None, quiet))  # another colour
    bob.say("psst", "@alice")
    people.wait_until(lambda: alice.window.title() == "(3) #general – tkchat")
    people.wait_until(lambda: row(alice, "@bob").bold)
    alice.press("<Alt-Shift-Down>")
    enters(people, alice, "lab")
    alice.press("<Alt-Shift-Down>")
    people.wait_until(lambda: alice.window.title() == "@bob – tkchat")
    people.wait_until(lambda: not row(alice, "lab").bold and row(alice, "lab").pill is None)


@pytest.mark.parametrize(
    ("level", "count"),
    [("Notify of every message", 2), ("Notify when I am mentioned", 1), ("Mute", 0)],
)
def test_each_room_has_its_own_level(
    people: People, alice: Person, bob: TaggedClient, level: str, count: int
) -> None:
    goes_through(people, alice, "lab", "general")
    alice.click_row(alice.part(RoomsList), "lab", button=3)
    pick(where(alice)._menu, level)
    bob.ask(AskJoin("lab"))
    bob.say("anybody?", "lab")
    bob.say("@alice?", "lab")
    bob.confirm(bob.say("the last one"))
    people.wait_until(lambda: "the last one" in alice.read)
    assert alice.model.rooms["lab"].news == count
    people.wait_until(lambda: row(alice, "lab").bold is bool(count))
    assert row(alice, "lab").faint is (level == "Mute")
    alice.close()
    again = people.again(alice)
    again.app.open(server_of(bob), "alice")
    people.wait_until(lambda: again.app.window is not None)
    again.click_row(again.part(RoomsList), "lab", button=3)
    wait_until(again.window, lambda: where(again)._menu.is_open)
    assert [each.text for each in where(again)._menu.rows.rows if each.lead == "✓"] == [level]


def server_of(client: TaggedClient) -> Address:
    return Address(*client.socket.getpeername())


def test_a_line_shows_where_reading_stopped(
    people: People, alice: Person, bob: TaggedClient
) -> None:
    bob.say("known")
    people.wait_until(lambda: "known" in alice.read)
    people.wait_until(lambda: not alice.model.room.unread)
    goes_through(people, alice, "lab")
    bob.say("missed")
    people.wait_until(lambda: alice.model.total_unread == 1)
    goes_through(people, alice, "general")
    people.wait_until(lambda: "missed" in alice.read)
    assert alice.read.index("known") < alice.read.index("New\n") < alice.read.index("missed")
    alice.type("here I am\n")
    people.wait_until(lambda: "here I am" in alice.read and "New\n" not in alice.read)


def test_keys_lead_anywhere(people: People, alice: Person) -> None:
    goes_through(people, alice, "design", "lab", "general")
    for keys, room in (
        ("<Alt-Down>", "design"),
        ("<Alt-Up>", "general"),
        ("<Alt-Key-3>", "lab"),
        ("<Alt-Key-1>", "general"),
    ):
        alice.press(keys)
        enters(people, alice, room)
    alice.press("<Control-k>")
    alice.type("dsg")  # letters of it, in order
    assert where(alice).navigation.switcher.rows.focused == "design"
    alice.press("<Return>")
    enters(people, alice, "design")
    alice.press("<Control-k>")
    alice.type("bo\n")
    people.wait_until(lambda: alice.model.room.name == "@bob")
