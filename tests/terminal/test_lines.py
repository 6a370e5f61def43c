"""What is printed: harmless to a terminal, easy for a script, readable for a person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.events import Came, Connecting, Lost, PeopleHere, Welcome
from tkchat.client.message import Kind, Message
from tkchat.client.model import Changes, Model
from tkchat.net.address import Address
from tkchat.terminal.lines import (
    AUTHORS,
    colour,
    for_people,
    for_scripts,
    host_says,
    note,
    safe,
    safe_name,
    status,
)

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
FORBIDDEN = {*map(chr, (*range(9), *range(10, 32), *range(127, 160)))}
FORBIDDEN |= set("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ud800\U000e0041")


def message(kind: Kind, author: str, text: str, *, own: bool = False) -> Message:
    return Message(0, kind, author, text, NOON, own)


def shown(each: Message) -> str:
    return "".join(text for _, text in for_people(each))


@given(st.text() | st.text(st.sampled_from(sorted(FORBIDDEN))), st.sampled_from(Kind))
def test_a_terminal_obeys_nothing_that_is_printed(text: str, kind: Kind) -> None:
    hostile = message(kind, text, text)
    for line in (for_scripts(hostile), shown(hostile), host_says(text), note(text)[0][1]):
        assert not FORBIDDEN & set(line)
        assert len(line.splitlines()) <= 1
        line.encode()


def test_letters_of_every_script_and_emoji_stay() -> None:
    text = "שלום\tGrüße 👩‍👩‍👧 ☃️"
    assert safe(text) == text


@pytest.mark.parametrize(
    ("name", "expected"),
    [("bob", "bob"), ("b\to  b", "b o b"), (" ", ""), ("x" * 500, "x" * 32), ("b\nb", "b b")],
)
def test_names_of_other_hosts_are_made_short_and_plain(name: str, expected: str) -> None:
    assert safe_name(name) == expected


@pytest.mark.parametrize(
    ("kind", "author", "text", "expected"),
    [
        (Kind.SAID, "bob", "a ~ b", "bob~a ~ b"),
        (Kind.PRESENCE, "bob", "joined", "SERVER~bob joined"),
        (Kind.NOTICE, "", "news", "SERVER~news"),
    ],
)
def test_for_scripts(kind: Kind, author: str, text: str, expected: str) -> None:
    assert for_scripts(message(kind, author, text)) == expected


@pytest.mark.parametrize(
    ("kind", "author", "text", "expected"),
    [
        (Kind.SAID, "bob", "hi", "12:05 bob: hi"),
        (Kind.PRESENCE, "bob", "joined", "12:05 bob joined"),
        (Kind.NOTICE, "", "news", "12:05 news"),
    ],
)
def test_for_people(kind: Kind, author: str, text: str, expected: str) -> None:
    assert shown(message(kind, author, text)) == expected


def test_own_messages_stand_out() -> None:
    styles = [
        {style for style, _ in for_people(message(Kind.SAID, "bob", "hi", own=own))}
        for own in (False, True)
    ]
    assert styles[0] != styles[1]


def test_everybody_keeps_one_colour() -> None:
    assert colour("Alice") == colour("alice") == "ansicyan"  # in every run
    assert {colour(f"p{n}") for n in range(100)} == set(AUTHORS)


def test_the_status_line() -> None:
    model = Model("alice", now=lambda: NOON)
    assert status(model, NOON) == "general · connecting"
    for event in (Welcome("alice", "general"), Came("alice")):
        model.apply(event, Changes())
    assert status(model, NOON) == "general · 1 person · connected as alice"
    model.apply(PeopleHere(("bob",)), Changes())
    assert status(model, NOON) == "general · 2 people · connected as alice"
    model.apply(Lost("cut \x1b", 4.0), Changes())
    lost = "general · connection lost (cut \ufffd), trying again in {} s"
    assert status(model, NOON) == lost.format(4)
    assert status(model, NOON + timedelta(seconds=9)) == lost.format(0)
    model.apply(Connecting(Address("h")), Changes())
    assert status(model, NOON) == "general · connecting"
