"""The signs, as pixels."""

from collections.abc import Callable

import pytest
from PIL import Image

from tkchat.gui.door import signs

RED = "#ff0000"
ALL = (signs.check, signs.cross, signs.caution, signs.lock, signs.open_lock)


@pytest.mark.parametrize("draw", ALL)
@pytest.mark.parametrize("size", [12, 28])
def test_each_has_its_size_and_colour_on_a_clear_ground(
    draw: Callable[[int, str], Image.Image], size: int
) -> None:
    image = draw(size, RED)
    assert image.size == (size, size)
    assert image.getpixel((0, 0)) == (0, 0, 0, 0)
    solid = image.getchannel("A").point([0] * 255 + [255])
    assert solid.getbbox()
    whole = Image.new("RGB", image.size, RED)
    found = Image.composite(image.convert("RGB"), whole, solid)
    assert found.tobytes() == whole.tobytes()


def test_no_two_look_alike() -> None:
    assert len({draw(16, RED).tobytes() for draw in ALL}) == len(ALL)
