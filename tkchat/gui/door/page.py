"""What the login dialog shows instead of its fields, or a window over a chat: words and buttons."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import Panel
from tkchat.i18n import tr

WIDTH = 380  #: of the words, in pixels of 96 dpi
_GAP = 10


class Page(ttk.Frame):
    """Says something, and offers what to do; all of it by keyboard.

    ``cancel`` is what Escape, Cancel and the end of its window do. ``first`` has the keyboard in
    the beginning.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, cancel: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.emoji = emoji
        self.cancel = cancel
        self._wrapped: list[ttk.Label] = []
        self._dotted: list[tuple[ttk.Frame, ttk.Label]] = []
        self._buttons: list[ttk.Button] = []  # beside Cancel
        self.columnconfigure(0, weight=1)
        self.rowconfigure(97, weight=1)  # so that the buttons stand at the bottom
        self._status = ttk.Label(self, style="Muted.TLabel", justify="left")
        self._foot = ttk.Frame(self)
        self._cancel = ttk.Button(self._foot, text=tr("Cancel"), command=lambda: self.cancel())  # noqa: PLW0108 - it may change
        on_return(self._cancel, self._cancel.invoke)
        self._cancel.grid(row=0, column=1)
        self._foot.columnconfigure(0, weight=1)
        self._status.grid(row=98, sticky="ew")
        self._foot.grid(row=99, sticky="ew")
        self.first: tk.Widget = self._cancel
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())
        self._restyle()

    def say(self, text: str, style: str = "TLabel") -> ttk.Label:
        """Add a paragraph."""
        label = ttk.Label(self, text=self.emoji.plain(text), style=style, justify="left")
        label.grid(sticky="ew", row=len(self.grid_slaves()))
        self._wrapped.append(label)
        self._wrap(label)
        return label

    def points(self, points: Sequence[str]) -> None:
        """Add several things, each behind a dot."""
        for point in points:
            row = ttk.Frame(self)
            row.grid(sticky="ew", row=len(self.grid_slaves()))
            ttk.Label(row, text="•").grid(row=0, column=0, sticky="n")
            label = ttk.Label(row, text=self.emoji.plain(point), justify="left")
            label.grid(row=0, column=1, sticky="w")
            self._dotted.append((row, label))
        self._restyle()

    def offer(self, text: str, action: Callable[[], None], style: str = "TButton") -> ttk.Button:
        """Add a button at the right that Return presses, too, while it has the keyboard."""
        button = self.offer_with_care(text, action, style)
        on_return(button, button.invoke)
        return button

    def offer_with_care(
        self, text: str, action: Callable[[], None], style: str = "Danger.TButton"
    ) -> ttk.Button:
        """Add a button that only a click or the space bar presses: nobody does that unawares."""
        button = ttk.Button(self._foot, text=self.emoji.plain(text), style=style, command=action)
        on_return(button, lambda: None)
        self._buttons.append(button)
        button.grid(row=0, column=1 + len(self._buttons), padx=(self.theme.px(8), 0))
        return button

    def call_cancel(self, text: str) -> None:
        """Let the button say ``text`` instead of Cancel."""
        self._cancel.configure(text=text)

    def show_busy(self, what: str) -> None:
        """Say what is under way; only Cancel does anything until then, but not by Return."""
        self._status.configure(text=self.emoji.plain(what))
        on_return(self._cancel, lambda: None)  # pressed twice, it shall not call off what it began
        for button in self._buttons:
            button.state(["disabled"])

    def _wrap(self, label: ttk.Label) -> None:
        px = self.theme.px
        label.configure(wraplength=px(WIDTH))
        label.grid_configure(pady=(px(_GAP), 0))

    def _restyle(self) -> None:
        px = self.theme.px
        for label in self._wrapped:
            self._wrap(label)
        for row, label in self._dotted:
            label.configure(wraplength=px(WIDTH - 18))
            label.grid_configure(padx=(px(6), 0))
            row.grid_configure(pady=(px(4), 0))
        self._status.configure(wraplength=px(WIDTH))
        self._status.grid_configure(pady=(px(_GAP), 0))
        self._foot.grid_configure(pady=(px(14), 0))
        for button in self._buttons:
            button.grid_configure(padx=(px(8), 0))


MakePage = Callable[[tk.Misc], Page]


class PageWindow(Panel):
    """A page in a small window over another one, which stays readable."""

    def __init__(
        self, over: tk.Misc, theme: Theme, emoji: Emoji, title: str, make: MakePage
    ) -> None:
        super().__init__(over, theme, emoji, title)
        self.page = make(self.body)
        self.page.grid(sticky="nsew")
        self.show(self.page.first)


def on_return(widget: tk.Misc, deed: Callable[[], object]) -> None:
    """Let Return do ``deed`` in ``widget``, and nothing else: what is below may be gone by then."""

    def press(_event: object) -> str:
        deed()
        return "break"

    for key in ("<Return>", "<KP_Enter>"):
        widget.bind(key, press)
