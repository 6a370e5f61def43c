"""Reactions drawn as pills."""

import io

import pytest
from PIL import Image

from tests.gui.emoji_font import needs_font
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK, LIGHT, Palette
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.reaction_pill import draw_pill, emoji_height


def pill(theme: Theme, emoji: Emoji, count: int, *, own: bool = False) -> Image.Image:
    picture = emoji.png("👍", emoji_height(theme))
    assert picture
    return Image.open(io.BytesIO(draw_pill(picture, count, theme, own=own)))


@needs_font
@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("zoom", [100, 175])
def test_a_pill_is_round_and_shows_who_is_among_them(
    theme: Theme, emoji: Emoji, palette: Palette, zoom: int
) -> None:
    theme.use(palette)
    theme.set_zoom(zoom)
    others, own = pill(theme, emoji, 2), pill(theme, emoji, 2, own=True)
    assert others.size == own.size
    assert others.getchannel("A").getpixel((0, 0)) == 0
    assert others.tobytes() != own.tobytes()


@needs_font
def test_a_pill_is_as_wide_as_its_number(theme: Theme, emoji: Emoji) -> None:
    one, many = pill(theme, emoji, 1), pill(theme, emoji, 12_345)
    assert many.width > one.width
    assert many.height == one.height
