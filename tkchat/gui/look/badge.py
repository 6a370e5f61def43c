"""Counts as rounded pills, for the rows of a list."""

import tkinter as tk
from collections.abc import Iterable

from PIL import Image, ImageDraw

from tkchat.gui.look.avatar import bold_font
from tkchat.gui.look.elements import Box, rounded, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.i18n import grouped

_HEIGHT = 20  # of 96 dpi, like all sizes here
_TEXT_HEIGHT = 12
_INSET = 7
_RIGHT = 8  # between the pill and the end of its row
_LARGEST = 9_999

Count = tuple[int, bool]  #: a number, and whether it is in the accent's colour


def draw_badge(text: str, theme: Theme, *, strong: bool = False) -> Image.Image:
    """Return ``text`` in a pill, in the accent's colour if ``strong``, with a gap at its right."""
    px, palette = theme.px, theme.palette
    fill, ink = palette.pressed, palette.text
    if strong:
        fill, ink = palette.accent, palette.on_accent
    font = bold_font(px(_TEXT_HEIGHT))
    left, top, right, bottom = font.getbbox(text)
    height = px(_HEIGHT)
    width = max(round(right - left) + 2 * px(_INSET), px(_HEIGHT * 1.3))
    image = Image.new("RGBA", (width + px(_RIGHT), height), (0, 0, 0, 0))
    image.paste(rounded(width, height, height // 2, Box(fill)))
    place = ((width - left - right) / 2, (height - top - bottom) / 2)
    ImageDraw.Draw(image).text(place, text, ink, font)
    return image


class Badges:
    """The pills that one list shows; only those in use are kept."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._master = master
        self._theme = theme
        self._photos: dict[Count, tk.PhotoImage] = {}

    def photos(self, counts: Iterable[Count]) -> dict[Count, tk.PhotoImage]:
        """Return the pill for each of ``counts``; to be shown before the next call."""
        self._photos = {n: self._photos.get(n) or self._draw(*n) for n in set(counts)}
        return self._photos

    def forget(self) -> None:
        """Draw all anew the next time: the theme has changed."""
        self._photos = {}

    def _draw(self, count: int, strong: bool) -> tk.PhotoImage:
        text = grouped(count) if count <= _LARGEST else f"{grouped(_LARGEST)}+"
        return to_photo(self._master, draw_badge(text, self._theme, strong=strong))
