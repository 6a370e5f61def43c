"""Lines of standard input, however they come."""

import contextlib
import io
import os
import threading
from collections.abc import Iterator

import pytest

from tests.support import PATIENCE, wait_until
from tkchat.terminal.source import READ_AHEAD_LINES, Ended, Source, Typed
from tkchat.wire.limits import MAX_LINE_BYTES


@contextlib.contextmanager
def pipe() -> Iterator[tuple[io.FileIO, io.FileIO]]:
    reading, writing = os.pipe()
    with io.FileIO(reading, "r") as reader, io.FileIO(writing, "w") as writer:
        yield reader, writer


def lines_of(content: bytes) -> list[Typed | Ended]:
    seen: list[Typed | Ended] = []
    with pipe() as (reader, writer), Source(seen.append, reader):
        view = memoryview(content)
        while view:
            view = view[writer.write(view) :]
        writer.close()
        wait_until(lambda: Ended() in seen)
    return seen


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (b"", []),
        (b"\n", [""]),
        (b"one\ntwo\r\nthree", ["one", "two", "three"]),
        ("grüß\n".encode(), ["grüß"]),
        (b"\xff\n", ["\ufffd"]),
        (b"x" * MAX_LINE_BYTES * 20 + b"\nshort\n", [None, "short"]),
    ],
)
def test_lines(content: bytes, lines: list[str | None]) -> None:
    assert lines_of(content) == [*(Typed(line) for line in lines), Ended()]


def test_a_line_is_there_while_the_input_stays_open() -> None:
    seen: list[Typed | Ended] = []
    with pipe() as (reader, writer), Source(seen.append, reader):
        writer.write(b"now\n")
        wait_until(lambda: seen == [Typed("now")])
        writer.close()
        wait_until(lambda: Ended() in seen)


def test_it_reads_ahead_only_so_far() -> None:
    seen: list[Typed | Ended] = []
    with pipe() as (reader, writer):
        source = Source(seen.append, reader)
        with source:
            writer.write(b"x\n" * (READ_AHEAD_LINES + 5))
            writer.close()
            wait_until(lambda: len(seen) == READ_AHEAD_LINES)
            source.used()
            wait_until(lambda: len(seen) == READ_AHEAD_LINES + 1)
            assert Ended() not in seen
        count = len(seen)
        wait_until(lambda: all(thread.name != "source" for thread in threading.enumerate()))
        assert not [each for each in seen[count:] if isinstance(each, Typed)]


def test_leaving_does_not_wait_for_the_input() -> None:
    seen: list[Typed | Ended] = []
    with pipe() as (reader, writer):
        with Source(seen.append, reader):
            pass
        writer.write(b"too late\n")
        writer.close()
        wait_until(lambda: seen == [Ended()], PATIENCE)


def test_an_input_that_breaks_has_ended() -> None:
    seen: list[Typed | Ended] = []
    with pipe() as (_, writer), Source(seen.append, writer):  # it cannot be read
        wait_until(lambda: seen == [Ended()])
