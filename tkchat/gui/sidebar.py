"""The column at the left: the rooms and the people in this one."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from tkchat.gui.emoji import Emoji
from tkchat.gui.people_list import PeopleList
from tkchat.gui.room_list import RoomRow, RoomsList
from tkchat.gui.theme import Theme

WIDTH = 220  # of 96 dpi


class Sidebar(ttk.Frame):
    """Rooms above, people below, in the sidebar's colour."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_room: Callable[[str], None],
        on_new_room: Callable[[], None],
        on_person: Callable[[str], None],
    ) -> None:
        super().__init__(parent, style="Sidebar.TFrame")
        self._theme = theme
        self._rooms = RoomsList(self, theme, emoji, on_activate=on_room)
        self._new = ttk.Button(
            self, text="+", width=2, style="Sidebar.Tool.TButton", command=on_new_room
        )
        self._people = PeopleList(self, theme, emoji, on_activate=on_person)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1, uniform="lists")
        self.rowconfigure(1, weight=1, uniform="lists")
        self._rooms.grid(row=0, sticky="nsew")
        self._new.grid(in_=self._rooms, row=0, column=0, sticky="e")  # beside the caption
        self._new.lift()
        self._people.grid(row=1, sticky="nsew")
        self.grid_propagate(False)
        self.winfo_toplevel().bind("<Configure>", self._fit, add=True)
        unsubscribe = theme.subscribe(self._restyle)
        self._new.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def show_rooms(self, rooms: Sequence[RoomRow], current: str) -> None:
        """Show the rooms; ``current`` is the one being read."""
        self._rooms.show(rooms, current)

    def show_people(self, names: Sequence[str], own: str, *, is_known: bool = True) -> None:
        """Show who is in the room, or was when that was known last."""
        self._people.show(names, own, is_known=is_known)

    def _restyle(self) -> None:
        px = self._theme.px
        self._rooms.grid_configure(pady=(px(4), 0))
        self._new.grid_configure(padx=px(6), pady=(px(4), 0))
        self._people.grid_configure(pady=(0, px(8)))
        self._fit()

    def _fit(self, _event: object = None) -> None:
        """Take the usual width, but never more than a third of the window."""
        width = self._theme.px(WIDTH)
        if self.winfo_toplevel().winfo_width() > 1:  # it is on the screen
            width = min(width, self.winfo_toplevel().winfo_width() // 3)
        if width != self.winfo_reqwidth():
            self.configure(width=width)
