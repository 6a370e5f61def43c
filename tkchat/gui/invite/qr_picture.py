"""Draws a link as a QR code, sharp at any size."""

import tkinter as tk

from PIL import Image

from tkchat.gui.look.elements import to_photo

QUIET = 4  #: light modules around it, which ISO/IEC 18004 asks for
DARK, LIGHT = "#000000", "#ffffff"  #: in every theme: many readers know no other way round


def qr_picture(text: str, size: int) -> Image.Image:
    """Return ``text`` as a QR code in at most ``size`` pixels, if that leaves one for a module.

    Each module is a whole number of pixels, or the edges would be blurred.
    """
    import segno  # here: it takes 30 ms, and few people open this window

    modules = [list(row) for row in segno.make_qr(text, error="m").matrix_iter(border=QUIET)]
    scale = max(size // len(modules), 1)
    image = Image.new("1", (len(modules), len(modules)))
    image.putdata([255 * (not module) for row in modules for module in row])
    whole = len(modules) * scale
    drawn = Image.new("RGB", (whole, whole), DARK)
    drawn.paste(LIGHT, mask=image.resize((whole, whole), Image.Resampling.NEAREST))
    return drawn


def qr_photo(master: tk.Misc, text: str, size: int) -> tk.PhotoImage:
    """Return the same for Tk. The caller keeps the reference."""
    return to_photo(master, qr_picture(text, size))
