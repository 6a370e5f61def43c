"""Round pictures with a person's initials, drawn again in place when the theme changes."""

import re
import tkinter as tk
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tkchat.gui.look.elements import dot, png_data
from tkchat.gui.look.palette import author_number
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.sanitise import one_line

KEPT = 500  #: different ones; more only while they are on the screen
_GAP = 12
_LONG_TIME = datetime(2000, 1, 1, 22, 0, tzinfo=UTC)
_FONT_FILES = (
    "/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/TTF/DejaVuSans-Bold.ttf",
    "/usr/share/fonts/dejavu-sans-fonts/DejaVuSans-Bold.ttf",
    "C:/Windows/Fonts/segoeuib.ttf",
    "/System/Library/Fonts/Helvetica.ttc",
)


def initials(name: str) -> str:
    """Return one or two letters for ``name``: of its first and last word, or its first letter."""
    words = re.findall(r"[^\W_]+", one_line(name))
    letters = [words[0][0], words[-1][0]] if len(words) > 1 else [w[0] for w in words]
    return "".join(letters).upper()[:2] or "?"


def draw_avatar(letters: str, size: int, fill: str, ink: str) -> Image.Image:
    """Return a circle ``size`` pixels across with one or two letters in it."""
    image = dot(size, fill)
    draw = ImageDraw.Draw(image)
    font = bold_font(round(size * (0.42 if len(letters) == 1 else 0.37)))
    left, top, right, bottom = draw.textbbox((0, 0), letters, font=font)
    draw.text(((size - left - right) / 2, (size - top - bottom) / 2), letters, ink, font)
    return image


def bold_font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return a bold font, ``size`` pixels high, for writing into pictures."""
    for path in _FONT_FILES:
        if Path(path).is_file():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)


class Avatars:
    """The avatars that one message list shows.

    Each is cut into an upper and a lower half, which stand on two lines of text: so a line of text
    need not be as high as an avatar.
    """

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._master = master
        self._theme = theme
        # Who has the same letters and the same colour shares a picture: there may be thousands.
        self._halves: dict[tuple[str, int], tuple[tk.PhotoImage, tk.PhotoImage]] = {}
        self._kept = KEPT

    def halves(self, name: str) -> tuple[tk.PhotoImage, tk.PhotoImage]:
        """Return the upper and the lower half of somebody's avatar, with a gap at their right."""
        key = (initials(name), author_number(self._theme.palette, name))
        if key not in self._halves:
            self._drop_unused()
            pair = tk.PhotoImage(master=self._master), tk.PhotoImage(master=self._master)
            self._halves[key] = pair
            self._draw(*key, self._line_heights())
        return self._halves[key]

    def _drop_unused(self) -> None:
        """Let avatars go that are nowhere on the screen any more, if there are many."""
        if len(self._halves) < self._kept:
            return
        call = self._master.tk.call
        self._halves = {
            key: pair
            for key, pair in self._halves.items()
            if any(int(call("image", "inuse", photo)) for photo in pair)
        }
        self._kept = max(KEPT, 2 * len(self._halves))

    def redraw(self) -> None:
        """Draw all anew, after a change of theme; whatever shows them follows."""
        heights = self._line_heights()
        for letters, number in self._halves:
            self._draw(letters, number, heights)

    def forget(self) -> None:
        """Drop all avatars. None of them may still be on the screen."""
        self._halves.clear()

    def width(self) -> int:
        """Return the width of an avatar with its gap, in pixels; if compact, that of a time."""
        if self._theme.compact:
            return self._theme.fonts.small.measure(self._theme.clock(_LONG_TIME)) + self._theme.px(
                8
            )
        return sum(self._line_heights()) + self._theme.px(_GAP)

    def _line_heights(self) -> tuple[int, int]:
        # A little higher than the text, so that name and text do not stand too close.
        fonts, px = self._theme.fonts, self._theme.px
        upper = int(fonts.bold.metrics("linespace")) + px(3)
        return upper, int(fonts.body.metrics("linespace")) + px(1)

    def _draw(self, letters: str, number: int, heights: tuple[int, int]) -> None:
        palette = self._theme.palette
        upper, lower = heights
        size, width = upper + lower, upper + lower + self._theme.px(_GAP)
        image = draw_avatar(letters, size, palette.authors[number], palette.on_author)
        first, second = self._halves[letters, number]
        first.configure(data=png_data(image.crop((0, 0, width, upper))), format="png")
        second.configure(data=png_data(image.crop((0, upper, width, size))), format="png")
