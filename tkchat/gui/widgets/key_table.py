"""What keys do, as a table."""

import tkinter as tk
from collections.abc import Sequence
from itertools import groupby
from tkinter import ttk

from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import Shortcut

HELP_WIDTHS = {1: 400, 2: 260}  # of 96 dpi: of what a key does, by the number of columns


class KeyTable(ttk.Frame):
    """The rows of one or more groups, each with its keys at the right, in ``columns``."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, rows: Sequence[Shortcut], *, columns: int = 1
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._captions: list[ttk.Label] = []
        self._helps: list[ttk.Label] = []
        self._keys: list[ttk.Label] = []
        self._columns = [ttk.Frame(self) for _ in range(columns)]
        for at, column in enumerate(self._columns):
            column.grid(row=0, column=at, sticky="new")
            column.columnconfigure(0, weight=1)
            column.bind("<Configure>", lambda event: self._wrap(event.widget, event.width))
            self.columnconfigure(at, weight=1, uniform="columns")
        for column, group in zip(*_spread(rows, self._columns), strict=True):
            self._add(column, group)
        self.bind("<Map>", lambda _: self._wrap_all())
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())
        self._restyle()

    def _add(self, column: ttk.Frame, group: list[Shortcut]) -> None:
        caption = ttk.Label(column, text=group[0].group, style="Bold.TLabel")
        caption.grid(sticky="w")
        self._captions.append(caption)
        for shortcut in group:
            row = ttk.Frame(column)  # of its own: short keys leave more room for the words
            row.columnconfigure(0, weight=1)
            row.grid(sticky="ew")
            words = ttk.Label(row, text=shortcut.help, justify="left")
            words.grid(row=0, column=0, sticky="w")
            keys = ttk.Label(row, text=shortcut.shown, style="Key.TLabel")
            keys.grid(row=0, column=1, sticky="e")
            self._helps.append(words)
            self._keys.append(keys)

    def _restyle(self) -> None:
        px = self._theme.px
        for at, column in enumerate(self._columns):
            is_last = at == len(self._columns) - 1
            column.grid_configure(padx=(px(18) if at else 0, 0 if is_last else px(18)))
        for caption in self._captions:
            first = caption.grid_info()["row"] == 0
            caption.grid_configure(pady=(0 if first else px(18), px(6)))
        for words, keys in zip(self._helps, self._keys, strict=True):
            words.configure(wraplength=px(HELP_WIDTHS[len(self._columns)]))
            words.grid_configure(pady=px(3))
            keys.grid_configure(pady=px(2), padx=(px(16), 0))

    def _wrap_all(self) -> None:
        for column in self._columns:
            self._wrap(column, column.winfo_width())

    def _wrap(self, column: tk.Misc, width: int) -> None:
        """Give the words what the keys leave of a column that is narrower than usual."""
        if not self.winfo_viewable():  # nothing is known of its place yet
            return
        px = self._theme.px
        for words, keys in zip(self._helps, self._keys, strict=True):
            if words.master.master is column:
                room = max(width - keys.winfo_reqwidth() - px(18), px(80))
                words.configure(wraplength=room)


def _spread(
    rows: Sequence[Shortcut], columns: list[ttk.Frame]
) -> tuple[list[ttk.Frame], list[list[Shortcut]]]:
    """Return a column for each group, so that all get about as many rows."""
    groups = [list(each) for _, each in groupby(rows, key=lambda row: row.group)]
    lengths = [len(group) + 2 for group in groups]  # with the caption and the space before it
    places = []
    for at, length in enumerate(lengths):
        middle = (sum(lengths[:at]) + length / 2) / sum(lengths)
        places.append(columns[min(int(middle * len(columns)), len(columns) - 1)])
    return places, groups
