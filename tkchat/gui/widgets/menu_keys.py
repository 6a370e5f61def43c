"""How people ask for a context menu on each desktop."""

import tkinter as tk
from collections.abc import Callable


def bind_menu_keys(
    widget: tk.Misc,
    by_click: Callable[["tk.Event[tk.Misc]"], object],
    by_key: Callable[[], object],
) -> None:
    """Ask for a context menu by right click, by the Menu key or by Shift+F10."""
    windowing = widget.tk.call("tk", "windowingsystem")
    clicks = ("<Button-2>", "<Control-Button-1>") if windowing == "aqua" else ("<Button-3>",)
    for sequence in clicks:
        widget.bind(sequence, lambda event: _then_break(by_click(event)))
    for sequence in ("<Shift-F10>", "<Menu>" if windowing == "x11" else "<App>"):
        widget.bind(sequence, lambda _event: _then_break(by_key()))


def _then_break(_done: object) -> str:
    return "break"
