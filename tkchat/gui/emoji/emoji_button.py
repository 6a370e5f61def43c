"""The button with a face on it that opens the emoji picker."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from PIL import Image, ImageDraw

from tkchat.gui.look.elements import CLEAR, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import tip_for
from tkchat.gui.widgets.tooltip import explain
from tkchat.i18n import tr

_STYLE = "Emoji.TButton"
_SIZE = 20  # of 96 dpi
_FINER = 4


def face(size: int, colour: str) -> Image.Image:
    """Return a smiling face in outlines, ``size`` pixels across."""
    big = size * _FINER
    thick = max(round(big * 0.075), 1)
    image = Image.new("RGBA", (big, big), CLEAR)
    draw = ImageDraw.Draw(image)
    edge = big * 0.06
    draw.ellipse((edge, edge, big - edge, big - edge), outline=colour, width=thick)
    for x in (0.36, 0.64):
        dot = 0.062 * big
        draw.ellipse((x * big - dot, 0.4 * big - dot, x * big + dot, 0.4 * big + dot), fill=colour)
    mouth = (0.28 * big, 0.25 * big, 0.72 * big, 0.74 * big)
    draw.arc(mouth, 25, 155, fill=colour, width=thick)
    return image.resize((size, size), Image.Resampling.BOX)


class EmojiButton(ttk.Button):
    """Stands on the colour of fields."""

    def __init__(self, parent: tk.Misc, theme: Theme, command: Callable[[], object]) -> None:
        super().__init__(parent, style=_STYLE, command=command)
        self._theme = theme
        self._photos: list[tk.PhotoImage] = []
        self._tip = explain(self, theme, lambda: tip_for("emoji", tr("Choose an emoji")))
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda _event: unsubscribe(), add=True)
        self._restyle()

    def _restyle(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        style = ttk.Style(self)
        style.layout(_STYLE, [("Button.label", {"sticky": "nswe"})])
        style.configure(_STYLE, background=palette.surface, padding=0)
        quiet, lively, focused = (
            to_photo(self, face(px(_SIZE), colour))
            for colour in (palette.muted, palette.text, palette.accent)
        )
        states: Any = (quiet, "focus", focused, "active", lively)  # which the stubs do not know
        self.configure(image=states)
        self._photos = [quiet, lively, focused]  # let go only when they are shown no more
