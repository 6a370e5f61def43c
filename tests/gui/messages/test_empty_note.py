"""What stands in an empty message list."""

import tkinter as tk

from tests.gui.driving import show, text_of
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.empty_note import EmptyNote


def test_it_stands_in_the_middle_and_goes(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    text = tk.Text(root, width=1, height=1)
    text.pack(fill="both", expand=True)
    note = EmptyNote(text, theme, emoji)
    show(text)
    note.show("This is the beginning of #lab.", "Nobody is\nhere")
    root.update()
    assert (text_of(note.title), text_of(note.detail)) == (
        "This is the beginning of #lab.",
        "Nobody is here",
    )
    middle = note.winfo_x() + note.winfo_width() / 2
    assert abs(middle - text.winfo_width() / 2) <= 2
    note.show("", "")
    root.update()
    assert not note.winfo_ismapped()


def test_long_words_stay_within_the_list(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    text = tk.Text(root, width=1, height=1)
    text.pack(fill="both", expand=True)
    note = EmptyNote(text, theme, emoji)
    show(text)
    note.show("This is the beginning of something. " * 5, "Nobody is here. " * 20)
    root.update()
    assert note.winfo_x() >= 0
    assert note.winfo_width() <= text.winfo_width()
