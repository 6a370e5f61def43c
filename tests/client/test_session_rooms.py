"""Rooms that somebody leaves and joins on another computer: nothing is missing without a word."""

import contextlib
from collections.abc import Iterator

import pytest

from tests.client.viewers import Viewer
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.client.database import Database
from tkchat.client.events import Entered, Live, Lost, Noticed, RoomJoined, RoomLeft, RoomsThere
from tkchat.client.history import History
from tkchat.client.room_state import Level
from tkchat.net.address import Address
from tkchat.selftest.proxy import FaultProxy
from tkchat.wire import plain
from tkchat.wire.requests import AskJoin, AskLeave

pytestmark = pytest.mark.usefixtures("soon")

OPS = "ops"


class Chat:
    """A room with bob in it, and alice's other computer, which comes and goes."""

    def __init__(self, proxy: FaultProxy, database: Database, bob: TaggedClient) -> None:
        self.proxy = proxy
        self.host = proxy.target
        self.address = proxy.address
        self.database = database
        self.bob = bob
        bob.ask(AskJoin(OPS))
        self.say("before")

    def say(self, *texts: str) -> None:
        for text in texts:
            self.bob.confirm(self.bob.say(text, OPS))

    @contextlib.contextmanager
    def here(self) -> Iterator[Viewer]:
        """Be alice at this computer, up to date."""
        with Viewer(self.address, "alice", self.database) as alice:
            alice.next(Live)
            alice.wait_until(lambda: any(isinstance(each, RoomsThere) for each in alice.events))
            yield alice

    def elsewhere(self, *asked: AskLeave | AskJoin) -> None:
        """Do something at the other computer."""
        token = History(self.database, str(self.address), "alice").token
        with TaggedClient(self.host, "alice", token=token) as other:
            other.ask(*asked)
            other.ping()


@pytest.fixture
def chat(database: Database) -> Iterator[Chat]:
    with (
        running_server() as server,
        FaultProxy(server.address) as proxy,
        TaggedClient(server.address, "bob") as bob,
    ):
        chat = Chat(proxy, database, bob)
        with chat.here() as alice:
            enter(alice)
            alice.wait_for_text("before")
        yield chat


def settle(alice: Viewer) -> None:
    """Wait until the host has told everything after a reconnect."""
    live = len(alice.events) - alice.events[::-1].index(Live())
    alice.wait_until(lambda: any(isinstance(each, RoomsThere) for each in alice.events[live:]))


def enter(alice: Viewer) -> None:
    alice.session.go_to(OPS)
    alice.next(Entered)


def read_all(alice: Viewer) -> list[str]:
    """Scroll back to the beginning, and return what is there."""
    alice.wait_until(lambda: alice.model.room.is_paged)
    while alice.model.room.has_older:
        alice.model.room.loading_older = True
        alice.session.older(OPS, alice.model.room.cursor)
        alice.wait_until(lambda: not alice.model.room.loading_older)
    return alice.sees


def test_a_room_that_was_left_elsewhere_and_joined_again_elsewhere(chat: Chat) -> None:
    chat.elsewhere(AskLeave(OPS))
    chat.say("missed")
    with chat.here() as alice:
        alice.wait_until(lambda: RoomLeft(OPS) in alice.events)
        assert not alice.model.rooms[OPS].joined
    chat.say("missed too")
    chat.elsewhere(AskJoin(OPS))
    chat.say("after")
    with chat.here() as alice:
        enter(alice)
        alice.wait_for_text("after")
        assert read_all(alice) == ["before", "missed", "missed too", "after"]


def test_while_it_is_looked_at(chat: Chat) -> None:
    with chat.here() as alice:
        enter(alice)
        chat.elsewhere(AskLeave(OPS))
        alice.next(RoomLeft)
        chat.say(*map(str, range(60)))
        chat.elsewhere(AskJoin(OPS))
        alice.next(RoomJoined)
        chat.say("after")
        alice.wait_for_text("after")
        assert read_all(alice) == ["before", *map(str, range(60)), "after"]


def test_while_cut_off_twice(chat: Chat) -> None:
    with chat.here() as alice:
        enter(alice)
        for action in (AskLeave(OPS), AskJoin(OPS)):
            chat.proxy.target = Address("127.0.0.1", 1)
            chat.proxy.cut()
            alice.next(Lost)
            chat.elsewhere(action)
            chat.say(f"after {type(action).__name__}")
            chat.proxy.target = chat.host
            alice.next(Live)
            settle(alice)
        chat.say("at last")
        alice.wait_for_text("at last")
        assert read_all(alice) == ["before", "after AskLeave", "after AskJoin", "at last"]


def test_a_room_of_which_nothing_was_missed_stays_as_it_is(chat: Chat) -> None:
    chat.say("meanwhile")
    with chat.here() as alice:
        assert RoomLeft(OPS) not in alice.events
        enter(alice)
        alice.wait_until(lambda: alice.sees == ["before", "meanwhile"])
        page = History(chat.database, str(chat.address), "alice").page(OPS, None, 50)
        assert not page.at_floor


def test_who_is_in_another_room_is_only_told(chat: Chat) -> None:
    with TaggedClient(chat.host, "carol") as carol:
        carol.ask(AskJoin("lab"))
        carol.read_until(lambda event: isinstance(event, plain.People))
        with Viewer(chat.address, "alice", chat.database) as alice:
            alice.wait_until(lambda: alice.model.is_tagged and alice.model.link.value == "online")
            alice.say("/who lab")  # maybe before the host has listed alice's own rooms
            alice.wait_until(lambda: Noticed("In lab (1): carol") in alice.events)
            assert RoomJoined("lab") not in alice.events


def test_a_room_that_is_known_is_found_however_it_is_typed(chat: Chat) -> None:
    with chat.here() as alice:
        for typed, room in (("OPS", OPS), ("General", "general")):
            alice.session.go_to(typed)
            assert alice.next(Entered).room == room
        alice.say("/join #Ops")
        assert alice.next(Entered).room == OPS
        assert alice.sees == ["before"]
        alice.say("note", "@alice")
        alice.wait_until(lambda: "@alice" in alice.model.rooms)
        alice.wait_until(lambda: not alice.model.waiting_count)
        alice.say("/msg ALICE another")
        alice.wait_for_text("another")
        assert alice.model.room.name == "@alice"
        assert sorted(alice.model.rooms) == ["@alice", "general", OPS]


def test_what_is_written_in_a_room_before_the_host_spells_it_stays(chat: Chat) -> None:
    with chat.here() as alice:
        chat.bob.ask(AskJoin("Lab"))
        chat.bob.confirm(chat.bob.say("here", "Lab"))
        alice.session.go_to("LAB")
        alice.session.set_draft("LAB", "unfinished")
        alice.session.set_level("LAB", Level.MUTED)
        alice.wait_until(lambda: alice.model.room.name == "Lab")
        assert sorted(alice.model.rooms) == ["Lab", "general", OPS]
    history = History(chat.database, str(chat.address), "alice")
    assert [each.room for each in history.rooms()] == ["Lab", "general", OPS]
    assert (history.rooms()[0].level, history.draft("Lab")) == (Level.MUTED, "unfinished")
