"""Rows that can be chosen: what every list of the sidebar has."""

import time
import tkinter as tk
from collections.abc import Iterable

import pytest

from tests.gui.driving import click, focus, press, show, wait_until
from tests.gui.rows import labels, row_y
from tkchat.gui.palette import DARK
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme


@pytest.fixture
def side(root: tk.Tk, theme: Theme, chosen: list[str]) -> SideList:
    made = SideList(root, theme, height=8, on_choose=chosen.append)
    made.pack(side="left", fill="y", expand=True)
    show(made)
    return made


def put(side: SideList, keys: Iterable[str]) -> None:
    """Show a row for each of ``keys``, which it also says."""
    side.put({key: {"text": key} for key in keys})


def hovered(side: SideList) -> list[str]:
    return [side._keys[row] for row in side.rows.tag_has("hover")]


def point_at(side: SideList, y: int) -> None:
    side.rows.event_generate("<Motion>", x=40, y=y)
    side.update()


def test_rows_are_exactly_those_wanted_in_that_order(side: SideList) -> None:
    for keys in ("bd", "abcd", "dcba", "ca", "", "zyx", "xayz"):
        put(side, keys)
        assert side.shown_keys() == labels(side) == list(keys)


def test_a_row_that_stays_is_the_same_row(side: SideList) -> None:
    put(side, "abc")
    before = dict(side._ids)
    side.select("b")
    side.put({"c": {"text": "c"}, "new": {"text": "n"}, "b": {"text": "B"}})
    assert labels(side) == ["c", "n", "B"]
    assert (side._ids["b"], side._ids["c"]) == (before["b"], before["c"])
    assert side.rows.selection() == (before["b"],)


def test_selecting(side: SideList) -> None:
    put(side, "ab")
    side.select("b")
    assert side.rows.selection() == (side._ids["b"],)
    assert side.rows.focus() == side._ids["b"]
    side.select("nobody")
    assert side.rows.selection() == ()


def test_a_double_click_chooses(side: SideList, chosen: list[str]) -> None:
    put(side, "ab")
    y = row_y(side, "b")
    click(side.rows, 40, y)
    assert chosen == []
    click(side.rows, 40, y)
    assert chosen == ["b"]


def test_one_click_chooses_where_one_is_enough(
    root: tk.Tk, theme: Theme, chosen: list[str]
) -> None:
    side = SideList(root, theme, height=8, one_click=True, on_choose=chosen.append)
    side.pack()
    put(side, "ab")
    click(side.rows, 40, row_y(side, "b"))
    assert chosen == ["b"]
    click(side.rows, 40, row_y(side, "b") + 3 * (row_y(side, "b") - row_y(side, "a")))
    assert chosen == ["b"]  # no row is there


@pytest.mark.parametrize("key", ["<Return>", "<KP_Enter>", "<space>"])
def test_keys_choose(side: SideList, chosen: list[str], key: str) -> None:
    press(side.rows, key)
    assert chosen == []  # there are no rows yet
    put(side, "abc")
    side.caption.focus_force()
    focus(side.rows)
    press(side.rows, key, "<Down>", key)
    assert chosen == ["a", "b"]


def test_the_row_under_the_pointer_is_marked(side: SideList) -> None:
    put(side, "abc")
    side.select("c")
    for key, marked in (("a", ["a"]), ("b", ["b"]), ("c", []), ("b", ["b"])):  # c is selected
        point_at(side, row_y(side, key))
        assert hovered(side) == marked
    put(side, "ac")
    point_at(side, row_y(side, "a"))
    assert hovered(side) == ["a"]
    side.rows.event_generate("<Leave>")
    side.update()
    assert hovered(side) == []


def test_the_mark_follows_the_theme(side: SideList, theme: Theme) -> None:
    theme.use(DARK)
    assert str(side.rows.tag_configure("hover", "background")) == DARK.hover


def test_thousands_are_fast(side: SideList) -> None:
    names = [f"user{number}" for number in range(5_000)]
    put(side, names)
    began = time.process_time()
    put(side, [*names, "one more"])
    side.update()
    assert time.process_time() - began < 0.25
    assert len(side.shown_keys()) == 5_001


def test_the_scrollbar_shows_when_it_is_of_use(side: SideList) -> None:
    put(side, ["alice"])
    wait_until(side, lambda: not side._bar.winfo_ismapped())
    put(side, [f"user{number}" for number in range(100)])
    wait_until(side, side._bar.winfo_ismapped)


def test_rows_follow_the_zoom(side: SideList, theme: Theme) -> None:
    put(side, ["alice", "bob"])
    before = row_y(side, "bob") - row_y(side, "alice")
    theme.use(DARK)
    theme.set_zoom(200)
    wait_until(
        side,
        lambda: row_y(side, "bob") - row_y(side, "alice") == pytest.approx(2 * before, abs=4),
    )


def test_a_destroyed_list_does_not_follow_the_theme(side: SideList, theme: Theme) -> None:
    side.destroy()
    theme.use(DARK)
