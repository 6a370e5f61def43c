"""A client whose host has another log than before: it loses nothing of either."""

import contextlib
import shutil
from pathlib import Path

import pytest

from tests.client.viewers import Viewer
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.events import Live, Reset
from tkchat.client.history import History
from tkchat.client.query import Query
from tkchat.net.address import Address
from tkchat.wire.entry import Entry
from tkchat.wire.names import GENERAL

pytestmark = pytest.mark.usefixtures("soon")


def kept(database: Database, address: Address) -> list[str]:
    page = History(database, str(address), "alice").page(GENERAL, None, 1_000)
    return [entry.text for entry in page.entries]


def found(database: Database, address: Address, word: str) -> list[str]:
    hits = History(database, str(address), "alice").search(Query(word))
    return [hit.entry.text for hit in hits]


def say(alice: Viewer, *texts: str) -> None:
    for text in texts:
        alice.say(text)
    alice.wait_until(lambda: alice.model.is_live and not alice.model.waiting_count)


def test_a_host_that_was_put_back_without_knowing_it(tmp_path: Path, database: Database) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy"
    with running_server(data=data) as server, TaggedClient(server.address, "bob") as bob:
        address = server.address
        bob.confirm(bob.say("one"))
    shutil.copytree(data, copy)
    alice = Viewer(address, "alice", database)
    with contextlib.ExitStack() as ending:
        with running_server(data=data, port=address.port):
            bob.resume(address)
            bob.confirm(bob.say("two"))
            ending.enter_context(alice)
            alice.next(Live)
            say(alice, "three")
        bob.close()
        shutil.rmtree(data)
        shutil.copytree(copy, data)
        with running_server(data=data, port=address.port):
            # She came after the copy was made, so the host does not know her, and believes nothing.
            alice.next(Live)
            bob.resume(address)
            say(alice, "four")
            bob.read_until(lambda event: isinstance(event, Entry))
            assert [entry.text for entry in bob.entries] == ["one", "two", "one", "four"]
            bob.close()
        # By bob the host learned of it: whose numbers it had grown past meanwhile is told too.
        with running_server(data=data, port=address.port):
            alice.next(Live)
            say(alice, "five")
    assert kept(database, address) == ["one", "four", "five"]
    assert found(database, address, "three") == ["three"]
    assert [event for event in alice.events if isinstance(event, Reset)]


def test_two_hosts_that_take_turns_at_one_address(tmp_path: Path, database: Database) -> None:
    """The same address in two networks, at home and at work."""
    home, work = tmp_path / "home", tmp_path / "work"
    with running_server(data=home) as server:
        address = server.address
        with Viewer(address, "alice", database) as alice:
            alice.next(Live)
            say(alice, "at home")
    with running_server(data=home) as server, TaggedClient(server.address, "bob") as bob:
        missed = [f"{number}" for number in range(120)]
        for text in missed:
            bob.confirm(bob.say(text))
    alice = Viewer(address, "alice", database)
    with contextlib.ExitStack() as ending:
        with running_server(data=work, port=address.port):
            ending.enter_context(alice)
            alice.next(Live)
            say(alice, "at work")
            assert kept(database, address) == ["at work"]
        with running_server(data=home, port=address.port):
            alice.next(Live)
            alice.wait_until(lambda: len(kept(database, address)) == 121)
            assert kept(database, address) == ["at home", *missed]


def test_a_new_log_can_be_read_back_to_its_beginning_and_on_into_the_old_one(
    tmp_path: Path, database: Database
) -> None:
    texts = [f"{number}" for number in range(120)]
    with (
        running_server(data=tmp_path / "other") as other,
        TaggedClient(other.address, "bob") as bob,
    ):
        for text in texts:
            bob.confirm(bob.say(text))
    alice = Viewer(other.address, "alice", database)
    with contextlib.ExitStack() as ending:
        with running_server(data=tmp_path / "first", port=other.address.port):
            ending.enter_context(alice)
            alice.next(Live)
            say(alice, *(f"old {number}" for number in range(60)))
            alice.wait_until(lambda: alice.model.room.is_paged)
        with running_server(data=tmp_path / "other", port=other.address.port):
            alice.next(Live)
            room = alice.model.room
            alice.wait_until(lambda: "119" in alice.sees)
            while room.has_older:
                room.loading_older, known = True, len(alice.sees)
                alice.session.older(GENERAL, room.cursor)
                alice.wait_until(lambda: not room.loading_older)
                assert len(alice.sees) > known or not room.has_older  # else a view would wait on
            assert alice.sees == [*(f"old {number}" for number in range(60)), *texts]
