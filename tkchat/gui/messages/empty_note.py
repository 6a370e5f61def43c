"""What stands in the middle of a message list that has no messages."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.model import Link, Model
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr


def is_alone(model: Model) -> bool:
    """Tell whether nobody else is in the current room, as far as is known."""
    is_room = not model.room.is_conversation and model.link is Link.ONLINE
    return is_room and len(model.room.people) < 2


class EmptyNote(ttk.Frame):
    """A sentence and a muted one below it, in the middle of ``text``; hidden at first.

    Somebody who is alone is offered to ``invite`` others.
    """

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        emoji: Emoji,
        invite: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(text)
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self.title = ttk.Label(self, style="Bold.TLabel", justify="center", anchor="center")
        self.detail = ttk.Label(self, style="Muted.TLabel", justify="center", anchor="center")
        self.title.pack(fill="x")
        self.detail.pack(fill="x")
        self._invite = invite
        self.button: ttk.Button | None = None  #: made when somebody is alone for the first time
        text.bind("<Configure>", lambda _event: self._wrap(), add=True)
        unsubscribe = theme.subscribe(self._wrap)
        self.title.bind("<Destroy>", lambda _event: unsubscribe())

    def show(self, title: str, detail: str, *, is_alone: bool = False) -> None:
        """Say something; nothing if ``title`` is empty."""
        if not title:
            self.place_forget()
            return
        for label, words in ((self.title, title), (self.detail, detail)):
            label.configure(text=self._emoji.plain(one_line(words)))
        if is_alone and self.button is None:
            self.button = ttk.Button(self, text=tr("Invite people…"), command=self._invite)
            self.button.bind("<Return>", lambda event: event.widget.invoke())
        if self.button is not None and is_alone:
            self.button.pack()
        elif self.button is not None:
            self.button.pack_forget()
        self._wrap()
        self.place(relx=0.5, rely=0.4, anchor="center")

    def _wrap(self) -> None:
        px = self._theme.px
        for label in (self.title, self.detail):
            label.configure(wraplength=max(self._text.winfo_width() - px(64), px(100)))
        self.detail.pack_configure(pady=(px(6), 0))
        if self.button is not None and self.button.winfo_manager():
            self.button.pack_configure(pady=(px(16), 0))
