"""Menus that drop down or pop up over a window, from lists of what they offer."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkchat.gui.emoji import Emoji
from tkchat.gui.inside import is_inside
from tkchat.gui.row_draw import INSET, LEAD, MARGIN, Row
from tkchat.gui.row_list import RowList
from tkchat.gui.theme import Theme

_EDGE = 5  # of 96 dpi, like the next: above the first line and below the last
_BEFORE_KEYS = 28


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu; ``keys`` is shown beside it, ``chosen`` marks it."""

    text: str
    action: Callable[[], None]
    keys: str = ""
    chosen: bool = False


SEPARATOR = Entry("", lambda: None)


class Menu:
    """A menu over the window of ``parent``, filled anew each time it opens.

    Drawn here and not by Tk, whose menus on X11 are grey and cramped. It has the keyboard while it
    is open, and gives it back.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, emoji: Emoji) -> None:
        self._window = parent.winfo_toplevel()
        self._theme = theme
        self._emoji = emoji
        self._entries: Sequence[Entry] = ()
        self._before: tk.Misc | None = None  # what had the keyboard
        self.panel = tk.Frame(self._window, borderwidth=0)
        self._inside = tk.Frame(self.panel)
        self.rows = RowList(
            self._inside, theme, ground="surface", marks_focused=True, on_choose=self._choose
        )
        self._inside.pack(fill="both", expand=True)
        self.rows.pack(fill="both", expand=True)
        canvas = self.rows.canvas
        canvas.bind("<Escape>", lambda _event: self._escape())
        canvas.bind("<FocusOut>", lambda _event: self.close(), add=True)
        for key in ("<<NextWindow>>", "<<PrevWindow>>"):
            canvas.bind(key, lambda _event: self._escape())
        self._window.bind("<Button>", self._clicked, add=True)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.panel.place_info())

    def post(self, entries: Sequence[Entry], x: int, y: int, anchor: str = "nw") -> None:
        """Open the menu with its corner ``anchor`` (``nw``, ``ne``, ``sw``) at a place on screen.

        Where the window ends there, it opens as near as it can.
        """
        if not self.is_open:
            self._before = self._window.focus_get()
        self._entries = entries
        self.rows.put([self._row(at, entry) for at, entry in enumerate(entries)])
        self.rows.mark("")
        self._restyle()
        width, height = self._size()
        x -= self._window.winfo_rootx() + (width if "e" in anchor else 0)
        y -= self._window.winfo_rooty() + (height if "s" in anchor else 0)
        most_x, most_y = self._window.winfo_width() - width, self._window.winfo_height() - height
        x, y = max(min(x, most_x), 0), max(min(y, most_y), 0)
        self.panel.place(x=x, y=y, width=width, height=height)
        self.panel.lift()
        self.rows.canvas.focus_set()

    def close(self) -> None:
        """Take the menu away, with nothing done."""
        if self.is_open:
            had_keyboard = self._window.focus_get() is self.rows.canvas
            self.panel.place_forget()
            if had_keyboard and self._before is not None and self._before.winfo_exists():
                self._before.focus_set()

    def _row(self, at: int, entry: Entry) -> Row:
        if entry is SEPARATOR:
            return Row(str(at), "", is_caption=True)
        has_marks = any(each.chosen for each in self._entries)
        lead = "✓" if entry.chosen else " " if has_marks else ""
        return Row(str(at), self._emoji.plain(entry.text), lead=lead, mark=entry.keys)

    def _size(self) -> tuple[int, int]:
        """Return how wide and high the menu is, in pixels; no larger than the window."""
        px, font = self._theme.px, self._theme.fonts.body
        rows = self.rows.rows
        keys = max((font.measure(row.mark) for row in rows), default=0)
        width = max((font.measure(row.text) for row in rows), default=0)
        width += (
            px(MARGIN + INSET) + px(MARGIN) + px(INSET) + 2 * max(px(1), 1)
        )  # as rows are drawn
        width += px(LEAD) if any(row.lead for row in rows) else 0
        width += keys + px(_BEFORE_KEYS) if keys else 0
        height = self.rows.height + 2 * px(_EDGE) + 2 * max(px(1), 1)
        return min(width, self._window.winfo_width()), min(height, self._window.winfo_height())

    def _restyle(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        self.panel.configure(background=palette.line)
        self._inside.configure(background=palette.surface)
        self._inside.pack_configure(padx=max(px(1), 1), pady=max(px(1), 1))
        self.rows.pack_configure(pady=px(_EDGE))

    def _choose(self, key: str) -> None:
        self.close()
        self._entries[int(key)].action()

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        if self.is_open and not is_inside(event.widget, self.panel):
            self.close()

    def _escape(self) -> str:
        self.close()
        return "break"
