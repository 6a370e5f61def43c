"""How lasting events look to plain and tagged clients."""

import pytest

from tkchat.server import spelling
from tkchat.server.log_records import Record
from tkchat.server.spelling import (
    LONG_CHARS,
    QUOTED_CHARS,
    Spelling,
    direct,
    plain_text,
    spell_line,
)
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_NAME_CHARS, MAX_TEXT_CHARS

TARGET = Record(1, 0, 1, "bob", 2, "see  you\nat nine")
LONGEST = "😀" * MAX_TEXT_CHARS
LONG_NAME = "𠀀" * MAX_NAME_CHARS  # of four bytes each


def record(text: str, kind: Kind = Kind.MESSAGE, author: str = "alice") -> Record:
    target = 0 if kind is Kind.MESSAGE else 1
    return Record(2, 1_000, 1, author, 1, text, kind, target, "f" * 32)


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (Kind.MESSAGE, "hello", "hello"),
        (Kind.REPLY, "yes", "(to bob: see you at nine) yes"),
        (Kind.EDIT, "hello!", "(edited) hello!"),
        (Kind.DELETE, "", "(removed a message of bob)"),
        (Kind.REACT, "👍", "(reacts with 👍 to bob: see you at nine)"),
    ],
)
def test_what_plain_clients_read(kind: Kind, text: str, shown: str) -> None:
    assert plain_text(record(text, kind), None if kind is Kind.MESSAGE else TARGET) == shown


def test_a_reaction_that_is_taken_back() -> None:
    shown = plain_text(record("👍", Kind.REACT), TARGET, taken_back=True)
    assert shown == "(no longer reacts with 👍 to bob: see you at nine)"


def test_a_quote_is_short_and_stands_before_no_long_text() -> None:
    target = Record(1, 0, 1, "bob", 2, "x" * 100)
    quoted = plain_text(record("yes", Kind.REPLY), target)
    assert quoted == f"(to bob: {'x' * (QUOTED_CHARS - 1)}…) yes"
    long = "y" * LONG_CHARS
    assert plain_text(record(long, Kind.REPLY), target) == f"(to bob) {long}"
    assert plain_text(record("yes", Kind.REPLY), None) == "(to an earlier message) yes"


def test_several_lines_are_one_tagged_line_and_several_plain_ones() -> None:
    line = Spelling(record("one\n\n\\n"), "general", None)
    assert line.plain == b"alice~one\nalice~\nalice~\\n\n"
    assert line.tagged == (
        b"@seq=2;room=general;time=1970-01-01T00:00:01.000Z alice~one\\n\\n\\\\n\n"
    )


def test_the_mid_is_the_author_s_alone() -> None:
    said = record("one\n; two")
    assert Spelling(said, "lab", None).own == spell_line(said, "lab", own=True)
    mine = spell_line(record("hello"), "@bob", own=True)
    assert mine == (
        b"@seq=2;room=@bob;time=1970-01-01T00:00:01.000Z;mid=" + b"f" * 32 + b" alice~hello\n"
    )
    assert b"mid" not in spell_line(record("hello"), "@alice", own=False)
    assert spelling.entry(record("hello"), "general", own=False).mid == ""


@pytest.mark.parametrize("kind", [Kind.MESSAGE, Kind.REPLY, Kind.EDIT])
def test_the_longest_message_of_the_longest_name_fits(kind: Kind) -> None:
    long = record(LONGEST, kind, LONG_NAME)
    target = Record(1, 0, 1, LONG_NAME, 2, LONGEST)
    line = Spelling(long, LONG_NAME, target)
    own = spell_line(long, f"@{LONG_NAME}", own=True)
    assert max(map(len, (line.plain, line.tagged, line.own, own))) <= MAX_LINE_BYTES


def test_what_does_not_fit_is_refused() -> None:
    too_long = record("😀" * (MAX_TEXT_CHARS + 100))
    target = Record(1, 0, 1, LONG_NAME, 2, LONGEST)
    for spelled in (
        lambda: Spelling(too_long, "general", None),
        lambda: direct(too_long, "bob", None),
        lambda: direct(record(LONGEST, Kind.REPLY, LONG_NAME), LONG_NAME, target),
    ):
        with pytest.raises(RemoteError) as refused:
            spelled()
        assert refused.value.code == "too-long"


def test_each_line_of_a_direct_message_says_whom_it_is_to() -> None:
    assert direct(record("one\ntwo"), "bob", None) == (
        b"alice~(to bob only) one\nalice~(to bob only) two\n"
    )
    assert direct(record("yes", Kind.REPLY), "bob", TARGET) == (
        b"alice~(to bob only) (to bob: see you at nine) yes\n"
    )
