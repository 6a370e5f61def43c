"""Which part of a window a widget is in."""

import tkinter as tk


def is_inside(widget: object, part: tk.Misc) -> bool:
    """Tell whether ``widget`` is ``part`` or within it.

    Events tell of some widgets, such as the list of a combobox, by their names only.
    """
    return f"{widget}.".startswith(f"{part}.")
