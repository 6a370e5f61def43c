"""The line that says what is being written."""

import tkinter as tk

from tests.gui.driving import click, every, text_of
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.icon_button import IconButton
from tkchat.gui.writing.compose_bar import ComposeBar


def test_it_is_there_only_while_it_says_something(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    cancelled: list[str] = []
    bar = ComposeBar(root, theme, emoji, on_cancel=lambda: cancelled.append("yes"))
    root.columnconfigure(0, weight=1)
    bar.grid(sticky="ew")
    bar.show("Reply to\nbob", "\x00hello\nthere")
    root.update()
    assert {"Reply to bob", "hello there"} <= {text_of(each) for each in every(bar)}
    bar.grid_configure(pady=3)
    bar.restyled()
    assert bar.winfo_ismapped()
    click(next(each for each in every(bar) if isinstance(each, IconButton)))
    assert cancelled == ["yes"]
    bar.show("")
    root.update()
    assert not bar.winfo_ismapped()
    bar.grid_configure(pady=5)
    bar.restyled()
    root.update()
    assert not bar.winfo_ismapped()
