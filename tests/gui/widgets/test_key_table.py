"""Keys and what they do, side by side."""

import tkinter as tk

import pytest

from tests.gui.driving import every, show, text_of
from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import Shortcut, shortcuts
from tkchat.gui.widgets.key_table import KeyTable


def row(group: str, number: int) -> Shortcut:
    return Shortcut(f"{group}{number}", (), f"Ctrl+{number}", f"Does {group} {number}", group)


def test_every_key_is_shown_with_what_it_does(root: tk.Tk, theme: Theme) -> None:
    table = KeyTable(root, theme, shortcuts())
    table.pack()
    said = [text_of(each) for each in every(table)]
    for shortcut in shortcuts():
        assert {shortcut.help, shortcut.shown, shortcut.group} <= set(said)
    assert len([text for text in said if text == shortcuts()[0].group]) == 1


def test_groups_are_spread_over_columns_and_stay_whole(root: tk.Tk, theme: Theme) -> None:
    rows = [row(group, n) for group in "ABCD" for n in range(4)]
    table = KeyTable(root, theme, rows, columns=2)
    table.pack(fill="x")
    show(table)
    lefts = {
        group: {
            each.winfo_rootx() for each in every(table) if text_of(each).startswith(f"Does {group}")
        }
        for group in "ABCD"
    }
    assert all(len(xs) == 1 for xs in lefts.values())
    assert lefts["A"] == lefts["B"] != lefts["C"] == lefts["D"]


def test_short_keys_leave_more_room_for_the_words(root: tk.Tk, theme: Theme) -> None:
    words = "A long sentence on what it does " * 2
    rows = [Shortcut(name, (), name, words + name, "G") for name in ("F", "Ctrl+Alt+Shift+K")]
    table = KeyTable(root, theme, rows)
    table.pack(fill="x")
    root.geometry("420x300")
    show(table)
    root.update()
    short, long = (next(each for each in every(table) if text_of(each) == r.help) for r in rows)
    assert short.winfo_width() > long.winfo_width()


@pytest.mark.parametrize("width", [320, 700])
def test_words_are_wrapped_where_there_is_little_room(
    root: tk.Tk, theme: Theme, width: int
) -> None:
    rows = [Shortcut("a", (), "Ctrl+Alt+Shift+K", "A long sentence on what it does " * 2, "G")]
    holder = tk.Frame(root, width=width, height=400)
    holder.pack_propagate(False)
    holder.pack()
    table = KeyTable(holder, theme, rows)
    table.pack(fill="x")
    show(table)
    root.update()
    for label in every(table):
        if text_of(label):
            assert label.winfo_width() >= label.winfo_reqwidth(), text_of(label)
            assert label.winfo_rootx() + label.winfo_width() <= holder.winfo_rootx() + width
