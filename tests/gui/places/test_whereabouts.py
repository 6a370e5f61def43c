"""The sidebar, the header and the title: where the person is."""

import pytest

from tests.gui.apps import People, Person
from tests.gui.rows import captions
from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.client.presence import Presence, State
from tkchat.gui.places import whereabouts
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin, SetPresence, SetTopic


@pytest.fixture
def alice(people: People, server: Server) -> Person:
    return people.join(server.address, "alice")


def test_the_title_tells_how_much_is_unread(people: People, server: Server, alice: Person) -> None:
    assert alice.window.title() == "#general – tkchat"
    with TaggedClient(server.address, "bob") as bob:
        bob.say("psst", "@alice")
        people.wait_until(lambda: alice.window.title() == "(1) #general – tkchat")
        alice.go_to("@bob")
        people.wait_until(lambda: alice.window.title() == "@bob – tkchat")


def test_the_topic_is_told_as_soon_as_it_is_set(
    people: People, server: Server, alice: Person
) -> None:
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(SetTopic("general", "Lunch at one"))
        people.wait_until(lambda: "2 people · Lunch at one" in alice.sees)


def test_what_others_are_up_to(people: People, server: Server, alice: Person) -> None:
    where = alice.window._where
    with TaggedClient(server.address, "bob") as bob:
        bob.ask(SetPresence(State.BUSY, "writing"))
        people.wait_until(
            lambda: [row.note for row in where.sidebar.people.rows[1:]] == ["", "writing"]
        )
        alice.go_to("@bob")
        people.wait_until(lambda: "Do not disturb · writing" in alice.sees)
        assert captions(where.sidebar.people) == ["IN THE CHAT — 2"]
        assert where.header._shown.presence == Presence(State.BUSY, "writing")
    people.wait_until(lambda: "Not in the chat" in alice.sees)


def test_many_rooms_do_not_clutter_the_list(people: People, server: Server, alice: Person) -> None:
    with TaggedClient(server.address, "bob") as bob:
        for number in range(9):
            bob.ask(AskJoin(f"room{number}"))
        people.wait_until(lambda: "6 more rooms…" in alice.sees, 20)
    assert [row.key for row in alice.window._where.sidebar.rooms.rows if row.faint][:3] == [
        "room0", "room1", "room2",
    ]  # fmt: skip


def test_in_a_rush_people_are_drawn_now_and_then(
    people: People, server: Server, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.wait_until(lambda: alice.window._where.sidebar.people.shown_keys() == ["alice"])
    monkeypatch.setattr(whereabouts, "PEOPLE_MS", 60_000)
    with Client(server.address, "bob"):
        people.wait_until(lambda: "bob" in alice.model.people)
        assert alice.window._where.sidebar.people.shown_keys() == ["alice"]
        alice.window._where.show_now()
        assert alice.window._where.sidebar.people.shown_keys() == ["alice", "bob"]
