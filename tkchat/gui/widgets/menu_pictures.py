"""A row of pictures at the top of a menu: what is chosen most often, a click away."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkchat.gui.look.elements import Box, rounded, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.row_draw import MARGIN
from tkchat.gui.widgets.tooltip import Tooltip

_CELL = 36  # of 96 dpi, like the next three
_RADIUS = 6
_ABOVE = 5
_BELOW = 4  # above the line that ends the row


@dataclass(frozen=True, slots=True)
class PictureButton:
    """One of the pictures; ``tip`` says in words what it does, and is fit for Tk."""

    photo: tk.PhotoImage
    tip: str
    action: Callable[[], object]


class PictureRow(tk.Canvas):
    """Shows pictures side by side. One may be marked; the keyboard is the menu's business.

    ``on_hover`` is called when the pointer comes to one, ``on_choose`` gets what one is to do.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_hover: Callable[[], None],
        on_choose: Callable[[Callable[[], object]], None],
    ) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=False)
        self._theme = theme
        self._on_hover = on_hover
        self._on_choose = on_choose
        self._box: tk.PhotoImage | None = None  # behind the marked one
        self.buttons: Sequence[PictureButton] = ()
        self.marked = -1  #: which one is marked, -1 for none
        self._tip = Tooltip(self, theme)
        self.bind("<Motion>", lambda event: self._hover(self._at(event.x)))
        self.bind("<ButtonRelease-1>", self._released)
        self.bind("<Configure>", lambda _event: self._draw())

    @property
    def least_width(self) -> int:
        """How wide it must be at least, in pixels."""
        px = self._theme.px
        return len(self.buttons) * px(_CELL) + 2 * px(MARGIN)

    @property
    def needed_height(self) -> int:
        """How high it is, in pixels."""
        px = self._theme.px
        return px(_ABOVE) + px(_CELL) + px(_BELOW) + 1

    def put(self, buttons: Sequence[PictureButton]) -> None:
        """Show exactly ``buttons``, in the colours and sizes of the theme as it is now."""
        self.buttons = buttons
        self.marked = -1
        px, palette = self._theme.px, self._theme.palette
        size = px(_CELL)
        self._box = to_photo(self, rounded(size, size, px(_RADIUS), Box(palette.selection)))
        self.configure(width=1, height=self.needed_height, background=palette.surface)
        self._draw()

    def mark(self, at: int) -> None:
        """Mark one of them, the last one if there are not so many; -1 marks none."""
        at = min(at, len(self.buttons) - 1)
        if at != self.marked:
            self.marked = at
            self._tip.hide()
            self._draw()

    def choose_marked(self) -> None:
        """Do what is marked."""
        if self.marked >= 0:
            self._on_choose(self.buttons[self.marked].action)

    def middle_of(self, at: int) -> tuple[int, int]:
        """Return where the middle of a picture is, in pixels."""
        px = self._theme.px
        cell = (self.winfo_width() - 2 * px(MARGIN)) / max(len(self.buttons), 1)
        return round(px(MARGIN) + (at + 0.5) * cell), px(_ABOVE) + px(_CELL) // 2

    def _at(self, x: int) -> int:
        margin = self._theme.px(MARGIN)
        inner = self.winfo_width() - 2 * margin
        return (x - margin) * len(self.buttons) // inner if 0 <= x - margin < inner else -1

    def _hover(self, at: int) -> None:
        if at >= 0 and at != self.marked:
            self._on_hover()
            self.mark(at)
            self._tip.show_soon(lambda: self.buttons[at].tip)

    def _released(self, event: "tk.Event[tk.Misc]") -> None:
        at = self._at(event.x)
        if at >= 0 and 0 <= event.y < self.winfo_height():
            self._on_choose(self.buttons[at].action)

    def _draw(self) -> None:
        self.delete("all")
        line, y = self._theme.palette.line, self.needed_height - 1
        self.create_line(0, y, self.winfo_width(), y, fill=line)
        for at, button in enumerate(self.buttons):
            if at == self.marked and self._box is not None:
                self.create_image(self.middle_of(at), image=self._box)
            self.create_image(self.middle_of(at), image=button.photo)
