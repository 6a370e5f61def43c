"""The signs beside a room's name that tell what holds there: a padlock, and a clock."""

import tkinter as tk
from tkinter import ttk

from PIL import Image, ImageDraw

from tkchat.client.order import Rules
from tkchat.gui.look.elements import CLEAR, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.order_words import rules_text
from tkchat.gui.widgets.tooltip import explain

SIZE = 15  # of 96 dpi
_FINER = 4


def padlock(size: int, colour: str) -> Image.Image:
    """Return a closed padlock, ``size`` pixels across."""
    big, image, draw = _canvas(size)
    thick = max(round(big * 0.1), 1)
    draw.rounded_rectangle((0.16 * big, 0.46 * big, 0.84 * big, 0.94 * big), 0.08 * big, colour)
    draw.arc((0.28 * big, 0.08 * big, 0.72 * big, 0.6 * big), 180, 360, colour, thick)
    for x in (0.28 * big, 0.72 * big - thick):
        draw.rectangle((x, 0.32 * big, x + thick, 0.5 * big), colour)
    return image.resize((size, size), Image.Resampling.BOX)


def clock(size: int, colour: str) -> Image.Image:
    """Return the face of a clock, ``size`` pixels across."""
    big, image, draw = _canvas(size)
    thick = max(round(big * 0.09), 1)
    draw.ellipse((0.08 * big, 0.08 * big, 0.92 * big, 0.92 * big), outline=colour, width=thick)
    draw.line((0.5 * big, 0.26 * big, 0.5 * big, 0.54 * big), colour, thick)
    draw.line((0.5 * big, 0.52 * big, 0.7 * big, 0.62 * big), colour, thick)
    return image.resize((size, size), Image.Resampling.BOX)


def _canvas(size: int) -> tuple[int, Image.Image, ImageDraw.ImageDraw]:
    big = size * _FINER
    image = Image.new("RGBA", (big, big), CLEAR)
    return big, image, ImageDraw.Draw(image)


class RuleSigns(ttk.Frame):
    """As wide as what it shows: nothing for a room without rules."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rules = Rules("")
        self._photos: list[tk.PhotoImage] = []
        self.signs = [ttk.Label(self, takefocus=False) for _ in range(2)]
        for sign in self.signs:
            explain(sign, theme, lambda: rules_text(self._rules))
        unsubscribe = theme.subscribe(self._draw)
        self.signs[0].bind("<Destroy>", lambda _event: unsubscribe(), add=True)

    def show(self, rules: Rules | None) -> None:
        """Show what holds; None for nothing."""
        if (rules or Rules("")) != self._rules:
            self._rules = rules or Rules("")
            self._draw()

    def _draw(self) -> None:
        size, ink = self._theme.px(SIZE), self._theme.palette.muted
        rules = self._rules
        holds = (rules.is_locked, rules.slow_seconds > 0)
        self._photos.clear()
        for sign, draw, is_shown in zip(self.signs, (padlock, clock), holds, strict=True):
            sign.pack_forget()
            if is_shown:
                photo = to_photo(self, draw(size, ink))
                self._photos.append(photo)
                sign.configure(image=photo)
                sign.pack(side="left", padx=(0, self._theme.px(6)))
        if not any(holds):
            self.configure(width=1)  # packed slaves that have gone leave their room behind
