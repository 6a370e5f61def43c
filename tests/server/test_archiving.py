"""Rooms that are put away, and come back with all that was said there."""

from pathlib import Path

from tests.net.pairs import connected
from tests.server.log_kit import BOB, LAB, new_log
from tests.server.order_kit import hosted, order, ordered, refused
from tests.server.tagged_kit import news
from tests.support import Client, running_server
from tests.tagged import TaggedClient
from tkchat.server import archiving
from tkchat.server.chat import Chat
from tkchat.server.limits import Limits
from tkchat.server.log import Batch, Membership, StoredRoom
from tkchat.wire.order import Audit, Role
from tkchat.wire.plain import Left, Notice, Rooms
from tkchat.wire.requests import AskHistory, AskJoin, AskRooms
from tkchat.wire.tagged import Found, FoundAll, Refused


def rooms(client: TaggedClient) -> set[str]:
    """Return the names of the rooms that there are."""
    client.ask(AskRooms())
    listed = client.read_until(lambda event: isinstance(event, Rooms))[-1]
    assert isinstance(listed, Rooms)
    return {name for name, _ in listed.rooms}


def said_in_lab(client: TaggedClient) -> list[str]:
    """Return what somebody finds when they look back in the room."""
    client.ask(AskHistory("h1", "lab"))
    found = client.read_until(lambda event: isinstance(event, FoundAll | Refused))
    return [event.entry.text for event in found if isinstance(event, Found)]


def test_everybody_leaves_an_archived_room_and_it_comes_back_whole(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        for client in (alice, bob):
            client.ask(AskJoin("lab"))
        bob.confirm(bob.say("keep this", "lab"))
        with Client(server.address, "nc") as plain:
            plain.say("/join lab")
            plain.read_until("SERVER~nc joined the room lab")
            assert ordered(alice, "/archive lab").startswith("lab is archived")
            plain.read_until("SERVER~alice archived lab.")
            plain.read_until("SERVER~nc joined the room general")
        told = bob.read_until(lambda event: event == Left("bob", "lab"))
        assert Notice("alice archived lab.") in told
        assert rooms(bob) == {"general"}
        assert said_in_lab(bob) == []
        mid = bob.say("is anybody there?", "lab")
        [refusal] = [e for e in news(bob) if isinstance(e, Refused) and e.mid == mid]
        assert refusal.code == "no-room"
        bob.ask(AskJoin("lab"))
        assert [e.code for e in news(bob) if isinstance(e, Refused)] == ["not-allowed"]
        tokens = alice.token, bob.token
    with (
        running_server(data=tmp_path) as server,
        TaggedClient(server.address, "alice", token=tokens[0]) as alice,
        TaggedClient(server.address, "bob", token=tokens[1]) as bob,
    ):
        assert rooms(bob) == {"general"}
        assert ordered(alice, "/unarchive lab") == "lab is back: people can join it again."
        assert rooms(bob) == {"general", "lab"}
        assert said_in_lab(bob) == [], "but it has to be joined"
        bob.ask(AskJoin("lab"))
        assert said_in_lab(bob) == ["keep this"]
        rows = [row for row in order(alice, "/audit") if isinstance(row, Audit)]
        assert [(row.action, row.about) for row in rows][-2:] == [
            ("archive", "lab"),
            ("unarchive", "lab"),
        ]


def test_who_is_away_is_not_in_it_either(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice):
        with TaggedClient(server.address, "bob") as bob:
            bob.ask(AskJoin("lab"))
            bob.confirm(bob.say("keep this", "lab"))
        ordered(alice, "/archive lab")
        ordered(alice, "/unarchive lab")
        with TaggedClient(server.address, "bob", token=bob.token) as bob:
            assert said_in_lab(bob) == []


def test_who_may_archive_what(tmp_path: Path) -> None:
    with hosted(tmp_path) as (server, alice), TaggedClient(server.address, "bob") as bob:
        bob.ask(AskJoin("lab"))
        news(bob)
        assert refused(bob, "/archive lab")[0] == "not-allowed"
        assert refused(alice, "/archive general")[0] == "not-allowed"
        assert refused(alice, "/archive nowhere")[0] == "no-room"
        assert refused(alice, "/unarchive lab")[0] == "no-room"
        ordered(alice, "/archive lab")
        assert refused(bob, "/unarchive lab")[0] == "not-allowed"
        assert refused(alice, "/archive lab")[0] == "no-room"


def test_archived_rooms_leave_room_for_others(tmp_path: Path) -> None:
    with hosted(tmp_path, limits=Limits(rooms=2)) as (_, alice):
        alice.ask(AskJoin("one"), AskJoin("two"))
        assert [e.code for e in news(alice) if isinstance(e, Refused)] == ["not-allowed"]
        ordered(alice, "/archive one")
        alice.ask(AskJoin("two"))
        assert rooms(alice) == {"general", "two"}


def test_a_host_that_ended_before_all_had_left(tmp_path: Path) -> None:
    member = Membership(BOB, LAB, "lab")
    with new_log(tmp_path) as log:
        archived = StoredRoom(LAB, "lab", "Lab", is_archived=True)
        log.commit(Batch(rooms=[archived], joined=[member]))
        assert member in log.load().memberships
    with running_server(data=tmp_path) as server, TaggedClient(server.address, "dave") as dave:
        assert rooms(dave) == {"general"}
    with new_log(tmp_path) as log:
        assert archived in log.load().rooms
        assert member not in log.load().memberships


def test_what_could_not_be_stored_is_not_archived(chat: Chat) -> None:
    with connected() as (connection, _):
        member = chat.enter("alice", connection)
        member.person.plain_role = Role.HOST
        chat.move(member, "lab")
        chat.rooms.store(chat.rooms.find("lab"), chat.turn.batch)
        archiving.archive(chat, member, "lab")
        chat.turn.unsay()
        assert not chat.rooms.find("lab").is_archived
        assert chat.turn.take_consequences() == []
        archiving.archive(chat, member, "lab")
        archiving.unarchive(chat, member, "lab")
        for then in chat.turn.take_consequences():
            then()
        assert member.room.name == "lab", "it is back already"
