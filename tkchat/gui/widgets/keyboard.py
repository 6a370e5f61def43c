"""Which widget has the keyboard: tkinter fails on those that only Tk knows, such as menus."""

import tkinter as tk


def keyboard_holder(widget: tk.Misc) -> str:
    """Return the path of what has the keyboard on the screen of ``widget``.

    Empty if it is nothing of this program.
    """
    return str(widget.tk.call("focus", "-displayof", widget))


def has_keyboard(widget: tk.Misc) -> bool:
    """Tell whether ``widget`` itself has the keyboard."""
    return keyboard_holder(widget) == str(widget)
