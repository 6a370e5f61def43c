"""Initials, and the pictures they stand in."""

import tkinter as tk

import pytest

from tkchat.gui.look.avatar import Avatars, draw_avatar, initials
from tkchat.gui.look.palette import DARK, LIGHT, author_number
from tkchat.gui.look.theme import Theme


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("alice", "A"),
        ("Ada Lovelace", "AL"),
        ("Margaret van der H.", "MH"),
        ("grace_hopper", "GH"),
        ("ölaf", "Ö"),
        ("ßeta", "SS"),
        ("42", "4"),
        ("", "?"),
        ("👍", "?"),
        ("\0\ud800", "?"),
        ("你好", "你"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_an_avatar_is_round() -> None:
    image = draw_avatar("AL", 40, "#ff0000", "#ffffff")
    assert image.size == (40, 40)
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]  # four numbers in an RGBA picture
    assert image.getpixel((20, 2)) == (255, 0, 0, 255)


def test_both_halves_fit_together_at_every_zoom(root: tk.Tk, theme: Theme) -> None:
    avatars = Avatars(root, theme)
    upper, lower = avatars.halves("Ada")
    for zoom in (50, 100, 250):
        theme.set_zoom(zoom)
        avatars.redraw()
        assert upper.width() == lower.width() == avatars.width()
        assert upper.height() + lower.height() < upper.width()  # the gap at the right


def test_whoever_looks_the_same_shares_a_picture(root: tk.Tk, theme: Theme) -> None:
    avatars = Avatars(root, theme)
    pictures = {avatars.halves(f"guest{number}") for number in range(500)}
    assert len(pictures) == len(LIGHT.authors)


def test_palettes_agree_on_who_has_which_colour() -> None:
    names = [f"guest{number}" for number in range(50)]
    numbers = [[author_number(palette, name) for name in names] for palette in (LIGHT, DARK)]
    assert numbers[0] == numbers[1]
