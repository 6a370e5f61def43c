"""A found message in few words."""

from datetime import UTC, date, datetime

import pytest

from tkchat.gui.search.found_words import SNIPPET_CHARS, emphasised, moment, search_words, snippet


def marked(text: str, query: str) -> str:
    words = search_words(query)
    return "".join(f"[{part}]" if found else part for part, found in emphasised(text, words))


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("Lunch at noon?", "noon", "Lunch at [noon]?"),
        ("Lunch at noon?", "LUN at", "[Lun]ch [at] noon?"),
        ("inner in win", "in inner", "[inner] [in] win"),
        ("a.b (c) [d]", ".(c", "a.b ([c]) [d]"),
        ("nothing here", "", "nothing here"),
        ("", "x", ""),
        ("Ünï Ünïx", "ünï", "[Ünï] [Ünï]x"),
        ("今天晚饭", "晚饭", "今天[晚饭]"),
        ("an exact phrase", '"exact phrase"', "an [exact] [phrase]"),
    ],
)
def test_words_are_emphasised_from_their_beginning(text: str, query: str, expected: str) -> None:
    assert marked(text, query) == expected


def test_a_snippet_is_one_line_around_what_was_found() -> None:
    assert snippet("two\nlines  of\ttext", ["of"]) == "two lines of text"
    long = snippet("word " * 100 + "needle " + "word " * 100, ["needle"])
    assert "needle" in long
    assert long.startswith("… word")
    assert long.endswith("…")
    assert len(long) < SNIPPET_CHARS + 10
    words = set(snippet("alpha " * 100 + "needle " + "omega " * 100, ["needle"]).split())
    assert words == {"…", "alpha", "needle", "omega"}
    assert snippet("x" * 1_000, ["y"]) == "x" * SNIPPET_CHARS + " …"


def test_when_it_was() -> None:
    def told(year: int, month: int, day: int) -> str:
        found = datetime(year, month, day, 9, 5, tzinfo=UTC)
        return moment(found, date(2026, 11, 20), lambda at: f"{at:%H:%M}")

    assert told(2026, 11, 20) == "09:05"
    assert told(2026, 11, 3) == "3 November, 09:05"
    assert told(2025, 11, 3) == "3 November 2025"
