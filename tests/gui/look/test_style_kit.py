"""An element is drawn by the first picture whose states fit."""

import tkinter as tk
from tkinter import ttk

from tests.gui.driving import colour_at, wait_until
from tkchat.gui.look.elements import Box, Painter
from tkchat.gui.look.palette import LIGHT
from tkchat.gui.look.style_kit import around_label, make_element
from tkchat.gui.look.theme import Theme


def test_states_choose_the_picture(root: tk.Tk, theme: Theme) -> None:
    style = ttk.Style(root)
    style.theme_create("of-this-test", parent="clam")
    style.theme_use("of-this-test")
    painter = Painter(root, LIGHT, theme.px)
    images = {"": painter.box(Box("#ff0000")), "disabled": painter.box(Box("#0000ff"))}
    make_element(style, "Test.box", images, 8)
    style.layout("Test.TLabel", around_label("Test.box", "Label"))
    label = ttk.Label(root, style="Test.TLabel")
    label.pack()
    wait_until(root, lambda: colour_at(label, 20, 4) == "#ff0000")
    label.state(["disabled"])
    wait_until(root, lambda: colour_at(label, 20, 4) == "#0000ff")


def test_a_picture_stands_around_its_label() -> None:
    [(outer, options)] = around_label("Test.box", "Button")
    assert outer == "Test.box"
    assert [name for name, _ in options["children"]] == ["Button.padding"]
