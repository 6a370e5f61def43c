"""The named fonts: one family, and steps of size that the zoom multiplies."""

import dataclasses
import tkinter as tk
from tkinter import font as tkfont

import pytest

from tkchat.gui.look.fonts import Fonts, base_points, make_fonts, resize, set_family


@pytest.fixture
def fonts(root: tk.Tk) -> Fonts:
    return make_fonts(root)


def sizes(fonts: Fonts) -> dict[str, int]:
    """Return what was asked for, in points; what the screen has may be something else."""
    return {
        field.name: int(getattr(fonts, field.name).cget("size"))
        for field in dataclasses.fields(fonts)
    }


def test_they_are_of_the_desktops_family(root: tk.Tk, fonts: Fonts) -> None:
    family = tkfont.nametofont("TkDefaultFont", root).actual("family")
    fixed = tkfont.nametofont("TkFixedFont", root).actual("family")
    found = {f.name: getattr(fonts, f.name).cget("family") for f in dataclasses.fields(fonts)}
    assert {found.pop("mono"), found.pop("mono_bold")} == {fixed}
    assert set(found.values()) == {family}


def test_weights_and_slants(fonts: Fonts) -> None:
    bold = {
        f.name for f in dataclasses.fields(fonts) if getattr(fonts, f.name).cget("weight") == "bold"
    }
    italic = {
        f.name
        for f in dataclasses.fields(fonts)
        if getattr(fonts, f.name).cget("slant") == "italic"
    }
    assert bold == {"bold", "bold_italic", "small_bold", "heading", "title", "mono_bold"}
    assert italic == {"italic", "bold_italic"}


def test_sizes_are_steps_from_that_of_the_body(fonts: Fonts) -> None:
    resize(fonts, 12, 100)
    assert {name: size for name, size in sizes(fonts).items() if "mono" not in name} == {
        "body": 12,
        "bold": 12,
        "italic": 12,
        "bold_italic": 12,
        "small": 10,
        "small_bold": 10,
        "heading": 13,
        "title": 17,
    }


def test_the_zoom_multiplies_the_steps_too(fonts: Fonts) -> None:
    resize(fonts, 10, 200)
    found = sizes(fonts)
    assert (found["small"], found["body"], found["title"]) == (16, 20, 30)
    resize(fonts, 10, 75)
    found = sizes(fonts)
    assert (found["small"], found["body"], found["title"]) == (6, 8, 11)


@pytest.mark.parametrize("family", ["DejaVu Sans Mono", "Noto Sans Mono", "Liberation Mono"])
def test_a_line_is_no_higher_for_the_code_in_it(fonts: Fonts, family: str) -> None:
    for font in (fonts.mono, fonts.mono_bold):
        font.configure(family=family)
    for zoom in (100, 175):
        resize(fonts, 10, zoom)
        found = sizes(fonts)
        assert 0.8 * found["body"] <= found["mono"] == found["mono_bold"] <= found["body"]
        body, mono = fonts.body.metrics(), fonts.mono.metrics()
        assert mono["linespace"] <= body["linespace"] + 1


def test_nothing_gets_too_small_to_be_seen(fonts: Fonts) -> None:
    resize(fonts, 10, 50)
    found = sizes(fonts)
    assert (found["small"], found["body"], found["title"]) == (5, 5, 8)


def test_what_shows_a_font_follows_its_size(root: tk.Tk, fonts: Fonts) -> None:
    resize(fonts, 10, 100)
    label = tk.Label(root, text="text", font=fonts.body, borderwidth=0)
    before = label.winfo_reqheight()
    resize(fonts, 10, 200)
    root.update()
    assert label.winfo_reqheight() > 1.7 * before


@pytest.mark.parametrize(("size", "points"), [(14, 14), (10, 10), (9, 10), (1, 10)])
def test_the_desktops_size_counts_unless_it_is_tiny(root: tk.Tk, size: int, points: int) -> None:
    tkfont.nametofont("TkDefaultFont", root).configure(size=size)
    assert base_points(root) == points


def test_a_desktops_size_in_pixels_is_turned_into_points(root: tk.Tk) -> None:
    root.tk.call("tk", "scaling", 2.0)  # pixels to the point
    tkfont.nametofont("TkDefaultFont", root).configure(size=-40)
    assert base_points(root) == pytest.approx(20, abs=1)


def test_each_set_is_one_of_its_own(root: tk.Tk, fonts: Fonts) -> None:
    other = make_fonts(root)
    resize(fonts, 10, 100)
    resize(other, 10, 200)
    assert sizes(fonts)["body"] == 10


def test_another_family_is_for_all_but_code(fonts: Fonts) -> None:
    mono = fonts.mono.cget("family")
    set_family(fonts, "DejaVu Serif")
    families = {f.name: getattr(fonts, f.name).cget("family") for f in dataclasses.fields(fonts)}
    assert {families.pop("mono"), families.pop("mono_bold")} == {mono}
    assert set(families.values()) == {"DejaVu Serif"}
