"""How each thing that happens is spelled in the plain dialect, and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.strategies import events, names, one_line
from tkchat.wire import plain
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_NAME_CHARS, MAX_TEXT_CHARS
from tkchat.wire.lines import decode_plain
from tkchat.wire.plain import Joined, Left, Notice, People, Rooms, Said

_LONGEST_NAME = "\U00020000" * MAX_NAME_CHARS  # four bytes a character
_LONGEST_TEXT = "😀" * MAX_TEXT_CHARS


@given(events)
def test_every_event_comes_back(event: plain.Event) -> None:
    assert plain.decode(decode_plain(plain.encode(event)[:-1])) == event


@given(one_line)
def test_every_line_reads_as_something(line: str) -> None:
    plain.decode(line)


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Said("alice", "hello"), "alice~hello"),
        (Said("alice", "a~b"), "alice~a~b"),
        (Said("alice", ""), "alice~"),
        (Joined("alice"), "SERVER~alice joined the chat app"),
        (Left("alice"), "SERVER~alice left the chat app"),
        (Joined("alice", "games"), "SERVER~alice joined the room games"),
        (Left("alice", "games"), "SERVER~alice left the room games"),
        (People("general", 2, ("alice", "bob")), "SERVER~In general (2): alice bob"),
        (Rooms((("general", 2), ("games", 1))), "SERVER~Rooms: general (2) games (1)"),
        (Notice("The chat is closing"), "SERVER~The chat is closing"),
    ],
)
def test_spelling(event: plain.Event, line: str) -> None:
    assert plain.encode(event) == line.encode() + b"\n"
    assert plain.decode(line) == event


def test_what_a_room_is_about_is_told_as_a_sentence() -> None:
    assert plain.topic_set("alice", "design", "logos").text == (
        "alice set the topic of design: logos"
    )
    assert plain.topic_set("alice", "design", "").text == "alice cleared the topic of design"
    assert plain.topic_is("design", "logos").text == "The topic of design: logos"
    assert plain.topic_is("design", "").text == "design has no topic"


@pytest.mark.parametrize(
    "line", ["no tilde at all", "", "SERVER~", "SERVER~a b joined the chat app"]
)
def test_anything_else_is_a_notice(line: str) -> None:
    assert plain.decode(line) == Notice(line.removeprefix("SERVER~"))


def test_nobody_can_pass_for_the_server_by_what_they_say() -> None:
    assert plain.decode("bob~SERVER~alice left the chat app") == Said(
        "bob", "SERVER~alice left the chat app"
    )


@given(st.lists(names, max_size=250))
def test_a_long_list_of_people_comes_in_several_lines(people: list[str]) -> None:
    lines = plain.people("general", people)
    assert [name for line in lines for name in line.names] == people
    assert {line.count for line in lines} == {len(people)}


@pytest.mark.parametrize(
    "event",
    [
        Said(_LONGEST_NAME, _LONGEST_TEXT),
        plain.action(_LONGEST_NAME, _LONGEST_TEXT),
        plain.direct(_LONGEST_NAME, _LONGEST_NAME, _LONGEST_TEXT),
        *plain.people(_LONGEST_NAME, [_LONGEST_NAME] * 101),
        *plain.rooms([(_LONGEST_NAME, 999_999)] * 101),
    ],
)
def test_the_longest_of_each_fits_into_a_line(event: plain.Event) -> None:
    assert len(plain.encode(event)) <= MAX_LINE_BYTES
