"""However a stream arrives, the lines are the same, and no more is kept than the limit."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wire.strategies import stream_pieces
from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.limits import MAX_LINE_BYTES


@given(stream_pieces.map(b"".join), st.lists(st.integers(0, 300)), st.integers(1, 60))
def test_any_split_of_a_stream_gives_the_same_lines(
    stream: bytes, cuts: list[int], limit: int
) -> None:
    whole, split = LineBuffer(limit), LineBuffer(limit)
    bounds = [0, *sorted(cuts), len(stream)]
    in_chunks = [line for start, end in pairwise(bounds) for line in split.feed(stream[start:end])]
    assert in_chunks == whole.feed(stream)
    assert split.take_partial() == whole.take_partial()
    assert split.framed == whole.framed == (b"\n" in stream)


@given(stream_pieces, st.integers(1, 60))
def test_no_line_is_longer_than_the_limit(stream: list[bytes], limit: int) -> None:
    buffer = LineBuffer(limit)
    lines = [line for piece in stream for line in buffer.feed(piece)] + buffer.take_partial()
    assert all(isinstance(line, TooLong) or len(line) < limit for line in lines)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_the_limit_counts_the_line_end(end: bytes) -> None:
    longest = b"x" * (MAX_LINE_BYTES - len(end))
    assert LineBuffer().feed(longest + end) == [longest]
    assert LineBuffer().feed(b"x" + longest + end) == [TooLong()]


def test_a_line_without_end_is_reported_when_it_passes_the_limit() -> None:
    buffer = LineBuffer()
    assert buffer.feed(b"x" * (MAX_LINE_BYTES - 1)) == []
    assert buffer.feed(b"x") == [TooLong()]
    assert buffer.feed(b"x" * 100_000) == []
    assert buffer.feed(b"x\nnext\n") == [b"next"]


def test_a_cr_is_cut_off_only_before_lf_and_only_one() -> None:
    assert LineBuffer().feed(b"a\rb\r\r\n") == [b"a\rb\r"]


def test_a_partial_line_can_be_taken() -> None:
    buffer = LineBuffer()
    assert not buffer.unfinished
    buffer.feed(b"ali")
    buffer.feed(b"ce")
    assert buffer.unfinished
    assert buffer.take_partial() == [b"alice"]
    assert not buffer.unfinished
    assert not buffer.framed
    assert buffer.take_partial() == []


def test_what_is_left_of_a_long_line_is_not_taken_for_a_line() -> None:
    buffer = LineBuffer(10)
    assert buffer.feed(b"x" * 20) == [TooLong()]
    assert buffer.unfinished
    assert buffer.take_partial() == []
    assert buffer.feed(b"hello") == []
    assert buffer.take_partial() == [b"hello"]
