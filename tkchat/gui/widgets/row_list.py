"""A list of rows that can be chosen, by mouse and by keyboard."""

import tkinter as tk
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate
from tkinter import ttk

from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.menu_keys import bind_menu_keys
from tkchat.gui.widgets.row_draw import INSET, LEAD, MARGIN, Marks, Row, RowPainter
from tkchat.gui.widgets.tooltip import Tooltip

_WHEEL_ROWS = 3


class RowList(ttk.Frame):
    """Shows rows, of which one may be selected; only those in view are drawn.

    ``on_choose`` gets the key of a row that is clicked, or chosen with Return; ``on_menu`` that of
    one whose context menu is asked for, and where on the screen.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        ground: str = "sidebar",
        marks_focused: bool = False,
        on_choose: Callable[[str], None] = lambda _key: None,
        on_menu: Callable[[str, int, int], None] = lambda _key, _x, _y: None,
    ) -> None:
        """``ground`` is the name of the palette's colour behind the rows.

        With ``marks_focused`` the arrow keys' row is marked as if it was selected, and is the one
        under the pointer, too: that is how menus are.
        """
        super().__init__(parent)
        self._theme = theme
        self._ground = ground
        self._marks_focused = marks_focused
        self._choose = on_choose
        self._open_menu = on_menu
        self._shown: Sequence[Row] = ()
        self._tops: list[int] = [0]  # where each row begins, and where the last one ends
        self._top = 0  # what is scrolled away, in pixels
        self._selected = self._hovered = self._pressed = ""
        self.focused = ""  #: the key of the row that the arrow keys are on
        self.canvas = tk.Canvas(
            self, highlightthickness=0, borderwidth=0, takefocus=True, width=1, height=1
        )
        self._bar = ttk.Scrollbar(
            self, orient="vertical", style=f"{ground}.Vertical.TScrollbar", command=self._scroll
        )
        self.canvas.pack(fill="both", expand=True)
        self._painter = RowPainter(self.canvas, theme, ground)
        self._tip = Tooltip(self.canvas, theme)
        self._bind_canvas()
        unsubscribe = theme.subscribe(self.restyle)
        self.canvas.bind("<Destroy>", lambda _event: unsubscribe(), add=True)
        self._style()

    @property
    def rows(self) -> Sequence[Row]:
        """What is shown, from top to bottom."""
        return self._shown

    @property
    def height(self) -> int:
        """How high all rows are together, in pixels."""
        return self._tops[-1]

    @property
    def bar_width(self) -> int:
        """What the scrollbar takes of the width of rows, in pixels, when it is there."""
        return self._bar.winfo_reqwidth() - self._theme.px(MARGIN) // 2

    @property
    def hovered(self) -> str:
        """The key of the row under the pointer; empty if there is none."""
        return self._hovered

    def fitting(self, height: int, most: int) -> int:
        """Return how many rows fit into ``height`` pixels: at least one, and not over ``most``."""
        return max(min(height // self._painter.row_height, most), 1)

    def fit(self, most: int) -> None:
        """Ask for just the height of the rows, if these are not more than ``most``."""
        self.canvas.configure(height=min(self.height, most * self._painter.row_height))

    def shown_keys(self) -> list[str]:
        """Return the keys of the rows that can be chosen, from top to bottom."""
        return [row.key for row in self._shown if row.can_be_chosen]

    def put(self, rows: Sequence[Row], selected: str = "") -> None:
        """Show exactly ``rows``, and mark the one whose key is ``selected``."""
        if tuple(rows) == tuple(self._shown) and selected == self._selected:
            return
        self._shown = rows
        self._measure()
        keys = self.shown_keys()
        if self.focused not in keys:
            self.focused = ""
        if self._hovered not in keys:
            self._hovered = ""
        self.select(selected)

    def select(self, key: str) -> None:
        """Mark the row of ``key`` as the current one, as far as there is such a row."""
        if key != self._selected:
            self._selected = key
            if any(row.key == key for row in self._shown):
                self.focused = key
                self._see(key)
        self._draw()

    def mark(self, key: str) -> None:
        """Let the arrow keys' row be that of ``key``, and in sight; empty for none."""
        self.focused = key
        if key:
            self._see(key)
        self._draw()

    def to_top(self) -> None:
        """Bring the first row into view."""
        self._top = 0
        self._draw()

    def move(self, step: int) -> None:
        """Let the arrow keys' row be the next one, or with -1 the one before."""
        keys = self.shown_keys()
        if keys:
            outside = -1 if step > 0 else len(keys)
            at = keys.index(self.focused) if self.focused else outside
            self.mark(keys[max(0, min(at + step, len(keys) - 1))])

    def choose_focused(self) -> None:
        """Choose the row that the arrow keys are on."""
        if self.focused:
            self._choose(self.focused)

    def place_of(self, key: str) -> tuple[int, int]:
        """Return the upper and the lower edge of a row, in pixels of the list."""
        at = next(at for at, row in enumerate(self._shown) if row.key == key)
        return self._tops[at] - self._top, self._tops[at + 1] - self._top

    def key_at(self, y: int) -> str:
        """Return the key of the row at ``y`` pixels from the top; empty if none can be chosen."""
        at = bisect_right(self._tops, y + self._top) - 1
        if not 0 <= at < len(self._shown) or not self._shown[at].can_be_chosen:
            return ""
        return self._shown[at].key

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._style()
        self._draw()

    def _style(self) -> None:
        colour = getattr(self._theme.palette, self._ground)
        parts = ("background", "troughcolor", "bordercolor", "lightcolor", "darkcolor")
        name = f"{self._ground}.Vertical.TScrollbar"
        ttk.Style(self).configure(name, **dict.fromkeys(parts, colour))
        self._painter.restyle()
        self._measure()

    def _measure(self) -> None:
        self._tops = list(accumulate(map(self._painter.height_of, self._shown), initial=0))

    def _bind_canvas(self) -> None:
        canvas = self.canvas
        canvas.bind("<Configure>", lambda _event: self._draw())
        canvas.bind("<ButtonPress-1>", self._press)
        canvas.bind("<ButtonRelease-1>", self._release)
        canvas.bind("<Motion>", lambda event: self._hover(self.key_at(event.y)))
        canvas.bind("<Leave>", lambda _event: self._hover(""))
        canvas.bind("<FocusIn>", lambda _event: self._begin_somewhere())
        canvas.bind("<FocusOut>", lambda _event: self._draw())
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            canvas.bind(key, partial(_do, self.choose_focused))
        far = 10**9
        for key, step in (("<Up>", -1), ("<Down>", 1), ("<Home>", -far), ("<End>", far)):
            canvas.bind(key, partial(_do, partial(self.move, step)))
        canvas.bind("<MouseWheel>", lambda event: self._wheel(-1 if event.delta > 0 else 1))
        canvas.bind("<Button-4>", lambda _event: self._wheel(-1))
        canvas.bind("<Button-5>", lambda _event: self._wheel(1))
        bind_menu_keys(canvas, self._menu_at, self._menu_by_key)

    def _press(self, event: "tk.Event[tk.Misc]") -> None:
        self._pressed = self.key_at(event.y)

    def _release(self, event: "tk.Event[tk.Misc]") -> None:
        key = self.key_at(event.y)
        if key and key == self._pressed:
            self._choose(key)

    def _menu_at(self, event: "tk.Event[tk.Misc]") -> None:
        if key := self.key_at(event.y):
            self._open_menu(key, event.x_root, event.y_root)

    def _menu_by_key(self) -> None:
        if self.focused:
            self._see(self.focused)
            x = self.canvas.winfo_rootx() + self._theme.px(MARGIN + INSET + LEAD)
            y = self.canvas.winfo_rooty() + self.place_of(self.focused)[1]
            self._open_menu(self.focused, x, y)

    def _begin_somewhere(self) -> None:
        """Give the arrow keys a row to start from."""
        keys = self.shown_keys()
        if keys and not self.focused and not self._marks_focused:
            self.focused = keys[0]
        self._draw()

    def _see(self, key: str) -> None:
        upper, lower = self.place_of(key)
        if upper < 0:
            self._top += upper
        elif lower > self.canvas.winfo_height() > 1:
            self._top += lower - self.canvas.winfo_height()

    def _hover(self, key: str) -> None:
        if key != self._hovered:
            self._hovered = key
            if self._marks_focused and key:
                self.focused = key
            self._draw()
            self._tip.hide()
            if key:
                self._tip.show_soon(self._say_of_hovered)

    def _say_of_hovered(self) -> str:
        """Return what is to be said of the row under the pointer: its whole name, if need be."""
        row = next((row for row in self._shown if row.key == self._hovered), None)
        if row is None:
            return ""
        return "\n".join(text for text in (self._painter.clipped.get(row.key, ""), row.tip) if text)

    def _wheel(self, way: int) -> str:
        self._top += way * _WHEEL_ROWS * self._painter.row_height
        self._draw()
        return "break"

    def _scroll(self, what: str, amount: str, unit: str = "") -> None:
        """Do what the scrollbar asks for."""
        if what == "moveto":
            self._top = round(float(amount) * self.height)
        else:
            step = self.canvas.winfo_height() if unit == "pages" else self._painter.row_height
            self._top += int(amount) * step
        self._draw()

    def _draw(self) -> None:
        """Draw what is in view."""
        canvas, tops = self.canvas, self._tops
        high = canvas.winfo_height()
        if high <= 1:
            return  # it is not on the screen yet
        self._top = max(0, min(self._top, self.height - high))
        self._painter.begin(canvas.winfo_width() - self._show_bar(high))
        has_ring = not self._marks_focused and canvas.focus_displayof() is canvas
        for at in range(max(bisect_right(tops, self._top) - 1, 0), len(self._shown)):
            if tops[at] - self._top >= high:
                break
            row = self._shown[at]
            is_focused = row.key == self.focused
            marks = Marks(
                row.key == self._selected or (self._marks_focused and is_focused),
                row.key == self._hovered,
                has_ring and is_focused,
            )
            self._painter.draw(row, tops[at] - self._top, marks)

    def _show_bar(self, high: int) -> int:
        """Show where in the list the view is; return what that takes of the width."""
        whole = max(self.height, 1)
        self._bar.set(self._top / whole, min((self._top + high) / whole, 1))
        if self.height <= high:
            self._bar.place_forget()
            return 0
        # Over the canvas: to make that narrower would mean to draw it again.
        self._bar.place(relx=1.0, rely=0.0, anchor="ne", relheight=1.0)
        return self.bar_width


def _do(deed: Callable[[], None], _event: object) -> str:
    deed()
    return "break"
