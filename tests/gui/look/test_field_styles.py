"""What is filled in shows where the keyboard is; a scale has a knob that moves."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

import pytest

from tests.gui.driving import colour_at, focus, press, screenshot, show, wait_until
from tkchat.gui.look.palette import LIGHT, PALETTES, Palette
from tkchat.gui.look.theme import Theme


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("kind", [ttk.Entry, ttk.Combobox, ttk.Scale])
def test_who_has_the_keyboard_is_seen(
    root: tk.Tk, theme: Theme, kind: Callable[[tk.Misc], ttk.Widget], palette: Palette
) -> None:
    theme.use(palette)
    widget = kind(root)
    other = ttk.Button(root, text="Other")
    widget.pack()
    other.pack()
    show(widget)
    focus(other)
    before = screenshot(widget).tobytes()
    focus(widget)
    wait_until(root, lambda: screenshot(widget).tobytes() != before)


def test_a_scales_knob_is_where_its_value_is(root: tk.Tk, theme: Theme) -> None:
    scale = ttk.Scale(root, from_=0, to=100, value=0, length=200)
    scale.pack()
    show(scale)
    middle = scale.winfo_height() // 2
    wait_until(root, lambda: colour_at(scale, 8, middle) == LIGHT.accent)
    scale.set(100)
    wait_until(root, lambda: colour_at(scale, 192, middle) == LIGHT.accent)
    assert colour_at(scale, 8, middle) == LIGHT.thumb


def test_a_list_to_choose_from_opens_by_key(root: tk.Tk, theme: Theme) -> None:
    box = ttk.Combobox(root, values=["first", "second"], state="readonly")
    box.pack()
    press(box, "<Down>")
    dropped = f"{box}.popdown"
    wait_until(root, lambda: root.tk.call("winfo", "ismapped", dropped))
    root.tk.call("ttk::combobox::Unpost", box)
