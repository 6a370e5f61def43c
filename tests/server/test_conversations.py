"""What two people say to each other, here or away, is theirs alone."""

from pathlib import Path

import pytest

from tests.server.tagged_kit import about, news, said, tagged_people
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server import accounts
from tkchat.server.server import Server
from tkchat.wire.entry import Kind
from tkchat.wire.requests import AskHistory, AskSearch, SayRead
from tkchat.wire.tagged import Found, FoundAll, Refused


def test_each_sees_it_under_the_other_s_name_and_nobody_else_does(server: Server) -> None:
    with (
        tagged_people(server.address, "Alice", "bob", "carol") as (alice, bob, carol),
        TaggedClient(server.address, "bob", token=bob.token) as again,
        Client(server.address, "dave") as dave,
    ):
        news(again)
        for each in (alice, bob, carol):
            news(each)
        mid = alice.say("psst", "@BOB")
        alice.expect_said("Alice", "psst", "@bob", mid=mid, seq=1)
        for his in (bob, again):
            his.expect_said("Alice", "psst", "@Alice", seq=1)
        mid = bob.say("what?", "@alice")
        for his in (bob, again):
            his.expect_said("bob", "what?", "@Alice", mid=mid, seq=2)
        alice.expect_said("bob", "what?", "@bob", seq=2)
        alice.confirm(alice.say("aloud"))
        dave.expect("Alice~aloud")
        carol.expect_said("Alice", "aloud")
        with TaggedClient(server.address, "carol", token=carol.token, since=0) as carol_again:
            assert [entry.text for entry in carol_again.entries] == ["aloud"]


def test_it_waits_for_who_is_away_also_over_a_new_beginning(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server:
        with tagged_people(server.address, "alice", "bob") as (alice, bob):
            token, head = bob.token, bob.head
            bob.close()
            alice.confirm(alice.say("are you there?", "@bob"))
        with TaggedClient(server.address, "bob", token=token, since=head) as bob:
            assert said(bob) == [(1, "@alice", "alice", "are you there?")]
            bob.confirm(bob.say("now I am", "@alice"))
    with running_server(data=tmp_path) as server:
        alice.resume(server.address)
        assert said(alice)[-1] == (2, "@bob", "bob", "now I am")
        alice.confirm(alice.say("good", "@bob"))
        with TaggedClient(server.address, "bob", token=token) as bob:
            assert [entry.text for entry in bob.entries] == ["are you there?", "now I am", "good"]
        alice.close()


def test_between_a_tagged_and_a_plain_client(server: Server) -> None:
    with (
        tagged_people(server.address, "alice", "bob") as (alice, bob),
        Client(server.address, "Carol") as carol,
    ):
        for each in (alice, bob):
            news(each)
        mid = alice.say("psst\nyou", "@carol")
        alice.expect_said("alice", "psst\nyou", "@Carol", mid=mid)
        carol.expect("alice~(to Carol only) psst", "alice~(to Carol only) you")
        carol.say("/msg ALICE what?")
        carol.expect("Carol~(to alice only) what?")
        asked = alice.expect_said("Carol", "what?", "@Carol")
        alice.say("nothing", reply=asked.seq, room="@carol")
        carol.expect("alice~(to Carol only) (to Carol: what?) nothing")
        assert news(bob) == []


def test_from_a_plain_client_to_a_tagged_one_who_is_away(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        pass
    wait_until(lambda: not server.connections)
    with Client(server.address, "carol") as carol:
        carol.say("/msg Alice call me", "/msg nobody hi")
        carol.expect("carol~(to alice only) call me", "SERVER~Nobody here is called nobody.")
        alice.resume(server.address)
        assert said(alice) == [(1, "@carol", "carol", "call me")]
        alice.close()


def test_between_plain_clients_nothing_is_kept(server: Server) -> None:
    with Client(server.address, "carol") as carol, Client(server.address, "dave") as dave:
        carol.say("/msg dave psst", "/msg carol note")
        carol.read_until("carol~(to carol only) note")
        dave.expect("carol~(to dave only) psst")
        with TaggedClient(server.address, "alice") as alice:
            assert alice.head == 0


def test_a_plain_client_is_told_only_while_it_is_there(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        with Client(server.address, "carol"):
            mid = alice.say("hi", "@carol")
            seq = alice.confirm(mid).seq
        wait_until(lambda: server.connections == 1)
        news(alice)
        mid = alice.say("still there?", "@carol")
        alice.expect_refused("no-room", mid)
        mid = alice.say("hi!", "", edit=seq)
        alice.expect_refused("no-such-message", mid)
        with Client(server.address, "carol") as carol:
            news(alice)
            mid = alice.say("hi!", "", edit=seq)
            alice.expect_refused("no-such-message", mid)
            mid = alice.say("so you are somebody else?", "@carol")
            seq = alice.expect_said("alice", "so you are somebody else?", "@carol", mid=mid).seq
            alice.confirm(alice.say("so you are?", "", edit=seq))
            carol.expect(
                "alice~(to carol only) so you are somebody else?",
                "alice~(to carol only) (edited) so you are?",
            )


def test_who_takes_a_plain_client_s_name_sees_nothing_of_theirs(server: Server) -> None:
    with tagged_people(server.address, "alice") as (alice,):
        with Client(server.address, "carol") as carol:
            carol.say("/msg alice my secret")
            (secret,) = alice.read_entries(1)
        wait_until(lambda: server.connections == 1)
        with TaggedClient(server.address, "carol", since=0) as other:
            assert other.entries == []
            news(other)
            for kind, text in (
                ("reply", "tell me more"),
                ("react", "👍"),
            ):
                mid = alice.say(text, "", **about(kind, secret.seq))
                alice.read_until(lambda event: isinstance(event, Refused))
                assert mid not in alice.unconfirmed
            assert news(other) == []
            alice.say("hello", "@carol")
            other.expect_said("alice", "hello", "@alice")


def test_a_note_to_oneself(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        news(alice)
        mid = alice.say("note", "@alice")
        alice.expect_said("alice", "note", "@alice", mid=mid)
        assert news(alice) == news(bob) == []


def test_a_new_owner_of_a_name_sees_nothing_of_the_one_before(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tagged_people(server.address, "alice", "bob") as (alice, bob):
        old_token = bob.token
        secret = alice.confirm(alice.say("for the old bob", "@bob"))
        alice.say("and this", "@bob")
        bob.read_entries(2)
        bob.ask(SayRead("@alice", 1))
        news(bob)
        bob.close()
        wait_until(lambda: server.connections == 1)
        monkeypatch.setattr(accounts, "UNUSED_SECONDS", -10)
        with TaggedClient(server.address, "bob", since=0) as new:
            monkeypatch.undo()
            assert new.entries == []
            news(alice)
            alice.say("hi, new bob", "@bob")
            assert [entry.text for entry in new.read_entries(1)] == ["hi, new bob"]
            for re, asked in (
                ("h", AskHistory("h", "@alice")),
                ("s", AskSearch("s", "bob")),
            ):
                new.ask(asked)
                found = new.read_until(lambda event: isinstance(event, FoundAll))
                assert len(found) == 2, found
                assert re == getattr(found[-1], "re", "")
            # What is about the old conversation stays there.
            alice.read_entries(1)
            mid = alice.say("psst", "", reply=secret.seq)
            alice.confirm(mid)
            mid = new.say("x", "", reply=secret.seq)
            assert new.expect_refused("no-such-message", mid)
            with TaggedClient(server.address) as old:
                old.send(f"@v=1;token={old_token} bob\n".encode())
                old.expect_refused("name-taken")


def test_changes_in_a_conversation_are_its_own_too(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob", "carol") as (alice, bob, carol):
        for each in (alice, bob):
            news(each)
        seq = alice.confirm(alice.say("psst", "@bob")).seq
        bob.expect_said("alice", "psst", "@alice")
        for who, other, kind, text in (
            (alice, bob, Kind.EDIT, "psst!"),
            (bob, alice, Kind.REACT, "👍"),
            (bob, alice, Kind.REPLY, "yes"),
            (alice, bob, Kind.DELETE, ""),
        ):
            mid = who.say(text, f"@{other.name}", **about(kind, seq))
            who.expect_said(who.name, text, f"@{other.name}", mid=mid, kind=kind, target=seq)
            other.expect_said(who.name, text, f"@{who.name}", kind=kind, target=seq)
        for tag in ("reply", "react", "edit"):
            mid = carol.say("x", "", **about(tag, seq + 1))
            carol.expect_refused("no-such-message", mid)


def test_history_and_search_find_it_for_the_two_alone(server: Server) -> None:
    with tagged_people(server.address, "alice", "bob", "carol") as (alice, bob, carol):
        alice.confirm(alice.say("lunch tomorrow", "@bob"))
        alice.confirm(alice.say("lunch today"))
        for who, texts in (
            (alice, ["lunch tomorrow", "lunch today"]),
            (bob, ["lunch tomorrow", "lunch today"]),
            (carol, ["lunch today"]),
        ):
            news(who)
            who.ask(AskSearch("s", "lunch t"))
            found = who.read_until(lambda event: isinstance(event, FoundAll))
            assert [event.entry.text for event in found if isinstance(event, Found)] == texts
        for who, room, code in ((carol, "@alice", "no-room"), (carol, "@bob", "no-room")):
            who.ask(AskHistory("h", room))
            who.expect_refused(code, re="h")
        bob.ask(AskHistory("h", "@ALICE"))
        found = bob.read_until(lambda event: isinstance(event, FoundAll))
        assert [event.entry.room for event in found if isinstance(event, Found)] == ["@alice"]
