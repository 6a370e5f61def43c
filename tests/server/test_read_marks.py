"""Who is told how far others have read."""

from pathlib import Path

import pytest

from tests.server.tagged_kit import news, tagged_people
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server import read_marks
from tkchat.server.server import Server
from tkchat.wire.requests import AskJoin, AskLeave, SayRead
from tkchat.wire.tagged import ReadTo, Seen


def seen(client: TaggedClient) -> list[Seen]:
    found = [event for event in news(client) if isinstance(event, Seen)]
    return sorted(found, key=lambda event: (event.room, event.user))


def test_the_others_in_a_room_are_told(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob", "dave") as (alice, bob, dave),
        TaggedClient(server.address, "alice", token=alice.token) as again,
        Client(server.address, "carol") as carol,
    ):
        carol.say("hello")
        for each in (alice, bob, dave, again):
            each.read_entries(1)
        alice.ask(SayRead("#General", 99), SayRead("general", 1))
        bob.expect(Seen("general", "alice", 1))
        dave.expect(Seen("general", "alice", 1))
        again.expect(ReadTo("general", 1))
        for each in (alice, bob, dave, again):
            assert news(each) == []
        carol.expect("carol~hello")
        carol.say("on")
        carol.expect("carol~on")


def test_the_other_of_two_is_told_and_nobody_else(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob", "dave") as (alice, bob, dave):
        alice.confirm(alice.say("psst", "@bob"))
        bob.read_entries(1)
        bob.ask(SayRead("@alice", 1))
        alice.expect(Seen("@bob", "bob", 1))
        assert seen(dave) == seen(bob) == []
        dave.confirm(dave.say("note", "@dave"))
        dave.ask(SayRead("@dave", 2))
        assert news(dave) == []


def test_who_comes_is_told_all_of_it(tmp_path: Path) -> None:
    server = running_server(data=tmp_path)
    with server as host, tagged_people(host.address, "alice", "bob") as (alice, bob):
        bob.confirm(bob.say("psst", "@alice"))
        bob.ask(AskJoin("lab"))
        bob.confirm(bob.say("in the lab", "lab"))
        alice.ask(SayRead("@bob", 1), SayRead("general", 2))
        assert seen(alice) == []
        assert seen(bob) == [Seen("@alice", "alice", 1), Seen("general", "alice", 2)]
        bob.ask(SayRead("lab", 2))
        assert seen(bob) == seen(alice) == []
        alice.ask(AskJoin("lab"))
        assert seen(alice) == [Seen("lab", "bob", 2)]
    with running_server(data=tmp_path) as host:
        bob.resume(host.address)
        assert seen(bob) == [Seen("@alice", "alice", 1), Seen("general", "alice", 2)]
        bob.ask(AskLeave("lab"))
        assert seen(bob) == []
        bob.close()
        alice.resume(host.address)
        assert seen(alice) == []
        alice.close()


@pytest.mark.parametrize(("most", "told"), [(3, 1), (2, 0)])
def test_in_a_large_room_nobody_is_told(
    server: Server, monkeypatch: pytest.MonkeyPatch, most: int, told: int
) -> None:
    monkeypatch.setattr(read_marks, "MAX_SEEN_PEOPLE", most)
    with tagged_people(server.address, "alice", "bob", "dave") as (alice, bob, dave):
        dave.close()  # who is away belongs to it all the same
        alice.confirm(alice.say("hello"))
        bob.read_entries(1)
        bob.ask(SayRead("general", 1))
        news(bob)
        assert seen(alice) == [Seen("general", "bob", 1)] * told
        with TaggedClient(server.address, "alice", token=alice.token) as again:
            assert seen(again) == [Seen("general", "bob", 1)] * told
