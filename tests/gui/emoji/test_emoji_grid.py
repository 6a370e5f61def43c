"""The grid of emoji: what is selected, what is in sight, what is drawn."""

import tkinter as tk

import pytest

from tests.gui.canvases import texts_in
from tests.gui.driving import click, show, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_grid import COLUMNS, EmojiGrid, Section
from tkchat.gui.emoji.emoji_groups import groups
from tkchat.gui.look.theme import Theme

FEW = [Section("few", [*"🎉🚀"]), Section("more", [*"😀😁😂🤣😃😄😅😆😉😊😋😎"])]


@pytest.fixture
def picked() -> list[str]:
    return []


@pytest.fixture
def grid(root: tk.Tk, theme: Theme, emoji: Emoji, picked: list[str]) -> EmojiGrid:
    made = EmojiGrid(root, theme, emoji, on_select=lambda _each: None, on_pick=picked.append)
    made.pack()
    show(made)
    return made


def go(grid: EmojiGrid, *steps: tuple[int, int]) -> str:
    for step in steps:
        grid.move(*step)
    return grid.selected


def test_arrows_go_from_row_to_row_and_over_titles(grid: EmojiGrid) -> None:
    grid.show(FEW)
    assert grid.selected == "🎉"
    assert go(grid, (1, 0)) == "🚀"
    assert go(grid, (0, 1)) == "😁"
    assert go(grid, (0, 1)) == "😋"
    assert go(grid, (0, 1)) == "😋", "the last row"
    assert go(grid, (1, 0), (1, 0)) == "😎", "the last one"
    assert go(grid, (0, -1), (0, -1)) == "🚀", "the nearest"
    assert go(grid, (-1, 0), (-1, 0), (0, -1)) == "🎉"


def test_a_click_picks(grid: EmojiGrid, theme: Theme, picked: list[str]) -> None:
    grid.show(FEW)
    click(grid.canvas, theme.px(36) + 5, theme.px(30) + 5)
    assert picked == ["🚀"]
    assert grid.selected == "🚀", "by the pointer on it"
    click(grid.canvas, 5, 5)  # a title
    assert picked == ["🚀"]


def test_only_what_is_in_sight_is_drawn_and_never_for_long(grid: EmojiGrid) -> None:
    everything = [Section(group.title, group.emoji) for group in groups()]
    grid.show(everything)
    wait_until(grid, lambda: not grid._due)
    first = len(grid._drawn)
    assert 2 * COLUMNS < first < 10 * COLUMNS
    grid.go_to(8)
    assert grid.section == 8
    assert grid.selected == everything[8].emoji[0]
    wait_until(grid, lambda: not grid._due)
    assert first < len(grid._drawn) < 20 * COLUMNS


def test_a_page_is_what_is_in_sight(grid: EmojiGrid) -> None:
    [*_, last] = groups()
    grid.show([Section(last.title, last.emoji)])
    grid.page(1)
    assert last.emoji.index(grid.selected) >= 5 * COLUMNS
    row = grid.canvas.bbox("mark")
    assert row[3] <= grid.canvas.canvasy(grid.canvas.winfo_height())
    grid.page(-1)
    assert grid.selected == last.emoji[0]


def test_the_wheel_scrolls(grid: EmojiGrid) -> None:
    grid.show([Section(group.title, group.emoji) for group in groups()])
    grid.canvas.event_generate("<Button-5>")
    assert grid.canvas.canvasy(0) > 0
    grid.canvas.event_generate("<Button-4>")
    assert grid.canvas.canvasy(0) == 0


def test_nothing_found_is_nothing_selected(grid: EmojiGrid) -> None:
    grid.show([Section("none", [])])
    assert grid.selected == ""
    assert go(grid, (1, 0), (0, 1)) == ""
    assert grid.section == 0


@pytest.mark.parametrize("safe", [True, False])
def test_without_a_font_there_are_letters_or_names(root: tk.Tk, theme: Theme, safe: bool) -> None:
    emoji = Emoji(root, safe=safe, files=())
    grid = EmojiGrid(root, theme, emoji, on_select=lambda _: None, on_pick=lambda _: None)
    grid.pack()
    show(grid)
    grid.show([Section("one", ["❤️"])])
    wait_until(grid, lambda: grid._drawn)
    texts = texts_in(grid.canvas)
    assert texts == ["one", "❤️" if safe else "hear"]
