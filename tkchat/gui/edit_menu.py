"""The context menu of everything that is written in: undo, cut, copy, paste, select all."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from tkchat.gui.menu_keys import bind_menu_keys
from tkchat.gui.shortcuts import ON_MAC
from tkchat.i18n import tr


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

    def __init__(self, field: tk.Misc, can: Callable[[], Can]) -> None:
        self._field = field
        self._can = can
        self._menu: tk.Menu | None = None
        bind_menu_keys(
            field, lambda event: self._post(event.x_root, event.y_root), self._post_by_key
        )

    @property
    def menu(self) -> tk.Menu:
        """The menu, as it was opened last."""
        if self._menu is None:
            self._menu = tk.Menu(self._field, tearoff=False)
        return self._menu

    def _post_by_key(self) -> None:
        field = self._field
        box = field.tk.call(field, "bbox", "insert") or (0, 0, 0, field.winfo_height())
        x, y, _, height = (int(each) for each in box)
        self._post(field.winfo_rootx() + x, field.winfo_rooty() + y + height)

    def _post(self, x: int, y: int) -> None:
        self._field.focus_set()
        self._fill()
        try:
            self.menu.tk_popup(x, y)
        finally:
            self.menu.grab_release()

    def _fill(self) -> None:
        can = self._can()
        menu = self.menu
        menu.delete(0, "end")
        for label, event, keys, is_possible in (
            (tr("Undo"), "<<Undo>>", "Ctrl+Z", can.undo),
            (tr("Redo"), "<<Redo>>", "Ctrl+Y", can.redo),
            ("", "", "", True),
            (tr("Cut"), "<<Cut>>", "Ctrl+X", can.copy),
            (tr("Copy"), "<<Copy>>", "Ctrl+C", can.copy),
            (tr("Paste"), "<<Paste>>", "Ctrl+V", self._can_paste()),
            (tr("Select all"), "<<SelectAll>>", "Ctrl+A", True),
        ):
            if not event:
                menu.add_separator()
                continue
            menu.add_command(
                label=f"  {label}    ",  # Tk leaves no room at the edges
                accelerator=f"{keys.replace('Ctrl+', '⌘') if ON_MAC else keys}  ",
                state="normal" if is_possible else "disabled",
                command=lambda event=event: self._field.event_generate(event),  # type: ignore[misc]  # a lambda's default has no type
            )

    def _can_paste(self) -> bool:
        try:
            return bool(self._field.clipboard_get())
        except tk.TclError:  # nothing there, or no text
            return False
