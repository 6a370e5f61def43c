"""The line above the messages: the room, who is in it, and the menu."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from tkchat.gui.clipped_label import ClippedLabel
from tkchat.gui.elements import magnifier, to_photo
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.theme import Theme


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the menu; ``keys`` is shown beside it, ``chosen`` marks it."""

    text: str
    action: Callable[[], None]
    keys: str = ""
    chosen: bool = False


SEPARATOR = Entry("", lambda: None)


class Header(ttk.Frame):
    """Shows where this person is. ``entries`` is asked for the menu's lines when it opens."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        entries: Callable[[], list[Entry]],
        *,
        on_search: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._entries = entries
        self._menu: tk.Menu | None = None
        self._room = ttk.Label(self, style="Title.TLabel")
        self._about = ClippedLabel(self, theme)
        self._button = ttk.Button(self, text="☰", style="Tool.TButton", width=2)
        self._button.configure(command=self.open_menu)
        self._search = ttk.Button(self, style="Tool.TButton", command=on_search)
        self._line = tk.Frame(self, height=1)
        self.columnconfigure(1, weight=1)
        self._room.grid(row=0, column=0, sticky="w")
        self._about.grid(row=0, column=1, sticky="ew")
        self._search.grid(row=0, column=2)
        self._button.grid(row=0, column=3)
        self._line.grid(row=1, columnspan=4, sticky="ew")
        unsubscribe = theme.subscribe(self._restyle)
        self._line.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def show(self, room: str, about: str) -> None:
        """Show the room's name and a few words on it."""
        sign, name = ("@", room[1:]) if room.startswith("@") else ("#", room)
        self._room.configure(text=f"{sign} {self._emoji.plain(one_line(name))}")
        self._about.show(self._emoji.plain(about))

    def open_menu(self) -> None:
        """Drop the menu down from its button; Escape closes it."""
        if self._menu is not None:
            self._menu.destroy()
        menu = self._menu = tk.Menu(self, tearoff=False)
        for entry in self._entries():
            if entry is SEPARATOR:
                menu.add_separator()
                continue
            mark = "✓ " if entry.chosen else "    "
            menu.add_command(
                label=mark + self._emoji.plain(entry.text),
                command=entry.action,
                accelerator=f"{entry.keys}  ",  # Tk puts it right at the edge
            )
        menu.update_idletasks()  # only then does it know its width
        x = self._button.winfo_rootx() + self._button.winfo_width() - menu.winfo_reqwidth()
        menu.tk_popup(x, self._button.winfo_rooty() + self._button.winfo_height())

    def _restyle(self) -> None:
        px = self._theme.px
        self._room.grid_configure(padx=(px(20), px(12)), pady=px(14))
        self._about.grid_configure(pady=(px(4), 0))
        self._button.grid_configure(padx=(0, px(8)))
        self._glass = to_photo(self, magnifier(px(16), self._theme.palette.text))
        self._search.configure(image=self._glass)
        self._line.configure(background=self._theme.palette.line)
