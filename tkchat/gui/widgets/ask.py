"""Questions in a small window of their own, over the one they are about."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import tr

WIDTH = 420  # of 96 dpi


@dataclass(frozen=True, slots=True)
class Option:
    """A button: its text and what pressing it does.

    The first of a question is what Return does, unless it is dangerous: then that is Cancel.
    """

    text: str
    action: Callable[[], None]
    is_dangerous: bool = False


class Panel(tk.Toplevel):
    """A small window over ``over`` that takes the input until it is closed; Escape closes it."""

    def __init__(self, over: tk.Misc, theme: Theme, emoji: Emoji, title: str) -> None:
        super().__init__(over, class_="Tkchat")
        self.withdraw()
        self.title("tkchat")
        self.resizable(width=False, height=False)
        self.theme = theme
        line = theme.palette.line  # for window managers that draw no frame
        self.configure(highlightthickness=1, highlightbackground=line, highlightcolor=line)
        self.emoji = emoji
        self._over = over.winfo_toplevel()
        self.body = ttk.Frame(self, padding=theme.px(24))
        self.body.grid(sticky="nsew")
        self.body.columnconfigure(0, weight=1, minsize=theme.px(WIDTH) - 2 * theme.px(24))
        ttk.Label(self.body, text=emoji.plain(title), style="Bold.TLabel").grid(sticky="w")
        self.bind("<Escape>", lambda _: self.close())
        self.protocol("WM_DELETE_WINDOW", self.close)

    def show(self, focus: tk.Widget) -> None:
        """Put the window over the other one and the keyboard on ``focus``."""
        self.update_idletasks()
        over = self._over
        x = over.winfo_rootx() + (over.winfo_width() - self.winfo_reqwidth()) // 2
        y = over.winfo_rooty() + (over.winfo_height() - self.winfo_reqheight()) // 3
        self.geometry(f"+{max(x, 0)}+{max(y, 0)}")
        if over.winfo_viewable():
            self.transient(over)
        # Both are impossible before it is to be seen, and waiting would let other events in.
        self.bind("<Visibility>", lambda event: self._take_input(event, focus))
        self.deiconify()

    def _take_input(self, event: "tk.Event[tk.Misc]", focus: tk.Widget) -> None:
        if event.widget is self:
            self.unbind("<Visibility>")
            self.grab_set()
            focus.focus_force()

    def close(self) -> None:
        """Close it, with nothing done."""
        self.grab_release()
        self.destroy()

    def buttons(self, options: Sequence[Option]) -> list[ttk.Button]:
        """Add a row of buttons, with Cancel before them; returns them in the order of options."""
        px = self.theme.px
        row = ttk.Frame(self.body)
        row.grid(sticky="e", pady=(px(22), 0))
        cancel = self.cancel = ttk.Button(row, text=tr("Cancel"), command=self.close)
        cancel.bind("<Return>", _press)
        cancel.pack(side="left")
        made: list[ttk.Button] = []
        for option in reversed(options):
            style = "Accent.TButton" if option is options[0] else "TButton"
            style = "Danger.TButton" if option.is_dangerous else style
            button = ttk.Button(row, text=self.emoji.plain(option.text), style=style)
            button.configure(command=partial(self._choose, option))
            button.bind("<Return>", _press)
            button.pack(side="left", padx=(px(8), 0))
            made.insert(0, button)
        return made

    def _choose(self, option: Option) -> None:
        self.close()
        option.action()


def _press(event: "tk.Event[ttk.Button]") -> None:
    event.widget.invoke()


class Question(Panel):
    """Asks ``text`` and offers ``options``, the likeliest first, and Cancel."""

    def __init__(
        self,
        over: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        title: str,
        text: str,
        options: Sequence[Option],
    ) -> None:
        super().__init__(over, theme, emoji, title)
        wrap = theme.px(WIDTH) - 2 * theme.px(24)
        label = ttk.Label(self.body, text=emoji.plain(text), wraplength=wrap, justify="left")
        label.grid(sticky="w", pady=(theme.px(8), 0))
        first, *_ = self.buttons(options)
        self.show(self.cancel if options[0].is_dangerous else first)


class Prompt(Panel):
    """Asks for one line of text, ``initial`` to begin with.

    ``check`` returns what is to be taken, or raises ValueError with what is wrong about it.
    """

    def __init__(
        self,
        over: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        title: str,
        button: str,
        check: Callable[[str], str],
        done: Callable[[str], None],
        initial: str = "",
    ) -> None:
        super().__init__(over, theme, emoji, title)
        self._check = check
        self._done = done
        px = theme.px
        self.entry = ttk.Entry(self.body, font=theme.fonts.body)
        keep_plain(self.entry, theme, emoji)
        self.entry.insert(0, emoji.plain(initial))
        self.entry.selection_range(0, "end")
        self.entry.grid(sticky="ew", pady=(px(10), 0))
        self._problem = ttk.Label(
            self.body, style="Error.TLabel", wraplength=px(WIDTH) - 2 * px(24), justify="left"
        )
        self._problem.grid(sticky="ew", pady=(px(6), 0))
        self.entry.bind("<Return>", lambda _: self._submit())
        [accept] = self.buttons([Option(button, lambda: None)])
        accept.configure(command=self._submit)
        self._problem.grid_remove()  # not before what is below it has a row of its own
        self.show(self.entry)

    def _submit(self) -> None:
        try:
            answer = self._check(self.entry.get().strip())
        except ValueError as error:
            self._problem.configure(text=self.emoji.plain(str(error)))
            self._problem.grid()
            return
        self.close()
        self._done(answer)
