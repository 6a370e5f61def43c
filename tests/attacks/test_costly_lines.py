"""Lines that would take a long time to read: what is refused before any work on it."""

import time

import pytest

from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_SEARCH_CHARS, MAX_TAGS
from tkchat.wire.lines import decode_tagged
from tkchat.wire.names import check_name
from tkchat.wire.requests import AskSearch

SECONDS = 0.25  #: for a hundred of them; what is not refused takes ten times as long


@pytest.mark.parametrize("count", [MAX_TAGS, MAX_TAGS + 1])
def test_the_number_of_tags(count: int) -> None:
    raw = b"@" + b";".join(b"a%d" % number for number in range(count)) + b" x"
    if count > MAX_TAGS:
        with pytest.raises(RemoteError, match="at most 64 tags"):
            decode_tagged(raw)
    else:
        assert len(decode_tagged(raw).tags) == MAX_TAGS


def test_nothing_but_backslashes() -> None:
    raw = b"@a=" + b"\\" * (MAX_LINE_BYTES - 10) + b" \\x\\n"
    began = time.process_time()
    for _ in range(100):
        line = decode_tagged(raw)
    assert time.process_time() - began < SECONDS
    assert line.text == "x\n"
    assert line.tags == {"a": "\\" * ((MAX_LINE_BYTES - 10) // 2)}


@pytest.mark.parametrize("name", ["ӏ̇́" * 42, "ﷺ" * 30, "a" * 33, "e\u0301" * 33])
def test_names_that_are_too_long_are_not_looked_at(name: str) -> None:
    began = time.process_time()
    for _ in range(100):
        with pytest.raises(RemoteError):
            check_name(name)
    assert time.process_time() - began < SECONDS


def test_a_name_that_is_composed_may_be_written_longer() -> None:
    assert check_name("e\u0301" * 32) == "é" * 32


def test_a_long_search_is_refused() -> None:
    with running_server() as server, TaggedClient(server.address, "alice") as alice:
        alice.ask(AskSearch("s1", "a b " * (MAX_SEARCH_CHARS // 4)))
        assert getattr(alice.read_until(lambda e: getattr(e, "re", ""))[-1], "code", "") == ""
        alice.ask(AskSearch("s2", "a b " * (MAX_SEARCH_CHARS // 4) + "c"))
        alice.expect_refused("too-long", re="s2")
