"""What is read of the log for one client: complete, at the client's pace, and only what is its."""

import threading
from collections.abc import Iterator
from socket import socket

import pytest

from tests.net.pairs import connected
from tests.server.log_kit import ALICE, BOB, change, mid, say
from tests.support import wait_until
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost
from tkchat.server import replay
from tkchat.server.log import Log
from tkchat.server.replay import AHEAD_BYTES, NEWEST, Replay
from tkchat.wire import tagged
from tkchat.wire.buffer import LineBuffer
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import decode_tagged
from tkchat.wire.requests import AskHistory, AskSearch
from tkchat.wire.tagged import Event, Found, FoundAll, Gap

LABELS = {1: "general", 2: "Lab", 5: "@bob"}


class Scene:
    """A log, and a client of Alice's that reads in a thread of its own."""

    def __init__(self, log: Log, connection: Connection, peer: socket) -> None:
        self.log = log
        self.connection = connection
        self.replay = Replay(log, connection, ALICE)
        self.events: list[Event] = []
        self._peer = peer
        self._reader = threading.Thread(target=self._read)

    def heard(self) -> list[Event]:
        """Return all that was sent, and hang up."""
        if not self._reader.is_alive():
            self._reader.start()
        wait_until(lambda: not self.connection.waiting_bytes)
        self.connection.finish()
        self._reader.join()
        return self.events

    def start_reading(self) -> None:
        """Read from now on, beside what the test does."""
        self._reader.start()

    def _read(self) -> None:
        buffer = LineBuffer()
        while data := self._peer.recv(65_536):
            for line in buffer.feed(data):
                assert isinstance(line, bytes)
                event = tagged.decode(decode_tagged(line))
                assert event is not None
                self.events.append(event)


@pytest.fixture
def scene(log: Log) -> Iterator[Scene]:
    with connected() as (connection, peer):
        yield Scene(log, connection, peer)


def entries(events: list[Event]) -> list[Entry]:
    return [event for event in events if isinstance(event, Entry)]


@pytest.mark.parametrize("page", [1, 3, 10, 11])
def test_everything_after_and_nothing_beyond_the_head(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(replay, "PAGE", page)
    say(scene.log, *map(str, range(1, 11)))
    scene.replay.after(2, LABELS, 9)
    scene.replay.after(9, LABELS, 9)
    assert [entry.seq for entry in entries(scene.heard())] == list(range(3, 10))


def test_only_what_may_be_read_and_the_mids_of_one_s_own(scene: Scene) -> None:
    say(scene.log, "mine", mid=mid(1))
    say(scene.log, "his", author="bob", author_id=BOB, mid=mid(2))
    say(scene.log, "elsewhere", room_id=3)
    say(scene.log, "psst", room_id=5, author="bob", author_id=BOB)
    scene.replay.after(0, LABELS, 4)
    found = [(entry.room, entry.text, entry.mid) for entry in entries(scene.heard())]
    assert found == [("general", "mine", mid(1)), ("general", "his", ""), ("@bob", "psst", "")]


def test_the_newest_of_each_room_by_seq(scene: Scene) -> None:
    say(scene.log, *["general"] * 60)
    say(scene.log, *["lab"] * 3, room_id=2)
    say(scene.log, "general", "beyond the head")
    scene.replay.newest(LABELS, 64)
    found = entries(scene.heard())
    assert [entry.seq for entry in found] == [*range(64 - NEWEST + 1 - 3 + 1, 61), 61, 62, 63, 64]


def test_what_was_trimmed_is_announced_once(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "PAGE", 2)
    say(scene.log, *"abcdefgh")
    scene.log.trim(4_001)
    scene.replay.after(0, LABELS, 8)
    scene.replay.after(3, LABELS, 8)
    scene.replay.after(4, LABELS, 8)
    gaps = [event for event in scene.heard() if isinstance(event, Gap)]
    assert gaps == [Gap(1, 4), Gap(4, 4)]


def test_a_gap_does_not_reach_beyond_the_head(scene: Scene) -> None:
    say(scene.log, *"abcdefgh")
    scene.log.trim(6_001)
    scene.replay.after(2, LABELS, 4)
    assert scene.heard() == [Gap(3, 4)]


def test_history_with_what_was_done_since(scene: Scene) -> None:
    say(scene.log, "one", "two", "three")
    change(scene.log, Kind.EDIT, 2, "two!")
    scene.replay.answer(AskHistory("h", "GENERAL", before=3, limit=1), LABELS)
    scene.replay.answer(AskHistory("i", "general", before=2), LABELS)
    events = scene.heard()
    assert [(e.re, e.entry.seq) for e in events if isinstance(e, Found)] == [
        ("h", 2),
        ("h", 4),
        ("i", 1),
    ]
    assert [event for event in events if isinstance(event, FoundAll)] == [
        FoundAll("h", True),
        FoundAll("i", False),
    ]


def test_searching_one_room_or_all(scene: Scene) -> None:
    say(scene.log, "lunch")
    say(scene.log, "lunch", room_id=2)
    say(scene.log, "lunch", room_id=3)
    scene.replay.answer(AskSearch("a", "lunch"), LABELS)
    scene.replay.answer(AskSearch("b", "lunch", "lab"), LABELS)
    found = [event for event in scene.heard() if isinstance(event, Found)]
    assert [(event.re, event.entry.room) for event in found] == [
        ("a", "general"),
        ("a", "Lab"),
        ("b", "Lab"),
    ]


@pytest.mark.parametrize(
    ("room", "code"), [("other", "no-room"), ("@carol", "no-room"), ("a b", "bad-name")]
)
def test_a_room_that_may_not_be_read(scene: Scene, room: str, code: str) -> None:
    with pytest.raises(RemoteError) as refused:
        scene.replay.answer(AskHistory("h", room), LABELS)
    assert refused.value.code == code


def test_no_more_is_sent_ahead_than_a_slow_client_may_have(scene: Scene) -> None:
    say(scene.log, *["x" * 4_000] * 1_000)
    most = [0]
    send = scene.connection.send

    def measure(*chunks: bytes) -> None:
        send(*chunks)
        most[0] = max(most[0], scene.connection.waiting_bytes)

    scene.connection.send = measure  # type: ignore[assignment, method-assign]  # it is measured
    scene.start_reading()
    scene.replay.after(0, LABELS, 1_000)
    assert len(scene.heard()) == 1_000
    assert not scene.connection.fell_behind
    assert 0 < most[0] <= 2 * AHEAD_BYTES + 5_000


def test_who_has_hung_up_is_sent_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "PAGE", 10)
    say(scene.log, *["x"] * 1_000)
    pages = [0]
    reading = scene.log.reading

    def count() -> object:
        pages[0] += 1
        if pages[0] == 3:
            scene.connection.close()
        return reading()

    monkeypatch.setattr(scene.log, "reading", count)
    with pytest.raises(ConnectionLost):
        scene.replay.after(0, LABELS, 1_000)
    assert pages[0] == 3


def test_who_takes_nothing_is_waited_for_until_the_connection_is_closed(scene: Scene) -> None:
    say(scene.log, *["x" * 4_000] * 1_000)
    closer = threading.Timer(0.2, scene.connection.close)
    closer.start()
    with pytest.raises(ConnectionLost):
        scene.replay.after(0, LABELS, 1_000)
    closer.join()
