"""The page on how a chat is to be hosted: what most people never need to set."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.hosting import HostOptions
from tkchat.gui.door.door_pages import HIDDEN
from tkchat.gui.door.page import Page, on_return
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr


def options_title() -> str:
    """Return the title of the page."""
    return tr("How to host the chat")


class HostOptionsPage(Page):
    """The fields of `HostOptions`, which show ``options`` to begin with; ``done`` gets the new."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        options: HostOptions,
        cancel: Callable[[], None],
        done: Callable[[HostOptions], None],
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        self._done = done
        self._called = tk.StringVar(self, emoji.plain(options.title))
        self._secret = tk.StringVar(self, options.password)
        self._approves = tk.BooleanVar(self, options.asks_approval)
        self._plaintext = tk.BooleanVar(self, options.allow_plaintext)
        self._announces = tk.BooleanVar(self, options.announce)
        self._had_password = options.had_password
        self._captions: list[ttk.Label] = []
        self._entries: list[ttk.Entry] = []
        self.title = self._entry(tr("Title"), self._called)
        self.say(tr("What others see the chat as. Empty: this computer's name."), "Muted.TLabel")
        self.password = self._entry(tr("Password"), self._secret)
        self.password.configure(show=HIDDEN)
        had = tr("Others need it to come in. Empty: the one that the chat had, if any.")
        if options.had_password:
            had = tr("Others need it to come in. You gave the chat one before; empty keeps it.")
        self.say(had, "Muted.TLabel")
        self._check(tr("Ask me before anybody new comes in"), self._approves)
        self._check(tr("Show this chat to others nearby"), self._announces)
        self._check(tr("Let others join without encryption"), self._plaintext)
        self.say(
            tr("For simple programs on other computers: anybody could read what is said there."),
            "Muted.TLabel",
        )
        self.offer(tr("Done"), self._submit, "Accent.TButton")
        self.first = self.title
        unsubscribe = theme.subscribe(self._fit)
        self.title.bind("<Destroy>", lambda _event: unsubscribe())
        self._fit()

    def _entry(self, caption: str, variable: tk.StringVar) -> ttk.Entry:
        label = ttk.Label(self, text=caption, style="Bold.TLabel")
        label.grid(sticky="w", row=len(self.grid_slaves()))
        self._captions.append(label)
        entry = ttk.Entry(self, textvariable=variable)
        entry.grid(sticky="ew", row=len(self.grid_slaves()))
        keep_plain(entry, self.theme, self.emoji)
        on_return(entry, self._submit)
        self._entries.append(entry)
        return entry

    def _check(self, text: str, variable: tk.BooleanVar) -> None:
        button = ttk.Checkbutton(self, text=text, variable=variable)
        button.grid(sticky="w", row=len(self.grid_slaves()))
        on_return(button, self._submit)

    def _submit(self) -> None:
        self._done(
            HostOptions(
                title=self._called.get().strip(),
                password=self._secret.get(),
                asks_approval=self._approves.get(),
                allow_plaintext=self._plaintext.get(),
                announce=self._announces.get(),
                had_password=self._had_password,
            )
        )

    def _fit(self) -> None:
        px = self.theme.px
        for label in self._captions:
            label.grid_configure(pady=(px(14), px(4)))
        for entry in self._entries:
            entry.configure(font=self.theme.fonts.body)
        for label in self._wrapped:
            label.grid_configure(pady=(px(4), px(6)))


def summary(options: HostOptions) -> str:
    """Return in a few words what was set; empty if nothing was."""
    words = [
        options.title,
        tr("with a password") if options.password else "",
        tr("asks first") if options.asks_approval else "",
        "" if options.announce else tr("not shown nearby"),
        tr("also without encryption") if options.allow_plaintext else "",
    ]
    return " · ".join(word for word in words if word)
