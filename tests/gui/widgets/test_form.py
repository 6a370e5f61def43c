"""Rows of fields, used by mouse and by keys."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import click, focus, press, show
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.form import CAPTION_WIDTH, FIELD_WIDTH, Form


@pytest.fixture
def form(root: tk.Tk, theme: Theme) -> Form:
    form = Form(root, theme)
    form.pack()
    return form


def test_a_choice_is_made_by_click_and_by_arrows(form: Form) -> None:
    chosen: list[str] = []
    one, two, _ = form.choices(
        "Colour", [("r", "Red"), ("g", "Green"), ("b", "Blue")], "g", chosen.append
    )
    show(form)
    assert two.instate(["selected"])
    click(one)
    assert chosen == ["r"]
    focus(one)
    press(one, "<Down>")
    assert chosen == ["r", "g"]
    assert two.instate(["selected"])


def test_arrows_go_round_and_take_the_keyboard_along(form: Form) -> None:
    chosen: list[str] = []
    one, two = form.choices("Colour", [("r", "Red"), ("g", "Green")], "r", chosen.append)
    press(one, "<Down>")
    assert form.focus_get() is two
    press(two, "<Down>")
    assert form.focus_get() is one
    press(one, "<Up>")
    assert chosen == ["g", "r", "g"]


def test_a_switch_is_turned_by_space(form: Form) -> None:
    turned: list[bool] = []
    button = form.switch("Sound", "Play it", turned.append, on=True)
    press(button, "<space>", "<space>")
    assert turned == [False, True]


def test_buttons_are_pressed_by_return_too(form: Form) -> None:
    pressed: list[str] = []
    [button] = form.buttons("", ("Go", lambda: pressed.append("go")))
    press(button, "<Return>", "<space>")
    assert pressed == ["go", "go"]


def test_long_words_are_wrapped_not_cut(form: Form, theme: Theme) -> None:
    said = form.say("A very long caption of a field", "words " * 50)
    note = form.explain("more words " * 50)
    show(form)
    for zoom in (100, 175):
        theme.set_zoom(zoom)
        form.update()
        for label in (said, note):
            assert label.winfo_width() <= theme.px(FIELD_WIDTH) + theme.px(8)
            assert label.winfo_height() >= label.winfo_reqheight()
        captions = [each for each in form.grid_slaves(column=0) if isinstance(each, ttk.Label)]
        for caption in captions:
            assert caption.winfo_reqwidth() <= theme.px(CAPTION_WIDTH) + theme.px(8)
