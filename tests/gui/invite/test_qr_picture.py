"""The picture of a link."""

import tkinter as tk

import pytest
import segno

from tkchat.gui.invite.qr_picture import QUIET, qr_photo, qr_picture

LINK = "tkchat://230A-G08M-000G-40R4-0M30-E209-VF"


@pytest.mark.parametrize("size", [1, 150, 190, 333])
def test_each_module_is_whole_pixels_of_black_or_white(size: int) -> None:
    expected = [list(row) for row in segno.make_qr(LINK, error="m").matrix_iter(border=QUIET)]
    picture = qr_picture(LINK, size)
    scale, rest = divmod(picture.width, len(expected))
    assert rest == 0
    assert scale == max(size // len(expected), 1)
    for y in range(picture.height):
        for x in range(picture.width):
            dark = bool(expected[y // scale][x // scale])
            assert picture.getpixel((x, y)) == ((0, 0, 0) if dark else (255, 255, 255))


def test_a_quiet_zone_is_around_it() -> None:
    picture = qr_picture(LINK, 200)
    modules = len(segno.make_qr(LINK, error="m").matrix) + 2 * QUIET
    edge = QUIET * picture.width // modules
    inside = picture.crop((edge, edge, picture.width - edge, picture.height - edge))
    assert inside.getpixel((0, 0)) == (0, 0, 0)  # the corner of a finder pattern
    frame = picture.copy()
    frame.paste((255, 255, 255), (edge, edge, picture.width - edge, picture.height - edge))
    assert frame.getcolors() == [(picture.width * picture.height, (255, 255, 255))]


def test_tk_shows_it(root: tk.Tk) -> None:
    photo = qr_photo(root, LINK, 190)
    assert photo.width() == qr_picture(LINK, 190).width
