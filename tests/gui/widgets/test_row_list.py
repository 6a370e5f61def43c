"""Rows that can be chosen: what the sidebar's lists and the switcher have in common."""

import time
import tkinter as tk
from collections.abc import Iterable

import pytest

from tests.gui.driving import click, colour_at, focus, press, show, wait_until
from tests.gui.rows import captions, drawn, labels, row_y
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets import tooltip
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.row_list import RowList


@pytest.fixture
def asked() -> list[str]:
    """The rows whose context menu was asked for."""
    return []


@pytest.fixture
def rows(root: tk.Tk, theme: Theme, chosen: list[str], asked: list[str]) -> RowList:
    made = RowList(
        root,
        theme,
        on_choose=chosen.append,
        on_menu=lambda key, x, y: asked.append(f"{key} {x - made.canvas.winfo_rootx()}"),
    )
    made.place(x=0, y=0, width=220, height=300)
    show(made)
    return made


def put(rows: RowList, keys: Iterable[str], selected: str = "") -> None:
    """Show a row for each of ``keys``, which it also says; capitals are captions."""
    rows.put([Row(key, key, is_caption=key.isupper()) for key in keys], selected)


def point_at(rows: RowList, y: int) -> None:
    rows.canvas.event_generate("<Motion>", x=40, y=y)
    rows.update()


def test_rows_are_exactly_those_wanted_in_that_order(rows: RowList) -> None:
    for keys in ("bd", "abcd", "dcba", "ca", "", "zyx", "xayz"):
        put(rows, keys)
        assert rows.shown_keys() == labels(rows) == drawn(rows) == list(keys)


def test_captions_are_no_rows(rows: RowList, chosen: list[str]) -> None:
    put(rows, "AbcDe")
    assert captions(rows) == ["A", "D"]
    assert rows.shown_keys() == ["b", "c", "e"]
    assert drawn(rows) == ["A", "b", "c", "D", "e"]
    click(rows.canvas, 40, 4)
    assert chosen == []
    press(rows.canvas, "<Down>", "<Down>", "<Return>")
    assert chosen == ["e"]


def test_a_note_stands_behind_the_name_as_far_as_there_is_room(rows: RowList) -> None:
    rows.put([Row("a", "alice", "back at three"), Row("b", "b" * 100, "away")])
    name, note, clipped = drawn(rows)
    assert (name, note) == ("alice", "back at three")
    assert clipped.startswith("bbb")
    assert clipped.endswith("…")
    for item in rows.canvas.find_all():
        assert rows.canvas.bbox(item)[2] <= rows.canvas.winfo_width()


def test_the_selected_row_has_a_box_behind_it(rows: RowList) -> None:
    put(rows, "ab", "b")
    assert colour_at(rows.canvas, 100, row_y(rows, "b")) == LIGHT.selection
    assert colour_at(rows.canvas, 100, row_y(rows, "a")) == LIGHT.sidebar
    assert rows.focused == "b"
    put(rows, "ab", "nobody")
    assert colour_at(rows.canvas, 100, row_y(rows, "b")) == LIGHT.sidebar


def test_one_click_chooses(rows: RowList, chosen: list[str]) -> None:
    put(rows, "ab")
    click(rows.canvas, 40, row_y(rows, "b"))
    assert chosen == ["b"]
    click(rows.canvas, 40, row_y(rows, "b") + 3 * (row_y(rows, "b") - row_y(rows, "a")))
    assert chosen == ["b"]  # no row is there


def test_a_click_does_not_take_the_keyboard(root: tk.Tk, rows: RowList, chosen: list[str]) -> None:
    entry = tk.Entry(root)
    entry.place(x=300, y=0)
    put(rows, "ab")
    focus(entry)
    click(rows.canvas, 40, row_y(rows, "b"))
    assert chosen == ["b"]
    assert root.focus_get() is entry


def test_who_lets_go_elsewhere_chooses_nothing(rows: RowList, chosen: list[str]) -> None:
    put(rows, "ab")
    rows.canvas.event_generate("<Button-1>", x=40, y=row_y(rows, "a"))
    rows.canvas.event_generate("<ButtonRelease-1>", x=40, y=row_y(rows, "b"))
    assert chosen == []


@pytest.mark.parametrize("key", ["<Return>", "<KP_Enter>", "<space>"])
def test_keys_choose(rows: RowList, chosen: list[str], key: str) -> None:
    press(rows.canvas, key)
    assert chosen == []  # there are no rows yet
    put(rows, "abc")
    rows.focus_force()
    focus(rows.canvas)
    press(rows.canvas, key, "<Down>", key, "<End>", key, "<Home>", key, "<Up>", key)
    assert chosen == ["a", "b", "c", "a", "a"]


def test_the_row_that_the_keys_are_on_is_to_be_seen(rows: RowList) -> None:
    put(rows, "abc")
    before = colour_at(rows.canvas, 100, rows.place_of("b")[0])
    press(rows.canvas, "<Down>")
    assert before == LIGHT.sidebar
    assert colour_at(rows.canvas, 100, rows.place_of("b")[0]) == LIGHT.accent


def test_keys_scroll_to_their_row(rows: RowList) -> None:
    put(rows, [f"user{number}" for number in range(100)])
    press(rows.canvas, "<End>")
    assert "user99" in drawn(rows)
    assert "user0" not in drawn(rows)
    press(rows.canvas, "<Home>")
    assert "user0" in drawn(rows)


def test_the_wheel_scrolls_within_bounds(rows: RowList) -> None:
    put(rows, [f"user{number}" for number in range(20)])
    wait_until(rows, rows._bar.winfo_ismapped)
    rows.canvas.event_generate("<Button-4>")
    assert drawn(rows)[0] == "user0"
    for _ in range(20):
        rows.canvas.event_generate("<Button-5>")
    assert drawn(rows)[-1] == "user19"
    assert rows.place_of("user19")[1] == rows.canvas.winfo_height()


def test_the_scrollbar_moves_the_rows(rows: RowList) -> None:
    put(rows, [f"user{number}" for number in range(100)])
    rows._scroll("moveto", "1.0")
    assert "user99" in drawn(rows)
    rows._scroll("scroll", "-1", "pages")
    assert "user99" not in drawn(rows)
    rows._scroll("scroll", "-1000", "units")
    assert "user0" in drawn(rows)


def test_the_scrollbar_shows_when_it_is_of_use(rows: RowList) -> None:
    put(rows, ["alice"])
    wait_until(rows, lambda: not rows._bar.winfo_ismapped())
    put(rows, [f"user{number}" for number in range(100)])
    wait_until(rows, rows._bar.winfo_ismapped)


def test_the_menu_is_asked_for_by_click_and_by_key(rows: RowList, asked: list[str]) -> None:
    put(rows, "Abc")
    click(rows.canvas, 40, row_y(rows, "c"), button=3)
    click(rows.canvas, 40, 4, button=3)  # the caption
    assert asked == ["c 40"]
    press(rows.canvas, "<Home>", "<Shift-F10>", "<Down>", "<Menu>")
    assert [each[0] for each in asked] == ["c", "b", "c"]


def test_the_row_under_the_pointer_is_marked(rows: RowList) -> None:
    put(rows, "abc", "c")
    point_at(rows, row_y(rows, "a"))
    assert rows.hovered == "a"
    assert colour_at(rows.canvas, 100, row_y(rows, "a")) == LIGHT.hover
    point_at(rows, row_y(rows, "c"))  # which stays as it is: it is selected
    assert colour_at(rows.canvas, 100, row_y(rows, "c")) == LIGHT.selection
    assert colour_at(rows.canvas, 100, row_y(rows, "a")) == LIGHT.sidebar
    rows.canvas.event_generate("<Leave>")
    assert rows.hovered == ""


def test_rows_follow_the_theme(rows: RowList, theme: Theme) -> None:
    put(rows, "ab", "a")
    before = row_y(rows, "b") - row_y(rows, "a")
    theme.use(DARK)
    theme.set_zoom(200)
    assert row_y(rows, "b") - row_y(rows, "a") == pytest.approx(2 * before, abs=4)
    assert colour_at(rows.canvas, 100, row_y(rows, "a")) == DARK.selection
    theme.set_taste(compact=True, hours=24, family="")
    assert row_y(rows, "b") - row_y(rows, "a") < 2 * before - 4


def test_thousands_are_fast(rows: RowList) -> None:
    names = [f"user{number}" for number in range(5_000)]
    put(rows, names)
    began = time.process_time()
    put(rows, [*names, "one more"])
    rows.update()
    assert time.process_time() - began < 0.25
    assert len(rows.shown_keys()) == 5_001


def test_it_asks_for_the_height_of_few_rows(rows: RowList, theme: Theme) -> None:
    put(rows, "ab")
    rows.fit(5)
    two = int(rows.canvas.cget("height"))
    put(rows, "abcdefgh")
    rows.fit(5)
    assert int(rows.canvas.cget("height")) * 2 == two * 5


def test_a_destroyed_list_does_not_follow_the_theme(rows: RowList, theme: Theme) -> None:
    rows.destroy()
    theme.use(DARK)


def test_what_is_to_be_said_of_a_row_comes_when_the_pointer_rests(
    rows: RowList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tooltip, "DELAY_MS", 1)
    rows.put([Row("a", "alice"), Row("b", "bob", tip="Away"), Row("c", "c" * 100, tip="Here")])
    point_at(rows, row_y(rows, "b"))
    wait_until(rows, lambda: rows._tip.text == "Away")
    point_at(rows, row_y(rows, "c"))  # its name has no room
    wait_until(rows, lambda: rows._tip.text == "c" * 100 + "\nHere")
    point_at(rows, row_y(rows, "a"))
    wait_until(rows, lambda: not rows._tip.text)


def test_in_a_menu_the_pointer_and_the_keys_are_on_one_row(
    root: tk.Tk, theme: Theme, chosen: list[str]
) -> None:
    rows = RowList(root, theme, marks_focused=True, on_choose=chosen.append)
    rows.place(x=0, y=0, width=220, height=300)
    show(rows)
    put(rows, "abc")
    press(rows.canvas, "<Return>")
    assert chosen == []  # none is marked yet
    point_at(rows, row_y(rows, "b"))
    assert colour_at(rows.canvas, 100, row_y(rows, "b")) == LIGHT.selection
    press(rows.canvas, "<Down>", "<Return>")
    assert chosen == ["c"]
    assert colour_at(rows.canvas, 100, row_y(rows, "c")) == LIGHT.selection
