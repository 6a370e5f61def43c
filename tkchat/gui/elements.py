"""The rounded pictures that ttk stretches into buttons, entries, indicators and scrollbars."""

import io
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw

from tkchat.gui.palette import Palette

CLEAR = "#00000000"
_FINER = 4  # Pillow draws without antialiasing: draw larger, then shrink

Pixels = Callable[[float], int]


def to_photo(master: tk.Misc, image: Image.Image) -> tk.PhotoImage:
    """Return ``image`` for Tk. The caller keeps the reference, or it vanishes from the screen."""
    return tk.PhotoImage(master=master, data=png_data(image), format="png")


def png_data(image: Image.Image) -> bytes:
    """Return ``image`` as a PNG file."""
    # Not ImageTk, which Linux distributions package apart from Pillow.
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=1)
    return png.getvalue()


@dataclass(frozen=True, slots=True)
class Box:
    """How one rounded box is painted; an empty ``edge`` means no border."""

    fill: str
    edge: str = ""
    thick: bool = False  #: a focus ring rather than a hairline


def rounded(width: int, height: int, radius: int, box: Box, edge_width: int = 1) -> Image.Image:
    """Return an antialiased rounded box on a clear ground; all sizes in pixels."""
    big = Image.new("RGBA", (width * _FINER, height * _FINER), CLEAR)
    draw = ImageDraw.Draw(big)
    corner = (0, 0, width * _FINER - 1, height * _FINER - 1)
    if box.edge:
        draw.rounded_rectangle(corner, radius * _FINER, fill=box.edge)
        inset = edge_width * _FINER
        corner = (inset, inset, width * _FINER - 1 - inset, height * _FINER - 1 - inset)
        # A clear middle must cut a hole, which drawing over the edge would not.
        draw.rounded_rectangle(corner, max(radius * _FINER - inset, 0), fill=box.fill)
    elif box.fill != CLEAR:
        draw.rounded_rectangle(corner, radius * _FINER, fill=box.fill)
    return big.resize((width, height), Image.Resampling.BOX)


def dot(size: int, colour: str) -> Image.Image:
    """Return a filled circle, ``size`` pixels across."""
    return rounded(size, size, size // 2 + 1, Box(colour))


def magnifier(size: int, colour: str) -> Image.Image:
    """Return the glass that stands for a search, ``size`` pixels across."""
    big = size * _FINER
    thick = max(big // 9, 1)
    image = Image.new("RGBA", (big, big), CLEAR)
    draw = ImageDraw.Draw(image)
    draw.ellipse((thick, thick, big * 0.68, big * 0.68), outline=colour, width=thick)
    draw.line((big * 0.61, big * 0.61, big * 0.92, big * 0.92), fill=colour, width=thick)
    return image.resize((size, size), Image.Resampling.BOX)


class Painter:
    """Draws the pictures of one palette at one scale and keeps them alive."""

    def __init__(self, master: tk.Misc, palette: Palette, px: Pixels) -> None:
        self._master = master
        self._palette = palette
        self._px = px
        self.photos: list[tk.PhotoImage] = []

    def _keep(self, image: Image.Image) -> tk.PhotoImage:
        photo = to_photo(self._master, image)
        self.photos.append(photo)
        return photo

    def box(self, box: Box, radius: int = 6) -> tk.PhotoImage:
        """Return a button or entry. Wide, since ttk tiles the middle: a narrow one draws slowly."""
        edge = self._px(2) if box.thick else max(self._px(1), 1)
        size = (self._px(64), self._px(30))
        return self._keep(rounded(*size, self._px(radius), box, edge))

    def thumb(self, colour: str, *, upright: bool) -> tk.PhotoImage:
        """Return a scrollbar's thumb with a little clear space around it."""
        across, along, gap = self._px(10), self._px(36), self._px(2)
        size = (across, along) if upright else (along, across)
        inner = (size[0] - 2 * gap, size[1] - 2 * gap)
        picture = Image.new("RGBA", size, CLEAR)
        picture.paste(rounded(*inner, min(inner) // 2, Box(colour)), (gap, gap))
        return self._keep(picture)

    def indicator(self, shape: str, box: Box, mark: str = "") -> tk.PhotoImage:
        """Return a radio button's or check box's picture; ``mark`` is the colour of its mark."""
        size, gap = self._px(16), self._px(7)
        edge = self._px(2) if box.thick else max(self._px(1), 1)
        face = rounded(size, size, size // 2 if shape == "radio" else self._px(4), box, edge)
        if mark and shape == "radio":
            middle = dot(self._px(7), mark)
            face.alpha_composite(middle, ((size - middle.width) // 2,) * 2)
        elif mark:
            face.alpha_composite(_tick(size, mark))
        picture = Image.new("RGBA", (size + gap, size), CLEAR)
        picture.paste(face, (0, 0))
        return self._keep(picture)

    def chevron(self, colour: str) -> tk.PhotoImage:
        """Return the arrow at the right of a combobox."""
        size, gap = self._px(16), self._px(6)
        picture = Image.new("RGBA", (size + gap, size), CLEAR)
        picture.paste(_stroke(size, colour, ((0.25, 0.4), (0.5, 0.65), (0.75, 0.4))), (0, 0))
        return self._keep(picture)


def _tick(size: int, colour: str) -> Image.Image:
    return _stroke(size, colour, ((0.24, 0.52), (0.43, 0.71), (0.77, 0.32)), 0.13)


def _stroke(
    size: int, colour: str, points: tuple[tuple[float, float], ...], width: float = 0.1
) -> Image.Image:
    big = Image.new("RGBA", (size * _FINER, size * _FINER), CLEAR)
    scaled = [(x * size * _FINER, y * size * _FINER) for x, y in points]
    ImageDraw.Draw(big).line(scaled, fill=colour, width=round(width * size * _FINER), joint="curve")
    return big.resize((size, size), Image.Resampling.BOX)
