"""The rows of what was found."""

import tkinter as tk

import pytest

from tests.gui.driving import click, show
from tkchat.client.pages import Cursor
from tkchat.client.search import Hit
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.search.search_offers import Offer
from tkchat.gui.search.search_results import SearchResults
from tkchat.wire.entry import Entry

AT = 1_763_640_000_000  # in November 2025


def hit(seq: int, text: str, room: str = "lab", author: str = "bob") -> Hit:
    return Hit(Entry(seq, AT, room, author, text), Cursor(1, seq))


@pytest.fixture
def opened() -> list[int]:
    return []


@pytest.fixture
def results(root: tk.Tk, theme: Theme, emoji: Emoji, opened: list[int]) -> SearchResults:
    made = SearchResults(root, theme, emoji, lambda found: opened.append(found.entry.seq))
    made.pack(fill="both", expand=True)
    show(made)
    return made


def chosen(results: SearchResults) -> str:
    ranges = results.text.tag_ranges("chosen")
    return results.text.get(*map(str, ranges[:2])) if ranges else ""


def test_a_result_says_who_where_when_and_what(results: SearchResults) -> None:
    results.show([hit(7, "Lunch at\nnoon"), hit(5, "psst", "@ann", "ann")], "noo")
    lines = results.text.get("1.0", "end-1c").split("\n")
    assert lines[0].startswith("bob  #lab · 20 November 2025")
    assert lines[1] == "Lunch at noon"
    assert lines[2].startswith("ann  @ann · ")
    found = results.text.tag_ranges("found")
    assert results.text.get(*map(str, found)) == "noo"


def test_a_result_has_no_marks_of_markup(results: SearchResults) -> None:
    results.show([hit(7, "**What is left**: `docs`, ~~all~~")], "left")
    assert results.text.get("2.0", "2.end") == "What is left: docs, all"


def test_keys_choose_and_open(results: SearchResults, opened: list[int]) -> None:
    results.open_chosen()
    results.show([hit(3, "c"), hit(2, "b"), hit(1, "a")], "x")
    results.open_chosen()
    results.move(1)
    results.move(1)
    results.move(1)
    results.open_chosen()
    results.move(-5)
    results.open_chosen()
    assert opened == [3, 1, 3]


def test_a_click_opens(results: SearchResults, opened: list[int]) -> None:
    results.show([hit(3, "first words"), hit(2, "second")], "x")
    results.update()
    box = results.text.bbox("4.2")
    assert box
    click(results.text, box[0], box[1] + 5)
    assert opened == [2]
    assert "second" in chosen(results)
    click(results.text, 50, results.text.winfo_height() - 5)
    assert opened == [2]


def test_the_choice_stays_when_more_is_found(results: SearchResults) -> None:
    results.show([hit(3, "c"), hit(1, "a")], "x")
    results.move(2)
    results.show([hit(3, "c"), hit(2, "b"), hit(1, "a")], "x")
    assert "a\n" in chosen(results)
    results.show([hit(9, "other")], "x")
    assert chosen(results) == ""


def test_emoji_and_hostile_texts(results: SearchResults, theme: Theme) -> None:
    results.show([hit(1, "👍 \x00\ud83d{", "ro\nom", "n\x00ame"), hit(2, "x" * 50_000)], "{")
    theme.use(DARK)
    theme.set_zoom(175)
    results.update()
    assert results.text.get("1.0", "1.4") == "name"
    assert results.text.cget("background") == DARK.window


@pytest.mark.parametrize("zoom", [100, 175])
def test_what_is_said_of_an_offer_hangs_under_its_own_beginning(
    results: SearchResults, theme: Theme, zoom: int
) -> None:
    theme.set_zoom(zoom)
    results.show([], "", [Offer("from:", "words " * 60, "from:"), Offer("has:link", "short", "")])
    results.update()
    text = results.text
    about = text.bbox(text.search("words", "1.0"))
    short = text.bbox(text.search("short", "1.0"))
    assert about
    assert short
    assert about[0] == short[0]
    below = text.index(f"@{about[0]},{about[1] + 2 * about[3]}")
    wrapped = text.bbox(f"{below} display linestart")
    assert wrapped
    assert wrapped[1] > about[1]
    assert wrapped[0] == about[0]
