"""Draws a reaction as a pill: an emoji and how many people chose it."""

import io

from PIL import Image, ImageDraw

from tkchat.gui.look.avatar import bold_font
from tkchat.gui.look.elements import Box, png_data, rounded
from tkchat.gui.look.theme import Theme
from tkchat.i18n import grouped

_HEIGHT = 24  # of 96 dpi, like all sizes here
_EMOJI_HEIGHT = 16
_TEXT_HEIGHT = 12
_INSET = 8
_GAP = 5


def emoji_height(theme: Theme) -> int:
    """Return how high, in pixels, the emoji in a pill is."""
    return theme.px(_EMOJI_HEIGHT)


def draw_pill(emoji: bytes, count: int, theme: Theme, *, own: bool) -> bytes:
    """Return a PNG: the one of an ``emoji``, and a number. ``own``: this person is among them."""
    px, palette = theme.px, theme.palette
    picture = Image.open(io.BytesIO(emoji)).convert("RGBA")
    font = bold_font(px(_TEXT_HEIGHT))
    text = grouped(count)
    left, top, right, bottom = font.getbbox(text)
    height = px(_HEIGHT)
    width = 2 * px(_INSET) + picture.width + px(_GAP) + round(right - left)
    look = Box(palette.selection, palette.accent) if own else Box(palette.hover, palette.line)
    pill = rounded(width, height, height // 2, look, max(px(1), 1))
    pill.alpha_composite(picture, (px(_INSET), (height - picture.height) // 2))
    place = (width - px(_INSET) - right, (height - top - bottom) / 2)
    ImageDraw.Draw(pill).text(place, text, palette.text, font)
    return png_data(pill)
