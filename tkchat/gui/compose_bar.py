"""The line above the box to write in, which says what is being written: an answer, an edit."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.clipped_label import ClippedLabel
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.theme import Theme


class ComposeBar(ttk.Frame):
    """Hidden until `show`; its button calls ``on_cancel``. To be placed by ``grid``."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, *, on_cancel: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self.text = ""  #: what it says
        self._mark = tk.Frame(self)
        self._label = ClippedLabel(self, theme)
        self._cancel = ttk.Button(
            self, text="✕", width=2, style="Tool.TButton", command=on_cancel, takefocus=False
        )
        self.columnconfigure(1, weight=1)
        self._mark.grid(row=0, column=0, sticky="ns")
        self._label.grid(row=0, column=1, sticky="ew")
        self._cancel.grid(row=0, column=2)
        unsubscribe = theme.subscribe(self._restyle)
        self._mark.bind("<Destroy>", lambda _event: unsubscribe())
        self._restyle()

    def show(self, text: str) -> None:
        """Say what is being written; empty to hide."""
        self.text = text
        self._label.show(self._emoji.plain(one_line(text)))
        if text:
            self.grid()
        else:
            self.grid_remove()

    def _restyle(self) -> None:
        px = self._theme.px
        self._mark.configure(width=px(3), background=self._theme.palette.accent)
        self._label.grid_configure(padx=(px(8), px(8)))
