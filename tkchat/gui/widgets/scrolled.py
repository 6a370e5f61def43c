"""A frame that may be larger than the place it has."""

import tkinter as tk
from tkinter import ttk

from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.inside import is_inside

WHEEL_PIXELS = 60  # of 96 dpi, for each click of the wheel
_WHEEL_UNIT = 120  # what Windows reports for one click


class ScrolledFrame(ttk.Frame):
    """Scrolls ``inner``; what gets the keyboard in it comes into view.

    The wheel moves it up and down, with Shift to the sides.
    """

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=False)
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self._canvas.yview)
        self._side_bar = ttk.Scrollbar(self, orient="horizontal", command=self._canvas.xview)
        self._canvas.configure(
            yscrollcommand=lambda first, last: _show_part(self._bar, first, last),
            xscrollcommand=lambda first, last: _show_part(self._side_bar, first, last),
        )
        self.inner = ttk.Frame(self._canvas)
        self._item = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._canvas.grid(row=0, column=0, sticky="nsew")
        self._bar.grid(row=0, column=1, sticky="ns")
        self._side_bar.grid(row=1, column=0, sticky="ew")
        self._canvas.bind("<Configure>", lambda _: self._measure())
        self.inner.bind("<Configure>", lambda _: self._measure())
        # To the whole window, since each widget in the frame gets the wheel's events itself.
        window = self.winfo_toplevel()
        window.bind("<Button-4>", lambda event: self._wheel(event, -1), add=True)
        window.bind("<Button-5>", lambda event: self._wheel(event, 1), add=True)
        window.bind("<MouseWheel>", self._turn, add=True)
        window.bind("<Shift-Button-4>", lambda event: self._wheel(event, -1, "x"), add=True)
        window.bind("<Shift-Button-5>", lambda event: self._wheel(event, 1, "x"), add=True)
        window.bind("<Shift-MouseWheel>", lambda event: self._turn(event, "x"), add=True)
        window.bind("<FocusIn>", self._see, add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self._canvas.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def to_top(self) -> None:
        """Show the beginning."""
        self._canvas.yview_moveto(0)
        self._canvas.xview_moveto(0)

    def scroll(self, pixels: int) -> None:
        """Move down by so many pixels, or up if they are negative."""
        if self.inner.winfo_reqheight() > self._canvas.winfo_height():
            self._canvas.yview_scroll(pixels, "units")

    def scroll_aside(self, pixels: int) -> None:
        """Move to the right by so many pixels, or to the left if they are negative."""
        if self.inner.winfo_width() > self._canvas.winfo_width():
            self._canvas.xview_scroll(pixels, "units")

    def page(self, pages: int) -> None:
        """Move down by so many times what is in view, or up."""
        self.scroll(pages * max(self._canvas.winfo_height() - self._theme.px(WHEEL_PIXELS), 1))

    def _measure(self) -> None:
        inner, canvas = self.inner, self._canvas
        width, wanted = canvas.winfo_width(), inner.winfo_reqwidth()
        if wanted - width > self._bar.winfo_reqwidth():  # for that alone it rather moves together
            width = wanted
        height = max(inner.winfo_reqheight(), canvas.winfo_height())
        canvas.itemconfigure(self._item, width=width)
        canvas.configure(
            scrollregion=(0, 0, width, height),
            width=inner.winfo_reqwidth(),
            height=inner.winfo_reqheight(),
        )

    def _wheel(self, event: "tk.Event[tk.Misc]", clicks: float, axis: str = "y") -> None:
        if is_inside(event.widget, self) and self.winfo_viewable():
            scroll = self.scroll if axis == "y" else self.scroll_aside
            scroll(round(clicks * self._theme.px(WHEEL_PIXELS)))

    def _turn(self, event: "tk.Event[tk.Misc]", axis: str = "y") -> None:
        self._wheel(event, -event.delta / _WHEEL_UNIT, axis)

    def _see(self, event: "tk.Event[tk.Misc]") -> None:
        widget = event.widget
        if not str(widget).startswith(f"{self.inner}.") or not self.winfo_viewable():
            return
        margin = self._theme.px(12)
        top = widget.winfo_rooty() - self._canvas.winfo_rooty() - margin
        bottom = top + widget.winfo_height() + 2 * margin
        if top < 0:
            self.scroll(top)
        elif bottom > self._canvas.winfo_height():
            self.scroll(bottom - self._canvas.winfo_height())
        left = widget.winfo_rootx() - self._canvas.winfo_rootx() - margin
        right = left + widget.winfo_width() + 2 * margin
        if left < 0:
            self.scroll_aside(left)
        elif right > self._canvas.winfo_width():
            self.scroll_aside(min(right - self._canvas.winfo_width(), left))

    def _restyle(self) -> None:
        self._canvas.configure(
            background=self._theme.palette.window, yscrollincrement=1, xscrollincrement=1
        )


def _show_part(bar: ttk.Scrollbar, first: float, last: float) -> None:
    """Set a bar, which is there only where there is something to scroll."""
    bar.set(first, last)
    if (float(first), float(last)) == (0.0, 1.0):  # Tk hands over texts
        bar.grid_remove()
    else:
        bar.grid()
