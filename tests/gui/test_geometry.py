"""Windows never open where nobody can reach them."""

import tkinter as tk

import pytest

from tkchat.gui.geometry import fitting

USUAL = (980, 700)


@pytest.mark.parametrize("saved", ["900x600+100+50", "900x600+-200+0", "1300x900+0+0"])
def test_a_place_on_the_screen_is_kept(root: tk.Tk, saved: str) -> None:
    assert fitting(saved, root, USUAL) == saved


@pytest.mark.parametrize(
    "saved",
    ["", "nonsense", "900x600", "900x600+5000+4000", "900x600+10+-400", "1x1+0+0", "900x600-5-5"],
)
def test_anything_else_becomes_the_usual_size_in_the_middle(root: tk.Tk, saved: str) -> None:
    width, height = root.winfo_screenwidth(), root.winfo_screenheight()
    assert fitting(saved, root, USUAL) == f"980x700+{(width - 980) // 2}+{(height - 700) // 3}"


def test_a_window_is_never_larger_than_the_screen(root: tk.Tk) -> None:
    width, height = root.winfo_screenwidth(), root.winfo_screenheight()
    assert fitting("", root, (9000, 9000)) == f"{width}x{height}+0+0"
    assert fitting("9000x9000+0+0", root, USUAL) == f"{width}x{height}+0+0"
