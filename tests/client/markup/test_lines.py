"""Which lines of a text belong together, and how."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tkchat.client.markup.lines import Lines, split_lines


def text(words: str) -> Lines:
    return Lines("text", words)


def item(words: str, marker: str = "•", depth: int = 0) -> Lines:
    return Lines("item", words, marker, depth)


def code(words: str, language: str = "") -> Lines:
    return Lines("code", words, language)


def quote(*inner: Lines) -> Lines:
    return Lines("quote", inner=inner)


@pytest.mark.parametrize(
    "plain",
    [
        "",
        "one\n\n\n  two",
        "    four spaces\n\tand a tab",
        ">:(\n>_<\n>> mail",
        ">\n> \n>",
        "1. ",
        "-\n- \n*",
        "-5 degrees, *really*\n--- \n- - -\n* * *",
        "3.5 is a number\n1.no",
        " *\n***\n * *",
        "          - a list would not begin here",
        "-          nor with so much room",
        "```",
        "```python and more\nis no block\n```",
        "```\nno end",
        "```\n\n```",
    ],
)
def test_what_is_no_markup_stays_as_it_is(plain: str) -> None:
    assert split_lines(plain) == [text(plain)]


def test_blank_lines_stay_where_they_are() -> None:
    assert split_lines("a\n\n- x\n\nb") == [text("a\n"), item("x"), text("\nb")]


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("a\n```py\nx = 1\n\n  y\n```\nb", [text("a"), code("x = 1\n\n  y", "py"), text("b")]),
        ("```\na\n```\n```c++\nb\n```", [code("a"), code("b", "c++")]),
        ("````\n```\n````", [code("```")]),
        ("```\na\n````", [code("a")]),
        ("  ```\n    a\n  b\n c\n  ```", [code("  a\nb\nc")]),
        ("```\n> - *a*\n```", [code("> - *a*")]),
    ],
)
def test_code(source: str, parts: list[Lines]) -> None:
    assert split_lines(source) == parts


def test_code_that_was_cut_off_is_code() -> None:
    assert split_lines("```py\nx", is_cut=True) == [code("x", "py")]
    assert split_lines("> ```py\n> x", is_cut=True) == [quote(code("x", "py"))]
    assert split_lines("> ```py\n> x\ny", is_cut=True) == [quote(text("```py\nx")), text("y")]


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("> said\nanswer", [quote(text("said")), text("answer")]),
        ("> a\n>\n>   b", [quote(text("a\n\n  b"))]),
        ("> > deep\n> less", [quote(quote(text("deep")), text("less"))]),
        ("> - a\n> ```\n> x\n> ```", [quote(item("a"), code("x"))]),
    ],
)
def test_quotes(source: str, parts: list[Lines]) -> None:
    assert split_lines(source) == parts


def test_quotes_in_quotes_have_an_end() -> None:
    found = split_lines("> " * 8 + "deep")
    for _ in range(5):
        (part,) = found
        assert part.kind == "quote"
        found = list(part.inner)
    assert found == [text("> > > deep")]


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("- a\n* b\n• c", [item("a"), item("b"), item("c")]),
        ("3. a\n12) b", [item("a", "3."), item("b", "12)")]),
        (
            "- a\n  - b\n    1. c\n  - d\n- e",
            [item("a"), item("b", depth=1), item("c", "1.", 2), item("d", depth=1), item("e")],
        ),
        ("- a\n  more\n     and more\nend", [item("a\nmore\n   and more"), text("end")]),
        ("- a\n\t- b", [item("a"), item("b", depth=1)]),
        ("-  **a**", [item("**a**")]),
        ("- 你好", [item("你好")]),
        ("- a\n  ```\n  x\n  ```", [item("a"), code("x")]),
    ],
)
def test_lists(source: str, parts: list[Lines]) -> None:
    assert split_lines(source) == parts


@given(st.text("ab>-1. `\n", max_size=60), st.booleans())
def test_any_text_has_parts(source: str, is_cut: bool) -> None:
    found = split_lines(source, is_cut=is_cut)
    assert bool(found)
    assert all(part.text or part.inner or part.kind == "text" for part in found)


@pytest.mark.parametrize(
    "unit", [">\n", "> ", "> > > > > > a\n", "```a\n", "```\n", "> ```a\n", "- a\n", " \n", "1. "]
)
def test_hostile_lines_take_no_time(unit: str) -> None:
    began = time.process_time()
    split_lines(unit * (16_000 // len(unit)))
    assert time.process_time() - began < 0.2
