"""The line above the box to write in, for somebody who may say nothing."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.model import Model
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.order_words import muted_text
from tkchat.gui.widgets.sanitise import one_line

_LATE_MS = 200  # behind the end, by which the model's clock has passed it


class MutedBar(ttk.Frame):
    """Says why, and until when; goes by itself. To be placed by ``grid``."""

    def __init__(self, parent: tk.Misc, theme: Theme, emoji: Emoji, model: Model) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._model = model
        self._due = ""
        self._mark = tk.Frame(self)
        self._words = ttk.Label(self, justify="left")
        self.columnconfigure(1, weight=1)
        self._mark.grid(row=0, column=0, sticky="ns")
        self._words.grid(row=0, column=1, sticky="ew")
        self.bind("<Configure>", lambda _event: self._wrap())
        unsubscribe = theme.subscribe(self._restyle)
        self._mark.bind("<Destroy>", lambda _event: self._end(unsubscribe))
        self._restyle()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return str(self._words.cget("text"))

    def look(self) -> None:
        """Show whether this person is muted by now."""
        self._stop()
        text = muted_text(self._model, self._theme.clock)
        self._words.configure(text=self._emoji.plain(one_line(text)))
        if not text:
            self.grid_remove()
            return
        self.grid()
        order = self._model.order
        if order.muted_until is not None:
            left = (order.muted_until - order.now()).total_seconds()
            self._due = self.after(max(round(left * 1000), 0) + _LATE_MS, self.look)

    def _wrap(self) -> None:
        self._words.configure(wraplength=max(self.winfo_width() - self._theme.px(24), 100))

    def _restyle(self) -> None:
        px = self._theme.px
        self._mark.configure(width=px(3), background=self._theme.palette.warning)
        self._words.grid_configure(padx=(px(8), 0), pady=px(4))
        self.look()

    def _stop(self) -> None:
        if self._due:
            self.after_cancel(self._due)
            self._due = ""

    def _end(self, unsubscribe: Callable[[], None]) -> None:
        unsubscribe()
        self._stop()
