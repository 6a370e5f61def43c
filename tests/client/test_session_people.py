"""Topics, presence, read marks and what is settled for a room, between people and a real host."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import Viewer, opened
from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.client import receiver
from tkchat.client.events import Live, Lost, Noticed, Opened, RoomsThere
from tkchat.client.presence import Presence, State
from tkchat.client.room import Anchor, Level
from tkchat.net.address import Address
from tkchat.selftest.proxy import FaultProxy
from tkchat.wire.errors import WireError
from tkchat.wire.limits import MAX_STATUS_CHARS, MAX_TOPIC_CHARS
from tkchat.wire.names import GENERAL

pytestmark = pytest.mark.usefixtures("soon")


@pytest.fixture
def address() -> Iterator[Address]:
    with running_server() as server:
        yield server.address


@contextlib.contextmanager
def person(address: Address, folder: Path, name: str) -> Iterator[Viewer]:
    """Be somebody who is up to date."""
    (folder / name).mkdir(exist_ok=True)
    with opened(folder / name) as database, Viewer(address, name, database) as viewer:
        viewer.next(Live)
        viewer.wait_until(lambda: any(isinstance(each, RoomsThere) for each in viewer.events))
        yield viewer


@pytest.fixture
def alice(address: Address, tmp_path: Path) -> Iterator[Viewer]:
    with person(address, tmp_path, "alice") as alice:
        yield alice


@pytest.fixture
def bob(address: Address, tmp_path: Path) -> Iterator[Viewer]:
    with person(address, tmp_path, "bob") as bob:
        yield bob


def token_of(viewer: Viewer) -> str:
    history = viewer.session.history
    assert history is not None
    return history.token


def notices(viewer: Viewer) -> list[str]:
    return [event.text for event in viewer.events if isinstance(event, Noticed)]


def presence(viewer: Viewer, name: str) -> Presence | None:
    return viewer.model.presence_of(name)


def test_a_topic_is_everybodys_and_is_there_without_a_host(
    alice: Viewer, bob: Viewer, tmp_path: Path
) -> None:
    alice.session.set_topic(GENERAL, " All\nthings ")
    for each in (alice, bob):
        each.wait_until(lambda: each.model.room.topic == "All things")  # noqa: B023 (used at once)
    assert bob.model.room.messages[-1].text == "alice set the topic: All things"
    with pytest.raises(WireError):
        alice.session.set_topic(GENERAL, "x" * (MAX_TOPIC_CHARS + 1))
    bob.session.close()
    bob.session.join(5)
    nowhere = bob.session.address
    alice.session.set_topic(GENERAL, "")
    alice.wait_until(lambda: not alice.model.room.topic)
    with person(nowhere, tmp_path, "bob") as again:
        (known,) = (event for event in again.events if isinstance(event, Opened))
        assert [room.topic for room in known.rooms if room.room == GENERAL] == ["All things"]
        again.wait_until(lambda: not again.model.room.topic)  # cleared while he was away


def test_presence_is_told_and_said_again_after_a_loss(address: Address, tmp_path: Path) -> None:
    with (
        FaultProxy(address) as proxy,
        person(proxy.address, tmp_path, "alice") as alice,
        person(address, tmp_path, "bob") as bob,
    ):
        alice.session.set_presence(State.AWAY, "back at 3")
        bob.wait_until(lambda: presence(bob, "alice") == Presence(State.AWAY, "back at 3"))
        alice.wait_until(lambda: presence(alice, "alice") == Presence(State.AWAY, "back at 3"))
        proxy.cut()
        alice.next(Lost)
        alice.next(Live)
        alice.wait_until(lambda: presence(alice, "bob") == Presence())
        bob.wait_until(lambda: presence(bob, "alice") == Presence(State.AWAY, "back at 3"))
        alice.session.set_presence(State.HERE)
        bob.wait_until(lambda: presence(bob, "alice") == Presence())
        with pytest.raises(WireError):
            alice.session.set_presence(State.HERE, "x" * (MAX_STATUS_CHARS + 1))


def test_what_is_cleared_without_a_connection_is_cleared_for_everybody(
    address: Address, bob: Viewer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiver, "FIRST_RETRY_SECONDS", 60.0)
    with (
        FaultProxy(address) as proxy,
        person(proxy.address, tmp_path, "alice") as alice,
        # for which the host keeps what alice said
        TaggedClient(address, "alice", token=token_of(alice)),
    ):
        alice.session.set_presence(State.HERE, "lunch")
        bob.wait_until(lambda: presence(bob, "alice") == Presence(State.HERE, "lunch"))
        proxy.cut()
        alice.next(Lost)
        alice.session.set_presence(State.HERE)
        alice.session.retry_now()
        bob.wait_until(lambda: presence(bob, "alice") == Presence())


def test_what_is_set_before_the_first_connection_is_said_on_it(
    address: Address, bob: Viewer, tmp_path: Path
) -> None:
    with opened(tmp_path) as database:
        alice = Viewer(address, "alice", database)
        alice.session.set_presence(State.BUSY)
        with alice:
            bob.wait_until(lambda: presence(bob, "alice") == Presence(State.BUSY))
            alice.wait_until(lambda: presence(alice, "alice") == Presence(State.BUSY))


def test_who_has_seen_what(alice: Viewer, bob: Viewer) -> None:
    alice.say("look")
    message = alice.wait_for_text("look")
    bob.wait_for_text("look")
    bob.session.read(GENERAL, message.seq)
    alice.wait_until(lambda: alice.model.seen_by(message) == ["bob"])


def test_reading_elsewhere_lowers_the_counts_to_what_is_left(
    address: Address, tmp_path: Path
) -> None:
    with TaggedClient(address, "bob") as bob:
        with person(address, tmp_path, "alice") as alice:
            seqs = [bob.confirm(bob.say(f"alice {number}")).seq for number in range(120)]
            alice.wait_for_seen(120)
        with (
            person(address, tmp_path, "alice") as alice,  # with the newest 50
            person(address, tmp_path, "alice") as elsewhere,
        ):
            alice.session.go_to("ops")
            alice.wait_until(lambda: alice.model.room.name == "ops")
            elsewhere.session.read(GENERAL, seqs[9])
            general = alice.model.rooms[GENERAL]
            alice.wait_until(lambda: general.read_seq == seqs[9])
            bob.confirm(bob.say("more"))
            alice.wait_until(lambda: (general.unread, general.mentions) == (111, 110))
            assert general.first_unread == seqs[10]


def test_levels_and_anchors_come_back(alice: Viewer, tmp_path: Path) -> None:
    alice.session.set_level(GENERAL, Level.MENTIONS)
    alice.session.set_anchor(GENERAL, Anchor(0, 7, 12))
    alice.session.close()
    alice.session.join(5)
    with person(alice.session.address, tmp_path, "alice") as again:
        room = again.model.rooms[GENERAL]
        assert (room.level, room.anchor) == (Level.MENTIONS, Anchor(0, 7, 12))


def test_commands_do_the_same(alice: Viewer, bob: Viewer) -> None:
    alice.say("/topic All things")
    bob.wait_until(lambda: bob.model.room.topic == "All things")
    bob.say("/topic")
    bob.wait_until(lambda: "general is about: All things" in notices(bob))
    bob.say("/topic -")
    alice.wait_until(lambda: not alice.model.room.topic)
    for typed, expected in [
        ("/away lunch", Presence(State.AWAY, "lunch")),
        ("/status back soon", Presence(State.AWAY, "back soon")),
        ("/busy", Presence(State.BUSY)),
        ("/back", Presence()),
        ("/status in Paris", Presence(State.HERE, "in Paris")),
        ("/status", Presence()),
    ]:
        alice.say(typed)
        bob.wait_until(lambda: presence(bob, "alice") == expected)  # noqa: B023 (used at once)
    alice.say("/join ops")
    alice.wait_until(lambda: alice.model.room.name == "ops" and alice.model.room.joined)
    alice.say("/leave")
    alice.wait_until(lambda: alice.model.room.name == GENERAL)
    alice.wait_until(lambda: not alice.model.rooms["ops"].joined)
