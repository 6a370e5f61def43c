"""A line of text that ends in an ellipsis where there is no room for it."""

import tkinter as tk
from tkinter import font as tkfont
from tkinter import ttk

from tkchat.gui.look.theme import Theme

ELLIPSIS = "…"
_EDGES = 4  # pixels of a ttk label's width that clam keeps for its border and padding


def clip(text: str, font: tkfont.Font, width: int) -> str:
    """Return ``text``, or as much of it as fits into ``width`` pixels with an ellipsis behind."""
    if font.measure(text) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if font.measure(text[:middle].rstrip() + ELLIPSIS) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + ELLIPSIS


class ClippedLabel(ttk.Label):
    """A muted label as wide as its place, however long its text."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent, style="Muted.TLabel", anchor="w", width=1, takefocus=False)
        self._theme = theme
        self._full = ""
        self.bind("<Configure>", lambda _: self._fit())

    @property
    def hidden(self) -> str:
        """The whole text if not all of it is to be seen; else nothing."""
        return self._full if str(self.cget("text")) != self._full else ""

    def show(self, text: str) -> None:
        """Show ``text``, which has passed ``Emoji.plain``."""
        self._full = text
        self._fit()

    def _fit(self) -> None:
        width = self.winfo_width() - _EDGES
        shown = clip(self._full, self._theme.fonts.small, width) if width > 0 else self._full
        if str(self.cget("text")) != shown:
            self.configure(text=shown)
