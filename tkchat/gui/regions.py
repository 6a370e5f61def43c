"""The parts of a window, from one to the next of which a key leads."""

import tkinter as tk
from collections.abc import Sequence

from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.keyboard import keyboard_holder


def to_region(window: tk.Misc, regions: Sequence[tuple[tk.Misc, tk.Misc]], step: int) -> None:
    """Give the keyboard to the next of ``regions``, or with -1 to the one before.

    Each is a part of ``window`` and what in it gets the keyboard. From elsewhere it is the last.
    """
    has_it = keyboard_holder(window)
    here = [at for at, (part, _) in enumerate(regions) if is_inside(has_it, part)]
    at = here[0] + step if here else -1
    regions[at % len(regions)][1].focus_set()
