"""The button with a face on it."""

import tkinter as tk

import pytest

from tests.gui.driving import click, colour_at, focus, press, show, wait_until
from tkchat.gui.emoji.emoji_button import EmojiButton, face
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets import tooltip


def test_it_is_pressed_by_mouse_and_keyboard(root: tk.Tk, theme: Theme) -> None:
    pressed: list[str] = []
    button = EmojiButton(root, theme, lambda: pressed.append("yes"))
    button.pack()
    show(button)
    click(button)
    focus(button)
    press(button, "<space>")
    assert pressed == ["yes", "yes"]


def test_it_says_what_it_is(root: tk.Tk, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tooltip, "DELAY_MS", 1)
    button = EmojiButton(root, theme, lambda: None)
    button.pack()
    show(button)
    button.event_generate("<Enter>")
    wait_until(button, lambda: button._tip.text == "Choose an emoji  (Ctrl+.)")


def test_it_stands_on_the_colour_of_fields(root: tk.Tk, theme: Theme) -> None:
    button = EmojiButton(root, theme, lambda: None)
    button.pack()
    theme.use(DARK)
    theme.set_zoom(200)
    button.update()
    assert button.winfo_reqwidth() >= theme.px(20)
    assert colour_at(button, 1, 1) == DARK.surface
    button.destroy()
    theme.set_zoom(100)


def test_the_face_is_drawn_in_outlines() -> None:
    picture = face(40, "#ff0000")
    assert picture.size == (40, 40)
    assert picture.getpixel((0, 0)) == (0, 0, 0, 0)
    assert picture.getpixel((20, 3)) == (255, 0, 0, 255)
    assert picture.getpixel((20, 20)) == (0, 0, 0, 0)
