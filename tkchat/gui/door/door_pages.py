"""Pages about being let in: a password that is asked for, and waiting for the host's word."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.events import Problem
from tkchat.gui.door.page import Page, on_return
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr, trn

HIDDEN = "•"  #: shown for each character of a password


def password_title(problem: Problem) -> str:
    """Return the title of the page that asks for a password."""
    if problem is Problem.NAME_PASSWORD:
        return tr("This name has a password")
    return tr("This chat has a password")


class PasswordPage(Page):
    """Asks for the password of a chat, or of a name; ``done`` gets it. Nothing remembers it.

    ``is_wrong`` says that one was tried already.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        problem: Problem,
        name: str,
        cancel: Callable[[], None],
        done: Callable[[str], None],
        *,
        is_wrong: bool = False,
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        self._done = done
        if problem is Problem.NAME_PASSWORD:
            told = tr("The name {name} belongs to somebody. If that is you, type its password.")
            self.say(told.format(name=name))
        else:
            self.say(tr("Whoever hosts the chat can tell you."))
        self._password = tk.StringVar(self)
        self.entry = ttk.Entry(self, textvariable=self._password, show=HIDDEN)
        keep_plain(self.entry, theme, emoji)
        self.entry.grid(sticky="ew", row=len(self.grid_slaves()))
        on_return(self.entry, self._submit)
        wrong = tr("That password is wrong. Please type it once more.")
        self._problem = self.say(wrong if is_wrong else "", "Error.TLabel")
        self._join = self.offer(tr("Join"), self._submit, "Accent.TButton")
        self.first = self.entry
        self._unsubscribe = theme.subscribe(self._fit)
        self.entry.bind("<Destroy>", lambda _event: self._unsubscribe())
        self._fit()

    def show_busy(self, what: str) -> None:
        """Say what is under way; only Cancel does anything until then, but not by Return."""
        super().show_busy(what)
        self._problem.configure(text="")
        self.entry.state(["disabled"])
        self._cancel.focus_set()

    def _submit(self) -> None:
        if self.entry.instate(["disabled"]):
            return
        if self._password.get():
            self._done(self._password.get())
        else:
            self._problem.configure(text=tr("Type the password first."))

    def _fit(self) -> None:
        self.entry.configure(font=self.theme.fonts.body)
        self.entry.grid_configure(pady=(self.theme.px(12), 0))


def waiting_title() -> str:
    """Return the title of the page of those who wait."""
    return tr("Waiting to be let in")


class WaitingPage(Page):
    """Says that somebody has to let this person in, within ``seconds``."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        name: str,
        seconds: int,
        cancel: Callable[[], None],
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        on_return(self._cancel, lambda: None)  # it may be meant for the page that was here before
        told = tr(
            "Whoever hosts this chat was told that you ask to come in as {name}. As soon as they "
            "say yes, the chat opens by itself."
        )
        self.say(told.format(name=name))
        minutes = max(round(seconds / 60), 1)
        told = trn(
            "If nobody answers within {count} minute, it ends by itself.",
            "If nobody answers within {count} minutes, it ends by itself.",
            minutes,
        )
        self.say(told.format(count=minutes), "Muted.TLabel")


class RemovedPage(Page):
    """Says that this person was put out of a chat, and ``why``, as the host said it."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, why: str, cancel: Callable[[], None]
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        self.say(why)
        self.call_cancel(tr("Close"))
