"""The line above the box to write in, which says what is being written: an answer, an edit."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import tip_for
from tkchat.gui.widgets.clipped_label import ClippedLabel
from tkchat.gui.widgets.icon_button import IconButton, cross
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr


class ComposeBar(ttk.Frame):
    """Hidden until `show`; its button calls ``on_cancel``. To be placed by ``grid``."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, *, on_cancel: Callable[[], object]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._is_shown = False
        self._mark = tk.Frame(self)
        self._title = ttk.Label(self)
        self._words = ClippedLabel(self, theme)
        self._cancel = IconButton(
            self, theme, cross, on_cancel, tip=lambda: tip_for("cancel", tr("Cancel"))
        )
        self._cancel.configure(takefocus=False)  # Escape does the same
        self.columnconfigure(2, weight=1)
        self._mark.grid(row=0, column=0, sticky="ns")
        self._title.grid(row=0, column=1)
        self._words.grid(row=0, column=2, sticky="ew")
        self._cancel.grid(row=0, column=3)
        unsubscribe = theme.subscribe(self._restyle)
        self._mark.bind("<Destroy>", lambda _event: unsubscribe())
        self._restyle()

    def show(self, title: str, words: str = "") -> None:
        """Say what is being written, and the words that it is about; without a title hide."""
        self._title.configure(text=self._emoji.plain(one_line(title)))
        self._words.show(self._emoji.plain(one_line(words)))
        self._is_shown = bool(title)
        self._place()

    def restyled(self) -> None:
        """Hide again if there is nothing to say: ``grid`` was asked to place it anew."""
        self._place()

    def _place(self) -> None:
        if self._is_shown:
            self.grid()
        else:
            self.grid_remove()

    def _restyle(self) -> None:
        px = self._theme.px
        self._mark.configure(width=px(3), background=self._theme.palette.accent)
        self._title.configure(font=self._theme.fonts.small_bold)
        self._title.grid_configure(padx=(px(8), px(6)))
        self._words.grid_configure(padx=(0, px(8)))
