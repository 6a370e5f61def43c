"""The signs of what holds in a room."""

import tkinter as tk

import pytest

from tests.gui.driving import show
from tkchat.client.order import Rules
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.rule_signs import RuleSigns, clock, padlock


@pytest.fixture
def signs(root: tk.Tk, theme: Theme) -> RuleSigns:
    made = RuleSigns(root, theme)
    made.pack()
    show(made)
    return made


def seen(signs: RuleSigns) -> list[bool]:
    signs.update()
    return [bool(sign.winfo_ismapped()) for sign in signs.signs]


def test_each_rule_has_a_sign(signs: RuleSigns, theme: Theme) -> None:
    assert seen(signs) == [False, False]
    signs.show(Rules("lab", is_locked=True))
    assert seen(signs) == [True, False]
    signs.show(Rules("lab", slow_seconds=5))
    assert seen(signs) == [False, True]
    signs.show(Rules("lab", is_locked=True, slow_seconds=5))
    theme.use(DARK)
    assert seen(signs) == [True, True]
    signs.show(None)
    assert seen(signs) == [False, False]
    assert signs.winfo_reqwidth() <= 1


@pytest.mark.parametrize("draw", [padlock, clock])
def test_a_sign_is_drawn_in_its_colour(draw: object) -> None:
    assert callable(draw)
    image = draw(30, "#123456")
    assert image.size == (30, 30)
    colours = image.getcolors(1000) or []
    assert (0x12, 0x34, 0x56, 255) in [colour for _, colour in colours]
    assert any(colour[3] == 0 for _, colour in colours)
