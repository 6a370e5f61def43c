"""The column at the left: the rooms, the people in this one, and this person."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk

from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import magnifier, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.own_presence import OwnPresence
from tkchat.gui.places.people_list import People, PeopleList
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_list import RoomRow, RoomsList
from tkchat.gui.shortcuts import tip_for
from tkchat.gui.widgets.icon_button import IconButton, plus
from tkchat.gui.widgets.menu import Entry
from tkchat.i18n import tr

WIDTH = 230  # of 96 dpi
PEOPLES_PART = 0.4  # of the height, which the rooms leave to the people if these need it


@dataclass(frozen=True, slots=True)
class SidebarActions:
    """What the sidebar's parts do; a menu opens at a place on the screen."""

    go_to: Callable[[str], None]
    room_menu: Callable[[str, int, int], None]
    browse: Callable[[], None]
    switch: Callable[[], None]
    person: Callable[[str], None]
    person_menu: Callable[[str, int, int], None]
    own_menu: Callable[[], list[Entry]]


class Sidebar(ttk.Frame):
    """Rooms above, people below, in the sidebar's colour."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, dots: PresenceDots, do: SidebarActions
    ) -> None:
        super().__init__(parent, style="Sidebar.TFrame")
        self._theme = theme
        self._switch = ttk.Button(self, compound="left", style="Goto.TButton", command=do.switch)
        self._new = IconButton(
            self, theme, plus, do.browse,
            tip=lambda: tip_for("new room", tr("Join or create a room")), ground="sidebar",
        )  # fmt: skip
        self._lists = ttk.Frame(self, style="Sidebar.TFrame")
        self.rooms = RoomsList(
            self._lists, theme, emoji, dots,
            on_activate=do.go_to, on_browse=do.browse, on_menu=do.room_menu,
        )  # fmt: skip
        self.people = PeopleList(
            self._lists, theme, emoji, dots, on_activate=do.person, on_menu=do.person_menu
        )
        self._line = tk.Frame(self, height=1)
        self.own = OwnPresence(self, theme, emoji, do.own_menu)
        self._lay_out()
        self.winfo_toplevel().bind("<Configure>", self._fit, add=True)
        self._lists.bind("<Configure>", lambda _event: self._share())
        unsubscribe = theme.subscribe(self._restyle)
        self._line.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def show_rooms(self, rooms: Sequence[RoomRow], current: str, more: int = 0) -> None:
        """Show the rooms; ``current`` is the one being read, ``more`` are there besides."""
        self.rooms.show(rooms, current, more)
        self._share()

    def show_people(self, people: People) -> None:
        """Show who is in the room, or was when that was known last."""
        self.people.show(people)
        self._share()

    def show_own(self, user: str, presence: Presence | None) -> None:
        """Show this person; None is a presence that nobody else can see now."""
        self.own.show(user, presence)

    def _lay_out(self) -> None:
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._switch.grid(row=0, column=0, sticky="ew")
        self._new.grid(row=0, column=1)
        self._lists.grid(row=1, columnspan=2, sticky="nsew")
        self._line.grid(row=2, columnspan=2, sticky="ew")
        self.own.grid(row=3, columnspan=2, sticky="ew")
        self._lists.columnconfigure(0, weight=1)
        self._lists.rowconfigure(1, weight=1)
        self._lists.grid_propagate(False)
        self.rooms.grid(row=0, sticky="nsew")
        self.people.grid(row=1, sticky="nsew")
        self.grid_propagate(False)

    def _share(self) -> None:
        """Divide the height between rooms and people."""
        whole = self._lists.winfo_height()
        for_people = min(self.people.height, round(whole * PEOPLES_PART))
        self._lists.rowconfigure(0, minsize=max(min(self.rooms.height, whole - for_people), 0))

    def _restyle(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        self._glass = to_photo(self, magnifier(px(13), palette.muted))
        self._switch.configure(image=self._glass, text="  " + tr("Go to…"))
        style = ttk.Style(self)
        style.configure(
            "Goto.TButton", background=palette.sidebar, foreground=palette.muted, anchor="w",
            padding=(px(10), px(5)),
        )  # fmt: skip
        self._switch.grid_configure(padx=(px(8), px(4)), pady=(px(12), 0))
        self._new.grid_configure(padx=(0, px(8)), pady=(px(12), 0))
        self._lists.grid_configure(pady=(0, px(6)))
        self._line.configure(background=palette.line)
        self._fit()
        self._share()

    def _fit(self, _event: object = None) -> None:
        """Take the usual width, but never more than a third of the window."""
        width = self._theme.px(WIDTH)
        if self.winfo_toplevel().winfo_width() > 1:  # it is on the screen
            width = min(width, self.winfo_toplevel().winfo_width() // 3)
        if width != self.winfo_reqwidth():
            self.configure(width=width)
