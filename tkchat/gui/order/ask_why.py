"""A question before something that cannot be taken back, with room for a reason."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import WIDTH, Option, Panel
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr

MAX_WHY_CHARS = 200  #: which a host takes of a reason


class AskWhy(Panel):
    """Asks ``text``, and why. ``done`` gets the reason, which may be empty.

    Return in the field only leads to the button: what it does to somebody is too much for a key
    that was pressed once too often.
    """

    def __init__(
        self,
        over: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        title: str,
        text: str,
        button: str,
        done: Callable[[str], None],
    ) -> None:
        super().__init__(over, theme, emoji, title)
        self._done = done
        px = theme.px
        wrap = px(WIDTH) - 2 * px(24)
        label = ttk.Label(self.body, text=emoji.plain(text), wraplength=wrap, justify="left")
        label.grid(sticky="w", pady=(px(8), 0))
        caption = ttk.Label(
            self.body, text=tr("Why? They and the other moderators read it; it may be empty."),
            style="Muted.TLabel", wraplength=wrap, justify="left",
        )  # fmt: skip
        caption.grid(sticky="w", pady=(px(16), px(4)))
        self.entry = ttk.Entry(self.body, font=theme.fonts.body)
        keep_plain(self.entry, theme, emoji)
        self.entry.grid(sticky="ew")
        self._problem = ttk.Label(self.body, style="Error.TLabel", wraplength=wrap, justify="left")
        self._problem.grid(sticky="ew", pady=(px(6), 0))
        [self.accept] = self.buttons([Option(button, lambda: None, is_dangerous=True)])
        self.accept.configure(command=self._submit)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _event: self.accept.focus_set())
        self._problem.grid_remove()
        self.show(self.entry)

    def _submit(self) -> None:
        why = " ".join(self.entry.get().split())
        if len(why) > MAX_WHY_CHARS:
            said = tr("A reason has at most {count} characters; this one has {length}.")
            self._problem.configure(text=said.format(count=MAX_WHY_CHARS, length=len(why)))
            self._problem.grid()
            return
        self.close()
        self._done(why)
