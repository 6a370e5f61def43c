"""Muting, kicking, banning, rules of rooms: by whom, over whom, and what becomes of it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.net.pairs import connected
from tests.server.order_kit import hosted, order, ordered, refused
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server import moderation
from tkchat.server.chat import Chat
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.limits import Limits
from tkchat.server.log import Log
from tkchat.server.server import Server
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Audit, Banned, MutedFor, Removed, Role, RoleIs, Rules
from tkchat.wire.requests import AskJoin, Hello, encode_hello
from tkchat.wire.tagged import Refused, Welcome


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[tuple[Server, TaggedClient, TaggedClient]]:
    """A server, its host alice, and bob."""
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        yield server, alice, bob


Trio = tuple[Server, TaggedClient, TaggedClient]


def came(client: TaggedClient, kind: type) -> object:
    return client.read_until(lambda event: isinstance(event, kind))[-1]


def is_refused(client: TaggedClient, mid: str) -> Refused:
    found = client.read_until(lambda event: getattr(event, "mid", "") == mid)[-1]
    assert isinstance(found, Refused), f"{found} came: {client}"
    return found


def knock(address: Address, name: str, **known: Any) -> Refused:
    """Return how somebody is refused."""
    with TaggedClient(address) as client:
        client.send(encode_hello(Hello(name, **known)))
        event = client.read_event()
        assert isinstance(event, Refused), f"{event} came: {client}"
        return event


def test_who_is_nobody_in_particular_decides_nothing(chat: Trio) -> None:
    _, _, bob = chat
    for text in (
        *("/mute alice", "/unmute alice", "/kick alice", "/ban alice", "/unban x", "/bans"),
        *("/lock", "/unlock", "/slow 5", "/delete 1", "/approve x", "/reject x", "/audit"),
        *("/moderator bob", "/unmoderator alice", "/password -", "/password new"),
    ):
        code, why = refused(bob, text)
        assert (code, why[:5]) == ("not-allowed", "Only "), text


def test_a_muted_person_says_nothing_until_unmuted(chat: Trio) -> None:
    _, alice, bob = chat
    assert ordered(alice, "/mute Bob 10 too loud") == "bob is muted for 10 minutes."
    assert came(bob, MutedFor) == MutedFor(600, "alice muted you for 10 minutes: too loud")
    refusal = is_refused(bob, bob.say("hello"))
    assert refusal.code == "not-allowed"
    assert refusal.why == "You are muted for 10 minutes: too loud."
    assert is_refused(bob, bob.say("psst", "@alice")).code == "not-allowed"
    assert ordered(alice, "/unmute bob") == "bob may speak again."
    assert came(bob, MutedFor) == MutedFor(0, "alice lets you speak again")
    bob.confirm(bob.say("hello"))


def test_a_mute_ends_by_itself(chat: Trio, monkeypatch: pytest.MonkeyPatch) -> None:
    _, alice, bob = chat
    ordered(alice, "/mute bob 1")
    assert is_refused(bob, bob.say("hello")).code == "not-allowed"
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now + 61 * 10**9)
    bob.confirm(bob.say("hello"))


def test_a_plain_client_is_muted_too_and_may_be_a_moderator_no_more_than_that(chat: Trio) -> None:
    server, alice, _ = chat
    with Client(server.address, "carol") as carol:
        ordered(alice, "/mute carol")
        carol.expect("SERVER~alice muted you")
        carol.say("hello", "/me waves", "/msg alice psst", "/topic mine")
        carol.expect(*["SERVER~You are muted."] * 4)
        assert refused(alice, "/moderator carol")[0] == "not-allowed"


def test_a_kicked_person_is_out_with_all_connections_and_may_come_back_later(
    tmp_path: Path,
) -> None:
    limits = Limits(kick_seconds=0.5)
    with (
        hosted(tmp_path, limits=limits) as (server, alice),
        TaggedClient(server.address, "bob") as bob,
        TaggedClient(server.address, "bob", token=bob.token) as again,
    ):
        assert ordered(alice, "/kick bob enough") == "bob was put out of the chat."
        for each in (bob, again):
            assert came(each, Removed) == Removed("alice put you out of the chat: enough")
            each.expect_end()
        refusal = knock(server.address, "bob", token=bob.token)
        assert refusal.code == "not-allowed"
        assert refusal.why.startswith("You were put out of this chat")

        def is_in() -> bool:
            with TaggedClient(server.address) as client:
                client.send(encode_hello(Hello("bob", token=bob.token)))
                return isinstance(client.read_event(), Welcome)

        wait_until(is_in)


def test_a_banned_person_stays_out_across_restarts_until_unbanned(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        token = bob.token
        ordered(alice, "/ban bob spam")
        assert came(bob, Removed) == Removed("alice banned you from the chat: spam")
    with hosted(tmp_path, "carol") as (server, again):
        assert knock(server.address, "bob", token=token).why == (
            "You are banned from this chat: spam."
        )
        assert knock(server.address, "BOB").code == "not-allowed"
        with Client(server.address) as plain:
            plain.say("bob")
            plain.expect("SERVER~You are banned from this chat: spam.")
        rows = order(again, "/bans")
        assert [(row.user, row.by) for row in rows if isinstance(row, Banned)] == [("bob", "alice")]
        ordered(again, "/unban bob")
        TaggedClient(server.address, "bob", token=token).close()


def test_a_renamed_token_does_not_get_around_a_ban(chat: Trio) -> None:
    server, alice, bob = chat
    ordered(alice, "/ban bob")
    assert knock(server.address, "Bob", token=bob.token).code == "not-allowed"


def test_nobody_touches_the_host_and_only_the_host_a_moderator(chat: Trio) -> None:
    server, alice, bob = chat
    with TaggedClient(server.address, "carol") as carol:
        ordered(alice, "/moderator bob")
        ordered(alice, "/moderator carol")
        for text in ("/mute", "/kick", "/ban"):
            assert refused(bob, f"{text} alice") == ("not-allowed", "alice is the host.")
            code, why = refused(bob, f"{text} carol")
            assert (code, why) == (
                "not-allowed",
                "carol is a moderator: only the host can do that.",
            )
            assert refused(alice, f"{text} alice") == ("not-allowed", "That is you.")
        assert refused(bob, "/moderator dave")[0] == "not-allowed"
        ordered(alice, "/mute carol")
        assert is_refused(carol, carol.say("hello")).code == "not-allowed"
        ordered(alice, "/unmoderator bob")
        assert refused(bob, "/mute carol")[0] == "not-allowed"


def test_everybody_hears_who_keeps_order_also_who_comes_later(chat: Trio) -> None:
    server, alice, bob = chat
    ordered(alice, "/moderator bob")
    bob.read_until(lambda event: event == RoleIs("bob", Role.MODERATOR))
    with TaggedClient(server.address, "carol") as carol:
        roles = [carol.read_until(lambda event: isinstance(event, RoleIs))[-1] for _ in range(2)]
        assert roles == [RoleIs("alice", Role.HOST), RoleIs("bob", Role.MODERATOR)]


def test_a_locked_room_takes_nobody_new(chat: Trio) -> None:
    server, alice, bob = chat
    for each in (alice, bob):
        each.ask(AskJoin("lab"))
    with TaggedClient(server.address, "carol") as carol, Client(server.address, "dave") as dave:
        assert ordered(alice, "/lock", room="lab") == "alice locked lab."
        bob.read_until(lambda event: event == Rules("lab", True, 0, "alice locked lab"))
        carol.ask(AskJoin("lab"))
        assert came(carol, Refused) == Refused("not-allowed", "lab is locked: nobody new comes in.")
        dave.say("/join lab")
        assert dave.read_until("SERVER~lab is locked: nobody new comes in.") is not None
        ordered(alice, "/unlock lab")
        carol.ask(AskJoin("lab"))
        carol.read_until(lambda event: getattr(event, "room", "") == "lab")


def test_a_locked_chat_lets_those_back_in_who_were_there(chat: Trio) -> None:
    server, alice, bob = chat
    ordered(alice, "/lock")
    assert knock(server.address, "carol").why == (
        "This chat is locked: nobody new comes in just now."
    )
    with Client(server.address) as plain:
        plain.say("dave")
        plain.expect("SERVER~This chat is locked: nobody new comes in just now.")
    with TaggedClient(server.address, "bob", token=bob.token) as again:
        assert came(again, Rules) == Rules("general", True, 0, "")


def test_a_slow_room_is_slow_for_each_but_moderators(chat: Trio) -> None:
    _, alice, bob = chat
    ordered(alice, "/slow 60")
    one = bob.confirm(bob.say("one"))
    refusal = is_refused(bob, bob.say("two"))
    assert (refusal.code, refusal.why) == (
        "not-allowed",
        "general is slow: you may speak there again in 60 seconds.",
    )
    assert is_refused(bob, bob.say("one, and more", edit=one.seq)).code == "not-allowed"
    bob.confirm(bob.say("elsewhere", "@alice"))
    for text in ("one", "two"):
        alice.confirm(alice.say(text))
    ordered(alice, "/slow 0")
    bob.confirm(bob.say("two"))
    bob.confirm(bob.say("one, and more", edit=one.seq))


def test_a_moderator_deletes_what_others_said(chat: Trio) -> None:
    server, alice, bob = chat
    with Client(server.address, "carol") as carol:
        first = bob.confirm(bob.say("bad words"))
        second = bob.confirm(bob.say("worse"))
        private = bob.confirm(bob.say("psst", "@alice"))
        ordered(alice, f"/delete {first.seq}")
        mid = alice.say("", delete=second.seq)
        alice.confirm(mid)
        told = bob.read_until(lambda e: isinstance(e, Entry) and e.target == second.seq)
        gone = [e for e in told if isinstance(e, Entry) and e.kind is Kind.DELETE]
        assert [(e.author, e.target) for e in gone] == [
            ("alice", first.seq),
            ("alice", second.seq),
        ]
        carol.read_until("alice~(removed a message of bob)")
        assert refused(alice, f"/delete {first.seq}")[0] == "no-such-message"
        assert refused(alice, f"/delete {private.seq}")[0] == "no-such-message"
        assert is_refused(alice, alice.say("", "", delete=private.seq)).code == "not-allowed"
        assert is_refused(bob, bob.say("", delete=1_000)).code == "no-such-message"
        rows = [row for row in order(alice, "/audit 2") if isinstance(row, Audit)]
        assert [(row.action, row.about, row.by) for row in rows] == [("delete", "bob", "alice")] * 2


def test_only_the_host_deletes_what_those_who_keep_order_said(chat: Trio) -> None:
    server, alice, bob = chat
    code = Path(server._folder, HOST_CODE_FILE).read_text("ascii").strip()
    with (
        TaggedClient(server.address, "mo") as mo,
        TaggedClient(server.address, "carol") as carol,
        Client(server.address, "plain") as plain,
    ):
        for name in ("bob", "mo"):
            ordered(alice, f"/moderator {name}")
        plain.say(f"/host {code}")
        plain.read_until("SERVER~You are the host now.")
        plain.say("of a plain host")
        bob.read_until(lambda e: isinstance(e, Entry) and e.text == "of a plain host")
        theirs = [bob.entries[-1].seq]
        theirs += [each.confirm(each.say("kept")).seq for each in (alice, mo)]
        for seq in theirs:
            assert refused(bob, f"/delete {seq}")[0] == "not-allowed"
            assert is_refused(bob, bob.say("", delete=seq)).code == "not-allowed"
        own = bob.confirm(bob.say("mine")).seq
        for seq in (carol.confirm(carol.say("of a member")).seq, own):
            ordered(bob, f"/delete {seq}")
        for seq in theirs:
            ordered(alice, f"/delete {seq}")


def test_everything_decided_is_in_the_audit_and_survives(tmp_path: Path) -> None:
    decided = [
        *("/mute bob 5 loud", "/unmute bob", "/kick bob", "/ban bob", "/unban bob"),
        *("/lock lab", "/unlock lab", "/slow 5 lab", "/moderator bob", "/unmoderator bob"),
    ]
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob"):
        alice.ask(AskJoin("lab"))
        for text in decided:
            ordered(alice, text)
        ordered(alice, "/slow 7 lab")
        ordered(alice, "/mute bob")
        token = alice.token
    with running_server(data=tmp_path) as server:
        with TaggedClient(server.address, "alice", token=token) as alice:
            rows = [row for row in order(alice, "/audit 500") if isinstance(row, Audit)]
            words = [text.split()[0].removeprefix("/") for text in decided]
            assert [row.action for row in rows] == ["host", *words, "slow", "mute"]
            assert rows[1].text.endswith("alice: mute bob: for 5 minutes: loud")
        with TaggedClient(server.address, "dave") as dave:
            dave.ask(AskJoin("lab"))
            assert came(dave, Rules) == Rules("lab", False, 7, "")


def test_a_why_of_many_words_is_kept_and_too_long_a_one_refused(chat: Trio) -> None:
    _, alice, _ = chat
    assert refused(alice, f"/mute bob {'x' * 201}")[0] == "too-long"
    assert refused(alice, "/mute nobody")[0] == "no-room"
    assert refused(alice, "/mute")[0] == "bad-line"
    assert refused(alice, "/slow soon")[0] == "bad-line"
    assert refused(alice, "/slow 99999")[0] == "bad-line"
    assert refused(alice, "/unmute bob")[0] == "no-room"
    assert refused(alice, "/unban bob")[0] == "no-room"
    assert refused(alice, "/approve bob")[0] == "no-room"


def test_who_is_put_out_while_catching_up_does_not_get_in(log: Log) -> None:
    chat = Chat(log)
    with connected() as (one, _), connected() as (other, _):
        host = chat.enter("alice", one)
        chat.turn.undo.clear()
        moderation.become_host(chat, host)
        bob = chat.admit("bob", "", "", other).member
        moderation.ban(chat, host, "bob", "spam")
        with pytest.raises(RemoteError, match="You are banned from this chat: spam"):
            chat.subscribe(bob)
        assert not bob.audience
