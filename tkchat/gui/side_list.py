"""What the sidebar's lists have in common: a caption, rows that can be chosen, a scrollbar."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from tkchat.gui.theme import Theme

_HOVER = "hover"
_NAME_WIDTH = 170


class SideList(ttk.Frame):
    """Rows under a caption; ``on_choose`` gets the key of a row chosen by hand.

    One widget holds all rows, so that thousands stay fast.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        style: str = "Sidebar.Treeview",
        height: int = 1,
        one_click: bool = False,
        on_choose: Callable[[str], None],
    ) -> None:
        super().__init__(parent, style="Sidebar.TFrame")
        self._theme = theme
        self._choose = on_choose
        self._hovered = ""
        self._shown: dict[str, dict[str, Any]] = {}  # key -> item options
        self._ids: dict[str, str] = {}  # key -> Treeview's id
        self._keys: dict[str, str] = {}
        self.caption = ttk.Label(self, style="Heading.TLabel")
        self.rows = ttk.Treeview(
            self, style=style, show="tree", selectmode="browse", height=height, takefocus=True,
        )  # fmt: skip
        self._bar = ttk.Scrollbar(self, orient="vertical", style="Sidebar.Vertical.TScrollbar")
        self._bar.configure(command=self.rows.yview)
        self.rows.configure(yscrollcommand=self._scrolled)
        self._lay_out()
        self._bind_rows(one_click)
        self._style_rows()
        self._unsubscribe = theme.subscribe(self.restyle)
        self.rows.bind("<Destroy>", lambda _event: self._unsubscribe(), add=True)

    def shown_keys(self) -> list[str]:
        """Return the keys of the rows from top to bottom."""
        return [self._keys[row] for row in self.rows.get_children()]

    def put(self, wanted: dict[str, dict[str, Any]]) -> None:
        """Show exactly the rows of ``wanted`` (key -> Treeview item options), in that order.

        Only what differs from what is shown is touched.
        """
        rows = self.rows
        gone = [key for key in self._ids if key not in wanted]
        rows.delete(*(self._ids[key] for key in gone))
        for key in gone:
            del self._keys[self._ids.pop(key)]
        shown = list(rows.get_children())
        for place, (key, options) in enumerate(wanted.items()):
            row = self._ids.get(key)
            if row is None:
                row = rows.insert("", place, **options)
                self._ids[key], self._keys[row] = row, key
                shown.insert(place, row)
                continue
            if shown[place] != row:
                rows.move(row, "", place)
                shown.remove(row)
                shown.insert(place, row)
            if self._shown[key] != options:
                rows.item(row, **options)
        self._shown = wanted

    def select(self, key: str) -> None:
        """Mark the row of ``key`` as the current one, as far as there is such a row."""
        row = self._ids.get(key)
        if row is None:
            self.rows.selection_set(())
        elif self.rows.selection() != (row,):
            self.rows.selection_set(row)
            self.rows.focus(row)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._style_rows()

    def _style_rows(self) -> None:
        px = self._theme.px
        self.rows.tag_configure(_HOVER, background=self._theme.palette.hover)
        self.rows.column("#0", width=px(_NAME_WIDTH), minwidth=px(_NAME_WIDTH // 2))
        self.caption.grid_configure(padx=px(14), pady=(px(12), px(4)))

    def _lay_out(self) -> None:
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.caption.grid(row=0, column=0, sticky="w")
        self.rows.grid(row=1, column=0, sticky="nsew")
        self._bar.grid(row=1, column=1, sticky="ns")

    def _bind_rows(self, one_click: bool) -> None:
        rows = self.rows
        rows.bind("<ButtonRelease-1>" if one_click else "<Double-Button-1>", self._clicked)
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            rows.bind(key, lambda _event: self._choose_focused())
        rows.bind("<Motion>", lambda event: self._hover(rows.identify_row(event.y)))
        rows.bind("<Leave>", lambda _event: self._hover(""))
        rows.bind("<FocusIn>", lambda _event: self._focus_something())

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        if row := self.rows.identify_row(event.y):
            self._choose(self._keys[row])

    def _choose_focused(self) -> str:
        if row := self.rows.focus():
            self._choose(self._keys[row])
        return "break"

    def _focus_something(self) -> None:
        """Give the arrow keys a row to start from."""
        children = self.rows.get_children()
        if children and not self.rows.focus():
            self.rows.focus(children[0])

    def _hover(self, row: str) -> None:
        if row == self._hovered:
            return
        if self._hovered and self.rows.exists(self._hovered):
            self.rows.item(self._hovered, tags=self._tags(self._hovered))
        if row and row not in self.rows.selection():
            self.rows.item(row, tags=(*self._tags(row), _HOVER))
        self._hovered = row

    def _tags(self, row: str) -> tuple[str, ...]:
        return tuple(self._shown[self._keys[row]].get("tags", ()))

    def _scrolled(self, first: float, last: float) -> None:
        self._bar.set(first, last)
        if float(first) <= 0 and float(last) >= 1:
            self._bar.grid_remove()
        else:
            self._bar.grid()
