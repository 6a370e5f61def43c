"""The context menu of everything that is written in: undo, cut, copy, paste, select all."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tkchat.gui.shortcuts import ON_MAC
from tkchat.gui.widgets.menu_keys import bind_menu_keys
from tkchat.i18n import tr

if TYPE_CHECKING:  # the first window has such menus, and must not wait for what draws them
    from collections.abc import Callable

    from tkchat.gui.emoji.emoji import Emoji
    from tkchat.gui.look.theme import Theme
    from tkchat.gui.widgets.menu import Entry, Menu


@dataclass(frozen=True, slots=True)
class Can:
    """What can be done at the moment."""

    undo: bool
    redo: bool
    copy: bool


class EditMenu:
    """Opens by right click, the Menu key or Shift+F10 on ``field``, and sends it Tk's own events.

    ``can`` is asked each time. Nothing is made before it is opened for the first time.
    """

    def __init__(self, field: tk.Misc, theme: Theme, emoji: Emoji, can: Callable[[], Can]) -> None:
        self._field = field
        self._theme = theme
        self._emoji = emoji
        self._can = can
        self._menu: Menu | None = None
        bind_menu_keys(
            field, lambda event: self._post(event.x_root, event.y_root), self._post_by_key
        )

    @property
    def menu(self) -> Menu:
        """The menu, as it was opened last."""
        if self._menu is None:
            from tkchat.gui.widgets.menu import Menu

            self._menu = menu = Menu(self._field, self._theme, self._emoji)
            self._field.bind("<Destroy>", lambda _event: menu.destroy(), add=True)
        return self._menu

    def _post_by_key(self) -> None:
        field = self._field
        box = field.tk.call(field, "bbox", "insert") or (0, 0, 0, field.winfo_height())
        x, y, _, height = (int(each) for each in box)
        self._post(field.winfo_rootx() + x, field.winfo_rooty() + y + height, height)

    def _post(self, x: int, y: int, over: int = 0) -> None:
        self._field.focus_set()
        self.menu.post(self._entries(), x, y, over=over)

    def _entries(self) -> list[Entry]:
        from tkchat.gui.widgets.menu import SEPARATOR

        can = self._can()
        return [
            self._entry(tr("Undo"), "<<Undo>>", "Ctrl+Z", can.undo),
            self._entry(tr("Redo"), "<<Redo>>", "Ctrl+Y", can.redo),
            SEPARATOR,
            self._entry(tr("Cut"), "<<Cut>>", "Ctrl+X", can.copy),
            self._entry(tr("Copy"), "<<Copy>>", "Ctrl+C", can.copy),
            self._entry(tr("Paste"), "<<Paste>>", "Ctrl+V", self._can_paste()),
            self._entry(tr("Select all"), "<<SelectAll>>", "Ctrl+A", True),
        ]

    def _entry(self, label: str, event: str, keys: str, is_possible: bool) -> Entry:
        from tkchat.gui.widgets.menu import Entry

        shown = keys.replace("Ctrl+", "⌘") if ON_MAC else keys
        send = partial(self._field.event_generate, event)
        return Entry(label, send, shown, is_possible=is_possible)

    def _can_paste(self) -> bool:
        try:
            return bool(self._field.clipboard_get())
        except tk.TclError:  # nothing there, or no text
            return False
