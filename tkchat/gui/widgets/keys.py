"""The keys that every desktop has and Tk on X11 has not."""

import tkinter as tk


def bind_desktop_keys(root: tk.Misc) -> None:
    """Let Ctrl+A select everything in every one-line field; Tk has Ctrl+/ for that."""
    for kind in ("TEntry", "TCombobox"):
        for keys in ("<Control-a>", "<Control-A>"):
            root.bind_class(kind, keys, _select_all)


def _select_all(event: "tk.Event[tk.Misc]") -> str:
    widget = event.widget
    widget.tk.call(widget, "selection", "range", 0, "end")
    widget.tk.call(widget, "icursor", "end")
    return "break"
