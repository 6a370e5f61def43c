"""Takes a picture once nothing moves any more, and keeps it in a small file."""

import time
import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from typing import cast

from PIL import Image, ImageChops

from tests.gui.driving import screenshot

STILL_SECONDS = 0.3  #: so long nothing must have moved; a cursor blinks, but stays for longer
PATIENCE = 10.0
COMMON, SPREAD = 24, 72  #: colours in a file: the commonest as they are, and of the others a choice
_Colour = tuple[int, int, int]
SAME_SHARE = 0.002  #: of the pixels may differ, for a picture to be still the same


def still(widget: tk.Misc, update: Callable[[], None]) -> Image.Image:
    """Return a picture of ``widget``, when it has not changed for a while."""
    deadline = time.monotonic() + PATIENCE
    picture, since = screenshot(widget), time.monotonic()
    while time.monotonic() - since < STILL_SECONDS:
        assert time.monotonic() < deadline, f"{widget} never stops moving"
        update()
        now = screenshot(widget)
        if now.tobytes() != picture.tobytes():
            picture, since = now, time.monotonic()
        time.sleep(0.02)
    return picture.convert("RGB")


def keep(picture: Image.Image, path: Path) -> None:
    """Write ``picture``, unless the file shows the same already, but for a cursor or a clock."""
    small = with_few_colours(picture)
    if not (path.exists() and _is_same(small, Image.open(path))):
        small.save(path, optimize=True)


def with_few_colours(picture: Image.Image) -> Image.Image:
    """Return ``picture`` in so few colours that nobody sees a difference, for a small file."""
    counts = picture.getcolors(picture.width * picture.height)
    assert counts is not None
    commonest = sorted(counts, key=lambda pair: pair[0], reverse=True)[:COMMON]
    grounds = [cast(_Colour, colour) for _, colour in commonest]
    spread = picture.quantize(SPREAD, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    chosen = Image.new("P", (1, 1))
    others = (spread.getpalette() or [])[: 3 * SPREAD]
    chosen.putpalette([*(level for colour in grounds for level in colour), *others])
    small = picture.quantize(palette=chosen, dither=Image.Dither.NONE)
    for at, colour in enumerate(grounds):  # of two that are alike Pillow may have taken either
        small.paste(at, mask=_where(picture, colour))
    return small


def _where(picture: Image.Image, colour: _Colour) -> Image.Image:
    """Return a mask of the pixels that have exactly this colour."""
    red, green, blue = ImageChops.difference(
        picture, Image.new("RGB", picture.size, colour)
    ).split()
    strongest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return strongest.point([255] + 255 * [0])


def _is_same(one: Image.Image, other: Image.Image) -> bool:
    if one.size != other.size:
        return False
    difference = ImageChops.difference(one.convert("RGB"), other.convert("RGB")).convert("L")
    different = sum(difference.histogram()[16:])
    return different <= SAME_SHARE * one.width * one.height
