"""What of a room is missing, as numbers only."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.database_schema import END, upgrade
from tkchat.client.holes import Hole, begin_hole, end_hole, fill, holes, is_open

ROOM = 7


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as opened:
        upgrade(opened)
        begin_hole(opened, ROOM)
        yield opened


def test_at_first_everything_is_missing(connection: sqlite3.Connection) -> None:
    assert holes(connection, ROOM) == [Hole(1, END)]
    assert holes(connection, ROOM + 1) == []


def test_what_the_host_sends_next_ends_the_newest_hole(connection: sqlite3.Connection) -> None:
    end_hole(connection, ROOM, [])
    assert holes(connection, ROOM) == [Hole(1, END)]
    end_hole(connection, ROOM, [12, 10])
    end_hole(connection, ROOM, [5])  # a repetition: nothing is known of 5 to 10
    assert holes(connection, ROOM) == [Hole(1, 9)]


def test_coming_back_makes_everything_doubtful(connection: sqlite3.Connection) -> None:
    fill(connection, ROOM, 0, END)
    assert holes(connection, ROOM) == []
    begin_hole(connection, ROOM)
    begin_hole(connection, ROOM)
    assert holes(connection, ROOM) == [Hole(1, END)]


def test_a_hole_is_filled_from_inside(connection: sqlite3.Connection) -> None:
    assert fill(connection, ROOM, 10, 20) == [Hole(1, END)]
    assert holes(connection, ROOM) == [Hole(21, END), Hole(1, 9)]
    assert fill(connection, ROOM, 10, 20) == []


ranges = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(ranges, max_size=8))
def test_holes_are_what_was_never_filled(filled: list[tuple[int, int]]) -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        upgrade(connection)
        begin_hole(connection, ROOM)
        for first, last in filled:
            fill(connection, ROOM, first, last)
        left = holes(connection, ROOM)
    here = {seq for first, last in filled for seq in range(first, last + 1)}
    missing = {seq for seq in range(40) if any(h.first <= seq <= h.last for h in left)}
    assert missing == set(range(1, 40)) - here


def test_a_hole_is_open_until_something_comes(connection: sqlite3.Connection) -> None:
    assert is_open(connection, ROOM)
    end_hole(connection, ROOM, [5])
    assert not is_open(connection, ROOM)
