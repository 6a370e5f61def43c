"""What a person can do with a host that keeps a log, with a real one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import Viewer, opened
from tests.tagged import TaggedClient
from tkchat.client import tagged_talk
from tkchat.client.events import (
    Discarded,
    Entered,
    Found,
    Jumped,
    Noticed,
    Older,
    ReadTo,
    Refused,
    RoomLeft,
    RoomsThere,
)
from tkchat.client.message import Delivery
from tkchat.client.query import Query
from tkchat.server.server import Server
from tkchat.wire import requests, tagged
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import WireError
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import AskJoin, Say


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    with TaggedClient(server.address, "bob") as bob:
        yield bob


@pytest.fixture
def alice(server: Server, bob: TaggedClient, tmp_path: Path) -> Iterator[Viewer]:
    """Comes when bob has said 120 things in ops, which she does not see yet."""
    bob.ask(AskJoin("ops"))
    for number in range(119):
        bob.say(f"text {number}", "ops")
    bob.confirm(bob.say("text 119", "ops"))
    with opened(tmp_path) as database, Viewer(server.address, "alice", database) as alice:
        alice.wait_until(lambda: alice.model.room.joined)
        yield alice


def numbers(alice: Viewer) -> list[int]:
    return [int(text.removeprefix("text ")) for text in alice.sees]


def go_to_ops(alice: Viewer) -> None:
    alice.session.go_to("ops")
    alice.wait_until(lambda: len(alice.sees) >= 50)


def test_a_room_that_is_joined_has_its_newest_messages(alice: Viewer) -> None:
    go_to_ops(alice)
    assert numbers(alice) == list(range(70, 120))
    assert alice.model.room.joined


def test_scrolling_back_gets_what_only_the_host_has(alice: Viewer) -> None:
    go_to_ops(alice)
    room = alice.model.room
    while room.has_older:
        alice.session.older("ops", room.cursor)
        alice.next(Older)
    assert numbers(alice) == list(range(120))


def test_scrolling_back_without_a_host_says_so(alice: Viewer, server: Server) -> None:
    go_to_ops(alice)
    server.close()
    alice.wait_until(lambda: not alice.model.is_live)
    alice.session.older("ops", alice.model.room.cursor)
    assert alice.next(Older).offline
    assert alice.model.room.older_offline
    assert alice.model.room.has_older


def test_a_room_name_may_be_typed_in_another_way(alice: Viewer) -> None:
    alice.say("/join #OPS")
    alice.wait_until(lambda: alice.model.room.name == "ops")
    alice.wait_until(lambda: len(alice.sees) == 50)
    alice.say("hello")
    alice.wait_for_text("hello")


def test_what_is_said_elsewhere_counts_as_unread(alice: Viewer, bob: TaggedClient) -> None:
    go_to_ops(alice)
    alice.session.go_to(GENERAL)
    alice.next(Entered)
    bob.say("over here", "ops")
    bob.say("alice?", "ops")
    alice.wait_until(lambda: alice.model.rooms["ops"].unread == 2)
    assert alice.model.rooms["ops"].mentions == 1
    alice.session.read("ops", alice.model.rooms["ops"].last_seq)
    alice.next(ReadTo)
    assert alice.model.rooms["ops"].unread == 0


def test_a_room_can_be_left(alice: Viewer, bob: TaggedClient) -> None:
    go_to_ops(alice)
    alice.session.leave_room("ops")
    assert alice.next(RoomLeft) == RoomLeft("ops")
    alice.wait_until(lambda: alice.model.room.name == GENERAL)
    assert not alice.model.rooms["ops"].joined
    bob.confirm(bob.say("missed", "ops"))
    go_to_ops(alice)
    alice.wait_for_text("missed")
    assert [m.seq for m in alice.model.room.messages] == sorted(
        {m.seq for m in alice.model.room.messages}
    )


def test_a_search_finds_what_is_here_and_what_only_the_host_has(alice: Viewer) -> None:
    go_to_ops(alice)
    alice.session.search(7, Query("text 100"))
    here = alice.next(Found)
    assert ([hit.entry.text for hit in here.hits], here.source) == (["text 100"], "here")
    alice.session.search(8, Query("text 1"))
    alice.wait_until(lambda: any(e for e in alice.events if isinstance(e, Found) and e.done))
    alice.session.search(9, Query("text 3"))
    alice.wait_until(lambda: any(e.query_id == 9 and e.done for e in founds(alice)))
    last = founds(alice)[-1]
    assert last.source == "host"
    seqs = [hit.entry.seq for hit in last.hits]
    assert seqs == sorted(set(seqs), reverse=True)
    assert "text 3" in [hit.entry.text for hit in last.hits]


def founds(alice: Viewer) -> list[Found]:
    return [event for event in alice.events if isinstance(event, Found)]


def test_a_jump_leads_to_what_only_the_host_has(alice: Viewer) -> None:
    go_to_ops(alice)
    alice.session.go_to(GENERAL)
    alice.session.search(1, Query("text 20"), "ops")
    alice.wait_until(lambda: any(found.done for found in founds(alice)))
    (hit,) = founds(alice)[-1].hits
    alice.session.around("ops", hit)
    alice.next(Jumped)
    place = alice.model.room.place
    assert place is not None
    assert place.target.text == "text 20"
    assert len(place.messages) > 20


def test_what_was_said_can_be_changed_answered_and_taken_back(
    alice: Viewer, bob: TaggedClient
) -> None:
    alice.say("helo")
    message = alice.wait_for_text("helo")
    assert alice.model.can_edit(message)
    alice.send(Say(GENERAL, "hello", kind=Kind.EDIT, target=message.seq))
    assert (message.text, message.edited) == ("hello", True)
    alice.send(Say(GENERAL, "👍", kind=Kind.REACT, target=message.seq))
    bob.confirm(bob.say("yes", reply=message.seq))
    alice.wait_for_text("yes")
    assert alice.model.room.messages[-1].quote == ("alice", "hello")
    alice.send(Say(GENERAL, "", kind=Kind.DELETE, target=message.seq))
    alice.wait_until(lambda: alice.model.waiting_count == 0)
    assert message.deleted
    assert not alice.model.can_edit(message)
    bob.ping()
    kinds = {entry.kind for entry in bob.entries[-5:]}
    assert kinds == set(Kind)


def test_what_is_not_allowed_is_shown_and_taken_back(alice: Viewer, bob: TaggedClient) -> None:
    bob.confirm(bob.say("mine"))
    message = alice.wait_for_text("mine")
    alice.send(Say(GENERAL, "yours", kind=Kind.EDIT, target=message.seq))
    assert message.text == "yours"
    alice.next(Refused)
    assert message.text == "mine"
    assert alice.model.room.messages[-1].text.startswith("This was not done: ")


def test_a_refused_message_can_be_changed_or_discarded(alice: Viewer) -> None:
    alice.say("/msg nobody-there psst")
    refused = alice.next(Refused)
    assert alice.model.room.name == "@nobody-there"
    (message,) = alice.model.room.waiting
    assert (message.delivery, message.why) == (Delivery.REFUSED, refused.why)
    alice.session.replace(refused.mid, "still nobody?")
    again = alice.next(Refused)
    assert alice.waits == ["still nobody?"]
    alice.session.discard(again.mid)
    assert alice.next(Discarded) == Discarded(again.mid)
    assert alice.waits == []


def test_a_conversation_is_a_room(alice: Viewer, bob: TaggedClient) -> None:
    alice.say("/msg BOB psst")
    alice.wait_until(lambda: alice.model.room.name == "@bob")
    alice.wait_for_text("psst")
    assert list(alice.model.rooms) == [GENERAL, "@bob"]
    assert bob.read_entries(1)[0].room == "@alice"


def test_commands_are_answered(alice: Viewer) -> None:
    alice.say("/help")
    assert "/join ROOM" in alice.next(Noticed).text
    alice.say("/rooms")
    assert ("ops", 1) in alice.next(RoomsThere).rooms
    alice.say("/who ops")
    assert alice.next(Noticed).text == "In ops (1): bob"
    assert "ops" not in alice.model.rooms
    assert alice.session.say("  ") == []
    with pytest.raises(WireError, match="There is no command"):
        alice.session.say("/nonsense")
    with pytest.raises(WireError, match="please split it"):
        alice.session.say("x" * 5000)


def test_typing_is_told_now_and_then(
    alice: Viewer, bob: TaggedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tagged_talk, "TYPING_SECONDS", 1000.0)
    for _ in range(5):
        alice.session.typing(GENERAL)
    alice.say("hello")
    heard = bob.read_until(lambda event: isinstance(event, Entry) and event.text == "hello")
    assert heard.count(tagged.Typing(GENERAL, "alice")) == 1
    bob.ask(requests.SayTyping(GENERAL))
    alice.wait_until(lambda: alice.model.typists() == ["bob"])
    bob.say("done")
    alice.wait_until(lambda: alice.model.typists() == [])


def test_who_comes_and_goes_is_told(alice: Viewer, server: Server) -> None:
    with TaggedClient(server.address, "carol"):
        alice.wait_until(lambda: "carol" in alice.model.people)
    alice.wait_until(lambda: "carol" not in alice.model.people)
    told = [(m.author, m.text) for m in alice.model.room.messages if m.author == "carol"]
    assert told == [("carol", "joined"), ("carol", "left")]


def test_without_a_host_it_is_said_that_it_cannot_be_asked(alice: Viewer, server: Server) -> None:
    server.close()
    alice.wait_until(lambda: not alice.model.is_live)
    start = len(alice.events)
    alice.say("/rooms")
    alice.wait_until(lambda: any(isinstance(e, Noticed) for e in alice.events[start:]))


def test_bob_is_never_told_twice(alice: Viewer, bob: TaggedClient) -> None:
    for number in range(100):
        alice.say(str(number))
    alice.wait_until(lambda: not alice.waits)
    assert [e.text for e in bob.read_entries(100)] == list(map(str, range(100)))
