"""A scrolling grid of emoji in sections; pictures are drawn when they come into sight."""

import time
import tkinter as tk
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import Box, rounded, to_photo
from tkchat.gui.look.theme import Theme

COLUMNS = 9
SLICE_SECONDS = 0.008  #: of drawing, before the window gets to do anything else
PICTURE = 24  #: the height of an emoji, of 96 dpi

_CELL = 36
_TITLE = 30


@dataclass(frozen=True, slots=True)
class Section:
    """Emoji under a title."""

    title: str
    emoji: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Row:
    top: int
    title: str = ""
    first: int = 0  # of its emoji
    count: int = 0


class EmojiGrid(ttk.Frame):
    """``on_select`` gets the emoji that is selected now, ``on_pick`` one that was clicked.

    Only for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_select: Callable[[str], None],
        on_pick: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._on_select = on_select
        self._on_pick = on_pick
        self._all: list[str] = []
        self._rows: list[_Row] = []
        self._tops: list[int] = []
        self._begins: list[int] = []  # the row of each section's title
        self._drawn: set[int] = set()
        self._photos: dict[str, tk.PhotoImage] = {}
        self._due = ""
        self._selected = -1
        px, palette = theme.px, theme.palette
        self.canvas = tk.Canvas(
            self,
            highlightthickness=0,
            borderwidth=0,
            background=palette.surface,
            width=COLUMNS * px(_CELL),
            height=7 * px(_CELL),
            yscrollincrement=1,
            yscrollcommand=self._scrolled,
        )
        style = "Emoji.Vertical.TScrollbar"
        parts = ("background", "troughcolor", "bordercolor", "lightcolor", "darkcolor")
        ttk.Style(self).configure(style, **dict.fromkeys(parts, palette.surface))
        self._bar = ttk.Scrollbar(self, style=style, command=self.canvas.yview)
        self.canvas.pack(side="left", fill="both", expand=True)
        self._bar.pack(side="right", fill="y")
        cell = (px(_CELL) - px(2),) * 2
        self._mark = to_photo(self, rounded(*cell, px(6), Box(palette.selection)))
        self.canvas.bind("<Motion>", self._on_motion)
        self.canvas.bind("<Button-1>", self._on_click)
        for event, step in (("<Button-4>", -1), ("<Button-5>", 1)):
            self.canvas.bind(event, lambda _event, step=step: self._wheel(step))  # type: ignore[misc]  # a lambda's default has no type
        self.canvas.bind("<MouseWheel>", lambda event: self._wheel(-1 if event.delta > 0 else 1))
        self.canvas.bind("<Configure>", lambda _event: self._look())
        self.canvas.bind("<Destroy>", lambda _event: self._stop(), add=True)

    @property
    def selected(self) -> str:
        """The emoji that is selected; empty if there are none."""
        return self._all[self._selected] if 0 <= self._selected < len(self._all) else ""

    @property
    def section(self) -> int:
        """The number of the section at the top of what is in sight."""
        top = self.canvas.canvasy(self._theme.px(_CELL) / 2)
        row = bisect_right(self._tops, top) - 1
        return max(bisect_right(self._begins, row) - 1, 0)

    def show(self, sections: Sequence[Section]) -> None:
        """Show these, the first emoji selected."""
        self.canvas.delete("all")
        self._drawn.clear()
        self._all = [each for section in sections for each in section.emoji]
        self._arrange(sections)
        self.canvas.create_image(0, 0, image=self._mark, anchor="nw", tags="mark", state="hidden")
        self.canvas.yview_moveto(0)
        self._select(0)
        self._look()

    def go_to(self, section: int) -> None:
        """Bring a section to the top, its first emoji selected."""
        row = self._begins[section]
        self._scroll_to(self._rows[row].top)
        self._select(next((each.first for each in self._rows[row:] if each.count), 0))

    def move(self, across: int, down: int) -> None:
        """Select the next emoji in a direction, and bring it into sight."""
        if not self._all:
            return
        index = self._selected
        if across:
            index = min(max(index + across, 0), len(self._all) - 1)
        if down:
            index = self._below(index, down)
        self._select(index)
        self._see(index)

    def page(self, way: int) -> None:
        """Select an emoji a page further down, or up."""
        height = max(self.canvas.winfo_height() // self._theme.px(_CELL) - 1, 1)
        self.move(0, way * height)

    def _arrange(self, sections: Sequence[Section]) -> None:
        px, fonts, palette = self._theme.px, self._theme.fonts, self._theme.palette
        self._rows, self._begins = [], []
        top = first = 0
        for section in sections:
            self._begins.append(len(self._rows))
            self._rows.append(_Row(top, section.title))
            self.canvas.create_text(
                px(4),
                top + px(_TITLE) - px(7),
                text=self._emoji.plain(section.title),
                anchor="sw",
                font=fonts.small_bold,
                fill=palette.muted,
            )
            top += px(_TITLE)
            for start in range(0, len(section.emoji), COLUMNS):
                count = min(COLUMNS, len(section.emoji) - start)
                self._rows.append(_Row(top, first=first + start, count=count))
                top += px(_CELL)
            first += len(section.emoji)
        self._tops = [row.top for row in self._rows]
        self.canvas.configure(scrollregion=(0, 0, COLUMNS * px(_CELL), top + px(4)))

    def _row_of(self, index: int) -> int:
        for number, row in enumerate(self._rows):
            if row.first <= index < row.first + row.count:
                return number
        return 0

    def _below(self, index: int, down: int) -> int:
        number = self._row_of(index)
        column = index - self._rows[number].first
        step = 1 if down > 0 else -1
        for _ in range(abs(down)):
            following = number + step
            while 0 <= following < len(self._rows) and not self._rows[following].count:
                following += step  # a title
            if not 0 <= following < len(self._rows):
                break
            number = following
        row = self._rows[number]
        return row.first + min(column, row.count - 1)

    def _place_of(self, index: int) -> tuple[int, int]:
        row = self._rows[self._row_of(index)]
        return (index - row.first) * self._theme.px(_CELL), row.top

    def _select(self, index: int) -> None:
        self._selected = index
        if self.selected:
            x, y = self._place_of(index)
            self.canvas.coords("mark", x + self._theme.px(1), y + self._theme.px(1))
            self.canvas.itemconfigure("mark", state="normal")
        self._on_select(self.selected)

    def _see(self, index: int) -> None:
        _, top = self._place_of(index)
        px, height = self._theme.px, self.canvas.winfo_height()
        if top - px(_TITLE) < self.canvas.canvasy(0):
            self._scroll_to(top - px(_TITLE))
        elif top + px(_CELL) > self.canvas.canvasy(height):
            self._scroll_to(top + px(_CELL) + px(4) - height)

    def _scroll_to(self, y: int) -> None:
        whole = float(str(self.canvas.cget("scrollregion")).split()[3])
        self.canvas.yview_moveto(max(y, 0) / max(whole, 1))

    def _wheel(self, step: int) -> None:
        self.canvas.yview_scroll(step * 2 * self._theme.px(_CELL), "units")

    def _scrolled(self, first: float, last: float) -> None:
        self._bar.set(first, last)
        self._look()
        self.event_generate("<<Scrolled>>")

    def _look(self) -> None:
        if not self._due:
            self._due = self.after_idle(self._draw_slice)

    def _stop(self) -> None:
        if self._due:
            self.after_cancel(self._due)
            self._due = ""

    def _in_sight(self) -> range:
        canvas = self.canvas
        first = max(bisect_right(self._tops, canvas.canvasy(0)) - 1, 0)
        last = bisect_right(self._tops, canvas.canvasy(canvas.winfo_height()))
        rows = [row for row in self._rows[first:last] if row.count]
        return range(rows[0].first, rows[-1].first + rows[-1].count) if rows else range(0)

    def _draw_slice(self) -> None:
        self._due = ""
        until = time.monotonic() + SLICE_SECONDS
        for index in self._in_sight():
            if index in self._drawn:
                continue
            if time.monotonic() > until:
                self._due = self.after(1, self._draw_slice)
                return
            self._drawn.add(index)
            self._draw(index)

    def _draw(self, index: int) -> None:
        sequence = self._all[index]
        x, y = self._place_of(index)
        middle = (x + self._theme.px(_CELL) // 2, y + self._theme.px(_CELL) // 2)
        if photo := self._photo(sequence):
            self.canvas.create_image(*middle, image=photo)
            return
        text = sequence if self._emoji.safe else self._emoji.shortcodes.name_of(sequence)[:4]
        palette, fonts = self._theme.palette, self._theme.fonts
        font = fonts.heading if self._emoji.safe else fonts.small
        self.canvas.create_text(*middle, text=text, font=font, fill=palette.text)

    def _photo(self, sequence: str) -> tk.PhotoImage | None:
        if sequence not in self._photos:
            png = self._emoji.png(sequence, self._theme.px(PICTURE))
            if png is None:
                return None
            self._photos[sequence] = tk.PhotoImage(master=self.canvas, data=png, format="png")
        return self._photos[sequence]

    def _index_at(self, event: "tk.Event[tk.Misc]") -> int | None:
        column = event.x // self._theme.px(_CELL)
        number = bisect_right(self._tops, self.canvas.canvasy(event.y)) - 1
        if not 0 <= number < len(self._rows):
            return None
        row = self._rows[number]
        return row.first + column if 0 <= column < row.count else None

    def _on_motion(self, event: "tk.Event[tk.Misc]") -> None:
        index = self._index_at(event)
        if index is not None and index != self._selected:
            self._select(index)

    def _on_click(self, event: "tk.Event[tk.Misc]") -> None:
        index = self._index_at(event)
        if index is not None:
            self._on_pick(self._all[index])
