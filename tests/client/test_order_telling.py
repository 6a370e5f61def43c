"""What a host tells of those who keep order is read in one's own language."""

from collections.abc import Iterator

import pytest

from tkchat import i18n
from tkchat.client.events import NotIn, Problem
from tkchat.client.explain import explain, explain_code
from tkchat.client.order import MutedFor, Rules
from tkchat.client.order_telling import not_allowed, noticed, removed, told
from tkchat.net.address import Address


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "de")
    i18n.speak_anew()
    yield
    monkeypatch.undo()
    i18n.speak_anew()


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (MutedFor(60, "mo muted you for 1 minute"), "mo silenced you for 1 minute"),
        (
            MutedFor(600, "mo muted you for 10 minutes: a: b"),
            "mo silenced you for 10 minutes: a: b",
        ),
        (MutedFor(None, "mo muted you"), "mo silenced you"),
        (MutedFor(None, "mo muted you: loud"), "mo silenced you: loud"),
        (MutedFor(0, "mo lets you speak again"), "mo lets you write again"),
        (Rules("lab", True, 0, "mo locked lab"), "mo locked lab"),
        (Rules("lab", False, 0, "mo unlocked lab"), "mo unlocked lab"),
        (
            Rules("lab", False, 5, "mo lets people speak in lab once in 5 seconds"),
            "mo lets everybody write in lab once in 5 seconds",
        ),
        (
            Rules("lab", False, 0, "mo lets people speak in lab as often as they like"),
            "mo lets everybody write in lab as often as they like",
        ),
        (Rules("lab", True, 0, ""), ""),
    ],
)
def test_known_sentences_are_told_in_our_words(event: MutedFor | Rules, expected: str) -> None:
    assert told(event) == expected


@pytest.mark.parametrize("text", ["Hush.", "mo muted you for ever", "a b muted you", ""])
def test_what_is_spelled_otherwise_is_shown_as_it_is(text: str) -> None:
    assert told(MutedFor(None, text)) == told(Rules("lab", text=text)) == removed(text) == text
    assert not_allowed(text) == ""


def test_a_room_that_was_archived() -> None:
    assert noticed("mo archived lab.") == "mo archived the room lab"
    assert noticed("mo archived it all. Why?") == "mo archived it all. Why?"


def test_why_somebody_was_put_out() -> None:
    assert removed("mo put you out of the chat") == "mo removed you from the chat"
    assert removed("mo banned you from the chat: x") == "mo banned you from the chat: x"
    end = NotIn(Problem.REMOVED, "mo put you out of the chat: loud")
    assert "mo removed you from the chat: loud" in explain(end, Address("here"))


@pytest.mark.parametrize(
    ("why", "expected"),
    [
        ("You are muted for 3 minutes: loud.", "You may write again in 3 minutes: loud."),
        ("You are muted.", "You may not write here until somebody lets you."),
        (
            "lab is slow: you may speak there again in 7 seconds.",
            "In lab people write slowly: you may write there again in 7 seconds.",
        ),
        (
            "lab is locked: nobody new comes in.",
            "Nobody new comes into that room just now: it is locked.",
        ),
        (
            "This chat is locked: nobody new comes in just now.",
            "Nobody new comes into this chat just now: it is locked.",
        ),
        ("Only the host can do that.", "Only the host can do that."),
    ],
)
def test_why_something_is_not_allowed(why: str, expected: str) -> None:
    assert explain_code("not-allowed", why) == expected


@pytest.mark.usefixtures("german")
def test_none_of_it_is_english_where_the_reader_is_not() -> None:
    for event in (
        MutedFor(600, "mo muted you for 10 minutes"),
        MutedFor(0, "mo lets you speak again"),
        Rules("lab", True, 0, "mo locked lab"),
        Rules("lab", False, 5, "mo lets people speak in lab once in 5 seconds"),
    ):
        assert told(event) != event.text
        assert "mo" in told(event)
    assert "10 Minuten" in told(MutedFor(600, "mo muted you for 10 minutes"))
    assert removed("mo banned you from the chat") != "mo banned you from the chat"
    assert noticed("mo archived lab.") == "mo hat den Raum lab archiviert"
    assert "3 Minuten" in explain_code("not-allowed", "You are muted for 3 minutes.")
