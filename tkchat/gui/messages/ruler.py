"""Pictures that a message list is ruled with: bars before quotes, room in code, the "new" line."""

import tkinter as tk

from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.pieces import Slot

LEFT = 20  #: of 96 dpi, like all sizes here: the space beside messages
RIGHT = 16
_BAR = 3
_BAR_GAP = 9
_ROOM = 10


class Ruler:
    """Draws them for one text widget, and anew when the theme or the width changes."""

    def __init__(self, text: tk.Text, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._bar = tk.PhotoImage(master=text)
        self._room = tk.PhotoImage(master=text)
        self._new_line = tk.PhotoImage(master=text)
        self._new_label = ""
        self.restyle()
        text.bind("<Configure>", lambda _event: self._fit(), add=True)

    def restyle(self) -> None:
        """Follow a change of theme."""
        px, palette = self._theme.px, self._theme.palette
        height = int(self._theme.fonts.body.metrics("linespace"))
        # As high as a line with what Tk adds between the lines, so that no gaps are seen.
        _paint(self._bar, bar_width(self._theme), height + px(2), palette.thumb_hover, px(_BAR))
        _paint(self._room, px(_ROOM), 1)
        self._fit()

    def bar(self) -> Slot:
        """Return what stands before each line of a quote."""
        return Slot(self._bar, "center")

    def room(self) -> Slot:
        """Return what keeps a line of code away from the edge of its ground."""
        return Slot(self._room, "center")

    def new_line(self, label: str) -> Slot:
        """Return a line that leaves room for ``label`` at its right, in small bold letters."""
        self._new_label = label
        self._fit()
        return Slot(self._new_line, "center")

    def _fit(self) -> None:
        """Draw the line as long as the text is wide."""
        if not self._new_label:
            return
        px, fonts = self._theme.px, self._theme.fonts
        label = fonts.small_bold.measure(self._new_label)
        width = max(self._text.winfo_width() - label - px(LEFT + RIGHT), 1)
        _paint(self._new_line, width, max(px(1), 1), self._theme.palette.mention_ink)


def bar_width(theme: Theme) -> int:
    """Return by how many pixels a quote is indented."""
    return theme.px(_BAR) + theme.px(_BAR_GAP)


def _paint(photo: tk.PhotoImage, width: int, height: int, colour: str = "", ink: int = 0) -> None:
    """Make ``photo`` so large, and its first ``ink`` columns coloured; without, all of them."""
    photo.blank()
    photo.configure(width=width, height=height)
    if colour:
        photo.put(colour, to=(0, 0, ink or width, height))
