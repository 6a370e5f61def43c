"""The mark on the window's icon."""

import tkinter as tk

import pytest
from PIL import ImageStat

from tkchat.desktop import icon
from tkchat.gui.window_badge import SIZES, WindowBadge, badge_text, badged


@pytest.mark.parametrize(
    ("unread", "mentions", "text"),
    [(0, 0, ""), (7, 0, "•"), (7, 1, "1"), (7, 9, "9"), (70, 10, "9+"), (0, 2, "2")],
)
def test_a_number_is_for_what_names_this_person(unread: int, mentions: int, text: str) -> None:
    assert badge_text(unread, mentions) == text


@pytest.mark.parametrize("size", SIZES)
def test_it_covers_a_corner_and_leaves_the_rest(size: int) -> None:
    plain = icon.draw(size)
    assert badged(size, "").tobytes() == plain.tobytes()
    for text in ("•", "3", "9+"):
        image = badged(size, text)
        assert image.size == (size, size)
        half = (0, 0, size * 2 // 5, size)
        assert image.crop(half).tobytes() == plain.crop(half).tobytes()
        corner = image.crop((size * 2 // 3, size * 2 // 3, size, size))
        red, green, _ = ImageStat.Stat(corner.convert("RGB")).mean
        assert red > 1.4 * green
    if size >= 32:
        assert badged(size, "3").tobytes() != badged(size, "4").tobytes()


def test_a_window_has_it_until_all_is_read(root: tk.Tk) -> None:
    window = tk.Toplevel(root)
    badge = WindowBadge(window)
    for unread, mentions, text in ((1, 0, "•"), (1, 0, "•"), (2, 2, "2"), (0, 0, "")):
        badge.show(unread, mentions)
        assert badge.text == text
