"""The rounded button that floats over the end of a message list: "3 new messages"."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.look.theme import Theme
from tkchat.i18n import grouped, tr, trn

_ABOVE_THE_EDGE = 12


class Pill(ttk.Button):
    """Shows over ``over`` how many messages wait below; a click calls ``on_click``."""

    def __init__(self, over: tk.Misc, theme: Theme, on_click: Callable[[], None]) -> None:
        # No focus: the list's End key does the same.
        super().__init__(over, style="Pill.TButton", command=on_click, takefocus=False)
        self._theme = theme
        self.configure(cursor="hand2")

    def show(self, count: int) -> None:
        """Show ``count`` new messages, or hide if there are none."""
        text = trn("{count} new message", "{count} new messages", count)
        self._show(text.format(count=grouped(count)) if count else "")

    def show_way_back(self) -> None:
        """Offer to go to the newest messages from a place in the past."""
        self._show(tr("Newest messages"))

    def _show(self, text: str) -> None:
        if not text:
            self.place_forget()
            return
        self.configure(text=f"↓  {text}")
        self.place(relx=0.5, rely=1.0, y=-self._theme.px(_ABOVE_THE_EDGE), anchor="s")
