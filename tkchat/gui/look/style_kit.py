"""What the modules of styles are built with."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any, NamedTuple

from tkchat.gui.look.fonts import Fonts
from tkchat.gui.look.palette import Palette

#: A ttk layout: elements with their options, nested. (The stubs' own type is private.)
Layout = list[tuple[str, Any]]


class Look(NamedTuple):
    """What a ttk theme is made from; ``px`` turns 96 dpi pixels into this screen's."""

    master: tk.Misc
    palette: Palette
    fonts: Fonts
    px: Callable[[float], int]


def around_label(element: str, kind: str) -> Layout:
    """Return the layout of a widget that is one picture around its label."""
    label: Layout = [(f"{kind}.label", {"sticky": "nswe"})]
    inner: Layout = [(f"{kind}.padding", {"sticky": "nswe", "children": label})]
    return [(element, {"sticky": "nswe", "children": inner})]


def make_element(
    style: ttk.Style,
    name: str,
    images: dict[str, tk.PhotoImage],
    border: int,
    padding: int = 0,
    sticky: str = "nswe",
) -> None:
    """Make an image element; ``images`` maps states to pictures, the first fitting one wins."""
    states: list[Any] = [(*state.split(), image) for state, image in images.items() if state]
    style.element_create(
        name, "image", images[""], *states, border=border, padding=padding, sticky=sticky
    )
