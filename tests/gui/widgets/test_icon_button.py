"""Square buttons with a sign."""

import tkinter as tk

import pytest

from tests.gui.driving import click, colour_at, press, show
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.icon_button import SIZE, IconButton, cross, plus, three_lines


@pytest.fixture
def button(root: tk.Tk, theme: Theme, chosen: list[str]) -> IconButton:
    made = IconButton(root, theme, plus, lambda: chosen.append("done"), tip=lambda: "New")
    made.pack()
    show(made)
    return made


def test_it_is_pressed_by_click_and_by_key(button: IconButton, chosen: list[str]) -> None:
    click(button)
    press(button, "<space>", "<Return>")
    assert chosen == ["done"] * 3


def test_who_lets_go_beside_it_does_nothing(button: IconButton, chosen: list[str]) -> None:
    button.event_generate("<Button-1>", x=3, y=3)
    button.event_generate("<ButtonRelease-1>", x=-3, y=3)
    assert chosen == []


def test_it_shows_its_sign_where_the_pointer_is_and_the_keyboard(
    button: IconButton, theme: Theme
) -> None:
    middle, edge = theme.px(SIZE) // 2, theme.px(6)
    assert colour_at(button, middle, middle) == LIGHT.text
    assert colour_at(button, edge, middle) == LIGHT.window
    button.event_generate("<Enter>")
    assert colour_at(button, edge, middle) == LIGHT.hover
    press(button, "<Tab>")
    button.focus_force()
    assert colour_at(button, 0, middle) == LIGHT.accent


def test_it_follows_the_theme(button: IconButton, theme: Theme) -> None:
    theme.use(DARK)
    theme.set_zoom(200)
    assert button.winfo_reqwidth() == theme.px(SIZE)
    assert str(button.cget("background")) == DARK.window
    button.destroy()
    theme.set_zoom(100)


def test_signs_leave_a_clear_ground() -> None:
    for sign in (plus, three_lines, cross):
        image = sign(16, "#000000")
        assert image.size == (16, 16)
        assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]  # four numbers in an RGBA picture
        assert image.getpixel((8, 8))[3] > 100  # type: ignore[index]  # likewise
