"""The keys of the message list, while it has the keyboard."""

import tkinter as tk
from collections.abc import Callable

from tkchat.gui.sticky_view import StickyView
from tkchat.gui.text_copy import copy_selection, select_all


def bind_list_keys(
    text: tk.Text,
    view: StickyView,
    to_bottom: Callable[[], None],
    is_at_bottom: Callable[[], bool],
) -> None:
    """Let keys scroll ``text``, select and copy; Escape goes to the bottom, if it is not there."""

    def act(deed: Callable[[], object]) -> str:
        deed()
        view.note()
        return "break"  # and not what Tk would do as well

    def escape(_event: object) -> str | None:
        return None if is_at_bottom() else act(to_bottom)  # else it closes something

    keys: dict[str, Callable[[], object]] = {
        "<Prior>": lambda: text.yview_scroll(-1, "pages"),
        "<Next>": lambda: text.yview_scroll(1, "pages"),
        "<Up>": lambda: text.yview_scroll(-2, "units"),
        "<Down>": lambda: text.yview_scroll(2, "units"),
        "<Home>": lambda: text.yview_moveto(0),
        "<End>": to_bottom,
        "<<Copy>>": lambda: copy_selection(text),
        "<<SelectAll>>": lambda: select_all(text),
        "<Control-a>": lambda: select_all(text),  # to Tk on X11: to the start of the line
    }
    for sequence, deed in keys.items():
        text.bind(sequence, lambda _event, deed=deed: act(deed))  # type: ignore[misc]  # a lambda's default has no type
    text.bind("<Escape>", escape)
    text.bind("<Button-1>", lambda _event: text.focus_set(), add=True)
