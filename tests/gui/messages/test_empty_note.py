"""What stands in an empty message list."""

import tkinter as tk

from tests.gui.driving import press, show, text_of, wait_until
from tkchat.client import events
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.empty_note import EmptyNote, is_alone


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


def test_whoever_is_alone_may_invite_others(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    text = tk.Text(root, width=1, height=1)
    text.pack(fill="both", expand=True)
    asked: list[str] = []
    note = EmptyNote(text, theme, emoji, lambda: asked.append("invite"))
    show(text)
    note.show("This is the beginning.", "Bob is here.")
    assert note.button is None
    note.show("This is the beginning.", "Nobody is here.", is_alone=True)
    assert note.button is not None
    press(note.button, "<Return>")
    assert asked == ["invite"]
    note.show("This is the beginning.", "Bob is here.")
    wait_until(text, lambda: note.button and not note.button.winfo_ismapped())


def test_who_is_alone() -> None:
    model = Model("alice")
    model.apply(events.Welcome("alice", "general", tagged=True), Changes())
    assert is_alone(model)
    model.apply(events.PeopleHere(("alice", "bob"), "general"), Changes())
    assert not is_alone(model)
    model.apply(events.Entered("@bob"), Changes())
    assert not is_alone(model)
