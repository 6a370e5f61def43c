"""No string may break Tk or fool its reader."""

import tkinter as tk
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tkchat.gui.widgets.sanitise import for_tk, one_line

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("plain text", "plain text"),
        ("tab\tand\nnewline", "tab\tand\nnewline"),
        ("dos\r\nmac\runix\n", "dos\nmac\nunix\n"),
        ("line\u2028separator", "line\nseparator"),
        ("nul\0bell\a", "nulbell"),
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x9b1mbold", "bold"),
        ("\x1b]0;title\x07text", "text"),
        ("\x1b]8;;http://x\x1b\\link", "link"),
        ("\x1b]unfinished stays", "unfinished stays"),
        ("\x1b[\x1b[0m0m", "[0m"),
        ("\x1bcreset", "reset"),
        ("abc\u202edef\u2066ghi\u200f", "abcdefghi"),
        ("\ufeffmark", "mark"),
        ("hid\U000e0041den", "hidden"),
        ("lone \ud83d half", "lone \ufffd half"),
        ("e\u0301", "e\u0301"),
        ("e" + "\u0301" * 200 + "x", "e" + "\u0301" * 4 + "x"),
        ("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"),
    ],
)
def test_cleaning(raw: str, clean: str) -> None:
    assert for_tk(raw) == clean


@given(ANY_TEXT)
def test_nothing_harmful_is_left(text: str) -> None:
    clean = for_tk(text)
    kinds = {unicodedata.category(char) for char in clean if char not in "\t\n"}
    assert not kinds & {"Cc", "Cs"}
    assert not set(clean) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert for_tk(clean) == clean


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_what_people_write_stays(text: str) -> None:
    assert for_tk(text) == text


def test_one_line() -> None:
    assert one_line(" two\nlines\t\0here ") == "two lines here"


def test_tk_shows_every_character(root: tk.Tk) -> None:
    """What goes in comes out again, which it would not if Tk cut it or refused it."""
    widget = tk.Text(root)

    @settings(max_examples=300, deadline=None)
    @given(ANY_TEXT)
    def goes_in_and_comes_out(text: str) -> None:
        clean = for_tk(text)
        widget.delete("1.0", "end")
        widget.insert("1.0", clean)
        assert widget.get("1.0", "end-1c") == clean

    goes_in_and_comes_out()
