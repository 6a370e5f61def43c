"""What a host says of itself: both spellings, and what is made of anybody's lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.wire.errors import RemoteError
from tkchat.wire.info import (
    MOST_PEOPLE,
    QUESTION,
    Door,
    Info,
    decode,
    encode,
    from_record,
    is_question,
    one_title,
    to_record,
)
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_TITLE_CHARS

FULL = Info(1_763_000_000_123, "Class 3b", 7, "21ab", frozenset(Door))


@pytest.mark.parametrize("info", [FULL, Info(), Info(0), Info(people=0), Info(version=2)])
def test_a_line_comes_back_as_it_was(info: Info) -> None:
    assert decode(encode(info).removesuffix(b"\n")) == info


def test_a_line_reads_well() -> None:
    assert encode(FULL) == (
        b"@event=info;v=1;time=2025-11-13T02:13:20.123Z;users=7;title=Class\\s3b;log=21ab;"
        b"doors=approval,locked,password SERVER~This is the chat Class 3b\n"
    )
    assert encode(Info()) == b"@event=info;v=1 SERVER~This is a chat\n"


@pytest.mark.parametrize("line", [b"alice", b"@event=infos", b"@event=in", b" @event=info", b""])
def test_other_lines_are_no_question(line: bytes) -> None:
    assert not is_question(line)


@pytest.mark.parametrize("line", [QUESTION.strip(), b"@event=info;v=1", b"@event=info please"])
def test_a_question(line: bytes) -> None:
    assert is_question(line)


def test_another_line_is_no_answer() -> None:
    assert decode(b"alice~hello") is None
    assert decode(b"@event=live;seq=3") is None


@pytest.mark.parametrize("line", [b"@event=info", b"@event=info;v=x", b"@event=info;v=-1"])
def test_an_answer_without_a_version_is_none(line: bytes) -> None:
    with pytest.raises(RemoteError):
        decode(line)


def test_what_is_wrong_in_an_answer_is_left_out() -> None:
    line = b"@event=info;v=1;time=noon;users=-3;log=a/../b;doors=,,ajar;title=\\n\\n"
    assert decode(line) == Info()
    assert decode(b"@event=info;v=1;users=999999999") == Info(people=MOST_PEOPLE)


@given(st.binary(max_size=200))
def test_any_answer_is_read_or_refused(rest: bytes) -> None:
    try:
        info = decode(b"@event=info;v=1;" + rest.replace(b"\n", b""))
    except RemoteError:
        return
    assert info is None or len(info.title) <= MAX_TITLE_CHARS


@given(st.text(st.characters(), max_size=300))
def test_a_title_is_one_short_visible_line(text: str) -> None:
    title = one_title(text)
    assert len(title) <= MAX_TITLE_CHARS
    assert title.isprintable() or "\u200d" in title or "\ufffd" in title
    assert title == title.strip()
    assert one_title(title) == title
    assert len(encode(Info(title=text))) < MAX_LINE_BYTES


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("  Class\t3b \n", "Class 3b"),
        ("a\u202eb", "a\ufffdb"),
        ("a\u200b\u2060\u00adb", "ab"),
        ("\N{WOMAN}\u200d\N{PERSONAL COMPUTER}", "\N{WOMAN}\u200d\N{PERSONAL COMPUTER}"),
        ("x" * 41, "x" * 40),
        ("\udcff", "\ufffd"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert one_title(text) == title


def test_a_record_comes_back_as_it_was() -> None:
    pairs = {key.encode(): value.encode() for key, value in to_record(FULL).items()}
    assert from_record(pairs) == Info(None, FULL.title, FULL.people, FULL.log)
    assert to_record(Info())["encrypted"] == "1"


def test_a_record_of_another_version_is_none() -> None:
    assert from_record({}) is None
    assert from_record({b"v": b"2", b"title": b"x"}) is None
    assert from_record({b"v": None}) is None


@given(st.dictionaries(st.binary(max_size=9), st.none() | st.binary(max_size=80), max_size=5))
def test_any_record_is_read(pairs: dict[bytes, bytes | None]) -> None:
    info = from_record({**pairs, b"v": b"1"})
    assert info is not None
    assert info.people is None or 0 <= info.people <= MOST_PEOPLE
