"""Goes to any room or person by a few letters of the name: what Ctrl+K opens."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from tkchat.client.explain import explain_refusal
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.fuzzy import rank
from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.row_list import RowList
from tkchat.i18n import tr
from tkchat.wire.names import BadName, check_name

WIDTH = 460  # of 96 dpi, like the next
_TOP = 68
_ROWS = 9  # to be seen at once
_MOST = 50  # to be scrolled through: with more, another letter is the shorter way
_CREATE = "\n"  # before the name in the key of the row that creates it: no room has that


@dataclass(frozen=True, slots=True)
class Place:
    """Where one can go: a room (``design``) or conversation (``@bob``).

    ``row`` is how it looks in the list; ``bonus`` puts it before others that fit as well.
    """

    room: str
    row: Row
    bonus: float = 0.0


class Switcher:
    """A field and a list over the middle of ``window``.

    ``go_to`` gets what is chosen, maybe a room that does not exist yet; ``on_closed`` is called
    when nothing was, and nothing else has taken the keyboard.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        go_to: Callable[[str], None],
        on_closed: Callable[[], None],
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._go_to = go_to
        self._on_closed = on_closed
        self._places: Sequence[Place] = ()
        self._advice = ""
        self._asked = tk.StringVar(window)
        self._asked.trace_add("write", lambda *_: self._search())
        # Not a window of its own: a window manager may put that anywhere, or keep the keyboard.
        self.panel = tk.Frame(window, borderwidth=0)
        self._inside = tk.Frame(self.panel)
        self.entry = ttk.Entry(
            self._inside, font=theme.fonts.body, textvariable=self._asked, style="Switcher.TEntry"
        )
        keep_plain(self.entry, theme, emoji)
        self._placeholder = tk.Label(self.entry, borderwidth=0, anchor="w", cursor="xterm")
        self._placeholder.bind("<Button-1>", lambda _event: self.entry.focus_set())
        self.rows = RowList(
            self._inside, theme, ground="surface", marks_focused=True, on_choose=self._choose
        )
        self.rows.canvas.configure(takefocus=False)
        self._hint = tk.Label(self._inside, anchor="w")
        self._inside.columnconfigure(0, weight=1)
        self._inside.rowconfigure(1, weight=1)
        self._inside.pack(fill="both", expand=True, padx=1, pady=1)
        self.entry.grid(row=0, sticky="ew")
        self.rows.grid(row=1, sticky="nsew")
        self._hint.grid(row=2, sticky="ew")
        self._bind_entry()
        window.bind("<Button>", self._clicked, add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self.panel.bind("<Destroy>", lambda _event: unsubscribe())
        self._restyle()

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.panel.place_info())

    def open(self, places: Sequence[Place], asks: str, advice: str) -> None:
        """Show it, with nothing typed yet and the keyboard in its field.

        ``places`` come in this order until something is typed; ``asks`` stands in the field before
        that, and ``advice`` below them.
        """
        self._places, self._advice = places, advice
        self._placeholder.configure(text=asks)
        self._asked.set("")
        px = self._theme.px
        width = min(px(WIDTH), self._window.winfo_width() - px(40))
        self.panel.place(relx=0.5, y=px(_TOP), anchor="n", width=width)
        self.panel.lift()
        self.entry.focus_set()

    def close(self) -> None:
        """Take it away, and go nowhere."""
        if self.is_open:
            self.panel.place_forget()
            holder = keyboard_holder(self.panel)
            if not holder or is_inside(holder, self.panel):  # else something else was clicked
                self._on_closed()

    def _bind_entry(self) -> None:
        entry = self.entry
        deeds: dict[str, Callable[[], None]] = {
            "<Up>": partial(self.rows.move, -1),
            "<Down>": partial(self.rows.move, 1),
            "<Prior>": partial(self.rows.move, -_ROWS),
            "<Next>": partial(self.rows.move, _ROWS),
            "<Return>": self.rows.choose_focused,
            "<KP_Enter>": self.rows.choose_focused,
            "<Escape>": self.close,
            "<<NextWindow>>": lambda: None,  # nothing else in it takes the keyboard
            "<<PrevWindow>>": lambda: None,
        }
        for key, deed in deeds.items():
            entry.bind(key, partial(_do, deed))

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        if self.is_open and not is_inside(event.widget, self.panel):
            self.close()

    def _search(self) -> None:
        if self._asked.get():
            self._placeholder.place_forget()
        else:
            self._placeholder.place(x=self._theme.px(11), rely=0.5, anchor="w")
        asked = self._asked.get().strip().lstrip("#@")
        found = rank(asked, self._places, lambda place: place.row.text, lambda place: place.bonus)
        rows = [place.row for place in found[:_MOST]]
        rows += self._create(asked)
        self.rows.put(rows)
        self.rows.mark(rows[0].key if rows else "")
        self.rows.fit(self._rows_at_once())

    def _rows_at_once(self) -> int:
        """Return how many rows fit into the window, but never more than are easily looked over."""
        px = self._theme.px
        around = px(_TOP) + self.entry.winfo_reqheight() + self._hint.winfo_reqheight() + px(40)
        return self.rows.fitting(self._window.winfo_height() - around, _ROWS)

    def _create(self, name: str) -> list[Row]:
        """Return the row that creates a room, if one could have that name."""
        self._say(self._advice)
        if not name or any(each.room.casefold() == name.casefold() for each in self._places):
            return []
        try:
            check_name(name)
        except BadName as error:
            self._say(self._emoji.plain(explain_refusal(error)))
            return []
        text = tr("Create room “{name}”").format(name=self._emoji.plain(name))
        return [Row(_CREATE + name, text, lead="+")]

    def _say(self, text: str) -> None:
        self._hint.configure(text=text)

    def _choose(self, key: str) -> None:
        self.panel.place_forget()
        self._go_to(key.removeprefix(_CREATE))

    def _restyle(self) -> None:
        px, palette, fonts = self._theme.px, self._theme.palette, self._theme.fonts
        # The picture of the field has clear corners.
        ttk.Style(self.panel).configure("Switcher.TEntry", background=palette.surface)
        self.panel.configure(background=palette.line)
        self._inside.configure(background=palette.surface)
        self.entry.grid_configure(padx=px(10), pady=(px(10), px(6)))
        self._placeholder.configure(
            background=palette.surface, foreground=palette.muted, font=fonts.body
        )
        self._hint.configure(
            background=palette.surface, foreground=palette.muted, font=fonts.small,
            padx=px(16), pady=px(7),
        )  # fmt: skip


def _do(deed: Callable[[], None], _event: object) -> str:
    deed()
    return "break"
