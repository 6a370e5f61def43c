"""Marks go around what is selected, and off again."""

import pytest

from tkchat.gui.writing.formatting import BOLD, CODE, ITALIC, STRIKE, as_code, toggle


def toggled(text: str, mark: str) -> str:
    """Toggle what stands between bars; return the text with bars around it again."""
    before, chosen, after = text.split("|")
    start = len(before)
    whole, first, last = toggle(before + chosen + after, start, start + len(chosen), mark)
    return f"{whole[:first]}|{whole[first:last]}|{whole[last:]}"


@pytest.mark.parametrize(
    ("text", "mark", "marked"),
    [
        ("a |b| c", BOLD, "a **|b|** c"),
        ("a |b| c", ITALIC, "a *|b|* c"),
        ("a |b| c", STRIKE, "a ~~|b|~~ c"),
        ("a |b| c", CODE, "a `|b|` c"),
        ("a || c", BOLD, "a **||** c"),
        ("a| b |c", BOLD, "a **|b|** c"),
        ("|  |", BOLD, "**||**  "),
        ("**|b|**", ITALIC, "***|b|***"),
    ],
)
def test_marks_go_around_and_off_again(text: str, mark: str, marked: str) -> None:
    assert toggled(text, mark) == marked
    if text.split("|")[1].strip() == text.split("|")[1]:
        assert toggled(marked, mark) == text


def test_marks_that_are_selected_go_too() -> None:
    assert toggled("a |**b**| c", BOLD) == "a |b| c"
    assert toggled("a |~~b~~| c", STRIKE) == "a |b| c"


def test_code_of_several_lines_is_fenced() -> None:
    assert toggled("see |a\nb| there", CODE) == "see |\n```\na\nb\n```|\n there"
    assert toggled("|a\nb|", CODE) == "|```\na\nb\n```|"


@pytest.mark.parametrize(
    ("text", "before", "code"),
    [
        ("a\nb", "", "```\na\nb\n```\n"),
        ("a\n\n", "x\n", "```\na\n```\n"),
        ("a", "x", "\n```\na\n```\n"),
        ("a ```` b", "", "`````\na ```` b\n`````\n"),
    ],
)
def test_a_block_of_code(text: str, before: str, code: str) -> None:
    assert as_code(text, before) == code
