"""The rounded pictures that ttk stretches into buttons, entries, indicators and scrollbars."""

import struct
import tkinter as tk
import zlib
from collections.abc import Callable
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw

from tkchat.gui.look.palette import Palette

CLEAR = "#00000000"
_FINER = 4  # Pillow draws without antialiasing: draw larger, then shrink

Pixels = Callable[[float], int]


def to_photo(master: tk.Misc, image: Image.Image) -> tk.PhotoImage:
    """Return ``image`` for Tk. The caller keeps the reference, or it vanishes from the screen."""
    return _photo(master, png_data(image, packed=False))


def _photo(master: tk.Misc, data: bytes) -> tk.PhotoImage:
    return tk.PhotoImage(master=master, data=data, format="png")


def png_data(image: Image.Image, *, packed: bool = True) -> bytes:
    """Return ``image`` as a PNG file of RGBA pixels (PNG specification, third edition).

    Unless it is ``packed`` it is large and quickly made, for Tk to read at once.
    """
    # Not ImageTk, which Linux distributions package apart from Pillow; nor Image.save, which first
    # loads what it knows of all other formats.
    width, height = image.size
    pixels = image.convert("RGBA").tobytes()
    no_filter = b"\0"
    rows = (pixels[at : at + 4 * width] for at in range(0, len(pixels), 4 * width))
    scanlines = no_filter + no_filter.join(rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)  # 8 bits each of red … alpha
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", header),
            _chunk(b"IDAT", zlib.compress(scanlines, 1 if packed else 0)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(kind + content)
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


class Box(NamedTuple):
    """How one rounded box is painted; an empty ``edge`` means no border."""

    fill: str
    edge: str = ""
    thick: bool = False  #: a focus ring rather than a hairline


def rounded(width: int, height: int, radius: int, box: Box, edge_width: int = 1) -> Image.Image:
    """Return an antialiased rounded box on a clear ground; all sizes in pixels."""
    outer = _shape(width, height, radius)
    return _paint(box, outer, _shape(width, height, radius, edge_width) if box.edge else outer)


def _shape(width: int, height: int, radius: int, inset: int = 0) -> Image.Image:
    """Return how much of each pixel a rounded box covers that leaves out ``inset`` pixels."""
    big = Image.new("L", (width * _FINER, height * _FINER))
    gap = inset * _FINER
    corner = (gap, gap, width * _FINER - 1 - gap, height * _FINER - 1 - gap)
    ImageDraw.Draw(big).rounded_rectangle(corner, max(radius * _FINER - gap, 0), fill=255)
    return big.resize((width, height), Image.Resampling.BOX)


def _paint(box: Box, outer: Image.Image, inner: Image.Image) -> Image.Image:
    """Return a box of these shapes."""
    if not box.edge and box.fill == CLEAR:
        return Image.new("RGBA", outer.size, CLEAR)
    picture = Image.new("RGB", outer.size, box.edge or box.fill)
    cover = outer
    if box.edge and box.fill == CLEAR:  # a hole, which drawing over the edge would not be
        cover = ImageChops.subtract(outer, inner)
    elif box.edge:
        picture.paste(box.fill, mask=inner)
    picture.putalpha(cover)
    return picture


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
        self._shapes: dict[tuple[int, ...], Image.Image] = {}
        self._boxes: dict[tuple[Box, int, tuple[int, int]], tk.PhotoImage] = {}
        self._made: dict[bytes, tk.PhotoImage] = {}

    @property
    def photos(self) -> list[tk.PhotoImage]:
        """All that were drawn, to be kept as long as they are on the screen."""
        return list(self._made.values())

    def _keep(self, image: Image.Image) -> tk.PhotoImage:
        data = png_data(image, packed=False)
        photo = self._made.get(data)
        if photo is None:
            photo = self._made[data] = _photo(self._master, data)
        return photo

    def _rounded(self, width: int, height: int, radius: int, box: Box) -> Image.Image:
        """Return the same as `rounded`; each shape is made once only."""
        edge = self._px(2) if box.thick else max(self._px(1), 1)
        outer, inner = (width, height, radius), (width, height, radius, edge if box.edge else 0)
        for shape in (outer, inner):
            if shape not in self._shapes:
                self._shapes[shape] = _shape(*shape)
        return _paint(box, self._shapes[outer], self._shapes[inner])

    def box(self, box: Box, radius: int = 6, size: tuple[int, int] = (64, 30)) -> tk.PhotoImage:
        """Return a button or entry; ``size`` is the least that a widget has that is made of it.

        It is wide, since ttk tiles the middle: what is made of a narrow one draws slowly.
        """
        key = (box, radius, size)
        if key not in self._boxes:  # many states of many widgets look the same
            width, height = (self._px(length) for length in size)
            self._boxes[key] = self._keep(self._rounded(width, height, self._px(radius), box))
        return self._boxes[key]

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
        face = self._rounded(size, size, size // 2 if shape == "radio" else self._px(4), box)
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

    def knob(self, box: Box) -> tk.PhotoImage:
        """Return what is moved along a scale."""
        size = self._px(16)
        return self._keep(self._rounded(size, size, size // 2, box))

    def groove(self, colour: str) -> tk.PhotoImage:
        """Return the line along which a scale's knob is moved."""
        width, height, thin = self._px(64), self._px(16), max(self._px(4), 2)
        picture = Image.new("RGBA", (width, height), CLEAR)
        picture.paste(rounded(width, thin, thin // 2, Box(colour)), (0, (height - thin) // 2))
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
