"""What a room is about: who may say so, who hears of it, and that it lasts."""

from pathlib import Path

import pytest

from tests.server.tagged_kit import news, tagged_people
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.wire.plain import Joined, People
from tkchat.wire.requests import AskJoin, SetTopic
from tkchat.wire.tagged import Topic


def test_everybody_in_the_room_hears_of_a_topic(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        Client(server.address, "carol") as carol,
    ):
        for each in (alice, bob):
            news(each)
        alice.ask(SetTopic("#General", " all\nof us "))
        for each in (alice, bob):
            each.expect(Topic("general", "all of us", "alice"))
        carol.expect("SERVER~alice set the topic of general: all of us")
        carol.say("/topic", "/topic -", "/topic")
        carol.expect(
            "SERVER~The topic of general: all of us",
            "SERVER~carol cleared the topic of general",
            "SERVER~general has no topic",
        )
        for each in (alice, bob):
            each.expect(Topic("general", "", "carol"))


def test_the_same_topic_again_is_no_news(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        alice.ask(SetTopic("general", "ours"))
        bob.expect(Topic("general", "ours", "alice"))
        bob.ask(SetTopic("general", "ours"))
        bob.expect(Topic("general", "ours", "alice"))
        alice.expect(Topic("general", "ours", "alice"))
        assert news(alice) == news(bob) == []


def test_who_comes_into_a_room_hears_its_topic(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        alice.ask(AskJoin("design"), SetTopic("design", "the logo"), AskJoin("games"))
        news(alice)
        bob.ask(AskJoin("design"))
        bob.expect(
            Joined("bob", "design"),
            People("design", 2, ("alice", "bob")),
            Topic("design", "the logo", "alice"),
        )
        with Client(server.address, "carol") as carol:
            carol.say("/join design")
            carol.expect(
                "SERVER~carol joined the room design", "SERVER~The topic of design: the logo"
            )
        with TaggedClient(server.address, "bob", token=bob.token) as again:
            assert Topic("design", "the logo", "alice") in news(again)
        alice.ask(SetTopic("general", "all"))
        news(alice)
        with Client(server.address, "dave") as dave:
            dave.expect("SERVER~The topic of general: all")


def test_a_topic_lasts(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, tagged_people(server.address, "alice") as people:
        (alice,) = people
        alice.ask(AskJoin("design"), SetTopic("design", "one"), SetTopic("design", "two"))
        news(alice)
        with Client(server.address, "carol") as carol:
            carol.say("/join games", "/topic chess", "/topic")
            carol.read_until("SERVER~The topic of games: chess")
    with running_server(data=tmp_path) as server, Client(server.address, "carol") as carol:
        alice.resume(server.address)
        topics = [event for event in news(alice) if isinstance(event, Topic)]
        assert topics == [Topic("design", "two", "alice")]
        carol.say("/join games")
        carol.read_until("SERVER~The topic of games: chess")
        alice.close()


@pytest.mark.parametrize(
    ("room", "text", "code"),
    [
        ("nowhere", "x", "no-room"),
        ("games", "x", "not-allowed"),
        ("@bob", "x", "not-allowed"),
        ("a b", "x", "bad-name"),
        ("general", "x" * 251, "too-long"),
    ],
)
def test_a_topic_that_is_refused(server: Server, room: str, text: str, code: str) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        bob.ask(AskJoin("games"))
        news(bob)
        alice.ask(SetTopic(room, text))
        alice.expect_refused(code)
        assert news(bob) == []
