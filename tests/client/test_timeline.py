"""A room's messages in the log's order. What is done in which order: test_chronicle.py."""

from datetime import UTC, datetime
from itertools import count

import pytest

from tests.client.logs import done, said
from tkchat.client import timeline as timeline_module
from tkchat.client.message import Kind, Message
from tkchat.client.timeline import Timeline
from tkchat.wire import entry as wire
from tkchat.wire.entry import Entry

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def timeline() -> Timeline:
    keys = count()

    def make(entry: Entry, era: int) -> Message:
        message = Message(next(keys), Kind.SAID, entry.author, entry.text, NOON)
        message.seq, message.era, message.answers = entry.seq, era, entry.target
        return message

    return Timeline(make, lambda: "alice")


def seqs(messages: list[Message]) -> list[int]:
    return [message.seq for message in messages]


def test_what_is_between_goes_between(timeline: Timeline) -> None:
    assert seqs(timeline.put([said(1), said(9)], 0).added) == [1, 9]
    assert timeline.put([said(5)], 0).amid
    assert seqs(timeline.messages) == [1, 5, 9]
    assert (timeline.first, timeline.last) == ((0, 1), (0, 9))


def test_what_is_older_comes_in_front_of_what_has_no_place(timeline: Timeline) -> None:
    timeline.append(Message(99, Kind.PRESENCE, "bob", "joined", NOON))
    placed = timeline.put([said(1), said(2)], 0, in_front=True)
    assert seqs(placed.older) == [1, 2]
    assert seqs(timeline.messages) == [1, 2, 0]


def test_nothing_is_there_twice(timeline: Timeline) -> None:
    timeline.put([said(1)], 0)
    placed = timeline.put([said(1), said(1)], 0)
    assert (placed.added, placed.older, placed.amid) == ([], [], False)
    assert len(timeline.messages) == 1


def test_what_was_done_to_a_message_that_comes_later_is_not_lost(timeline: Timeline) -> None:
    timeline.put([done(7, wire.Kind.EDIT, 2, "new"), done(8, wire.Kind.REACT, 2, "👍")], 0)
    (message,) = timeline.put([said(2, "old")], 0).added
    assert (message.text, message.edited, message.reactions) == ("new", True, {"👍": ["bob"]})


def test_only_so_much_is_remembered_of_messages_that_never_come(
    timeline: Timeline, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_module, "KEPT_STRAYS", 2)
    timeline.put([done(10 + seq, wire.Kind.EDIT, seq, "new") for seq in (1, 2, 3)], 0)
    added = timeline.put([said(seq, "old") for seq in (1, 2, 3)], 0).added
    assert [message.text for message in added] == ["old", "new", "new"]


def test_a_quote_follows_what_it_quotes(timeline: Timeline) -> None:
    (answer,) = timeline.put([done(3, wire.Kind.REPLY, 1, "yes")], 0).added
    assert (answer.answers, answer.quote) == (1, None)
    placed = timeline.put([said(1, "well?")], 0)
    assert placed.changed == [answer]
    assert answer.quote == ("bob", "well?")
    placed = timeline.put([done(4, wire.Kind.EDIT, 1, "well,\nwell?")], 0)
    assert answer in placed.changed
    assert answer.quote == ("bob", "well, well?")


def test_the_oldest_are_trimmed_and_come_back_when_they_are_asked_for(timeline: Timeline) -> None:
    log = [said(seq) for seq in range(1, 11)]
    timeline.put(log, 0)
    assert timeline.trim(4)
    assert seqs(timeline.messages) == [7, 8, 9, 10]
    assert timeline.first == (0, 7)
    assert timeline.find(0, 3) is None
    assert seqs(timeline.put(log[:6], 0).older) == [1, 2, 3, 4, 5, 6]
    assert not timeline.trim(100)


def test_a_mark_that_was_trimmed_comes_back_too(timeline: Timeline) -> None:
    def gap() -> Message:
        return Message(98, Kind.GAP, "", "some are missing", NOON, seq=3)

    timeline.put([said(1)], 0, gaps=[gap()])
    timeline.put([said(seq) for seq in (4, 5)], 0)
    assert timeline.trim(2)
    assert seqs(timeline.put([said(1)], 0, gaps=[gap()]).older) == [1, 3]


def test_a_trimmed_end_begins_anew(timeline: Timeline) -> None:
    timeline.put([said(1)], 0)
    timeline.append(Message(99, Kind.NOTICE, "", "hello", NOON))
    assert timeline.trim(1)
    assert (timeline.first, timeline.last) == (None, None)
    assert seqs(timeline.put([said(2)], 0).added) == [2]
