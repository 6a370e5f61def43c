"""Asks for a new password, twice, since nobody sees what is typed."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import WIDTH, Option, Panel
from tkchat.i18n import tr

HIDDEN = "•"  #: what stands for each character
NONE = "-"  #: what a host takes for no password at all


class NewPassword(Panel):
    """``done`` gets the password; ``without``, if there is one, is called for none at all."""

    def __init__(
        self,
        over: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        title: str,
        text: str,
        done: Callable[[str], None],
        without: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(over, theme, emoji, title)
        self._done = done
        px = theme.px
        wrap = px(WIDTH) - 2 * px(24)
        label = ttk.Label(self.body, text=emoji.plain(text), wraplength=wrap, justify="left")
        label.grid(sticky="w", pady=(px(8), px(6)))
        self.entry = self._field(tr("Password"))
        self.again = self._field(tr("Once more"))
        self._problem = ttk.Label(self.body, style="Error.TLabel", wraplength=wrap, justify="left")
        self._problem.grid(sticky="ew", pady=(px(6), 0))
        options = [Option(tr("Set the password"), lambda: None)]
        if without is not None:
            options.append(Option(tr("No password"), without))
        self.buttons(options)[0].configure(command=self._submit)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _event: self.again.focus_set())
            self.again.bind(key, lambda _event: self._submit())
        self._problem.grid_remove()
        self.show(self.entry)

    def _field(self, caption: str) -> ttk.Entry:
        px = self.theme.px
        label = ttk.Label(self.body, text=caption, style="Muted.TLabel")
        label.grid(sticky="w", pady=(px(10), px(4)))
        entry = ttk.Entry(self.body, font=self.theme.fonts.body, show=HIDDEN)
        entry.grid(sticky="ew")
        return entry

    def _submit(self) -> None:
        password = self.entry.get().strip()  # at its ends, a command keeps no spaces
        problem = ""
        if not password:
            problem = tr("Type the new password first.")
        elif password == NONE:
            problem = tr("A single hyphen is no password.")
        elif password != self.again.get().strip():
            problem = tr("The two are not the same. Please type them again.")
        if problem:
            self._problem.configure(text=problem)
            self._problem.grid()
            self.again.delete(0, "end")
            (self.again if password else self.entry).focus_set()
            return
        self.close()
        self._done(password)
