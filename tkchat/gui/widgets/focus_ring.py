"""A ring around a widget while it has the keyboard, over what it shows and not around it."""

import tkinter as tk
from typing import Any

from tkchat.gui.look.theme import Theme


class FocusRing:
    """Shows the ring on ``widget``, which needs no room for it: nothing moves when it comes."""

    def __init__(self, widget: tk.Misc, theme: Theme) -> None:
        self._theme = theme
        self.sides = [tk.Frame(widget, takefocus=False) for _ in range(4)]
        widget.bind("<FocusIn>", lambda _event: self._show(), add=True)
        widget.bind("<FocusOut>", lambda _event: self._hide(), add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self.sides[0].bind("<Destroy>", lambda _event: unsubscribe())
        self._restyle()

    def _show(self) -> None:
        thick = max(self._theme.px(1), 1)
        lying: dict[str, Any] = {"relx": 0, "relwidth": 1, "height": thick}
        upright: dict[str, Any] = {"rely": 0, "relheight": 1, "width": thick}
        top, bottom, left, right = self.sides
        top.place(rely=0, anchor="nw", **lying)
        bottom.place(rely=1, anchor="sw", **lying)
        left.place(relx=0, anchor="nw", **upright)
        right.place(relx=1, anchor="ne", **upright)

    def _hide(self) -> None:
        for side in self.sides:
            side.place_forget()

    def _restyle(self) -> None:
        for side in self.sides:
            side.configure(background=self._theme.palette.accent)
        if self.sides[0].winfo_manager():
            self._show()
