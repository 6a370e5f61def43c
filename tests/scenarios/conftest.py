"""Scenarios use the fixtures of the windows too; most of them begin with a chat of three."""

from collections.abc import Iterator

import pytest

from tests.gui.apps import People, Person
from tests.gui.conftest import garbage_stays_on_tks_thread, people
from tests.tagged import TaggedClient
from tkchat.server.server import Server

__all__ = ["garbage_stays_on_tks_thread", "people"]


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody else, in general."""
    with TaggedClient(server.address, "bob") as bob:
        yield bob


@pytest.fixture
def alice(people: People, server: Server, bob: TaggedClient) -> Person:
    """The person at the window, who sees that bob is there, and who has the keyboard."""
    alice = people.join(server.address, "alice")
    people.wait_until(lambda: "bob" in alice.model.room.people)
    people.wait_until(lambda: alice.root.focus_get() is alice.composer.entry)
    return alice
