"""Small signs, drawn: all is well, mind this, this is wrong; and the lock, closed or open."""

from PIL import Image, ImageDraw

from tkchat.gui.look.elements import CLEAR

_FINER = 4
_THICK = 0.12  # of a sign's size
_Points = tuple[tuple[float, float], ...]


def check(size: int, colour: str) -> Image.Image:
    """Return the sign that something is as it should be, ``size`` pixels across."""
    return _strokes(size, colour, ((0.14, 0.54), (0.4, 0.8), (0.88, 0.22)))


def cross(size: int, colour: str) -> Image.Image:
    """Return the sign that something is wrong, ``size`` pixels across."""
    return _strokes(size, colour, ((0.18, 0.18), (0.82, 0.82)), ((0.82, 0.18), (0.18, 0.82)))


def caution(size: int, colour: str) -> Image.Image:
    """Return the triangle that warns, ``size`` pixels across."""
    image, draw = _canvas(size)
    big = size * _FINER
    corners = ((0.5, 0.08), (0.96, 0.9), (0.04, 0.9))
    draw.polygon([(x * big, y * big) for x, y in corners], fill=colour)
    draw.rounded_rectangle((0.45 * big, 0.36 * big, 0.55 * big, 0.64 * big), 0.05 * big, fill=CLEAR)
    draw.ellipse((0.44 * big, 0.7 * big, 0.56 * big, 0.82 * big), fill=CLEAR)
    return _small(image, size)


def lock(size: int, colour: str) -> Image.Image:
    """Return a closed lock, ``size`` pixels across."""
    return _lock(size, colour, is_open=False)


def open_lock(size: int, colour: str) -> Image.Image:
    """Return an open lock, ``size`` pixels across."""
    return _lock(size, colour, is_open=True)


def _lock(size: int, colour: str, *, is_open: bool) -> Image.Image:
    image, draw = _canvas(size)
    big = size * _FINER
    thick = max(round(_THICK * big), 1)
    left, right, top = (0.5, 0.94, 0.06) if is_open else (0.26, 0.74, 0.06)
    draw.arc((left * big, top * big, right * big, 0.58 * big), 180, 360, fill=colour, width=thick)
    middle = 0.32 * big
    draw.rectangle((left * big, middle, left * big + thick, 0.5 * big), fill=colour)
    if not is_open:
        draw.rectangle((right * big - thick, middle, right * big, 0.5 * big), fill=colour)
    body = (0.12, 0.88) if not is_open else (0.02, 0.7)
    box = (body[0] * big, 0.44 * big, body[1] * big, 0.94 * big)
    draw.rounded_rectangle(box, 0.08 * big, fill=colour)
    return _small(image, size)


def _strokes(size: int, colour: str, *lines: _Points) -> Image.Image:
    image, draw = _canvas(size)
    big = size * _FINER
    for line in lines:
        points = [(x * big, y * big) for x, y in line]
        draw.line(points, fill=colour, width=round(_THICK * big), joint="curve")
    return _small(image, size)


def _canvas(size: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGBA", (size * _FINER, size * _FINER), CLEAR)
    return image, ImageDraw.Draw(image)


def _small(image: Image.Image, size: int) -> Image.Image:
    return image.resize((size, size), Image.Resampling.BOX)
