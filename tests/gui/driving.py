"""Drives real windows: runs the event loop, gives focus, presses keys, looks at the screen."""

import time
import tkinter as tk
from collections.abc import Callable, Iterator
from pathlib import Path
from tkinter import ttk

from PIL import Image, ImageGrab

from tkchat.gui.widgets.row_list import RowList

PAUSE = 0.002  # between two looks; not a wait for anything

_KEYSYMS = {
    " ": "space", "\n": "Return", "@": "at", ":": "colon", "/": "slash", "-": "minus",
    ".": "period", ",": "comma", "*": "asterisk", "#": "numbersign", "?": "question",
    "!": "exclam", "`": "grave", "'": "apostrophe", ">": "greater",
}  # fmt: skip


def wait_until(widget: tk.Misc, condition: Callable[[], object], timeout: float = 5) -> None:
    """Run the event loop until ``condition``; after ``timeout`` seconds tell what is on screen."""
    root = widget._root()  # type: ignore[attr-defined]  # not in the stubs
    deadline = time.monotonic() + timeout
    while True:
        root.update()
        if condition():
            return
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {timeout} s; the windows show:\n{describe(root)}")
        time.sleep(PAUSE)


def describe(widget: tk.Misc, depth: int = 0) -> str:
    """Return the tree of widgets with their texts."""
    shown = "" if widget.winfo_ismapped() else " (hidden)"
    line = (
        f"{'  ' * depth}{type(widget).__name__} {widget.winfo_name()}{shown}: {text_of(widget)!r}"
    )
    return "\n".join([line, *(describe(child, depth + 1) for child in widget.winfo_children())])


def text_of(widget: tk.Misc) -> str:
    """Return what a widget says: a window's title, a text's text, a tree's rows, a label."""
    if isinstance(widget, tk.Tk | tk.Toplevel):
        return str(widget.title())
    if isinstance(widget, tk.Text):
        return widget.get("1.0", "end-1c")
    if isinstance(widget, ttk.Treeview):
        return " | ".join(str(widget.item(row, "text")) for row in widget.get_children())
    if isinstance(widget, RowList):
        return " | ".join(row.text for row in widget.rows)
    if isinstance(widget, tk.Entry):  # ttk's too
        return widget.get()
    return str(widget.cget("text")) if "text" in widget.keys() else ""  # noqa: SIM118 - not a dict


def every(widget: tk.Misc) -> Iterator[tk.Misc]:
    """Yield ``widget`` and all within it."""
    yield widget
    for child in widget.winfo_children():
        yield from every(child)


def show(widget: tk.Misc) -> None:
    """Wait until ``widget`` is on the screen."""
    wait_until(widget, widget.winfo_viewable)


def focus(widget: tk.Misc) -> None:
    """Give ``widget`` the keyboard. Keys sent without are dropped, or go to another widget."""

    def has_it() -> bool:
        widget.focus_force()
        widget.update()
        return widget.focus_displayof() is widget

    show(widget)
    wait_until(widget, has_it)


def press(widget: tk.Misc, *keys: str) -> None:
    """Press keys like ``<Return>`` or ``a`` in ``widget``, which has or gets the keyboard."""
    if widget.focus_displayof() is not widget:
        focus(widget)
    for key in keys:
        widget.event_generate(key if key.startswith("<") else f"<Key-{key}>")
        widget.update()


def type_text(widget: tk.Misc, text: str) -> None:
    """Type ASCII letters, digits, newlines and the most usual signs by key presses."""
    press(widget, *(f"<Key-{_KEYSYMS.get(char, char)}>" for char in text))


def point_at(widget: tk.Misc, x: int, y: int) -> None:
    """Move the pointer ``x``, ``y`` pixels into ``widget``, as far as Tk knows."""
    # While something has the grab, such as a menu, Tk hands a motion to whatever was entered last,
    # and the screen's own pointer may be anywhere.
    widget.event_generate("<Enter>", x=x, y=y)
    widget.event_generate("<Motion>", x=x, y=y)


def click(widget: tk.Misc, x: int = 3, y: int = 3, button: int = 1) -> None:
    """Click ``x``, ``y`` pixels into ``widget``."""
    show(widget)
    point_at(widget, x, y)
    widget.event_generate(f"<Button-{button}>", x=x, y=y)
    widget.event_generate(f"<ButtonRelease-{button}>", x=x, y=y)
    widget.update()


def screenshot(widget: tk.Misc, path: Path | None = None) -> Image.Image:
    """Return a picture of ``widget`` as it is on the screen; also saved under ``path``."""
    show(widget)
    x, y = widget.winfo_rootx(), widget.winfo_rooty()
    box = (x, y, x + widget.winfo_width(), y + widget.winfo_height())
    picture = ImageGrab.grab(box, xdisplay="")
    if path:
        picture.save(path)
    return picture


def colour_at(widget: tk.Misc, x: int, y: int) -> str:
    """Return the colour that the screen shows ``x``, ``y`` pixels into ``widget``."""
    red, green, blue = screenshot(widget).convert("RGB").getpixel((x, y))  # type: ignore[misc]  # three numbers in an RGB picture
    return f"#{red:02x}{green:02x}{blue:02x}"
