"""A mark on a window's icon, for whoever has the window behind others."""

import tkinter as tk

from PIL import Image, ImageDraw

from tkchat.desktop import icon
from tkchat.gui.look.avatar import bold_font
from tkchat.gui.look.elements import to_photo

SIZES = (16, 32, 48)
_FINER = 4  # Pillow draws without antialiasing: draw larger, then shrink
_FILL, _INK, _RIM = "#d92d20", "#ffffff", "#ffffff"  # on any taskbar, whatever the theme
_NUMBER_FROM = 32  # pixels; on smaller icons there is only a dot


class WindowBadge:
    """Shows on the icon of ``window`` that something is unread; a number counts mentions."""

    def __init__(self, window: tk.Toplevel) -> None:
        self._window = window
        self._shown = ""
        self._made: dict[str, list[tk.PhotoImage]] = {}  # by what the badge says

    @property
    def text(self) -> str:
        """What the badge says: a number, a dot, or nothing."""
        return self._shown

    def show(self, unread: int, mentions: int) -> None:
        """Show how many mentions are unread, or a dot for anything else that is."""
        text = badge_text(unread, mentions)
        if text == self._shown:
            return
        self._shown = text
        if text not in self._made:
            self._made[text] = [to_photo(self._window, badged(size, text)) for size in SIZES]
        self._window.iconphoto(False, *self._made[text])


def badge_text(unread: int, mentions: int) -> str:
    """Return what a badge says: up to two characters."""
    if mentions:
        return str(mentions) if mentions < 10 else "9+"
    return "•" if unread else ""


def badged(size: int, text: str) -> Image.Image:
    """Return the program's icon, ``size`` pixels square, with ``text`` on it."""
    image = icon.draw(size)
    if not text:
        return image
    is_number = text != "•" and size >= _NUMBER_FROM
    across = round(size * (0.6 if is_number else 0.46))
    spot = Image.new("RGBA", (across * _FINER,) * 2)
    draw = ImageDraw.Draw(spot)
    edge = spot.width - 1
    draw.ellipse((0, 0, edge, edge), fill=_RIM)
    rim = spot.width // 12
    draw.ellipse((rim, rim, edge - rim, edge - rim), fill=_FILL)
    if is_number:
        font = bold_font(round(spot.width * (0.62 if len(text) == 1 else 0.5)))
        left, top, right, bottom = font.getbbox(text)
        place = ((spot.width - left - right) / 2, (spot.height - top - bottom) / 2)
        draw.text(place, text, _INK, font)
    spot = spot.resize((across, across), Image.Resampling.LANCZOS)
    image.alpha_composite(spot, (size - across, size - across))
    return image
