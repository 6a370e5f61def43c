"""A page of settings: captions at the left, what can be set at the right, explained below."""

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from tkchat.gui.look.theme import Theme

# All of 96 dpi.
CAPTION_WIDTH = 130
FIELD_WIDTH = 330
_GAP = 16
_LABEL_EDGES = 4  # pixels of a ttk label's width that clam keeps for its border and padding
_BESIDE_MARK = 3  # how far down a caption stands beside a radio button or check box
_BESIDE_TEXT = 4


class Form(ttk.Frame):
    """Rows of fields, each of which calls its ``changed`` when a person has set it."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self._wrapped: list[ttk.Label] = []
        self._captions: list[tuple[ttk.Label, int]] = []  # each with how far down it stands
        self._first: list[tk.Widget] = []  # of each row
        self._variables: list[tk.Variable] = []  # Tk forgets their values with them
        self._rows = 0
        self.columnconfigure(1, weight=1)
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())

    def row(self, caption: str, down: int = 6) -> ttk.Frame:
        """Begin a row, and return the frame for what stands in it.

        ``down`` is how far the caption is moved, in pixels of 96 dpi, to stand on its first line.
        """
        label = ttk.Label(self, text=caption, justify="left")
        label.grid(row=self._rows, column=0, sticky="nw")
        frame = ttk.Frame(self)
        frame.grid(row=self._rows, column=1, sticky="nsew")
        frame.columnconfigure(0, weight=1)
        frame.bind("<Configure>", lambda _event: self._fit(frame))
        self._captions.append((label, down))
        self._first.append(frame)
        self._rows += 1
        self._place(label, down, frame)
        return frame

    def choices(
        self,
        caption: str,
        options: Sequence[tuple[str, str]],
        chosen: str,
        changed: Callable[[str], None],
    ) -> list[ttk.Radiobutton]:
        """Offer ``options``, each a value and its text, of which one is ``chosen``."""
        frame = self.row(caption, _BESIDE_MARK)
        variable = tk.StringVar(self, chosen)
        self._variables.append(variable)
        buttons = []
        for value, text in options:
            button = ttk.Radiobutton(frame, text=text, variable=variable, value=value)
            button.configure(command=partial(changed, value))
            button.grid(sticky="w")
            buttons.append(button)
        for step, key in ((-1, "<Up>"), (1, "<Down>")):
            for at, button in enumerate(buttons):
                other = buttons[(at + step) % len(buttons)]
                button.bind(key, partial(_choose, other))

        def follow() -> None:  # for Tab all of them are one
            for button, (value, _) in zip(buttons, options, strict=True):
                button.configure(takefocus=value == variable.get())

        variable.trace_add("write", lambda *_: follow())
        follow()
        return buttons

    def switch(
        self, caption: str, text: str, changed: Callable[[bool], None], *, on: bool
    ) -> ttk.Checkbutton:
        """Offer something that is on or off."""
        variable = tk.BooleanVar(self, on)
        self._variables.append(variable)
        button = ttk.Checkbutton(self.row(caption, _BESIDE_MARK), text=text, variable=variable)
        button.configure(command=lambda: changed(variable.get()))
        button.grid(sticky="w")
        return button

    def explain(self, text: str) -> ttk.Label:
        """Add small words below the row before; they may be changed later."""
        frame = self._first[-1]
        label = ttk.Label(frame, text=text, style="Muted.TLabel", justify="left")
        label.grid(sticky="w", columnspan=9)
        self._wrapped.append(label)
        self._wrap(label)
        return label

    def say(self, caption: str, text: str, style: str = "TLabel") -> ttk.Label:
        """Add a row that only says something."""
        label = ttk.Label(self.row(caption, _BESIDE_TEXT), text=text, style=style, justify="left")
        label.grid(sticky="w")
        self._wrapped.append(label)
        self._wrap(label)
        return label

    def buttons(self, caption: str, *buttons: tuple[str, Callable[[], None]]) -> list[ttk.Button]:
        """Add a row of buttons, each a text and what it does."""
        frame = self.row(caption)
        inner = ttk.Frame(frame)
        inner.grid(sticky="w")
        made: list[ttk.Button] = []
        for text, action in buttons:
            button = ttk.Button(inner, text=text, command=action)
            button.bind("<Return>", lambda event: event.widget.invoke())
            button.grid(row=0, column=len(made), padx=(0, self.theme.px(8)))
            made.append(button)
        return made

    def _place(self, label: ttk.Label, down: int, frame: tk.Widget) -> None:
        px = self.theme.px
        label.configure(wraplength=px(CAPTION_WIDTH))
        label.grid_configure(pady=(px(down), px(_GAP)), padx=(0, px(20)))
        frame.grid_configure(pady=(0, px(_GAP)))
        self.columnconfigure(0, minsize=px(CAPTION_WIDTH + 20))
        self.columnconfigure(1, minsize=px(FIELD_WIDTH))

    def _fit(self, frame: tk.Misc) -> None:
        """Let the words in a row be as wide as their place."""
        for label in self._wrapped:
            if label.master is frame:
                self._wrap(label)

    def _wrap(self, label: ttk.Label) -> None:
        width = max(label.master.winfo_width() - _LABEL_EDGES, self.theme.px(FIELD_WIDTH))
        label.configure(wraplength=width)
        label.grid_configure(pady=(self.theme.px(4), 0))

    def _restyle(self) -> None:
        for (label, down), frame in zip(self._captions, self._first, strict=True):
            self._place(label, down, frame)
        for label in self._wrapped:
            self._wrap(label)


def _choose(button: ttk.Radiobutton, _event: object) -> str:
    button.focus_set()
    button.invoke()
    return "break"
