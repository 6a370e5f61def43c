"""No emoji gets into an entry where it could kill Tk."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import focus, press, type_text
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain


@pytest.fixture(params=[ttk.Entry, ttk.Combobox])
def entry(root: tk.Tk, theme: Theme, request: pytest.FixtureRequest) -> ttk.Entry:
    made: ttk.Entry = request.param(root)
    made.pack()
    keep_plain(made, theme, Emoji(root, safe=False, files=()))
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


@pytest.fixture
def plain(root: tk.Tk, theme: Theme, emoji: Emoji) -> ttk.Entry:
    made = ttk.Entry(root)
    made.pack()
    keep_plain(made, theme, emoji)
    focus(made)
    return made


def test_words_are_undone_and_redone(plain: ttk.Entry) -> None:
    type_text(plain, "one two")
    press(plain, "<Control-z>")
    assert plain.get() == "one "
    assert plain.index("insert") == 4
    press(plain, "<Control-y>")
    assert plain.get() == "one two"
    press(plain, "<Control-z>", "<Control-z>", "<Control-z>")
    assert plain.get() == ""
    press(plain, "<Control-Shift-Key-Z>")
    assert plain.get() == "one "


def test_control_y_does_not_paste(plain: ttk.Entry) -> None:
    plain.clipboard_clear()
    plain.clipboard_append("unwanted")
    press(plain, "<Control-y>")
    assert plain.get() == ""


def test_everything_is_selected_and_written_over_in_one_step(plain: ttk.Entry) -> None:
    type_text(plain, "old words")
    press(plain, "<Control-a>", "x")
    assert plain.get() == "x"
    press(plain, "<Control-z>")
    assert plain.get() == "old words"


def test_what_a_program_put_in_is_where_undo_ends(plain: ttk.Entry) -> None:
    text = tk.StringVar(plain, "from the settings")
    plain.configure(textvariable=text)
    plain.icursor("end")
    type_text(plain, "x")
    press(plain, "<Control-z>", "<Control-z>")
    assert plain.get() == "from the settings"


def test_what_is_undone_is_taken_note_of_by_a_variable(plain: ttk.Entry) -> None:
    text = tk.StringVar(plain)
    plain.configure(textvariable=text)
    type_text(plain, "ab")
    press(plain, "<Control-z>")
    assert text.get() == ""


@pytest.mark.parametrize(
    ("text", "left"), [("one two", "one "), ("one two  ", "one "), ("one", ""), ("", "")]
)
def test_control_backspace_deletes_a_word(plain: ttk.Entry, text: str, left: str) -> None:
    plain.insert(0, text)
    press(plain, "<Control-BackSpace>")
    assert plain.get() == left
    press(plain, "<Control-z>")
    assert plain.get() == text


def test_control_backspace_deletes_what_is_selected(plain: ttk.Entry) -> None:
    type_text(plain, "one two")
    plain.selection_range(0, 3)
    press(plain, "<Control-BackSpace>")
    assert plain.get() == " two"


def test_what_is_only_read_is_not_undone(plain: ttk.Entry) -> None:
    type_text(plain, "ab")
    plain.state(["readonly"])
    press(plain, "<Control-z>")
    assert plain.get() == "ab"
