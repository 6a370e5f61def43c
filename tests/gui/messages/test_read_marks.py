"""How far somebody has read, and whether they look."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.driving import focus, press
from tests.tagged import TaggedClient
from tkchat.server.server import Server


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    with TaggedClient(server.address, "bob") as bob:
        bob.say_many(60)
        yield bob


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    alice = people.join(server.address, "alice")
    focus(alice.messages.text)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    return alice


def test_who_scrolls_up_does_not_watch(people: People, alice: Person, bob: TaggedClient) -> None:
    assert alice.model.is_watched
    press(alice.messages.text, "<Home>")
    assert not alice.model.is_watched
    read = alice.model.room.read_seq
    bob.confirm(bob.say("unseen"))
    people.wait_until(lambda: alice.model.room.unread == 1)
    assert alice.model.room.read_seq == read
    press(alice.messages.text, "<End>")
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
    assert alice.model.is_watched
    people.wait_until(lambda: not alice.model.room.unread)


def test_who_uses_another_window_does_not_watch(
    people: People, server: Server, alice: Person, bob: TaggedClient
) -> None:
    other = people.join(server.address, "carol")
    focus(other.composer.entry)
    people.wait_until(lambda: not alice.model.is_watched)
    bob.confirm(bob.say("unseen"))
    people.wait_until(lambda: alice.model.room.unread == 1)
    focus(alice.composer.entry)
    people.wait_until(lambda: not alice.model.room.unread)
    people.wait_until(lambda: alice.model.room.read_seq == bob.entries[-1].seq)
