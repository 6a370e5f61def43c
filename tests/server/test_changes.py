"""Edits, deletions, replies and reactions: events of their own, about an earlier one."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.tagged_kit import about, news, tagged_people
from tests.support import Client
from tests.tagged import TaggedClient
from tkchat.server.server import Server
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.plain import Left
from tkchat.wire.requests import AskJoin, AskLeave


class Scene:
    """Alice and bob with tags, carol without; alice has said ``hello``, which is event 1."""

    def __init__(self, alice: TaggedClient, bob: TaggedClient, carol: Client) -> None:
        self.alice, self.bob, self.carol = alice, bob, carol
        alice.confirm(alice.say("hello"))
        bob.expect_said("alice", "hello", seq=1)
        carol.read_until("alice~hello")

    def refuses(self, who: TaggedClient, code: str, text: str = "", **tags: Any) -> None:
        """See ``who`` refused, and nobody hear of it."""
        mid = who.say(text, "", **tags)
        who.expect_refused(code, mid)
        other = self.bob if who is self.alice else self.alice
        assert news(other) == []


@pytest.fixture
def scene(server: Server) -> Iterator[Scene]:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        Client(server.address, "carol") as carol,
    ):
        for each in (alice, bob):
            news(each)
        yield Scene(alice, bob, carol)


@pytest.mark.parametrize(
    ("kind", "text", "plain"),
    [
        (Kind.EDIT, "hello!", "alice~(edited) hello!"),
        (Kind.DELETE, "", "alice~(took back an earlier message)"),
        (Kind.REPLY, "and bye", "alice~(to alice: hello) and bye"),
        (Kind.REACT, "👍", "alice~(reacts with 👍 to alice: hello)"),
    ],
)
@pytest.mark.parametrize("room", ["general", "", "GENERAL"])
def test_what_everybody_gets(scene: Scene, kind: Kind, text: str, plain: str, room: str) -> None:
    mid = scene.alice.say(text, room, **about(kind, 1))
    scene.alice.expect_said("alice", text, mid=mid, seq=2, kind=kind, target=1)
    scene.bob.expect_said("alice", text, seq=2, kind=kind, target=1)
    scene.carol.expect(plain)


def test_how_it_is_spelled(scene: Scene, server: Server) -> None:
    scene.alice.say("hello!", edit=1)
    with Client(server.address) as dave:
        dave.say("@v=1;since=1 dave")
        dave.read_line()
        line = dave.read_line() or ""
    assert line.startswith("@seq=2;room=general;time=")
    assert line.endswith("Z;edit=1 alice~hello!")


def test_the_same_change_again_is_no_other(scene: Scene) -> None:
    mid = scene.alice.say("", delete=1)
    first = scene.alice.confirm(mid)
    scene.bob.expect_said("alice", "", kind=Kind.DELETE)
    scene.alice.say("", mid=mid, delete=1)
    assert scene.alice.confirm(mid) == first
    scene.alice.say("👍", mid=mid, react=1)
    scene.alice.expect_refused("mid-reused", mid)
    assert news(scene.bob) == []


def test_only_the_author_changes_a_message(scene: Scene) -> None:
    scene.refuses(scene.bob, "not-allowed", "hallo", edit=1)
    scene.refuses(scene.bob, "not-allowed", delete=1)
    scene.carol.say("mine")
    assert scene.alice.read_entries(1)[0].author == "carol"
    scene.bob.read_entries(1)
    scene.refuses(scene.alice, "not-allowed", "hallo", edit=2)
    scene.refuses(scene.bob, "not-allowed", delete=2)


@pytest.mark.parametrize(
    ("tags", "text", "code"),
    [
        ({"edit": 1}, "", "empty"),
        ({"reply": 1}, " ", "empty"),
        ({"react": 1}, "", "empty"),
        ({"react": 1}, " \t", "empty"),
        ({"edit": 1}, "x" * 4_001, "too-long"),
        ({"react": 1}, "x" * 33, "too-long"),
        ({"react": 1}, "👍\n", "too-long"),
        ({"delete": 1}, "because", "bad-line"),
        ({"delete": 1, "edit": 1}, "hallo", "bad-line"),
        ({"edit": 2}, "hallo", "no-such-message"),
        ({"delete": 0}, "", "no-such-message"),
        ({"react": 999_999_999_999_999_999}, "👍", "no-such-message"),
    ],
)
def test_what_cannot_be_done(scene: Scene, tags: dict[str, int], text: str, code: str) -> None:
    scene.refuses(scene.alice, code, text, **tags)


def test_the_room_of_the_target_counts(scene: Scene) -> None:
    alice = scene.alice
    alice.ask(AskJoin("games"))
    news(alice)
    for room, code in (
        ("games", "no-such-message"),
        ("@bob", "no-such-message"),
        ("a b", "bad-name"),
    ):
        mid = alice.say("hallo", room, edit=1)
        alice.expect_refused(code, mid)


def test_what_is_about_another_has_nothing_about_it(scene: Scene) -> None:
    for kind, text in ((Kind.EDIT, "hello!"), (Kind.REACT, "👍"), (Kind.DELETE, "")):
        made = scene.alice.confirm(scene.alice.say(text, **about(kind, 1)))
        scene.bob.read_entries(1)
        for tag in ("edit", "reply", "react"):
            scene.refuses(scene.alice, "no-such-message", "x", **about(tag, made.seq))


def test_a_reply_is_a_message_of_its_own(scene: Scene) -> None:
    reply = scene.bob.confirm(scene.bob.say("hi", reply=1))
    scene.alice.read_entries(1)
    scene.carol.expect("bob~(to alice: hello) hi")
    scene.alice.say("👍", react=reply.seq)
    scene.carol.expect("alice~(reacts with 👍 to bob: hi)")
    scene.bob.say("hi!", edit=reply.seq)
    scene.carol.expect("bob~(edited) hi!")


def test_what_was_taken_back_is_gone(scene: Scene) -> None:
    scene.alice.confirm(scene.alice.say("", delete=1))
    scene.bob.read_entries(1)
    scene.refuses(scene.alice, "no-such-message", delete=1)
    scene.refuses(scene.alice, "no-such-message", "x", edit=1)
    scene.refuses(scene.bob, "no-such-message", "x", reply=1)
    scene.refuses(scene.bob, "no-such-message", "x", react=1)


def test_what_was_taken_back_is_told_to_nobody_any_more(scene: Scene, server: Server) -> None:
    alice = scene.alice
    mid = alice.say("secret")
    seq = alice.confirm(mid).seq
    edit = alice.say("secret too", "", edit=seq)
    alice.confirm(edit)
    alice.confirm(alice.say("", "", delete=seq))
    with TaggedClient(server.address, "dave") as dave:
        assert [(each.kind, each.text) for each in dave.entries] == [
            (Kind.MESSAGE, "hello"),
            (Kind.MESSAGE, ""),
            (Kind.EDIT, ""),
            (Kind.DELETE, ""),
        ]
    alice.read_until(lambda event: event == Left("dave", "general"))
    # Both may be said again by a client that has not heard of it: they are what was said then.
    alice.say("secret", mid=mid)
    assert alice.confirm(mid).text == ""
    alice.say("secret too", "", mid=edit, edit=seq)
    assert alice.confirm(edit).text == ""
    alice.say("secret", "@bob", mid=mid)
    alice.expect_refused("mid-reused", mid)


def test_what_was_taken_back_in_the_same_send_is_gone_too(scene: Scene) -> None:
    alice = scene.alice
    alice.send(b"@delete=1\n@edit=1 x\n@delete=1\n@react=1 x\n@reply=1 x\n")
    alice.expect_said("alice", "", kind=Kind.DELETE, target=1)
    for _ in range(4):
        alice.expect_refused("no-such-message")


@pytest.mark.parametrize("at_once", [True, False])
def test_a_reaction_again_takes_it_back(scene: Scene, at_once: bool) -> None:
    wanted = []
    for emoji, verb in (
        ("👍", "reacts with"),
        ("👍", "no longer reacts with"),
        ("🎉", "reacts with"),
        ("👍", "reacts with"),
        ("🎉", "no longer reacts with"),
    ):
        scene.alice.say(emoji, react=1)
        if not at_once:
            scene.alice.read_entries(1)
        wanted.append(f"alice~({verb} {emoji} to alice: hello)")
    scene.carol.expect(*wanted)
    scene.bob.say("🎉", react=1)
    scene.carol.expect("bob~(reacts with 🎉 to alice: hello)")


def test_who_left_a_room_changes_nothing_there(scene: Scene) -> None:
    alice = scene.alice
    alice.ask(AskJoin("games"))
    news(alice)
    seq = alice.confirm(alice.say("a move", "games")).seq
    scene.refuses(scene.bob, "no-such-message", "x", reply=seq)
    alice.ask(AskLeave("games"))
    news(alice)
    scene.refuses(alice, "no-such-message", "another", edit=seq)


def test_all_of_it_is_there_for_who_comes_later(scene: Scene, server: Server) -> None:
    for kind, text in (
        (Kind.EDIT, "hello!"),
        (Kind.REACT, "👍"),
        (Kind.REPLY, "hi"),
        (Kind.DELETE, ""),
    ):
        scene.alice.confirm(scene.alice.say(text, **about(kind, 1)))
    with TaggedClient(server.address, "dave") as dave:
        assert [(entry.kind, entry.target) for entry in dave.entries] == [
            (Kind.MESSAGE, 0),
            (Kind.EDIT, 1),
            (Kind.REACT, 1),
            (Kind.REPLY, 1),
            (Kind.DELETE, 1),
        ]
        assert all(isinstance(entry, Entry) and not entry.mid for entry in dave.entries)


def test_a_quote_is_of_what_the_message_says_now(server: Server) -> None:
    with (
        tagged_people(server.address, "alice") as (alice,),
        Client(server.address, "carol") as carol,
    ):
        seq = alice.confirm(alice.say("lunhc?")).seq
        alice.confirm(alice.say("lunch?", "", edit=seq))
        alice.confirm(alice.say("tomorrow, I mean", "", reply=seq))
        carol.expect(
            "alice~lunhc?", "alice~(edited) lunch?", "alice~(to alice: lunch?) tomorrow, I mean"
        )
