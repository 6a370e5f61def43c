"""Saying something with tags: one number for each event, one event for each mid, clear refusals."""

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.tagged_kit import news, said, tagged_people
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_TEXT_CHARS
from tkchat.wire.plain import Joined
from tkchat.wire.requests import AskJoin, AskLeave


@pytest.fixture
def pair(server: Server) -> Iterator[list[TaggedClient]]:
    with tagged_people(server.address, "alice", "bob") as people:
        news(people[0])
        yield people


def test_how_a_message_is_spelled(server: Server) -> None:
    with Client(server.address) as alice, Client(server.address) as bob:
        bob.say("@v=1 bob")
        bob.read_until("@event=people;room=general;count=1 bob")
        alice.say("@v=1 alice")
        alice.read_until("@event=people;room=general;count=2 bob alice")
        bob.read_until("@event=join;room=general;user=alice SERVER~alice joined the chat app")
        mid = secrets.token_hex(16)
        alice.say(rf"@mid={mid};room=general one\ntwo; \\three")
        mine = alice.read_line() or ""
        assert mine.startswith("@seq=1;room=general;time=20")
        assert mine.endswith(rf"Z;mid={mid} alice~one\ntwo; \\three")
        bob.expect(mine.replace(f";mid={mid}", ""))


def test_seqs_are_one_order_for_all_rooms(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    for each in (alice, bob):
        each.ask(AskJoin("games"))
        news(each)
    news(alice)
    for number in range(50):
        for each in (alice, bob):
            each.say(f"{number}", ("general", "games", "@alice")[number % 3])
    hers = alice.read_entries(100)
    assert [entry.seq for entry in hers] == list(range(1, 101))
    his = [entry for entry in hers if entry.room != "@alice"]  # her notes to herself
    assert [(e.seq, e.text) for e in bob.read_entries(len(his))] == [(e.seq, e.text) for e in his]


def test_the_same_mid_again_is_the_same_event(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    mid = alice.say("hello")
    first = alice.confirm(mid)
    bob.expect_said("alice", "hello")
    for room in ("general", "#General", ""):
        alice.say("hello", room, mid=mid)
        assert alice.confirm(mid) == first
    assert news(bob) == []


def test_the_same_mid_again_in_one_send(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    for number in range(20):
        mid = secrets.token_hex(16)
        line = f"@mid={mid};room=general {number}\n".encode()
        alice.send(line * 3)
        assert alice.read_event() == alice.read_event() == alice.read_event()
        alice.send(f"@mid={mid};room=general other\n".encode())
        alice.expect_refused("mid-reused", mid)
        bob.expect_said("alice", str(number), seq=number + 1)
    assert news(bob) == []


def test_another_connection_that_repeats_gets_the_line_alone(
    server: Server, pair: list[TaggedClient]
) -> None:
    alice, _ = pair
    with TaggedClient(server.address, "alice", token=alice.token) as again:
        news(again)
        mid = alice.say("hello")
        first = alice.confirm(mid)
        again.expect(first)
        again.say("hello", mid=mid)
        again.expect(first)
        assert news(alice) == []


def test_the_same_mid_of_somebody_else_is_another_event(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    mid = alice.say("mine")
    alice.confirm(mid)
    bob.expect_said("alice", "mine")
    bob.say("mine too", mid=mid)
    bob.expect_said("bob", "mine too", mid=mid)
    alice.expect_said("bob", "mine too")


def test_the_same_mid_after_the_host_began_again(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "alice") as alice:
        mid = alice.say("hello")
        first = alice.confirm(mid)
    with running_server(data=tmp_path) as server:
        alice.resume(server.address)
        alice.say("hello", mid=mid)
        assert alice.confirm(mid) == first
        alice.say("hallo", mid=mid)
        alice.read_until(lambda event: event == alice.heard[-1])
        with TaggedClient(server.address, "bob") as bob:
            assert said(bob) == [(1, "general", "alice", "hello")]
        alice.close()


def test_the_same_mid_with_anything_else_is_refused(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    mid = alice.say("hello")
    alice.confirm(mid)
    bob.expect_said("alice", "hello")
    alice.ask(AskJoin("games"))
    news(alice)
    for text, room, tags in (
        ("hallo", "general", {}),
        ("hello", "games", {}),
        ("hello", "@bob", {}),
        ("hello", "general", {"reply": 1}),
        ("", "general", {"delete": 1}),
    ):
        alice.say(text, room, mid=mid, **tags)
        alice.expect_refused("mid-reused", mid)
    assert news(bob) == []


def test_a_mid_is_remembered_after_its_room_was_left(pair: list[TaggedClient]) -> None:
    alice, _ = pair
    alice.ask(AskJoin("games"))
    news(alice)
    mid = alice.say("hello", "games")
    first = alice.confirm(mid)
    alice.ask(AskLeave("games"))
    news(alice)
    alice.say("hello", "games", mid=mid)
    assert alice.confirm(mid) == first


def test_what_was_refused_can_be_said_under_the_same_mid_later(pair: list[TaggedClient]) -> None:
    alice, _ = pair
    mid = alice.say("hello", "games")
    alice.expect_refused("no-room", mid)
    alice.ask(AskJoin("games"))
    news(alice)
    alice.say("hello", "games", mid=mid)
    alice.expect_said("alice", "hello", "games", mid=mid)


@pytest.mark.parametrize(
    ("room", "text", "code"),
    [
        ("general", "", "empty"),
        ("general", " \n\t", "empty"),
        ("general", "x" * (MAX_TEXT_CHARS + 1), "too-long"),
        ("nowhere", "hello", "no-room"),
        ("@nobody", "hello", "no-room"),
        ("a b", "hello", "bad-name"),
        ("@", "hello", "bad-name"),
        ("@a b", "hello", "bad-name"),
        ("x" * 33, "hello", "bad-name"),
        ("games", "hello", "not-allowed"),
    ],
)
def test_what_cannot_be_said(server: Server, room: str, text: str, code: str) -> None:
    with (
        Client(server.address, "carol") as carol,
        tagged_people(server.address, "alice", "bob") as (alice, bob),
    ):
        carol.say("/join games", "mine")
        carol.read_until("carol~mine")
        news(bob)
        news(alice)
        mid = alice.say(text, room)
        alice.expect_refused(code, mid)
        alice.say("and on")
        bob.expect_said("alice", "and on")


@pytest.mark.parametrize(
    "line",
    [
        b"@mid=xyz hello",
        b"@mid= hello",
        b"@mid=%s hello" % (b"f" * 33),
        b"@reply=x hello",
        b"@reply= hello",
        b"@edit=1;delete=1 hello",
        b"@event=join",
        b"@event=typing hello",
        b"@read=x;room=general",
        b"@read=1",
        b"@Bad=1 hello",
        b"@ hello",
        b"@;; hello",
        b"@event=history;room=general",
    ],
)
def test_a_line_that_is_none(pair: list[TaggedClient], line: bytes) -> None:
    alice, bob = pair
    alice.send(line + b"\n")
    refused = alice.read_event()
    assert getattr(refused, "code", refused) == "bad-line"
    alice.say("and on")
    bob.expect_said("alice", "and on")


def test_a_line_over_the_limit_is_refused_and_not_cut(pair: list[TaggedClient]) -> None:
    alice, bob = pair
    alice.send(b"@room=general " + b"x" * MAX_LINE_BYTES + b"\n@room=general and on\n")
    alice.expect_refused("too-long")
    bob.expect_said("alice", "and on")


def test_refusals_come_in_the_order_of_the_lines(pair: list[TaggedClient]) -> None:
    alice, _ = pair
    alice.send(b"@room=general one\n@mid=x two\n@room=general three\n@room=lab four\nfive\n")
    alice.expect_said("alice", "one")
    alice.expect_refused("bad-line", "x")
    alice.expect_said("alice", "three")
    alice.expect_refused("no-room")
    alice.expect_said("alice", "five")


@pytest.mark.parametrize(
    ("sent", "heard"),
    [
        (b"a\0b", "a\ufffdb"),
        (b"a\x1b[31m", "a\ufffd[31m"),
        (b"a\rb", "a\ufffdb"),
        (rb"a\rb\r\nc", "a\ufffdb\nc"),
        (b"a\tb", "a\tb"),
        (b"a\xffb", "a\ufffdb"),
        ("a\u202eb\u2069".encode(), "a\ufffdb\ufffd"),
        (rb"\x\\n\n!", "x\\n\n!"),
        (b"/who", "/who"),
        (b"SERVER~x", "SERVER~x"),
        (b"@not a tag: there was one already", "@not a tag: there was one already"),
        ("😀".encode() * MAX_TEXT_CHARS, "😀" * MAX_TEXT_CHARS),
    ],
)
def test_what_others_see(pair: list[TaggedClient], sent: bytes, heard: str) -> None:
    alice, bob = pair
    alice.send(b"@room=general " + sent + b"\n")
    bob.expect_said("alice", heard)


def test_plain_and_tagged_people_talk_with_each_other(server: Server) -> None:
    with (
        Client(server.address, "carol") as carol,
        tagged_people(server.address, "alice") as (alice,),
    ):
        carol.expect("SERVER~alice joined the chat app")
        mid = alice.say("one\ntwo\n\nthree")
        alice.expect_said("alice", "one\ntwo\n\nthree", mid=mid)
        carol.expect("alice~one", "alice~two", "alice~", "alice~three")
        carol.say("hi", "/me waves")
        alice.expect_said("carol", "hi", seq=2)
        alice.expect_said("carol", "* carol waves", seq=3)
        carol.expect("carol~hi", "carol~* carol waves")
        with TaggedClient(server.address, "bob") as bob:
            assert said(bob) == [
                (1, "general", "alice", "one\ntwo\n\nthree"),
                (2, "general", "carol", "hi"),
                (3, "general", "carol", "* carol waves"),
            ]


def test_without_echo_plain_clients_only_are_left_out() -> None:
    with (
        running_server(echo=False) as server,
        Client(server.address) as carol,
        tagged_people(server.address, "alice") as (alice,),
    ):
        carol.say("carol")
        carol.expect("SERVER~carol joined the chat app")
        alice.expect(Joined("carol", "general"))
        carol.say("hi")
        alice.expect_said("carol", "hi")
        alice.say("hello", mid="")
        alice.expect_said("alice", "hello")
        carol.expect("alice~hello")
