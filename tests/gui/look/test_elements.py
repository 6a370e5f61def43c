"""Pictures of boxes, dots and marks, pixel by pixel."""

import io
import tkinter as tk

import pytest
from PIL import Image

from tkchat.gui.look.elements import (
    CLEAR,
    Box,
    Painter,
    dot,
    magnifier,
    png_data,
    rounded,
    to_photo,
)
from tkchat.gui.look.palette import LIGHT
from tkchat.gui.look.theme import Theme

RED, BLUE = "#ff0000", "#0000ff"
RED_PIXEL, BLUE_PIXEL, NOTHING = (255, 0, 0, 255), (0, 0, 255, 255), (0, 0, 0, 0)


@pytest.fixture
def painter(root: tk.Tk) -> Painter:
    """Paints at twice the size."""
    return Painter(root, LIGHT, lambda length: round(2 * length))


def alpha(image: Image.Image, x: int, y: int) -> int:
    return int(image.getchannel("A").getpixel((x, y)))  # type: ignore[arg-type]  # one number in a channel


def rgb(photo: tk.PhotoImage, x: int, y: int) -> str:
    """Return the colour of one pixel; empty if it is clear."""
    red, green, blue = photo.get(x, y)
    return "" if photo.transparency_get(x, y) else f"#{red:02x}{green:02x}{blue:02x}"


def test_a_box_is_filled_up_to_its_round_corners() -> None:
    image = rounded(40, 20, 6, Box(RED))
    assert (image.mode, image.size) == ("RGBA", (40, 20))
    for x, y in ((20, 10), (0, 10), (39, 10), (20, 0), (20, 19)):
        assert image.getpixel((x, y)) == RED_PIXEL
    for corner in ((0, 0), (39, 0), (0, 19), (39, 19)):
        assert alpha(image, *corner) == 0


def test_its_corners_are_smooth() -> None:
    image = rounded(40, 20, 6, Box(RED))
    assert any(0 < alpha(image, x, y) < 255 for x in range(6) for y in range(6))


def test_without_a_radius_the_corners_are_square() -> None:
    image = rounded(10, 10, 0, Box(RED))
    assert image.getpixel((0, 0)) == image.getpixel((9, 9)) == RED_PIXEL


@pytest.mark.parametrize("width", [1, 2, 3])
def test_an_edge_goes_all_round_and_is_as_wide_as_asked(width: int) -> None:
    image = rounded(40, 20, 6, Box(RED, BLUE), width)
    across = [image.getpixel((20, y)) for y in range(20)]
    edge = [BLUE_PIXEL] * width
    assert across == [*edge, *[RED_PIXEL] * (20 - 2 * width), *edge]
    along = [image.getpixel((x, 10)) for x in range(40)]
    assert along == [*edge, *[RED_PIXEL] * (40 - 2 * width), *edge]
    assert alpha(image, 0, 0) == 0


def test_a_clear_middle_is_a_hole_in_the_edge() -> None:
    image = rounded(40, 20, 6, Box(CLEAR, BLUE), 2)
    assert alpha(image, 20, 10) == 0
    assert image.getpixel((20, 0)) == BLUE_PIXEL


def test_a_clear_box_is_nothing() -> None:
    assert rounded(40, 20, 6, Box(CLEAR)).getextrema() == ((0, 0),) * 4


@pytest.mark.parametrize("size", [7, 10, 31])
def test_a_dot_is_a_circle(size: int) -> None:
    image = dot(size, RED)
    assert image.size == (size, size)
    middle, end = size // 2, size - 1
    for x, y in ((middle, middle), (middle, 0), (middle, end), (0, middle), (end, middle)):
        assert alpha(image, x, y) > 128
    assert image.getpixel((middle, middle)) == RED_PIXEL
    for corner in ((0, 0), (end, 0), (0, end), (end, end)):
        assert alpha(image, *corner) < 64
    covered = sum(alpha(image, x, y) for x in range(size) for y in range(size)) / 255
    assert covered == pytest.approx(3.14159 * size**2 / 4, rel=0.07)


def test_a_picture_reaches_tk_as_it_is(root: tk.Tk) -> None:
    image = rounded(40, 20, 6, Box(RED, BLUE), 2)
    photo = to_photo(root, image)
    assert (photo.width(), photo.height()) == (40, 20)
    assert rgb(photo, 20, 10) == RED
    assert rgb(photo, 20, 0) == BLUE
    assert rgb(photo, 0, 0) == ""
    again = Image.open(io.BytesIO(png_data(image)))
    assert again.tobytes() == image.tobytes()


def test_the_painter_keeps_what_it_draws(painter: Painter) -> None:
    drawn = [
        painter.box(Box(RED)),
        painter.thumb(RED, upright=True),
        painter.indicator("radio", Box(RED)),
        painter.chevron(RED),
    ]
    assert painter.photos == drawn


def test_a_box_is_drawn_at_the_scale(painter: Painter) -> None:
    photo = painter.box(Box(RED, BLUE))
    assert (photo.width(), photo.height()) == (128, 60)
    assert [rgb(photo, 64, y) for y in range(4)] == [BLUE, BLUE, RED, RED]
    thick = painter.box(Box(RED, BLUE, thick=True))
    assert [rgb(thick, 64, y) for y in range(6)] == [BLUE] * 4 + [RED] * 2


def test_a_hairline_is_seen_at_any_scale(root: tk.Tk) -> None:
    tiny = Painter(root, LIGHT, lambda length: round(0.3 * length))
    assert rgb(tiny.box(Box(RED, BLUE)), 9, 0) == BLUE


@pytest.mark.parametrize(("upright", "size"), [(True, (20, 72)), (False, (72, 20))])
def test_a_thumb_has_clear_space_around_it(
    painter: Painter, upright: bool, size: tuple[int, int]
) -> None:
    photo = painter.thumb(RED, upright=upright)
    assert (photo.width(), photo.height()) == size
    width, height = size
    assert rgb(photo, width // 2, height // 2) == RED
    for x, y in ((3, height // 2), (width - 4, height // 2), (width // 2, 3)):
        assert rgb(photo, x, y) == ""
    assert rgb(photo, 4, height // 2) == rgb(photo, width // 2, height - 5) == RED


@pytest.mark.parametrize("shape", ["radio", "check"])
def test_an_indicator_shows_its_mark(painter: Painter, shape: str) -> None:
    empty = painter.indicator(shape, Box(RED))
    marked = painter.indicator(shape, Box(RED), BLUE)
    assert (empty.width(), empty.height()) == (32 + 14, 32)
    colours = [
        {rgb(photo, x, y) for x in range(46) for y in range(32)} for photo in (empty, marked)
    ]
    assert RED in colours[0]
    assert BLUE not in colours[0]
    assert {RED, BLUE} <= colours[1]
    assert {rgb(marked, x, y) for x in range(32, 46) for y in range(32)} == {""}


def test_radio_buttons_are_round_and_check_boxes_are_not(painter: Painter) -> None:
    radio, check = (painter.indicator(shape, Box(RED)) for shape in ("radio", "check"))
    assert rgb(radio, 3, 3) == ""
    assert rgb(check, 3, 3) == RED


def test_a_chevron_points_down(painter: Painter) -> None:
    photo = painter.chevron(RED)
    assert (photo.width(), photo.height()) == (32 + 12, 32)
    lowest = {x: max((y for y in range(32) if rgb(photo, x, y)), default=-1) for x in range(44)}
    assert lowest[16] > lowest[10] > 0
    assert lowest[16] > lowest[22] > 0
    assert lowest[2] == lowest[30] == lowest[40] == -1


def test_sizes_follow_the_theme(root: tk.Tk, theme: Theme) -> None:
    theme.set_zoom(150)
    photo = Painter(root, LIGHT, theme.px).chevron(RED)
    assert photo.height() == theme.px(16)


def test_a_magnifier_is_a_ring_with_a_handle() -> None:
    image = magnifier(32, RED)
    assert image.size == (32, 32)
    assert alpha(image, 12, 12) == 0  # through the glass
    assert alpha(image, 24, 24) == 255
    assert alpha(image, 26, 6) == 0
