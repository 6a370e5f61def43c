"""What is printed: harmless to a terminal, easy for a script, readable for a person."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.events import Arrived, Came, Connecting, Lost, PeopleHere, Welcome
from tkchat.client.message import Kind, Message
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.net.address import Address
from tkchat.terminal.lines import (
    AUTHORS,
    QUIET,
    colour,
    for_people,
    for_scripts,
    host_says,
    note,
    safe,
    safe_name,
    status,
)
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, 5, tzinfo=UTC)
FORBIDDEN = {*map(chr, (*range(9), *range(10, 32), *range(127, 160)))}
FORBIDDEN |= set("\u061c\u200e\u200f\u2028\u2029\u202a\u202e\u2066\u2069\ufeff\ud800\U000e0041")


def message(kind: Kind, author: str, text: str, *, own: bool = False) -> Message:
    return Message(0, kind, author, text, NOON, own)


def shown(each: Message) -> str:
    return "\n".join("".join(text for _, text in line) for line in for_people(each))


@given(st.text() | st.text(st.sampled_from(sorted(FORBIDDEN))), st.sampled_from(Kind))
def test_a_terminal_obeys_nothing_that_is_printed(text: str, kind: Kind) -> None:
    hostile = message(kind, text, text)
    people = shown(hostile).split("\n")
    for line in (*for_scripts(hostile), *people, host_says(text), note(text)[0][1]):
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
        (Kind.PRESENCE, "", "bob set the topic", "SERVER~bob set the topic"),
        (Kind.NOTICE, "", "news", "SERVER~news"),
    ],
)
def test_for_scripts(kind: Kind, author: str, text: str, expected: str) -> None:
    assert for_scripts(message(kind, author, text)) == [expected]


def test_several_lines_stay_several() -> None:
    several = message(Kind.SAID, "bob", "one\ntwo")
    assert for_scripts(several) == ["bob~one", "bob~two"]
    assert shown(several) == "12:05 bob: one\n      two"


@pytest.mark.parametrize(
    ("kind", "author", "text", "expected"),
    [
        (Kind.SAID, "bob", "hi", "12:05 bob: hi"),
        (Kind.PRESENCE, "bob", "joined", "12:05 bob joined"),
        (Kind.PRESENCE, "bob", "left", "12:05 bob left"),
        (Kind.PRESENCE, "", "bob set the topic", "12:05 bob set the topic"),
        (Kind.NOTICE, "", "news", "12:05 news"),
    ],
)
def test_for_people(kind: Kind, author: str, text: str, expected: str) -> None:
    assert shown(message(kind, author, text)) == expected


def test_own_messages_stand_out() -> None:
    styles = [
        {style for style, _ in for_people(message(Kind.SAID, "bob", "hi", own=own))[0]}
        for own in (False, True)
    ]
    assert styles[0] != styles[1]


def test_old_messages_are_quiet() -> None:
    (line,) = for_people(message(Kind.SAID, "bob", "hi"), muted=True)
    assert {style for style, _ in line} == {QUIET}


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


def test_the_status_line_tells_of_what_waits_and_of_other_rooms() -> None:
    model = Model("alice", now=lambda: NOON)
    model.apply(Welcome("alice", "general", tagged=True), Changes())
    for seq, room in enumerate(("ops", "ops", "@bob"), 1):
        model.apply(Arrived((Entry(seq, 0, room, "bob", "hi"),), live=True), Changes())
    model.said_here([Say("general", "hi", "0" * 32)], Changes())
    assert status(model, NOON).endswith("connected as alice · 1 waiting · 2 in ops")
