"""A frame that may be higher than the place it has."""

import tkinter as tk
from tkinter import ttk

from tkchat.gui.theme import Theme

WHEEL_PIXELS = 60  # of 96 dpi, for each click of the wheel
_WHEEL_UNIT = 120  # what Windows reports for one click


class ScrolledFrame(ttk.Frame):
    """Scrolls ``inner`` up and down; what gets the keyboard in it comes into view."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=False)
        self._bar = ttk.Scrollbar(self, orient="vertical", command=self._canvas.yview)
        self._canvas.configure(yscrollcommand=self._scrolled)
        self.inner = ttk.Frame(self._canvas)
        self._item = self._canvas.create_window(0, 0, window=self.inner, anchor="nw")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self._canvas.grid(row=0, column=0, sticky="nsew")
        self._bar.grid(row=0, column=1, sticky="ns")
        self._canvas.bind("<Configure>", lambda event: self._fit(event.width))
        self.inner.bind("<Configure>", lambda _: self._measure())
        # To the whole window, since each widget in the frame gets the wheel's events itself.
        window = self.winfo_toplevel()
        window.bind("<Button-4>", lambda event: self._wheel(event, -1), add=True)
        window.bind("<Button-5>", lambda event: self._wheel(event, 1), add=True)
        window.bind("<MouseWheel>", self._turn, add=True)
        window.bind("<FocusIn>", self._see, add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self._canvas.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def to_top(self) -> None:
        """Show the beginning."""
        self._canvas.yview_moveto(0)

    def scroll(self, pixels: int) -> None:
        """Move down by so many pixels, or up if they are negative."""
        if self.inner.winfo_reqheight() > self._canvas.winfo_height():
            self._canvas.yview_scroll(pixels, "units")

    def page(self, pages: int) -> None:
        """Move down by so many times what is in view, or up."""
        self.scroll(pages * max(self._canvas.winfo_height() - self._theme.px(WHEEL_PIXELS), 1))

    def _fit(self, width: int) -> None:
        self._canvas.itemconfigure(self._item, width=width)
        self._measure()

    def _measure(self) -> None:
        height = max(self.inner.winfo_reqheight(), self._canvas.winfo_height())
        self._canvas.configure(
            scrollregion=(0, 0, 1, height),
            width=self.inner.winfo_reqwidth(),
            height=self.inner.winfo_reqheight(),
        )

    def _scrolled(self, first: float, last: float) -> None:
        self._bar.set(first, last)
        if (float(first), float(last)) == (0.0, 1.0):  # Tk hands over texts
            self._bar.grid_remove()
        else:
            self._bar.grid()

    def _wheel(self, event: "tk.Event[tk.Misc]", clicks: float) -> None:
        if str(event.widget).startswith(str(self)) and self.winfo_viewable():
            self.scroll(round(clicks * self._theme.px(WHEEL_PIXELS)))

    def _turn(self, event: "tk.Event[tk.Misc]") -> None:
        self._wheel(event, -event.delta / _WHEEL_UNIT)

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

    def _restyle(self) -> None:
        self._canvas.configure(background=self._theme.palette.window, yscrollincrement=1)
