"""Reading on from a jump into the past, with a real session behind it."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus, press
from tests.tagged import TaggedClient
from tkchat.gui.messages.past import Past
from tkchat.server.server import Server

SAID = 300
OLD = 120


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody who has said a lot."""
    with TaggedClient(server.address, "bob") as bob:
        bob.say_many(SAID)
        yield bob


def numbers(text: str) -> list[int]:
    """Return the numbers of bob's messages in a text."""
    return [int(line.split()[1]) for line in text.split("\n") if line.startswith("message ")]


def shown(person: Person) -> list[int]:
    """Return the numbers of those that are drawn."""
    return numbers(person.read)


def in_view(person: Person) -> list[int]:
    """Return the numbers of those that can be seen."""
    text = person.messages.text
    return numbers(text.get("@0,0 linestart", f"@0,{text.winfo_height()} lineend"))


def past(person: Person) -> Past:
    return person.window._reading._past


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    """Somebody with everything on this computer who looks at an old message."""
    first = people.join(server.address, "alice")
    people.wait_until(lambda: len(shown(first)) == 50)
    focus(first.messages.text)
    while shown(first)[0]:
        before = len(shown(first))
        press(first.messages.text, "<Home>")
        people.wait_until(lambda before=before: len(shown(first)) > before)  # type: ignore[misc]  # a lambda's default has no type
    press(first.messages.text, "<End>")
    people.wait_until(lambda: first.model.room.anchor is None)
    people.wait_until(lambda: first.model.room.read_seq == bob.entries[-1].seq)
    first.close()
    alice = people.again(first)
    alice.app.open(server.address, "alice")
    people.wait_until(lambda: alice.app.window is not None)
    people.wait_until(lambda: len(shown(alice)) == 50)
    past(alice).open("general", bob.entries[OLD].seq)
    people.wait_until(lambda: OLD in in_view(alice))
    focus(alice.messages.text)
    return alice


def test_one_reads_on_upwards_to_the_very_first(people: People, alice: Person) -> None:
    while shown(alice)[0]:
        before = shown(alice)[0]
        press(alice.messages.text, "<Home>")
        people.wait_until(lambda before=before: shown(alice)[0] < before)  # type: ignore[misc]  # a lambda's default has no type
        assert before in in_view(alice)  # where the reader was
    press(alice.messages.text, "<Home>")
    people.wait_until(lambda: "Loading" not in alice.read)
    assert "Newest messages" in alice.sees


def test_one_reads_on_downwards_into_the_present(people: People, alice: Person) -> None:
    while alice.model.room.place is not None:
        before = shown(alice)[-1]
        while shown(alice)[-1] == before:
            press(alice.messages.text, "<Next>")
        assert before in in_view(alice)
    assert shown(alice)[-1] == SAID - 1
    people.wait_until(lambda: "Newest messages" not in alice.sees)
    press(alice.messages.text, "<End>")
    assert alice.messages.at_bottom


def test_one_turns_round(people: People, alice: Person) -> None:
    for end in (-1, 0, -1, 0):
        before = shown(alice)
        past(alice).widen(end)
        people.wait_until(lambda before=before: shown(alice) != before)  # type: ignore[misc]  # a lambda's default has no type
        assert shown(alice) == list(range(shown(alice)[0], shown(alice)[-1] + 1))


def test_who_has_left_the_past_is_not_brought_back(people: People, alice: Person) -> None:
    past(alice).widen(0)
    alice.messages.to_bottom()
    people.wait_until(lambda: past(alice)._awaited is None)
    assert alice.model.room.place is None
    assert shown(alice)[-1] == SAID - 1
    assert alice.messages.at_bottom


def test_what_was_jumped_to_flashes_on_while_more_is_drawn(people: People, alice: Person) -> None:
    place = alice.model.room.place
    assert place
    first = place.messages[0]
    alice.window._reading.seek(first.key)
    people.wait_until(lambda: "flash" in alice.tags_of(first.text))
    past(alice).widen(0)
    people.wait_until(lambda: past(alice)._awaited is None)
    assert "flash" in alice.tags_of(first.text)
