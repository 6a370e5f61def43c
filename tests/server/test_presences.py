"""Who is away or busy, on one connection or several, and who hears of it."""

import itertools
from collections.abc import Iterator, Sequence

import pytest

from tests.net.pairs import connected
from tests.server.tagged_kit import news, tagged_people
from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.net.connection import Connection
from tkchat.net.stream import Chunk, PlainStream
from tkchat.server import hub
from tkchat.server.chat import Chat
from tkchat.server.server import Server
from tkchat.wire.plain import Left
from tkchat.wire.presence import State
from tkchat.wire.requests import Quit, SetPresence
from tkchat.wire.tagged import Presence

AWAY, BUSY, HERE = State.AWAY, State.BUSY, State.HERE


@pytest.fixture
def connection() -> Iterator[Connection]:
    with connected() as (connection, _):
        yield connection


def presences(client: TaggedClient) -> list[Presence]:
    return [event for event in news(client) if isinstance(event, Presence)]


def test_everybody_tagged_hears_of_it_once(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        Client(server.address, "carol") as carol,
    ):
        for each in (alice, bob):
            news(each)
        bob.ask(SetPresence(AWAY, " back\nat 3 "), SetPresence(AWAY, "back at 3"))
        bob.ask(SetPresence(HERE))
        for each in (alice, bob):
            each.expect(Presence("bob", AWAY, "back at 3"), Presence("bob", HERE))
            assert news(each) == []
        carol.say("hi")
        carol.expect("carol~hi")


def test_who_comes_hears_of_those_who_are_not_simply_here(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob", "dave") as (alice, bob, dave):
        alice.ask(SetPresence(BUSY))
        bob.ask(SetPresence(HERE, "in the lab"))
        dave.ask(SetPresence(AWAY), SetPresence(HERE))
        for each in (alice, bob, dave):
            news(each)
        with TaggedClient(server.address, "eve") as eve:
            assert sorted(map(str, presences(eve))) == [
                str(Presence("alice", BUSY)),
                str(Presence("bob", HERE, "in the lab")),
            ]


def test_of_several_connections_the_liveliest_counts(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        bob.ask(SetPresence(AWAY, "lunch"))
        alice.expect(Presence("bob", AWAY, "lunch"))
        with TaggedClient(server.address, "bob", token=bob.token) as again:
            alice.expect(Presence("bob", HERE, "lunch"))
            again.ask(SetPresence(AWAY, "later"))
            alice.expect(Presence("bob", AWAY, "later"))
            again.ask(SetPresence(BUSY, "later"))
            alice.expect(Presence("bob", BUSY, "later"))
            bob.ask(SetPresence(HERE, "no"))
            alice.expect(Presence("bob", BUSY, "no"))
            again.ask(Quit())
            alice.expect(Presence("bob", HERE, "no"))
        assert news(alice) == []


def test_who_leaves_is_forgotten(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        bob.ask(SetPresence(AWAY, "lunch"), Quit())
        alice.expect(Presence("bob", AWAY, "lunch"), Left("bob", "general"))
        with TaggedClient(server.address, "bob", token=bob.token) as again:
            assert presences(again) == []
            assert presences(alice) == []


def test_a_status_that_is_too_long_changes_nothing(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        bob.ask(SetPresence(AWAY, "x" * 101))
        bob.expect_refused("too-long")
        bob.ask(SetPresence(BUSY, "x" * 100))
        alice.expect(Presence("bob", BUSY, "x" * 100))


def test_a_state_of_a_newer_client_changes_nothing(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        bob.ask(SetPresence(BUSY, "writing"))
        alice.expect(Presence("bob", BUSY, "writing"))
        bob.send(b"@event=presence;state=on-the-phone with carol\n")
        assert presences(bob) == [Presence("bob", BUSY, "writing")]
        assert news(alice) == []


def test_a_crowd_that_goes_away_at_once_costs_few_sends(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 40
    sends = itertools.count()
    with tagged_people(server.address, *(f"p{number}" for number in range(count))) as people:
        for each in people:
            news(each)
        send_now = PlainStream.send_now

        def counting(stream: PlainStream, chunks: Sequence[Chunk]) -> int:
            next(sends)
            return send_now(stream, chunks)

        monkeypatch.setattr(PlainStream, "send_now", counting)
        monkeypatch.setattr(hub, "CROWD", 1)
        monkeypatch.setattr(hub, "CROWD_SECONDS", 0.5)
        for each in people:
            each.ask(SetPresence(AWAY))
        for each in people:
            heard = 0
            while heard < count:
                heard += isinstance(each.read_event(), Presence)
        monkeypatch.undo()
    assert next(sends) < count * count / 4, "told one by one they would cost as many as pairs"


def test_who_still_catches_up_is_told_when_it_hears_the_rest(
    chat: Chat, connection: Connection
) -> None:
    alice, bob = (chat.admit(name, "", "", connection).member for name in ("alice", "bob"))
    chat.subscribe(alice)
    chat.presences.say(alice, AWAY, "lunch")
    assert not chat.turn.with_script.keys() - {alice}
    assert bob.audience is None
    chat.subscribe(bob)
    assert any(b"state=away lunch" in bytes(chunk) for chunk in bob.take_script())
