"""The client's side of the tagged dialect: every spelling, there and back, and what is not one."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.refusals import refusal
from tests.wire.strategies import almost_lines, hellos, tagged_requests
from tkchat.wire import requests
from tkchat.wire.entry import Kind
from tkchat.wire.errors import LocalError, RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_NAME_CHARS, MAX_TEXT_CHARS
from tkchat.wire.lines import Line, decode_tagged, is_tagged
from tkchat.wire.presence import State
from tkchat.wire.requests import (
    AskHistory,
    AskJoin,
    AskLeave,
    AskPeople,
    AskRooms,
    AskSearch,
    Hello,
    Quit,
    Request,
    Say,
    SayRead,
    SayTyping,
    SetPresence,
    SetTopic,
    decode_hello,
    encode_hello,
)
from tkchat.wire.tagged import Ping, Pong

_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
_MID = "00112233445566778899aabbccddeeff"
_LONGEST_NAME = "\U00020000" * MAX_NAME_CHARS  # four bytes a character
_HIGHEST_SEQ = 10**12 - 1


def read(raw: bytes) -> Request | None:
    return requests.decode(decode_tagged(raw))


@given(hellos)
def test_every_hello_comes_back(hello: Hello) -> None:
    raw = encode_hello(hello)
    assert is_tagged(raw)
    assert decode_hello(decode_tagged(raw[:-1])) == hello


@given(tagged_requests)
def test_every_request_comes_back(request: Request) -> None:
    raw = requests.encode(request)
    assert raw.index(b"\n") == len(raw) - 1
    assert read(raw[:-1]) == request


@pytest.mark.parametrize(
    ("hello", "raw"),
    [
        (Hello("alice"), b"@v=1 alice"),
        (
            Hello("alice", "I", "T", "L", 17, "open; sesame"),
            rb"@v=1;install=I;token=T;log=L;since=17;password=open\:\ssesame alice",
        ),
        (Hello("alice", since=0), b"@v=1;since=0 alice"),
    ],
)
def test_spelling_of_the_first_line(hello: Hello, raw: bytes) -> None:
    assert encode_hello(hello) == raw + b"\n"
    assert decode_hello(decode_tagged(raw)) == hello


def test_a_first_line_may_leave_its_tags_empty() -> None:
    raw = b"@new=2;since=;token=;log;v=1 alice"
    assert decode_hello(decode_tagged(raw)) == Hello("alice")


@pytest.mark.parametrize(
    "raw", [b"alice", b"@a alice", b"@v=2 alice", b"@v alice", b"@v=1;since=-1 a", b"@v=1;since=x"]
)
def test_another_first_line_is_refused(raw: bytes) -> None:
    with pytest.raises(RemoteError) as refused:
        decode_hello(decode_tagged(raw))
    assert refused.value.code == "bad-line"


@pytest.mark.parametrize(
    ("request_", "raw"),
    [
        (
            Say("general", "hello", _MID),
            b"@mid=00112233445566778899aabbccddeeff;room=general hello",
        ),
        (Say("@bob", "a\nb\\"), rb"@room=@bob a\nb\\"),
        (Say("general", "yes", "", Kind.REPLY, 9), b"@room=general;reply=9 yes"),
        (Say("", "No.", "", Kind.EDIT, 9), b"@edit=9 No."),
        (Say("", "", "", Kind.DELETE, 9), b"@delete=9"),
        (Say("", "👍", "", Kind.REACT, 9), b"@react=9 \xf0\x9f\x91\x8d"),
        (AskJoin("games"), b"@event=join;room=games"),
        (AskLeave("games"), b"@event=leave;room=games"),
        (SayTyping("@bob"), b"@event=typing;room=@bob"),
        (SayRead("general", 17), b"@read=17;room=general"),
        (AskPeople("general"), b"@event=people;room=general"),
        (AskRooms(), b"@event=rooms"),
        (AskHistory("r1", "general"), b"@event=history;re=r1;room=general;limit=50"),
        (
            AskHistory("r1", "@bob", 17, 200),
            b"@event=history;re=r1;room=@bob;limit=200;before=17",
        ),
        (AskSearch("r1", "two words"), b"@event=search;re=r1;limit=50 two words"),
        (
            AskSearch("r1", "word", "general", 17, 5),
            b"@event=search;re=r1;limit=5;room=general;before=17 word",
        ),
        (
            AskSearch("r1", "", author="alice", has_link=True),
            b"@event=search;re=r1;limit=50;author=alice;has=link",
        ),
        (
            AskSearch("r1", "", after=_NOON, before_time=_NOON + timedelta(milliseconds=5)),
            b"@event=search;re=r1;limit=50;later=2026-11-20T12:00:00.000Z"
            b";earlier=2026-11-20T12:00:00.005Z",
        ),
        (SetTopic("design", "the new logo"), b"@event=topic;room=design the new logo"),
        (SetTopic("design", ""), b"@event=topic;room=design"),
        (SetPresence(State.AWAY, "back at 3"), b"@event=presence;state=away back at 3"),
        (SetPresence(State.HERE), b"@event=presence;state=here"),
        (Ping(), b"@event=ping"),
        (Pong(), b"@event=pong"),
        (Quit(), b"@event=quit"),
    ],
)
def test_spelling(request_: Request, raw: bytes) -> None:
    assert requests.encode(request_) == raw + b"\n"
    assert read(raw) == request_


@pytest.mark.parametrize(
    ("raw", "request_"),
    [
        (b"hello", Say("general", "hello")),
        (b"@new=1 hello", Say("general", "hello")),
        (b"@message=x hello", Say("general", "hello")),
        (b"", Say("general", "")),
        (b"@event=people", AskPeople("general")),
        (b"@event=history;re=r1;room=general;limit=0", AskHistory("r1", "general", limit=1)),
        (b"@event=history;re=r1;room=general;limit=999", AskHistory("r1", "general", limit=200)),
    ],
)
def test_other_clients_may_say_less_or_more(raw: bytes, request_: Request) -> None:
    assert read(raw) == request_


@pytest.mark.parametrize(
    "raw",
    [
        b"@event=new",
        b"@event x",
        b"@event=Ping",
        b"@event=live;seq=1",
        b"@event=presence;state=on-the-phone with carol",
    ],
)
def test_an_unknown_request_is_nothing(raw: bytes) -> None:
    assert read(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        b"@mid=1 hello",
        b"@mid= hello",
        b"@edit=x hello",
        b"@edit= hello",
        b"@edit=1;delete=2 hello",
        b"@reply=1;react=1 hello",
        b"@event=join",
        b"@event=leave;room=",
        b"@event=typing",
        b"@read=17",
        b"@read=x;room=general",
        b"@event=history;room=general",
        b"@event=history;re=r1",
        b"@event=history;re=not-one;room=general",
        b"@event=history;re=123456789;room=general",
        b"@event=history;re=r1;room=general;before=x",
        b"@event=history;re=r1;room=general;limit=x",
        b"@event=search hello",
        b"@event=search;re=r1;later=noon",
        b"@event=search;re=r1;earlier=2026-11-20",
        b"@event=search;re=r1;has=file",
        b"@event=topic the new logo",
        b"@event=presence back at 3",
        b"@Event=ping",
    ],
)
def test_what_a_request_needs_must_be_there(raw: bytes) -> None:
    with pytest.raises(RemoteError) as refused:
        read(raw)
    assert refused.value.code == "bad-line"


@given(almost_lines)
def test_no_line_breaks_the_reader(line: Line) -> None:
    for decode in (decode_hello, requests.decode):
        assert refusal(decode, line) in ("", "bad-line")


@given(st.binary())
def test_no_bytes_break_the_reader(raw: bytes) -> None:
    for line in (raw, b"@event=" + raw):
        assert refusal(read, line) in ("", "bad-line")
    for line in (raw, b"@v=1;" + raw):
        assert refusal(lambda line: decode_hello(decode_tagged(line)), line) in ("", "bad-line")


@pytest.mark.parametrize("character", ["😀", "\\", "\n"])
@pytest.mark.parametrize("kind", Kind)
def test_the_longest_message_fits_into_a_line(kind: Kind, character: str) -> None:
    target = 0 if kind is Kind.MESSAGE else _HIGHEST_SEQ
    say = Say(f"@{_LONGEST_NAME}", character * MAX_TEXT_CHARS, _MID, kind, target)
    raw = requests.encode(say)
    assert len(raw) <= MAX_LINE_BYTES
    assert read(raw[:-1]) == say


def test_the_longest_search_fits_into_a_line() -> None:
    room, text = f"@{_LONGEST_NAME}", "😀" * MAX_TEXT_CHARS
    search = AskSearch("12345678", text, room, _HIGHEST_SEQ, requests.MOST_FOUND)
    assert read(requests.encode(search)[:-1]) == search


def test_a_time_of_another_zone_is_the_same_moment() -> None:
    there = _NOON.astimezone(timezone(timedelta(hours=-8)))
    assert requests.encode(AskSearch("r1", "", after=there)) == requests.encode(
        AskSearch("r1", "", after=_NOON)
    )


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (datetime(1, 1, 2, tzinfo=UTC), "1970-01-01T00:00:00.000Z"),
        (datetime(9999, 12, 30, tzinfo=UTC), "2999-12-31T23:59:59.999Z"),
    ],
)
def test_a_time_that_no_message_has_is_the_nearest_one(asked: datetime, said: str) -> None:
    line = requests.encode(AskSearch("r1", "", after=asked))
    assert f";later={said}" in line.decode()
    found = read(line[:-1])
    assert isinstance(found, AskSearch)
    assert found.after is not None


def test_what_is_longer_than_a_line_is_the_local_sides_fault() -> None:
    with pytest.raises(LocalError, match="over the limit"):
        requests.encode(Say("general", "x" * MAX_LINE_BYTES))
