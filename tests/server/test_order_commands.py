"""The commands of those who keep order: understood, answered, and the same at both ends."""

from functools import partial
from pathlib import Path

import pytest

from tests.net.pairs import connected
from tests.server.log_kit import small_disk
from tests.server.order_kit import hosted, order, ordered, refused
from tests.server.test_full_disk import Disk
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.client import commands as client_commands
from tkchat.client.commands import Action
from tkchat.net.errors import ConnectionLost
from tkchat.server import order_commands
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub
from tkchat.server.log import Log
from tkchat.wire.command import BadUsage
from tkchat.wire.order import Audit, Banned, Done, MutedFor, Role, RoleIs, Rules
from tkchat.wire.requests import AskJoin, Command
from tkchat.wire.tagged import Event, Refused


def test_a_client_knows_the_same_commands_as_the_host() -> None:
    here = {row.word: (row.arguments, row.help) for row in order_commands.COMMANDS}
    there = {
        row.word: (row.arguments, row.help)
        for row in client_commands.table()
        if row.action is Action.ORDER
    }
    assert there == here


def test_what_follows_the_word_is_cut_up() -> None:
    asked = order_commands.parse("/Mute bob 10 much too loud")
    assert asked is not None
    assert asked.arguments == ["bob", "10", "much too loud"]
    asked = order_commands.parse("/password correct horse")
    assert asked is not None
    assert (asked.arguments, asked.is_secret) == (["correct horse"], True)
    assert "horse" not in repr(asked)
    assert order_commands.parse("/who") is None
    with pytest.raises(BadUsage, match="/kick NAME \\[WHY\\]"):
        order_commands.parse("/kick")


def test_a_room_that_is_not_named_is_the_one_looked_at() -> None:
    for text, arguments in (("/lock", ["lab"]), ("/lock x", ["x"]), ("/slow 5", ["5", "lab"])):
        asked = order_commands.parse(text, "lab")
        assert asked is not None
        assert asked.arguments == arguments
    asked = order_commands.parse("/bans", "lab")
    assert asked is not None
    assert asked.arguments == []


def test_where_no_room_is_meant_none_is_locked(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice):
        for text in ("/lock", "/unlock", "/slow 5"):  # as from a conversation
            code, why = refused(alice, text, room="")
            assert (code, why) == ("no-room", "Name the room, for example general.")
        TaggedClient(server.address, "bob").close()
        assert ordered(alice, "/lock general", room="") == "alice locked general."


def test_a_command_with_a_password_while_the_chat_closes_is_nobodys_fault(log: Log) -> None:
    hub = Hub(log)
    hub.start()
    with connected() as (connection, _):
        member = hub.enter("alice", connection)
        hub.close()
        asked = order_commands.parse("/password horse")
        assert asked is not None
        with pytest.raises(ConnectionLost, match="closing"):
            asked.carry_out(hub, Guard(), member)


def test_a_plain_client_that_hosts_does_the_same_in_its_room(tmp_path: Path) -> None:
    with running_server(data=tmp_path) as server, Client(server.address, "alice") as alice:
        alice.say(f"/host {(tmp_path / 'host-code').read_text().strip()}", "/join lab", "/lock")
        alice.read_until("SERVER~alice locked lab")
        alice.expect("SERVER~alice locked lab.")
        alice.say("/bans", "/ban nobody", "/slow", "/help")
        alice.expect("SERVER~There are none.", "SERVER~Nobody is called nobody.")
        alice.expect("SERVER~It is typed like this: /slow SECONDS [ROOM]")
        alice.read_until("SERVER~/kick NAME [WHY] - put somebody out of the chat")
        alice.read_until("SERVER~//text - say something that begins with a slash")
        alice.say("/audit 1")
        told = alice.read_line()
        assert told is not None
        assert told.endswith("alice: lock lab")
        alice.expect("SERVER~1 in all.")


def test_help_does_not_bother_others_with_it() -> None:
    with running_server() as server, Client(server.address, "bob") as bob:
        bob.say("/help", "/kick alice")
        before = bob.read_until("SERVER~Only the host and moderators can do that.")
        assert not any("/kick" in line for line in before)


def test_a_command_without_a_name_is_answered_without_one(tmp_path: Path) -> None:
    with hosted(tmp_path) as (_, alice):
        alice.ask(Command("/bans"), Command("/mute nobody"), Command("nonsense"))
        found = alice.read_until(lambda event: isinstance(event, Done))
        assert found[-1] == Done("", "There are none.")
        alice.expect_refused("no-room")
        alice.expect_refused("bad-line")


def test_too_long_a_name_of_an_answer_is_refused(tmp_path: Path) -> None:
    with hosted(tmp_path) as (_, alice):
        alice.send(b"@event=command;re=far-too-long /bans\n")
        assert alice.read_until(lambda event: isinstance(event, Refused))


def test_registering_is_not_for_wasting_the_hosts_memory(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, _), TaggedClient(server.address, "bob") as bob:
        for number in range(5):
            ordered(bob, f"/register horse{number}")
        assert refused(bob, "/register again")[0] == "not-allowed"
        assert refused(bob, "/register")[0] == "bad-line"
        assert refused(bob, "/password mine") == ("not-allowed", "Only the host can do that.")


def _has_mid(mid: str, event: Event) -> bool:
    return getattr(event, "mid", "") == mid


def test_what_cannot_be_stored_is_not_done(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 4_096) as folder, hosted(folder) as (server, alice):
        disk = Disk(folder)
        with TaggedClient(server.address, "bob") as bob, TaggedClient(server.address, "carol"):
            ordered(alice, "/mute carol")
            ordered(alice, "/ban carol")
            disk.fill()
            for _ in range(5_000):  # what the log's files have room for still
                mid = bob.say("x" * 1_000)
                event = bob.read_until(partial(_has_mid, mid))[-1]
                if isinstance(event, Refused):
                    break
            for text in (
                *("/mute bob", "/kick bob", "/ban bob", "/lock", "/slow 60", "/moderator bob"),
                *("/unban carol", "/unmute carol", "/password new"),
            ):
                assert refused(alice, text)[0] == "storage", text
            assert not [e for e in bob.ping() if isinstance(e, MutedFor | Rules | RoleIs)]
            disk.free()
            bob.confirm(bob.say("I am here, and may speak"))
            bob.confirm(bob.say("as often as I like"))
            with TaggedClient(server.address, "dave"):
                pass  # neither a lock nor a password
            rows = order(alice, "/bans")
            assert [row.user for row in rows if isinstance(row, Banned)] == ["carol"]
            assert refused(bob, "/audit")[0] == "not-allowed"
            (row,) = (row for row in order(alice, "/audit 1") if isinstance(row, Audit))
            assert (row.action, row.about) == ("ban", "carol")
            assert ordered(alice, "/unmute carol")
            alice.ask(AskJoin("lab"))
            ordered(alice, "/moderator bob")
            bob.read_until(lambda e: e == RoleIs("bob", Role.MODERATOR))
