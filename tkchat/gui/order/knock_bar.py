"""The bar in which those who keep order see who asks to be let in."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr, trn

MOST = 3  #: are shown at once; the others come up when these are answered


class KnockBar(ttk.Frame):
    """A line for each who asks, with two buttons. To be placed by ``grid``; hidden while empty.

    ``let_in`` and ``refuse`` get the name; ``to_box`` is called when its last button with the
    keyboard goes.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        let_in: Callable[[str], None],
        refuse: Callable[[str], None],
        to_box: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._let_in = let_in
        self._refuse = refuse
        self._to_box = to_box
        self._names: tuple[str, ...] = ()
        self._mark = tk.Frame(self)
        self._lines = ttk.Frame(self)
        self._edge = tk.Frame(self, height=1)
        self.columnconfigure(1, weight=1)
        self._mark.grid(row=0, column=0, sticky="ns")
        self._lines.grid(row=0, column=1, sticky="ew")
        self._edge.grid(row=1, columnspan=2, sticky="ew")
        self._lines.columnconfigure(0, weight=1)
        unsubscribe = theme.subscribe(self._draw)
        self._mark.bind("<Destroy>", lambda _event: unsubscribe())

    @property
    def first(self) -> tk.Misc | None:
        """The button that gets the keyboard first; None while nobody asks."""
        return next((each for each in self._buttons()), None)

    def show(self, names: Sequence[str]) -> None:
        """Show these, the one who asked first on top; nobody hides the bar."""
        if tuple(names) != self._names:
            self._names = tuple(names)
            self._draw()

    def _draw(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        holder = keyboard_holder(self)
        had_keyboard = is_inside(holder, self._lines)
        for child in self._lines.winfo_children():
            child.destroy()
        self._mark.configure(width=px(3), background=palette.accent)
        self._edge.configure(background=palette.line)
        for name in self._names[:MOST]:
            self._line(name)
        if (more := len(self._names) - MOST) > 0:
            said = trn("and {count} other", "and {count} others", more).format(count=more)
            label = ttk.Label(self._lines, text=said, style="Muted.TLabel")
            label.grid(columnspan=3, sticky="w", padx=px(17), pady=(0, px(6)))
        if self._names:
            self.grid()
        else:
            self.grid_remove()
        if had_keyboard and (first := self.first) is not None:
            first.focus_set()
        elif had_keyboard:
            self._to_box()

    def _line(self, name: str) -> None:
        px, lines = self._theme.px, self._lines
        row = lines.grid_size()[1]
        said = tr("{name} asks to be let in").format(name=one_line(name))
        label = ttk.Label(lines, text=self._emoji.plain(said), justify="left")
        label.grid(row=row, column=0, sticky="ew", padx=(px(17), px(12)), pady=px(6))
        label.bind(
            "<Configure>", lambda event: event.widget.configure(wraplength=event.width - px(4))
        )
        for column, (text, act, style) in enumerate(
            (
                (tr("Let in"), self._let_in, "Accent.TButton"),
                (tr("Refuse"), self._refuse, "TButton"),
            ),
            1,
        ):
            button = ttk.Button(lines, text=text, style=style, command=partial(act, name))
            button.bind("<Return>", lambda event: event.widget.invoke())
            right = px(8) if column == 1 else px(16)
            button.grid(row=row, column=column, padx=(0, right), pady=px(6))

    def _buttons(self) -> list[tk.Misc]:
        return [each for each in self._lines.winfo_children() if isinstance(each, ttk.Button)]
