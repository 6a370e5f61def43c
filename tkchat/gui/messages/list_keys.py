"""The keys of the message list, while it has the keyboard."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.gui.messages.message_cursor import MessageCursor
from tkchat.gui.messages.sticky_view import StickyView
from tkchat.gui.messages.text_copy import copy_selection, select_all


def bind_list_keys(
    text: tk.Text,
    view: StickyView,
    cursor: MessageCursor,
    to_bottom: Callable[[], None],
    is_at_bottom: Callable[[], bool],
) -> None:
    """Let keys go from message to message, act on one, unfold it, scroll, select and copy.

    Escape takes the cursor away, else goes to the bottom, if it is not there.
    """

    def act(deed: Callable[[], object]) -> str:
        deed()
        view.note()
        return "break"  # and not what Tk would do as well

    def escape(_event: object) -> str | None:
        if cursor.message is not None:
            return act(cursor.clear)
        return None if is_at_bottom() else act(to_bottom)  # else it closes something

    def scroll(pages: int) -> None:
        cursor.follow(lambda: text.yview_scroll(pages, "pages"), to_first=pages < 0)

    def copy() -> None:
        if text.tag_ranges("sel"):
            copy_selection(text)
        else:
            cursor.copy()

    keys: dict[str, Callable[[], object]] = {
        "<Prior>": partial(scroll, -1),
        "<Next>": partial(scroll, 1),
        "<Up>": partial(cursor.step, -1),
        "<Down>": partial(cursor.step, 1),
        "<Home>": partial(cursor.follow, lambda: text.yview_moveto(0), to_first=True),
        "<End>": partial(cursor.follow, to_bottom, to_first=False),
        "<Return>": cursor.open,
        "<KP_Enter>": cursor.open,
        "<Right>": partial(cursor.fold, is_unfolded=True),
        "<Left>": partial(cursor.fold, is_unfolded=False),
        "<Delete>": cursor.delete,
        "<<Copy>>": copy,
        "<<SelectAll>>": lambda: select_all(text),
        "<Control-a>": lambda: select_all(text),  # to Tk on X11: to the start of the line
    }
    for sequence, deed in keys.items():
        text.bind(sequence, lambda _event, deed=deed: act(deed))  # type: ignore[misc]  # a lambda's default has no type
    text.bind("<Escape>", escape)
    text.bind("<Button-1>", lambda _event: text.focus_set(), add=True)
