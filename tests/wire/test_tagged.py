"""The host's side of the tagged dialect: every spelling, there and back, and what is not one."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.refusals import refusal
from tests.wire.strategies import almost_lines, entries, names, tagged_events
from tkchat.wire import tagged
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import LocalError, RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_NAME_CHARS, MAX_TEXT_CHARS
from tkchat.wire.lines import Line, decode_plain, decode_tagged
from tkchat.wire.plain import Joined, Left, Notice, People, Rooms
from tkchat.wire.presence import State
from tkchat.wire.tagged import (
    Event,
    Found,
    FoundAll,
    Gap,
    Live,
    Ping,
    Pong,
    Presence,
    ReadTo,
    Refused,
    Reset,
    Seen,
    Topic,
    Typing,
    Welcome,
)

_MID = "00112233445566778899aabbccddeeff"
_NOON = 1_795_176_000_123
_SEQ = b"@seq=17;room=general;time=2026-11-20T12:00:00.123Z"
_LONGEST_NAME = "\U00020000" * MAX_NAME_CHARS  # four bytes a character
_HIGHEST_SEQ = 10**12 - 1  # a thousand messages a second for thirty years


def read(raw: bytes) -> Event | None:
    return tagged.decode(decode_tagged(raw))


@given(tagged_events)
def test_every_event_comes_back(event: Event) -> None:
    raw = tagged.encode(event)
    assert raw.index(b"\n") == len(raw) - 1
    assert read(raw[:-1]) == event


@pytest.mark.parametrize(
    ("event", "raw"),
    [
        (
            Welcome("alice", "L1", 41, "t0ken"),
            b"@event=welcome;v=1;user=alice;log=L1;seq=41;token=t0ken SERVER~Welcome, alice",
        ),
        (Live(41), b"@event=live;seq=41 SERVER~You are up to date"),
        (Gap(3, 9), b"@event=gap;from=3;to=9 SERVER~Messages 3 to 9 are no longer kept"),
        (Reset("L2"), b"@event=reset;log=L2 SERVER~The history of this chat begins anew"),
        (Entry(17, _NOON, "general", "alice", "hello"), _SEQ + b" alice~hello"),
        (
            Entry(17, _NOON, "general", "alice", "hello", mid=_MID),
            _SEQ + b";mid=00112233445566778899aabbccddeeff alice~hello",
        ),
        (
            Entry(17, _NOON, "@bob", "alice", "a\nb\\~"),
            _SEQ.replace(b"general", b"@bob") + rb" alice~a\nb\\~",
        ),
        (
            Entry(17, _NOON, "general", "bob", "yes", Kind.REPLY, 9),
            _SEQ + b";reply=9 bob~yes",
        ),
        (Entry(17, _NOON, "general", "bob", "No.", Kind.EDIT, 9), _SEQ + b";edit=9 bob~No."),
        (Entry(17, _NOON, "general", "bob", "", Kind.DELETE, 9), _SEQ + b";delete=9 bob~"),
        (
            Entry(17, _NOON, "general", "bob", "👍", Kind.REACT, 9),
            _SEQ + b";react=9 bob~\xf0\x9f\x91\x8d",
        ),
        (
            Refused("empty", "Say something", _MID),
            b"@event=refused;mid=00112233445566778899aabbccddeeff;code=empty SERVER~Say something",
        ),
        (
            Refused("bad-name", "No name", re="r1"),
            b"@event=refused;re=r1;code=bad-name SERVER~No name",
        ),
        (Refused("bad-name", "No name"), b"@event=refused;code=bad-name SERVER~No name"),
        (
            Joined("bob", "general"),
            b"@event=join;room=general;user=bob SERVER~bob joined the chat app",
        ),
        (
            Left("bob", "games"),
            b"@event=leave;room=games;user=bob SERVER~bob left the room games",
        ),
        (Typing("@alice", "alice"), b"@event=typing;room=@alice;user=alice"),
        (Ping(), b"@event=ping"),
        (Pong(), b"@event=pong"),
        (
            People("general", 2, ("alice", "bob")),
            b"@event=people;room=general;count=2 alice bob",
        ),
        (
            Rooms((("general", 2), ("games", 1))),
            b"@event=rooms;counts=2,1 general games",
        ),
        (Rooms(()), b"@event=rooms;counts"),
        (ReadTo("general", 17), b"@event=read;seq=17;room=general"),
        (Seen("@bob", "bob", 17), b"@event=seen;room=@bob;user=bob;seq=17"),
        (
            Topic("design", "the new logo", "alice"),
            b"@event=topic;room=design;user=alice the new logo",
        ),
        (Topic("design", ""), b"@event=topic;room=design"),
        (
            Presence("bob", State.AWAY, "back at 3"),
            b"@event=presence;user=bob;state=away back at 3",
        ),
        (Presence("bob", State.BUSY), b"@event=presence;user=bob;state=busy"),
        (
            Found("r1", Entry(17, _NOON, "general", "alice", "hello")),
            b"@re=r1;" + _SEQ[1:] + b" alice~hello",
        ),
        (FoundAll("r1", more=True), b"@event=end;re=r1;more=1"),
        (FoundAll("r1", more=False), b"@event=end;re=r1;more=0"),
        (Notice("The chat is closing"), b"@event=notice SERVER~The chat is closing"),
    ],
)
def test_spelling(event: Event, raw: bytes) -> None:
    assert tagged.encode(event) == raw + b"\n"
    assert read(raw) == event


@pytest.mark.parametrize(
    ("raw", "event"),
    [
        (b"@event=people;room=general alice bob", People("general", 2, ("alice", "bob"))),
        (b"@event=live;seq=41", Live(41)),
        (b"@seq=41;event=live;new=1 whatever", Live(41)),
        (b"SERVER~no tags at all", Notice("no tags at all")),
        (b"@new=1 said by nobody", Notice("said by nobody")),
        (
            _SEQ + b";message=x;edit=9 bob~No.",
            Entry(17, _NOON, "general", "bob", "No.", Kind.EDIT, 9),
        ),
    ],
)
def test_other_hosts_may_say_less_or_more(raw: bytes, event: Event) -> None:
    assert read(raw) == event


@pytest.mark.parametrize(
    "raw",
    [
        b"@event=new",
        b"@event x",
        b"@event=Live;seq=1",
        b"@event=new;seq=1 a~b",
        b"@event=presence;user=bob;state=on-the-phone with carol",
    ],
)
def test_an_unknown_event_is_nothing(raw: bytes) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"@event=welcome;v=1;log=L;seq=1;token=t",
        b"@event=welcome;v=1;user=alice;seq=1;token=t",
        b"@event=welcome;v=1;user=alice;log=L;token=t",
        b"@event=welcome;v=1;user=alice;log=L;seq=1",
        b"@event=live",
        b"@event=live;seq=-1",
        b"@event=gap;from=1",
        b"@event=reset",
        b"@event=refused SERVER~no",
        b"@event=join;room=general",
        b"@event=leave;user=bob",
        b"@event=people a b",
        b"@event=rooms;counts=1 a b",
        b"@event=rooms;counts=x a",
        b"@event=rooms;counts=" + b"9" * 5_000 + b" a",
        b"@event=typing;room=general",
        b"@event=read;room=general",
        b"@event=seen;room=general;seq=1",
        b"@event=seen;user=bob;seq=1",
        b"@event=seen;room=general;user=bob",
        b"@event=topic words",
        b"@event=presence;state=away",
        b"@event=presence;user=bob",
        b"@event=end",
        b"@seq=x;room=general;time=2026-11-20T12:00:00.123Z alice~hello",
        b"@seq=17;time=2026-11-20T12:00:00.123Z alice~hello",
        b"@seq=17;room=general alice~hello",
        b"@seq=17;room=general;time=noon alice~hello",
        _SEQ + b";edit=x bob~No.",
        _SEQ + b" hello",
        _SEQ + b" ~hello",
        _SEQ,
        b"@=1 x",
    ],
)
def test_what_an_event_needs_must_be_there(raw: bytes) -> None:
    with pytest.raises(RemoteError) as refused:
        read(raw)
    assert refused.value.code == "bad-line"


@given(almost_lines)
def test_no_line_breaks_the_reader(line: Line) -> None:
    assert refusal(tagged.decode, line) in ("", "bad-line")


@given(st.binary())
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for line in (raw, b"@event=" + raw, _SEQ + raw):
        assert refusal(read, line) in ("", "bad-line")


@given(tagged_events)
def test_every_line_reads_well_without_its_tags(event: Event) -> None:
    _, _, text = decode_plain(tagged.encode(event)[:-1]).partition(" ")
    if isinstance(event, Entry):
        assert text.startswith(f"{event.author}~")
    elif isinstance(event, Welcome | Live | Gap | Reset | Refused | Joined | Left | Notice):
        assert text.startswith("SERVER~")


@pytest.mark.parametrize("character", ["😀", "\\", "\n"])
@pytest.mark.parametrize("kind", Kind)
def test_the_longest_message_fits_into_a_line(kind: Kind, character: str) -> None:
    target = 0 if kind is Kind.MESSAGE else _HIGHEST_SEQ
    entry = Entry(
        _HIGHEST_SEQ,
        _NOON,
        f"@{_LONGEST_NAME}",
        _LONGEST_NAME,
        character * MAX_TEXT_CHARS,
        kind,
        target,
        _MID,
    )
    raw = tagged.encode(Found("12345678", entry))
    assert len(raw) <= MAX_LINE_BYTES
    assert read(raw[:-1]) == Found("12345678", entry)


@given(entries)
def test_the_author_s_line_differs_by_the_mid_alone(said: Entry) -> None:
    entry = replace(said, mid="")
    line = tagged.encode(entry)
    assert tagged.with_mid(line, "") == line
    assert tagged.with_mid(line, _MID) == tagged.encode(replace(entry, mid=_MID))


def test_no_room_for_a_mid() -> None:
    line = b"@seq=1 " + b"x" * (MAX_LINE_BYTES - 8) + b"\n"
    with pytest.raises(LocalError, match="over the limit"):
        tagged.with_mid(line, _MID)


@given(st.lists(names, max_size=250))
def test_a_long_list_of_people_comes_in_several_lines(people: list[str]) -> None:
    lines = tagged.people("general", people)
    assert [name for line in lines for name in line.names] == people
    assert {line.count for line in lines} == {len(people)}


@pytest.mark.parametrize("character", ["\U00020000", "\\"])
def test_any_number_of_people_fits_into_lines(character: str) -> None:
    name = character * MAX_NAME_CHARS
    for line in tagged.people(name, [name] * 1_000):
        assert line.names
        assert len(tagged.encode(line)) <= MAX_LINE_BYTES
