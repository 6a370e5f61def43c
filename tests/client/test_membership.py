"""What rooms are about and whom they hold, when it changed behind a person's back."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.client.chats import history, said
from tkchat.client.archive import Archive
from tkchat.client.dialect import Answer
from tkchat.client.events import RoomJoined, RoomLeft, TopicSet
from tkchat.client.history import History
from tkchat.client.membership import Membership
from tkchat.client.worker import Worker


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[History]:
    with history(tmp_path) as chat:
        yield chat


@pytest.fixture
def rooms(chat: History) -> Membership:
    def write(job: Callable[[], object], answer: Answer) -> bool:
        del answer
        job()
        return True

    archive = Archive(chat, lambda _: False, lambda _: None)
    worker = Worker("worker", print)  # which does not run
    it = Membership(chat, archive, worker, lambda: "general", lambda _: None, write)
    it.begin()
    return it


def test_a_topic_is_kept_and_told(rooms: Membership, chat: History) -> None:
    assert rooms.topic("ops", "News", "bob").events == [TopicSet("ops", "News", "bob")]
    assert chat.topics() == {"ops": "News"}


def test_a_topic_that_was_cleared_meanwhile_is_gone(rooms: Membership, chat: History) -> None:
    for room in ("general", "ops", "dev"):
        rooms.topic(room, f"All about {room}", "")
    rooms.begin()
    rooms.people("general", 1, ("alice",))
    rooms.people("ops", 1, ("alice",))
    rooms.topic("general", "All about general", "bob")
    assert TopicSet("ops", "") in rooms.settle().events
    # Nobody said anything of the one that this person is out of.
    assert chat.topics() == {"general": "All about general", "dev": "All about dev"}
    assert rooms.settle().events == []


def test_a_room_that_was_left_elsewhere_is_told(rooms: Membership, chat: History) -> None:
    chat.take([said(1), said(2, room="ops")], 2)
    rooms.people("general", 1, ("alice",))
    assert rooms.settle().events == [RoomLeft("ops")]
    assert rooms.come("ops").events == [RoomJoined("ops")]
    assert rooms.joined == {"general", "ops"}
    assert rooms.go("ops").events == [RoomLeft("ops")]
    assert rooms.joined == {"general"}


def test_rooms_are_known_by_the_hosts_spelling(rooms: Membership) -> None:
    assert rooms.spelled("Ops") == "Ops"
    rooms.heard_of(["ops", "@Bob"])
    assert [rooms.spelled(name) for name in ("OPS", "@bob", "dev")] == ["ops", "@Bob", "dev"]
    rooms.heard_of(["@bob"])  # somebody else, who has the name now
    assert [rooms.spelled(name) for name in ("@bob", "@Bob")] == ["@bob", "@Bob"]


@pytest.mark.parametrize(("last", "now"), [("ops", "general"), ("dev", "dev"), ("@bob", "@bob")])
def test_who_is_out_of_the_room_of_the_last_time_begins_in_general(
    chat: History, last: str, now: str
) -> None:
    entered = [last]
    archive = Archive(chat, lambda _: False, lambda _: None)
    worker = Worker("worker", print)  # which does not run
    it = Membership(chat, archive, worker, lambda: entered[-1], entered.append, lambda *_: True)
    for _ in range(2):
        it.begin()
        it.people("general", 1, ("alice",))
        it.people("dev", 1, ("alice",))
        it.settle()
    assert entered[-1] == now
    entered.append("ops")  # and whoever goes there later stays
    it.begin()
    it.settle()
    assert entered[-1] == "ops"
