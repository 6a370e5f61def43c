"""The line at the bottom: how this person is connected, and what to do when not."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.model import Link
from tkchat.gui.clipped_label import ClippedLabel
from tkchat.gui.elements import dot, to_photo
from tkchat.gui.emoji import Emoji
from tkchat.gui.theme import Theme
from tkchat.i18n import tr


class StatusBar(ttk.Frame):
    """Shows the link as a coloured dot and a sentence; ``on_retry`` is behind its button.

    The button stands right behind what it is about, and what else is to be said behind that.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, *, on_retry: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._link = Link.CONNECTING
        self._line = tk.Frame(self, height=1)
        self._dot = ttk.Label(self)
        self._lost = ttk.Label(self, style="Muted.TLabel")
        self._text = ClippedLabel(self, theme)
        self._retry = ttk.Button(self, text=tr("Try now"), style="Tool.TButton", command=on_retry)
        self._hint = ttk.Label(self, style="Muted.TLabel")
        self.columnconfigure(3, weight=1)
        self._line.grid(row=0, columnspan=5, sticky="ew")
        self._dot.grid(row=1, column=0)
        self._lost.grid(row=1, column=1)
        self._retry.grid(row=1, column=2)
        self._text.grid(row=1, column=3, sticky="ew")
        self._hint.grid(row=1, column=4)
        self._lost.grid_remove()
        self._retry.grid_remove()
        unsubscribe = theme.subscribe(self._restyle)
        self._line.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def show(self, link: Link, text: str, detail: str = "") -> None:
        """Say how the person is connected; while lost there is a button to try at once."""
        self._link = link
        text, detail = self._emoji.plain(text), self._emoji.plain(detail)
        if link is Link.LOST:
            self._lost.configure(text=f"{text}  ·")
            self._lost.grid()
            self._retry.grid(padx=(0, self._theme.px(8)))
            self._text.show(detail)
        else:
            self._lost.grid_remove()
            self._retry.grid_remove()
            self._text.show(f"{text} · {detail}" if detail else text)
        self._paint_dot()

    def show_hint(self, text: str) -> None:
        """Say something at the right-hand end; empty for nothing."""
        self._hint.configure(text=self._emoji.plain(text))

    def _paint_dot(self) -> None:
        palette = self._theme.palette
        colours = {
            Link.ONLINE: palette.ok,
            Link.CONNECTING: palette.warning,
            Link.LOST: palette.danger,
        }
        self._photo = to_photo(self, dot(self._theme.px(8), colours[self._link]))
        self._dot.configure(image=self._photo)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.configure(background=self._theme.palette.line)
        self._dot.grid_configure(padx=(px(20), px(8)), pady=px(8))
        self._hint.grid_configure(padx=(px(8), px(20)))
        line_height = int(self._theme.fonts.body.metrics("linespace"))
        self.rowconfigure(1, minsize=line_height + px(16))  # room for the button while it is hidden
        self._paint_dot()
