"""What passes: who is where, who types, how far somebody has read, and whether they are there."""

import socket
from pathlib import Path

import pytest

from tests.server.tagged_kit import news, tagged_people
from tests.support import Client, connect_socket, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.server.tagged_talk import TaggedTalk
from tkchat.wire.plain import Joined, Left, Notice, People, Rooms
from tkchat.wire.requests import (
    AskJoin,
    AskLeave,
    AskPeople,
    AskRooms,
    Quit,
    SayRead,
    SayTyping,
)
from tkchat.wire.tagged import Ping, Pong, ReadTo, Typing


def test_who_comes_and_goes(server: Server) -> None:
    with (
        tagged_people(server.address, "bob") as (bob,),
        Client(server.address, "carol") as carol,
    ):
        bob.expect(Joined("carol", "general"))
        with tagged_people(server.address, "alice") as (alice,):
            bob.expect(Joined("alice", "general"))
            carol.expect("SERVER~alice joined the chat app")
            alice.ask(Quit())
            alice.expect(Notice("Goodbye, alice"))
            alice.expect_end()
        bob.expect(Left("alice", "general"))
        carol.expect("SERVER~alice left the chat app")


def test_joining_and_leaving_rooms(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        TaggedClient(server.address, "alice", token=alice.token) as again,
        Client(server.address, "carol") as carol,
    ):
        carol.say("/join Games")
        carol.expect("SERVER~carol joined the room Games")
        for each in (alice, bob, again):
            news(each)
        alice.ask(AskJoin("#games"))
        for hers in (alice, again):
            hers.expect(Joined("alice", "Games"), People("Games", 2, ("carol", "alice")))
        carol.expect("SERVER~alice joined the room Games")
        assert news(bob) == []
        again.say("a move", "GAMES", mid="")
        for hers in (alice, again):
            hers.expect_said("alice", "a move", "Games")
        carol.expect("alice~a move")
        alice.ask(AskJoin("Games"))
        alice.expect(Joined("alice", "Games"))
        assert news(again) == []
        again.ask(AskLeave("games"))
        for hers in (alice, again):
            hers.expect(Left("alice", "Games"))
        carol.expect("SERVER~alice left the room Games")
        carol.say("alone")
        assert news(alice) == news(bob) == []
        mid = alice.say("hello?", "Games")
        alice.expect_refused("not-allowed", mid)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (AskLeave("general"), "not-allowed"),
        (AskLeave("nowhere"), "no-room"),
        (AskLeave("games"), "not-allowed"),
        (AskLeave("a b"), "bad-name"),
        (AskJoin("a~b"), "bad-name"),
        (AskJoin("@bob"), "bad-name"),
        (AskPeople("nowhere"), "no-room"),
        (SayTyping("nowhere"), "no-room"),
        (SayTyping("games"), "not-allowed"),
        (SayTyping("@a b"), "bad-name"),
        (SayRead("nowhere", 1), "no-room"),
        (SayRead("games", 1), "no-room"),
        (SayRead("@bob", 1), "no-room"),
    ],
)
def test_what_is_refused(
    server: Server, asked: AskLeave | AskJoin | AskPeople | SayTyping | SayRead, code: str
) -> None:
    with (
        Client(server.address, "carol") as carol,
        tagged_people(server.address, "alice") as (alice,),
    ):
        carol.say("/join games")
        carol.read_until("SERVER~carol joined the room games")
        news(alice)
        alice.ask(asked)
        alice.expect_refused(code)


def test_rooms_last_and_who_is_in_them_is_told(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        alice.ask(AskJoin("games"), AskJoin("lab"), AskLeave("lab"))
        news(alice)
    with running_server(data=tmp_path) as server, Client(server.address, "carol") as carol:
        carol.say("/join games")
        carol.read_until("SERVER~carol joined the room games")
        alice.resume(server.address)
        carol.expect("SERVER~alice joined the chat app")
        assert news(alice) == [
            Joined("alice", "general"),
            Joined("alice", "games"),
            People("general", 1, ("alice",)),
            People("games", 2, ("carol", "alice")),
        ]
        alice.ask(AskRooms())
        alice.expect(Rooms((("general", 1), ("games", 2), ("lab", 0))))
        carol.say("/rooms")
        carol.expect("SERVER~Rooms: general (1) games (2)")
        alice.close()
        carol.expect("SERVER~alice left the chat app")


def test_more_people_than_fit_into_a_line(server: Server) -> None:
    long = "\U00020000" * 28  # four bytes each
    names = [f"{long}{number:03}" for number in range(150)]
    clients = [Client(server.address) for _ in names]
    try:
        for client, name in zip(clients, names, strict=True):
            client.say(name)
            client.read_until(f"SERVER~{name} joined the chat app")
        with TaggedClient(server.address, "alice") as alice:
            told = [event for event in news(alice) if isinstance(event, People)]
            assert len(told) > 1
            assert {(event.room, event.count) for event in told} == {("general", 151)}
            assert [name for event in told for name in event.names] == [*names, "alice"]
    finally:
        for client in clients:
            client.close()


def test_more_rooms_than_fit_into_a_line(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        alice.ask(*(AskJoin(f"room{number}") for number in range(130)))
        found = [event for event in news(alice) if isinstance(event, Joined)]
        assert len(found) == 130
        first = alice.read_event()
        assert isinstance(first, Rooms)
        assert len(first.rooms) == 31


def test_typing(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob", "dave") as (alice, bob, dave),
        Client(server.address, "carol") as carol,
    ):
        for each in (alice, bob, dave):
            news(each)
        dave.ask(AskJoin("games"))
        news(dave)
        alice.ask(SayTyping("GENERAL"))
        bob.expect(Typing("general", "alice"))
        dave.expect(Typing("general", "alice"))
        alice.ask(SayTyping("@bob"))
        bob.expect(Typing("@alice", "alice"))
        alice.ask(SayTyping("@carol"), SayTyping("@nobody"))
        assert news(dave) == []
        alice.say("done", mid="")
        carol.expect("alice~done")


def test_a_read_mark_moves_forward_and_the_other_connections_are_told(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        TaggedClient(server.address, "alice", token=alice.token) as again,
    ):
        news(again)
        for number in range(5):
            bob.say(str(number), mid="")
        for each in (alice, again):
            each.read_entries(5)
        alice.ask(SayRead("GENERAL", 3))
        again.expect(ReadTo("general", 3))
        alice.ask(SayRead("general", 3), SayRead("general", 2), SayRead("general", 0))
        assert news(alice) == news(again) == []
        again.ask(SayRead("general", 10**17))
        alice.expect(ReadTo("general", 5))
        assert not [event for event in news(bob) if isinstance(event, ReadTo)]


def test_read_marks_of_conversations_and_after_a_new_beginning(tmp_path: Path) -> None:
    marks = [ReadTo("@alice", 1), ReadTo("general", 2)]
    server = running_server(data=tmp_path)
    with server as host, tagged_people(host.address, "alice", "bob") as (alice, bob):
        alice.confirm(alice.say("psst", "@bob"))
        alice.confirm(alice.say("aloud"))
        bob.read_entries(2)
        bob.ask(SayRead("@Alice", 1), SayRead("general", 2))
        news(bob)
        with TaggedClient(host.address, "bob", token=bob.token) as again:
            assert _marks(again) == marks
        assert _marks(alice) == []
    with running_server(data=tmp_path) as host:
        bob.resume(host.address)
        assert _marks(bob) == marks
        bob.ask(SayRead("general", 1))
        assert news(bob) == []
        bob.close()


def _marks(client: TaggedClient) -> list[ReadTo]:
    found = [event for event in news(client) if isinstance(event, ReadTo)]
    return sorted(found, key=lambda mark: mark.room)


def test_a_ping_is_answered(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        alice.ask(Ping(), Ping())
        alice.expect(Pong(), Pong())
        assert news(bob) == []


def test_who_answers_pings_stays_and_who_does_not_goes(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(TaggedTalk, "ping_seconds", 0.1)
    monkeypatch.setattr(TaggedTalk, "answer_seconds", 0.4)
    with tagged_people(server.address, "alice") as (alice,), connect_socket(server.address) as deaf:
        deaf.sendall(b"@v=1 deaf\n")
        alice.expect(Joined("deaf", "general"))
        alice.expect(Left("deaf", "general"), timeout=5)  # it answers pings meanwhile
        heard = b""
        while data := deaf.recv(65_536):
            heard += data
        assert heard.endswith(b"@event=ping\n")
        assert heard.count(b"@event=ping\n") == 1
        with pytest.raises(AssertionError, match="nothing more came"):
            alice.read_event(timeout=1)


@pytest.mark.parametrize("sent", [b"@event=pong\n", b"\n", b"@event=new-in-v2\n"])
def test_whatever_comes_is_an_answer(
    server: Server, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(TaggedTalk, "ping_seconds", 0.05)
    monkeypatch.setattr(TaggedTalk, "answer_seconds", 0.3)
    with connect_socket(server.address) as sock:
        sock.sendall(b"@v=1 alice\n")
        pings = 0
        while pings < 8:  # more than the time for one answer
            pings += _next(sock).count(b"@event=ping\n")
            sock.sendall(sent)
    wait_until(lambda: not server.connections)


def _next(sock: socket.socket) -> bytes:
    data = sock.recv(65_536)
    assert data, "it was hung up on"
    return data


def test_plain_clients_are_not_pinged(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TaggedTalk, "ping_seconds", 0.05)
    monkeypatch.setattr(TaggedTalk, "answer_seconds", 0.05)
    with tagged_people(server.address, "alice") as (alice,), Client(server.address, "bob") as bob:
        alice.expect(Joined("bob", "general"))
        with pytest.raises(AssertionError, match="nothing more came"):
            alice.read_event(timeout=0.5)
        bob.say("still here")
        bob.expect("bob~still here")
