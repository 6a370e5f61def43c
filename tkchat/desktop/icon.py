"""The icon: one geometry, drawn by Pillow in any size and written as SVG.

`python -m tkchat.desktop.icon FOLDER` writes icon.svg, icon.png and icon.ico. Pillow is imported
only to draw: a launcher can be removed, and the lack of Pillow be reported, without it.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
"""The sizes that desktops ask for, in pixels."""

ACCENT = "#2563eb"
BACK = "#93c5fd"
FRONT = "#ffffff"

_CANVAS = 256
_DETAIL_FROM = 28
"""Below this size, in pixels, the dots would be mush: the bubbles are drawn larger and empty."""

_SUPERSAMPLING = 8


class Box(NamedTuple):
    """A rectangle with round corners. All lengths are in units of a 256 x 256 canvas."""

    left: float
    top: float
    right: float
    bottom: float
    radius: float
    fill: str


class Tail(NamedTuple):
    """The triangle that makes a box a speech bubble."""

    points: tuple[tuple[float, float], ...]
    fill: str


Shape = Box | Tail


def shapes(size: int) -> tuple[Shape, ...]:
    """The shapes of an icon of `size` pixels, the hindmost first."""
    ground = Box(0, 0, 256, 256, 58, ACCENT)
    if size < _DETAIL_FROM:
        # Edges on multiples of 16: at 16 pixels they fall between pixels and stay sharp.
        return (
            ground,
            Box(96, 32, 240, 144, 36, BACK),
            Box(0, 64, 192, 208, 52, ACCENT),
            Box(16, 80, 176, 192, 40, FRONT),
            Tail(((32, 150), (96, 190), (32, 240)), FRONT),
        )
    # Here edges keep to multiples of 8, for 32 pixels.
    return (
        ground,
        Box(96, 40, 224, 144, 40, BACK),
        # A rim in the ground's colour keeps the two bubbles apart.
        Box(20, 68, 196, 212, 60, ACCENT),
        Box(32, 80, 184, 200, 48, FRONT),
        Tail(((48, 168), (108, 199), (48, 234)), FRONT),
        *(Box(left, 128, left + 24, 152, 12, ACCENT) for left in (56, 96, 136)),
    )


def draw(size: int) -> Image.Image:
    """The icon, `size` pixels square, RGBA with a transparent ground."""
    from PIL import Image, ImageDraw

    large = Image.new("RGBA", (size * _SUPERSAMPLING,) * 2, "#2563eb00")
    pen = ImageDraw.Draw(large)
    unit = large.width / _CANVAS
    for shape in shapes(size):
        if isinstance(shape, Box):
            # Pillow counts the last pixel in.
            right, bottom = shape.right * unit - 1, shape.bottom * unit - 1
            box = (shape.left * unit, shape.top * unit, right, bottom)
            pen.rounded_rectangle(box, shape.radius * unit, shape.fill)
        else:
            pen.polygon([(x * unit, y * unit) for x, y in shape.points], shape.fill)
    return large.resize((size, size), Image.Resampling.BOX)


def svg() -> str:
    """The icon as the text of an SVG file."""
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_CANVAS} {_CANVAS}">']
    for shape in shapes(_CANVAS):
        if isinstance(shape, Box):
            width, height = shape.right - shape.left, shape.bottom - shape.top
            lines.append(
                f'  <rect x="{shape.left}" y="{shape.top}" width="{width}" height="{height}" '
                f'rx="{shape.radius}" fill="{shape.fill}"/>'
            )
        else:
            points = " ".join(f"{x},{y}" for x, y in shape.points)
            lines.append(f'  <polygon points="{points}" fill="{shape.fill}"/>')
    return "\n".join([*lines, "</svg>", ""])


def write_ico(path: Path) -> None:
    """Write an ICO file with every size, each drawn for itself."""
    largest, *others = [draw(size) for size in reversed(SIZES)]
    largest.save(path, sizes=[(size, size) for size in SIZES], append_images=others)


def write(folder: Path) -> None:
    """Write icon.svg, icon.png (256 pixels) and icon.ico into `folder`."""
    (folder / "icon.svg").write_text(svg(), encoding="utf-8", newline="\n")
    draw(256).save(folder / "icon.png", optimize=True)
    write_ico(folder / "icon.ico")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
