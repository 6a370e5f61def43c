"""No emoji gets into an entry where it could kill Tk."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import focus, press, type_text
from tkchat.gui.emoji import Emoji
from tkchat.gui.plain_entry import keep_plain


@pytest.fixture(params=[ttk.Entry, ttk.Combobox])
def entry(root: tk.Tk, request: pytest.FixtureRequest) -> ttk.Entry:
    made: ttk.Entry = request.param(root)
    made.pack()
    keep_plain(made, Emoji(root, safe=False, files=()))
    focus(made)
    return made


def paste(entry: ttk.Entry, text: str) -> None:
    entry.clipboard_clear()
    entry.clipboard_append(text)
    entry.event_generate("<<Paste>>")
    entry.update()


def test_what_is_pasted_is_made_plain_where_the_cursor_is(entry: ttk.Entry) -> None:
    type_text(entry, "ab")
    entry.icursor(1)
    paste(entry, "1👍🏽2")
    assert entry.get() == "a1:thumbs_up_sign:2b"
    type_text(entry, "c")
    assert entry.get() == "a1:thumbs_up_sign:2cb"


def test_it_takes_the_place_of_what_is_selected(entry: ttk.Entry) -> None:
    type_text(entry, "old")
    entry.selection_range(1, "end")
    entry.tk.call("ttk::entry::Insert", entry, "🎉")  # what Tk does with a key's character
    assert entry.get() == "o:party_popper:"


def test_it_goes_on_doing_so(entry: ttk.Entry) -> None:
    for _ in range(3):
        paste(entry, "🎉")
    press(entry, "<BackSpace>")
    assert entry.get() == ":party_popper:" * 2 + ":party_popper"


def test_what_an_input_method_types_is_made_plain(entry: ttk.Entry) -> None:
    entry.tk.call("ttk::entry::Insert", entry, "🎉")
    assert entry.get() == ":party_popper:"


def test_other_letters_are_taken_as_they_are(entry: ttk.Entry) -> None:
    paste(entry, "Zoë %S 你好 {x}")
    assert entry.get() == "Zoë %S 你好 {x}"
