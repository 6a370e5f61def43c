"""All keys on one sheet."""

import tkinter as tk
from tkinter import ttk

from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import shortcuts
from tkchat.gui.widgets.key_table import HELP_WIDTHS, KeyTable
from tkchat.gui.widgets.scrolled import ScrolledFrame
from tkchat.gui.widgets.side_window import SideWindow
from tkchat.i18n import tr


class ShortcutSheet(SideWindow):
    """Shows every row of `shortcuts()`, by group; Escape and the keys that opened it close it."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent, theme, tr("Keyboard shortcuts"))
        self._title = ttk.Label(self, text=tr("Keyboard shortcuts"), style="Title.TLabel")
        self._frame = ScrolledFrame(self, theme)
        self._table = self._make_table()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._title.grid(row=0, column=0, sticky="w")
        self._frame.grid(row=1, column=0, sticky="nsew")
        self._frame.inner.columnconfigure(0, weight=1)
        for key, pixels in (("<Up>", -1), ("<Down>", 1)):
            self.bind(key, lambda _, by=pixels: self._frame.scroll(by * theme.px(40)))  # type: ignore[misc]  # it cannot tell the default's type
        for key, pages in (("<Prior>", -1), ("<Next>", 1), ("<space>", 1)):
            self.bind(key, lambda _, by=pages: self._frame.page(by))  # type: ignore[misc]  # likewise
        for shortcut in shortcuts():
            if shortcut.deed == "shortcuts":
                for key in shortcut.keys:
                    self.bind(key, lambda _: self.close())
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())
        self._restyle()

    def open(self) -> None:
        """Put the sheet on the screen."""
        self.show(self)

    def _make_table(self) -> KeyTable:
        """Return the table in two columns, or in one where the screen is too narrow for them."""
        rows, px = shortcuts(), self.theme.px
        keys = max(self.theme.fonts.body.measure(row.shown) for row in rows)
        width = 2 * (keys + px(HELP_WIDTHS[2])) + px(180)  # with all the space around
        table = KeyTable(
            self._frame.inner,
            self.theme,
            rows,
            columns=2 if width < self.winfo_screenwidth() else 1,
        )
        table.grid(sticky="nsew")
        return table

    def _restyle(self) -> None:
        px = self.theme.px
        self._title.grid_configure(padx=px(28), pady=(px(22), px(12)))
        self._frame.grid_configure(padx=(px(28), px(4)))
        self._table.grid_configure(padx=(0, px(24)), pady=(0, px(22)))
