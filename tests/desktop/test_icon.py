import xml.etree.ElementTree as ET
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PIL.IcoImagePlugin import IcoFile

from tests.support import CHECKOUT
from tkchat.desktop import icon

ASSETS = CHECKOUT / "assets"
BLUE = (0x25, 0x63, 0xEB, 0xFF)
WHITE = (0xFF, 0xFF, 0xFF, 0xFF)
OUT_OF_DATE = "run: python -m tkchat.desktop.icon assets"


def alike(first: Image.Image, second: Image.Image) -> bool:
    """Whether two pictures are the same but for what versions of Pillow round differently."""
    difference = ImageChops.difference(first.convert("RGBA"), second.convert("RGBA"))
    return first.size == second.size and max(difference.tobytes()) <= 8


def pixel(image: Image.Image, x: int, y: int) -> tuple[int, ...]:
    return tuple(image.crop((x, y, x + 1, y + 1)).tobytes())


def test_svg_in_assets_is_up_to_date() -> None:
    assert (ASSETS / "icon.svg").read_text(encoding="utf-8") == icon.svg(), OUT_OF_DATE


def test_png_in_assets_is_up_to_date() -> None:
    with Image.open(ASSETS / "icon.png") as image:
        assert alike(image, icon.draw(256)), OUT_OF_DATE


def test_ico_in_assets_has_every_size_drawn_for_itself() -> None:
    ico = IcoFile(BytesIO((ASSETS / "icon.ico").read_bytes()))
    assert ico.sizes() == {(size, size) for size in icon.SIZES}
    for size in icon.SIZES:
        assert alike(ico.getimage((size, size)), icon.draw(size)), OUT_OF_DATE


def test_writes_the_three_files(tmp_path: Path) -> None:
    icon.write(tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["icon.ico", "icon.png", "icon.svg"]


@pytest.mark.parametrize("size", icon.SIZES)
def test_is_a_blue_square_with_round_corners_and_a_white_bubble(size: int) -> None:
    image = icon.draw(size)
    assert image.size == (size, size)
    assert pixel(image, 0, 0)[3] < 128
    assert pixel(image, size // 2, 0) == BLUE
    assert pixel(image, size // 2, size * 3 // 8) == WHITE


def test_the_smallest_icon_has_sharp_edges() -> None:
    """No pixel of the front bubble's upper edge is a mixture of its white and the blue above."""
    image = icon.draw(16)
    assert [pixel(image, 6, y) for y in (4, 5)] == [BLUE, WHITE]


def test_svg_is_well_formed_and_has_every_shape() -> None:
    root = ET.fromstring(icon.svg())
    assert len(root) == len(icon.shapes(256))
