"""What is pressed shows where the keyboard is, and what is chosen."""

import tkinter as tk
from tkinter import ttk
from typing import Any

import pytest

from tests.gui.driving import focus, screenshot, show
from tkchat.gui.look.palette import PALETTES, Palette
from tkchat.gui.look.theme import Theme

#: style -> the widget that it is for
PRESSED = {
    "TButton": ttk.Button,
    "Accent.TButton": ttk.Button,
    "Tool.TButton": ttk.Button,
    "TRadiobutton": ttk.Radiobutton,
    "Tab.TRadiobutton": ttk.Radiobutton,
    "TCheckbutton": ttk.Checkbutton,
}


def within(style: ttk.Style, name: str) -> list[str]:
    """Return the names of what stands inside the outermost element of a layout."""
    layout: Any = style.layout(name)  # the stubs' type is private
    [(_, options)] = layout
    return [child for child, _ in options["children"]]


@pytest.mark.parametrize("kind", ["Radiobutton", "Checkbutton"])
def test_indicators_stand_before_their_labels(root: tk.Tk, theme: Theme, kind: str) -> None:
    shape = "radio" if kind == "Radiobutton" else "check"
    names = within(ttk.Style(root), f"T{kind}")
    assert names == [f"Rounded.{shape}.indicator", f"{kind}.label"]


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
@pytest.mark.parametrize("style", PRESSED)
def test_who_has_the_keyboard_is_seen(
    root: tk.Tk, theme: Theme, style: str, palette: Palette
) -> None:
    theme.use(palette)
    widget = PRESSED[style](root, text="Text", style=style)
    other = ttk.Button(root, text="Other")
    widget.pack()
    other.pack()
    show(widget)
    focus(other)
    widget.state(["!focus", "!active"])
    root.update()
    before = screenshot(widget).tobytes()
    focus(widget)
    assert screenshot(widget).tobytes() != before


def test_a_chosen_tab_looks_chosen(root: tk.Tk, theme: Theme) -> None:
    tab = ttk.Radiobutton(root, text="Page", value="page", style="Tab.TRadiobutton")
    tab.pack()
    tab.state(["!selected", "!alternate"])
    show(tab)
    before = screenshot(tab).convert("RGB").getpixel((tab.winfo_width() - 8, 8))
    tab.state(["selected"])
    root.update()
    after = screenshot(tab).convert("RGB").getpixel((tab.winfo_width() - 8, 8))
    assert after != before
