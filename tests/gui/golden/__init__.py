"""Compares what a widget looks like with a picture of how it should."""

import shutil
import tkinter as tk
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops

from tests.gui.driving import screenshot
from tests.support import CHECKOUT

GOLDEN = Path(__file__).parent
NEW = CHECKOUT / "build" / "golden"  #: where pictures go that are not as expected
BLOCK = 6  #: pixels a side; within it, another FreeType may draw letters a little differently
LEVELS = 20  #: of 255, by which the mean of a block may be off in any of red, green and blue
SHARE = 0.02  #: of the blocks with something drawn in them may be off by more
FLAT_SHARE = 0.005  #: a colour that fills so much of a picture is one of its grounds
FLAT_LEVELS = 3  #: by which a ground may be off


def check(widget: tk.Misc, name: str) -> None:
    """Fail unless ``widget`` looks like the golden picture ``name``, letters' edges aside."""
    picture = screenshot(widget).convert("RGB")
    expected, new = GOLDEN / f"{name}.png", NEW / f"{name}.png"
    why = difference(picture, Image.open(expected)) if expected.exists() else "it is new"
    if why:
        NEW.mkdir(parents=True, exist_ok=True)
        picture.save(new)
        raise AssertionError(
            f"{name} does not look as expected: {why}. It is in {new}, and should be as in "
            f"{expected}. If the new one is right: python -m tests.gui.golden"
        )
    new.unlink(missing_ok=True)


def difference(one: Image.Image, other: Image.Image) -> str:
    """Return what a person would see to be different about two pictures; empty for nothing."""
    one, other = one.convert("RGB"), other.convert("RGB")
    if one.size != other.size:
        return f"it is {one.size} pixels large, not {other.size}"
    lost = _grounds(other, FLAT_SHARE) - _near(_grounds(one, FLAT_SHARE / 2))
    if lost:
        return f"no ground has the colour {sorted(lost)} any more"
    size = one.width // BLOCK, one.height // BLOCK
    means = [picture.resize(size, Image.Resampling.BOX) for picture in (one, other)]
    worst = _strongest(ImageChops.difference(*means))
    off = sum(worst.histogram()[LEVELS + 1 :])
    share = off / max(_count_drawn(other), 1)
    return f"{share:.1%} of what is drawn is different" if share > SHARE else ""


def accept() -> list[Path]:
    """Take the new pictures as the golden ones; return them."""
    taken = [GOLDEN / path.name for path in sorted(NEW.glob("*.png"))]
    for path in taken:
        shutil.move(NEW / path.name, path)
    return taken


def _grounds(picture: Image.Image, share: float) -> set[tuple[int, int, int]]:
    """Return the colours that fill so much of a picture."""
    pixels = picture.width * picture.height
    counts = cast("list[tuple[int, tuple[int, int, int]]]", picture.getcolors(pixels))
    return {colour for count, colour in counts if count >= share * pixels}


def _count_drawn(picture: Image.Image) -> int:
    """Return how many blocks of a picture have more than one colour."""
    size = picture.width // BLOCK, picture.height // BLOCK
    mean = picture.resize(size, Image.Resampling.BOX).resize(picture.size, Image.Resampling.NEAREST)
    rough = _strongest(ImageChops.difference(picture, mean)).resize(size, Image.Resampling.BOX)
    return sum(rough.histogram()[1:])


def _strongest(picture: Image.Image) -> Image.Image:
    """Return the highest of red, green and blue of each pixel."""
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _near(colours: set[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """Return ``colours`` and all that nobody can tell from one of them."""
    around = range(-FLAT_LEVELS, FLAT_LEVELS + 1)
    return {
        (red + x, green + y, blue + z)
        for red, green, blue in colours
        for x in around
        for y in around
        for z in around
    }
