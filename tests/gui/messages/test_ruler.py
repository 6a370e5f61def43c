"""Lines, bars and room in a list of messages."""

import tkinter as tk

import pytest

from tests.gui.driving import wait_until
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.ruler import Ruler, bar_width


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    made = tk.Text(root)
    made.pack(fill="both", expand=True)
    root.update()
    return made


@pytest.fixture
def ruler(text: tk.Text, theme: Theme) -> Ruler:
    return Ruler(text, theme)


def colour(photo: tk.PhotoImage, x: int) -> str:
    red, green, blue = photo.get(x, 0)
    return f"#{red:02x}{green:02x}{blue:02x}"


def test_the_line_and_its_label_fill_the_width(
    root: tk.Tk, text: tk.Text, ruler: Ruler, theme: Theme
) -> None:
    photo = ruler.new_line("New").photo
    label = theme.fonts.small_bold.measure(" New")
    assert text.winfo_width() - 60 < photo.width() + label < text.winfo_width() - 20
    before = photo.width()
    root.geometry("500x500")
    wait_until(root, lambda: photo.width() == before - 200)


def test_a_text_without_room_has_a_short_line(root: tk.Tk, theme: Theme) -> None:
    assert Ruler(tk.Text(root), theme).new_line("New").photo.width() == 1


def test_all_follow_theme_and_zoom(ruler: Ruler, theme: Theme) -> None:
    line, bar, room = ruler.new_line("New").photo, ruler.bar().photo, ruler.room().photo
    assert colour(line, 3) == LIGHT.mention_ink
    assert colour(bar, 0) == LIGHT.thumb_hover
    width, height, space = bar.width(), bar.height(), room.width()
    theme.use(DARK)
    theme.set_zoom(200)
    ruler.restyle()
    assert colour(line, 3) == DARK.mention_ink
    assert colour(bar, 0) == DARK.thumb_hover
    assert bar.width() == bar_width(theme) == pytest.approx(2 * width, abs=2)
    assert bar.height() == pytest.approx(2 * height, rel=0.1)
    assert room.width() == pytest.approx(2 * space, abs=1)
    assert bar.transparency_get(bar.width() - 1, 0)
