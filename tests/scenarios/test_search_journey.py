"""Finding what was said: words and filters, by keyboard alone, there and back."""

import tkinter as tk
from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.tagged import TaggedClient
from tkchat.gui.search.search_panel import SearchPanel
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin

MANY = 120


@pytest.fixture
def talk(server: Server, bob: TaggedClient) -> Iterator[None]:
    """A long talk in general, and a few words in another room, before alice comes."""
    bob.say("the treasure is buried at https://example.org/map")
    for number in range(MANY):
        mid = bob.say(f"filler {number}")
    bob.confirm(mid)
    bob.ask(AskJoin("lab"))
    bob.confirm(bob.say("no treasure here", "lab"))
    with TaggedClient(server.address, "carol") as carol:
        carol.confirm(carol.say("what treasure?"))
        yield


def found(person: Person) -> str:
    """Return all that the results say, with the words found in them."""
    return person.part(SearchPanel).results.text.get("1.0", "end")


def search(people: People, person: Person, query: str, note: str) -> str:
    """Type a query into the search; return the results once the panel says ``note``."""
    panel = person.part(SearchPanel)
    person.press("<Control-f>")
    people.wait_until(lambda: person.keyboard is panel.entry)
    person.press("<Control-a>", "<BackSpace>")
    person.type(query)
    people.wait_until(lambda: panel._searched == query and str(panel._note.cget("text")) == note)
    return found(person)


@pytest.fixture
def alice(people: People, server: Server, talk: None) -> Person:
    """Somebody who is in general and in the lab, and has heard only the end of the talk."""
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: "what treasure?" in alice.read and not alice.model.room.unread)
    for room in ("lab", "general"):
        alice.go_to(room)
        people.wait_until(
            lambda room=room: alice.model.room.name == room and alice.model.room.joined  # type: ignore[misc]  # a lambda's default has no type
        )
    people.wait_until(lambda: "what treasure?" in alice.read)
    return alice


def test_words_and_filters_find_it(people: People, alice: Person) -> None:
    for query, count, words in (
        ("treasure", 3, "is buried"),
        ("buried treas", 1, "is buried"),
        ("treasure from:carol", 1, "what"),
        ("treasure in:lab", 1, "here"),
        ("treasure after:today", 3, "is buried"),
        ("treasure after:today in:general", 2, "is buried"),
        ("treasure before:today", 0, ""),
        ("has:link", 1, "is buried"),
        ("has:link from:carol", 0, ""),
    ):
        note = "Nothing found" if not count else "1 message" if count == 1 else f"{count} messages"
        assert words in search(people, alice, query, note), query


def test_a_result_is_gone_to_and_left_again(people: People, alice: Person) -> None:
    search(people, alice, "buried", "1 message")
    alice.press("<Down>", "<Return>")
    people.wait_until(lambda: "flash" in alice.tags_of("treasure is buried"))
    assert "filler 3" in alice.read  # among its neighbours
    assert f"filler {MANY - 1}" not in alice.read
    entry: tk.Misc = alice.part(SearchPanel).entry
    assert alice.keyboard is entry  # to go on from there
    alice.press("<Escape>")
    people.wait_until(lambda: f"filler {MANY - 1}" in alice.read)
    people.wait_until(lambda: alice.messages.at_bottom)
    assert alice.keyboard is alice.composer.entry
    assert not alice.part(SearchPanel).winfo_ismapped()


def test_a_result_elsewhere_leads_to_its_room_and_back(people: People, alice: Person) -> None:
    search(people, alice, "treasure in:lab", "1 message")
    alice.press("<Down>", "<Return>")
    people.wait_until(lambda: alice.model.room.name == "lab" and "no treasure here" in alice.read)
    alice.press("<Escape>")
    people.wait_until(lambda: alice.model.room.name == "general")


def test_filters_are_offered_and_completed(people: People, alice: Person) -> None:
    panel = alice.part(SearchPanel)
    alice.press("<Control-f>")
    people.wait_until(lambda: "from:" in found(alice))
    alice.type("treasure from:car")
    assert "from:carol" in found(alice)
    alice.press("<Tab>")
    assert panel._words.get().strip() == "treasure from:carol"
    people.wait_until(lambda: panel._note.cget("text") == "1 message")
