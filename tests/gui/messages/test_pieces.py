"""Pieces of text and pictures, line by line."""

import tkinter as tk

from tkchat.gui.messages.pieces import (
    Piece,
    Slot,
    lines_led_by,
    split_first_line,
    split_last_line,
    tagged,
)

TAGS = ("body",)


def test_the_first_and_the_last_line() -> None:
    pieces: list[Piece] = [("a", TAGS), ("b\nc\nd", ("x",)), ("e", TAGS)]
    first: list[Piece] = [("a", TAGS), ("b\n", ("x",))]
    assert split_first_line(pieces) == (first, [("c\nd", ("x",)), ("e", TAGS)])
    upper: list[Piece] = [("a", TAGS), ("b\nc\n", ("x",))]
    assert split_last_line(pieces) == (upper, [("d", ("x",)), ("e", TAGS)])


def test_one_line_is_the_first_and_the_last() -> None:
    pieces: list[Piece] = [("a", TAGS), ("b", TAGS)]
    assert split_first_line(pieces) == (pieces, [])
    assert split_last_line(pieces) == ([], pieces)
    assert split_first_line([("a\n", TAGS)]) == split_last_line([("a\n", TAGS)])


def test_one_tag_more() -> None:
    assert tagged([("a", TAGS), ("b", ())], "x") == [("a", ("body", "x")), ("b", ("x",))]


def test_each_line_is_led_by_a_picture(root: tk.Tk) -> None:
    bar, dot = (Slot(tk.PhotoImage(master=root), "center", name) for name in ("bar", "dot"))
    pieces: list[Piece] = [("a\n", TAGS), (dot, TAGS), ("b", TAGS), ("\n\nc", TAGS)]
    led = [content for content, _ in lines_led_by(bar, ("q",), pieces)]
    assert led == [bar, "a\n", bar, dot, "b", "\n", bar, "\n", bar, "c"]
