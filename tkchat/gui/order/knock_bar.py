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

MOST = 3  #: are shown at once, or one in a narrow window; the others come up afterwards
SETTLE_MS = 500  #: for which no button does anything once somebody has moved up

_Answer = tuple[str, str, Callable[[], None]]  # a button: its text, its style, what it does


class KnockBar(ttk.Frame):
    """A line for each who asks, with two buttons. To be placed by ``grid``; hidden while empty.

    Where a word would not fit beside the buttons they are below it, and only one line is shown.
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
        self._settling = ""  # until when the buttons are disabled, as Tk names it
        self._mark = tk.Frame(self)
        self._lines = ttk.Frame(self)
        self._more = ttk.Label(self._lines)
        self._edge = tk.Frame(self, height=1)
        self.columnconfigure(1, weight=1)
        self._mark.grid(row=0, column=0, sticky="ns")
        self._lines.grid(row=0, column=1, sticky="ew")
        self._edge.grid(row=1, columnspan=2, sticky="ew")
        self._lines.columnconfigure(0, weight=1)
        self._lines.bind("<Configure>", lambda event: self._fit(event.width))
        unsubscribe = theme.subscribe(self._draw)
        self._mark.bind("<Destroy>", lambda _event: self._end(unsubscribe))

    @property
    def first(self) -> tk.Misc | None:
        """The button that gets the keyboard first; None while nobody asks."""
        return next((each for each in self._buttons()), None)

    def show(self, names: Sequence[str]) -> None:
        """Show these, the one who asked first on top; nobody hides the bar."""
        if tuple(names) == self._names:
            return
        # A click that was meant for one shall not hit who has moved to their place.
        if any(old != new for old, new in zip(self._names[:MOST], names, strict=False)):
            self._stop()
            self._settling = self.after(SETTLE_MS, self._settle)
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
        self._more = ttk.Label(self._lines, style="Muted.TLabel")
        self._more.grid(row=MOST, sticky="w", padx=px(17), pady=(0, px(6)))
        self._fit(self._lines.winfo_width())
        for button in self._buttons():
            button.state(["disabled" if self._settling else "!disabled"])
        if self._names:
            self.grid()
        else:
            self.grid_remove()
        if had_keyboard and (first := self.first) is not None:
            first.focus_set()
        elif had_keyboard:
            self._to_box()

    def _line(self, name: str) -> None:
        said = tr("{name} asks to be let in").format(name=one_line(name))
        answers = (
            (tr("Let in"), "Accent.TButton", partial(self._let_in, name)),
            (tr("Refuse"), "TButton", partial(self._refuse, name)),
        )
        _Line(self._lines, self._theme, self._emoji.plain(said), answers).grid(sticky="ew")

    def _fit(self, width: int) -> None:
        if width <= 1:  # nothing has been laid out yet
            width = self.winfo_screenwidth()
        lines = self._line_widgets()
        is_narrow = any(line.least_width > width for line in lines)
        for at, line in enumerate(lines):
            line.fit(width, is_narrow=is_narrow)
            if is_narrow and at:
                if is_inside(keyboard_holder(self), line):
                    lines[0].buttons[0].focus_set()
                line.grid_remove()
            else:
                line.grid()
        more = len(self._names) - (1 if is_narrow else len(lines))
        said = trn("and {count} other", "and {count} others", more).format(count=more)
        self._more.configure(text=said)
        if more > 0:
            self._more.grid()
        else:
            self._more.grid_remove()

    def _settle(self) -> None:
        self._settling = ""
        for button in self._buttons():
            button.state(["!disabled"])

    def _stop(self) -> None:
        if self._settling:
            self.after_cancel(self._settling)
            self._settling = ""

    def _end(self, unsubscribe: Callable[[], None]) -> None:
        unsubscribe()
        self._stop()

    def _line_widgets(self) -> list["_Line"]:
        return [each for each in self._lines.winfo_children() if isinstance(each, _Line)]

    def _buttons(self) -> list[ttk.Button]:
        return [button for line in self._line_widgets() for button in line.buttons]


class _Line(ttk.Frame):
    """What is said of one, and the buttons."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, said: str, answers: Sequence[_Answer]
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._left, self._between, self._right, self._pady = px(17), px(12), px(16), px(6)
        self._label = ttk.Label(self, text=said, justify="left")
        self._row = ttk.Frame(self)
        self.buttons: list[ttk.Button] = []
        for text, style, act in answers:
            # Tab does not jump over it while it is disabled, which is over in a moment.
            button = ttk.Button(self._row, text=text, style=style, command=act, takefocus=True)
            button.bind("<Return>", lambda event: event.widget.invoke())
            button.pack(side="left", padx=(px(8) if self.buttons else 0, 0))
            self.buttons.append(button)
        self.columnconfigure(0, weight=1)
        buttons = sum(button.winfo_reqwidth() for button in self.buttons) + px(8)
        self._beside = self._left + self._between + buttons + self._right
        longest_word = max(theme.fonts.body.measure(word) for word in said.split())
        #: which it needs for the buttons to be beside the words, in pixels
        self.least_width = self._beside + longest_word + px(4)

    def fit(self, width: int, *, is_narrow: bool) -> None:
        """Put the buttons at the right, or below if ``is_narrow``; ``width`` is in pixels."""
        left, right, pady = self._left, self._right, self._pady
        if is_narrow:
            self._label.configure(wraplength=max(width - left - right, 1))
            self._label.grid(row=0, column=0, sticky="ew", padx=(left, right), pady=(pady, 0))
            self._row.grid(row=1, column=0, sticky="w", padx=(left, right), pady=pady)
        else:
            self._label.configure(wraplength=width - self._beside)
            self._label.grid(row=0, column=0, sticky="ew", padx=(left, self._between), pady=pady)
            self._row.grid(row=0, column=1, sticky="e", padx=(0, right), pady=pady)
