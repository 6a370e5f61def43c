"""What stands in the middle of a message list that has no messages."""

import tkinter as tk
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.sanitise import one_line


class EmptyNote(ttk.Frame):
    """A sentence and a muted one below it, in the middle of ``text``; hidden at first."""

    def __init__(self, text: tk.Text, theme: Theme, emoji: Emoji) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self.title = ttk.Label(self, style="Bold.TLabel", justify="center", anchor="center")
        self.detail = ttk.Label(self, style="Muted.TLabel", justify="center", anchor="center")
        self.title.pack(fill="x")
        self.detail.pack(fill="x")
        text.bind("<Configure>", lambda _event: self._wrap(), add=True)
        unsubscribe = theme.subscribe(self._wrap)
        self.title.bind("<Destroy>", lambda _event: unsubscribe())

    def show(self, title: str, detail: str) -> None:
        """Say something; nothing if ``title`` is empty."""
        if not title:
            self.place_forget()
            return
        for label, words in ((self.title, title), (self.detail, detail)):
            label.configure(text=self._emoji.plain(one_line(words)))
        self._wrap()
        self.place(relx=0.5, rely=0.4, anchor="center")

    def _wrap(self) -> None:
        px = self._theme.px
        for label in (self.title, self.detail):
            label.configure(wraplength=max(self._text.winfo_width() - px(64), px(100)))
        self.detail.pack_configure(pady=(px(6), 0))
