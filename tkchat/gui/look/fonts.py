"""The named fonts: the desktop's own family in the few sizes and weights that the windows use."""

import tkinter as tk
from dataclasses import dataclass
from math import ceil
from tkinter import font as tkfont

_MIN_BODY_POINTS = 10  # Windows' default of 9 is small for reading all day
_MIN_POINTS = 5
_LEAST_CODE = 0.8  # of the body's size

#: font name -> (points more than body, options)
_SHAPES: dict[str, tuple[int, dict[str, str]]] = {
    "body": (0, {}),
    "bold": (0, {"weight": "bold"}),
    "italic": (0, {"slant": "italic"}),
    "bold_italic": (0, {"weight": "bold", "slant": "italic"}),
    "small": (-2, {}),
    "small_bold": (-2, {"weight": "bold"}),
    "heading": (1, {"weight": "bold"}),
    "title": (5, {"weight": "bold"}),
    "mono": (0, {}),
    "mono_bold": (0, {"weight": "bold"}),
}


@dataclass(frozen=True, slots=True)
class Fonts:
    """Tk redraws whatever uses one of these when its size changes."""

    body: tkfont.Font
    bold: tkfont.Font
    italic: tkfont.Font
    bold_italic: tkfont.Font
    small: tkfont.Font
    small_bold: tkfont.Font
    heading: tkfont.Font
    title: tkfont.Font
    mono: tkfont.Font
    mono_bold: tkfont.Font


def make_fonts(root: tk.Misc) -> Fonts:
    """Return the fonts of ``root``, not yet sized."""
    family = str(tkfont.nametofont("TkDefaultFont", root).actual("family"))
    mono = str(tkfont.nametofont("TkFixedFont", root).actual("family"))
    return Fonts(
        **{
            name: tkfont.Font(root, family=mono if name.startswith("mono") else family, **options)  # type: ignore[arg-type]  # of mixed options
            for name, (_, options) in _SHAPES.items()
        }
    )


def base_points(root: tk.Misc) -> int:
    """Return the size of body text, in points: the desktop's, but never tiny."""
    size = int(tkfont.nametofont("TkDefaultFont", root).actual("size"))
    if size < 0:  # in pixels
        size = round(-size * 72 / float(root.winfo_fpixels("1i")))
    return max(size, _MIN_BODY_POINTS)


def find_all(fonts: Fonts) -> None:
    """Let Tk find every font now, which takes a millisecond each, not when it is first drawn."""
    for name in _SHAPES:
        getattr(fonts, name).metrics("ascent")


def set_family(fonts: Fonts, family: str) -> None:
    """Give every font but those for code the ``family``; where there is none, Tk takes another."""
    for name in _SHAPES:
        font: tkfont.Font = getattr(fonts, name)
        if not name.startswith("mono") and font.cget("family") != family:
            font.configure(family=family)


def resize(fonts: Fonts, body_points: int, zoom: int) -> None:
    """Give every font its size: ``body_points`` and the steps from it, at ``zoom`` per cent."""
    for name, (more, _) in _SHAPES.items():
        points = max(round((body_points + more) * zoom / 100), _MIN_POINTS)
        font: tkfont.Font = getattr(fonts, name)
        is_code = name.startswith("mono")  # see below
        if not is_code and int(font.cget("size")) != points:  # a change lays out everything anew
            font.configure(size=points)
    fit_code(fonts)


def fit_code(fonts: Fonts) -> None:
    """Make the fonts of code so small that a line with code in it is as high as one without."""
    tried = fonts.mono.copy()
    body = int(fonts.body.cget("size"))
    room = fonts.body.metrics()
    for points in range(body, max(ceil(body * _LEAST_CODE), _MIN_POINTS) - 1, -1):
        tried.configure(size=points)
        needed = tried.metrics()
        if needed["ascent"] <= room["ascent"] and needed["descent"] <= room["descent"]:
            break
    for font in (fonts.mono, fonts.mono_bold):
        if int(font.cget("size")) != points:
            font.configure(size=points)
