"""Where a window goes: as it was left, if that is still on the screen."""

import re
import tkinter as tk

_MARGIN = 60  # of 96 dpi: so much of a window must be on the screen to be dragged back


def fitting(saved: str, window: tk.Misc, usual: tuple[int, int]) -> str:
    """Return ``saved``, as Tk writes geometries, or the ``usual`` size in the middle of the screen.

    The latter when nothing was saved, or it does not fit the screen any more.
    """
    screen_width, screen_height = window.winfo_screenwidth(), window.winfo_screenheight()
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})\+(-?\d{1,5})\+(-?\d{1,5})", saved)
    if found:
        width, height, x, y = (int(number) for number in found.groups())
        is_reachable = -width + _MARGIN < x < screen_width - _MARGIN
        if is_reachable and 0 <= y < screen_height - _MARGIN and min(width, height) > _MARGIN:
            return f"{min(width, screen_width)}x{min(height, screen_height)}+{x}+{y}"
    width, height = min(usual[0], screen_width), min(usual[1], screen_height)
    return f"{width}x{height}+{(screen_width - width) // 2}+{(screen_height - height) // 3}"
