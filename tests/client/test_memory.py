"""However much arrives, what is kept of it in memory has an end."""

import gc
import tracemalloc
from collections.abc import Iterator

import pytest

from tkchat.client import rooms, timeline
from tkchat.client.events import Arrived, Live, RoomsThere, Welcome
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.names import GENERAL

ROOMS = (GENERAL, "ops", "@bob")
KEPT = 50
LEAK_BYTES = 8  # per event: less than anything that could be kept of each


def entries(first: int, last: int) -> Iterator[Entry]:
    """Yield messages in several rooms, answers, and what is done to them, old ones too."""
    for seq in range(first, last):
        kind = (Kind.MESSAGE, Kind.REPLY, Kind.REACT, Kind.EDIT, Kind.DELETE)[seq % 5]
        target = {0: 0, 1: seq - 1, 2: max(seq - 1000, 1)}.get(seq % 5, seq - seq % 5)
        yield Entry(seq, seq, ROOMS[seq // 5 % 3], f"user {seq % 7}", f"text {seq}", kind, target)


def feed(model: Model, first: int, last: int) -> None:
    for entry in entries(first, last):
        model.apply(Arrived((entry,), live=True), Changes())


def test_it_stays_flat(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rooms, "KEPT_MESSAGES", KEPT)
    monkeypatch.setattr(timeline, "KEPT_STRAYS", KEPT)
    model = Model("alice")
    for event in (Welcome("alice", GENERAL, True), Live(), RoomsThere(((GENERAL, 1),))):
        model.apply(event, Changes())
    count = 4_000
    tracemalloc.start()
    try:
        feed(model, 5, count)  # until everything is as full as it gets
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        feed(model, count, 2 * count)
        gc.collect()
        grown = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert grown < count * LEAK_BYTES
    assert all(len(model.rooms[room].messages) <= KEPT * 1.1 + 1 for room in ROOMS)
