"""How far an own message has come, as a reader sees it: calm while all goes well."""

import tkinter as tk
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from tkchat.client.message import Delivery, Message
from tkchat.gui.look.elements import png_data
from tkchat.gui.look.theme import Theme
from tkchat.i18n import tr

PATIENCE = timedelta(seconds=1)  #: a message that waits no longer looks like any other
_FINER = 4  # Pillow draws without antialiasing: draw larger, then shrink
_SIZE = 12  # of 96 dpi


def is_late(message: Message, now: datetime) -> bool:
    """Say whether ``message`` has waited so long for the host that its writer should see it."""
    # Of either sign: a clock that was set back must not hide it for hours.
    return message.delivery is Delivery.WAITING and abs(now - message.at) >= PATIENCE


def trouble(message: Message) -> str:
    """Return what went wrong with ``message``, for its writer to read; empty if nothing did."""
    if message.delivery is Delivery.DOUBTFUL:
        return tr("May not have arrived")
    if message.delivery is Delivery.REFUSED:
        return tr("Not sent: {why}").format(why=message.why) if message.why else tr("Not sent")
    return ""


class WaitingMark:
    """The small clock behind a message that waits, redrawn in place when the theme changes."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._theme = theme
        self.photo = tk.PhotoImage(master=master)
        self.redraw()

    def redraw(self) -> None:
        """Follow a change of theme."""
        px = self._theme.px
        image = _draw_clock(px(_SIZE), self._theme.palette.muted)
        wide = Image.new("RGBA", (image.width + px(6), image.height))
        wide.paste(image, (px(6), 0))  # a gap to the text before it
        self.photo.configure(data=png_data(wide), format="png")


def _draw_clock(size: int, colour: str) -> Image.Image:
    """Return a clock's face with two hands, ``size`` pixels across."""
    big = size * _FINER
    thick = max(big // 10, 1)
    image = Image.new("RGBA", (big, big))
    draw = ImageDraw.Draw(image)
    draw.ellipse((thick // 2, thick // 2, big - thick, big - thick), outline=colour, width=thick)
    middle = big / 2
    hands = ((middle, big * 0.24), (middle, middle), (big * 0.7, middle * 1.25))
    draw.line(hands, fill=colour, width=thick, joint="curve")
    return image.resize((size, size), Image.Resampling.LANCZOS)
