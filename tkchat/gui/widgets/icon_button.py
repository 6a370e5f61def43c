"""A square button with a sign on it, as small as its sign: ttk's are as wide as their pictures."""

import tkinter as tk
from collections.abc import Callable

from PIL import Image, ImageDraw

from tkchat.gui.look.elements import CLEAR, Box, rounded, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.keyboard import has_keyboard
from tkchat.gui.widgets.tooltip import explain

SIZE = 34  # of 96 dpi, like all sizes here
_SIGN = 16
_RADIUS = 6
_FINER = 4


def plus(size: int, colour: str) -> Image.Image:
    """Return the sign for something new, ``size`` pixels across."""
    return _lines(size, colour, ((0.5, 0.12, 0.5, 0.88), (0.12, 0.5, 0.88, 0.5)))


def three_lines(size: int, colour: str) -> Image.Image:
    """Return the sign of a menu, ``size`` pixels across."""
    return _lines(size, colour, tuple((0.1, y, 0.9, y) for y in (0.2, 0.5, 0.8)))


def cross(size: int, colour: str) -> Image.Image:
    """Return the sign for closing something, ``size`` pixels across."""
    return _lines(size, colour, ((0.22, 0.22, 0.78, 0.78), (0.22, 0.78, 0.78, 0.22)))


def _lines(
    size: int, colour: str, lines: tuple[tuple[float, float, float, float], ...]
) -> Image.Image:
    big = size * _FINER
    image = Image.new("RGBA", (big, big), CLEAR)
    draw = ImageDraw.Draw(image)
    for line in lines:
        draw.line([place * big for place in line], fill=colour, width=max(round(big * 0.1), 1))
    return image.resize((size, size), Image.Resampling.BOX)


class IconButton(tk.Canvas):
    """Does ``command`` by click, space or Return. ``draw`` gets a size and a colour.

    ``ground`` is the name of the palette's colour around it; ``tip`` says in words what it does.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        draw: Callable[[int, str], Image.Image],
        command: Callable[[], object],
        *,
        tip: Callable[[], str],
        ground: str = "window",
    ) -> None:
        super().__init__(parent, highlightthickness=0, borderwidth=0, takefocus=True)
        self._theme = theme
        self._draw_sign = draw
        self._command = command
        self._ground = ground
        self._is_hovered = False
        self._photos: list[tk.PhotoImage] = []
        explain(self, theme, tip)
        self.bind("<ButtonRelease-1>", self._released)
        for key in ("<space>", "<Return>", "<KP_Enter>"):
            self.bind(key, lambda _event: self._pressed())
        self.bind("<Enter>", lambda _event: self._hover(True), add=True)
        self.bind("<Leave>", lambda _event: self._hover(False), add=True)
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _event: self._draw())
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda _event: unsubscribe(), add=True)
        self._restyle()

    def _pressed(self) -> str:
        self._command()
        return "break"

    def _released(self, event: "tk.Event[tk.Misc]") -> None:
        if 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height():
            self._command()

    def _hover(self, is_hovered: bool) -> None:
        self._is_hovered = is_hovered
        self._draw()

    def _restyle(self) -> None:
        size = self._theme.px(SIZE)
        ground = getattr(self._theme.palette, self._ground)
        self.configure(width=size, height=size, background=ground)
        self._draw()

    def _draw(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        is_focused = has_keyboard(self)
        fill = palette.hover if self._is_hovered else CLEAR
        box = Box(fill, palette.accent if is_focused else "")
        edge = max(px(1.5), 1)
        ground = rounded(px(SIZE), px(SIZE), px(_RADIUS), box, edge)
        sign = self._draw_sign(px(_SIGN), palette.text)
        self._photos = [to_photo(self, ground), to_photo(self, sign)]
        self.delete("all")
        for photo in self._photos:
            self.create_image(px(SIZE) // 2, px(SIZE) // 2, image=photo)
