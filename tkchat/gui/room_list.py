"""The sidebar's list of rooms, and of conversations with one person."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkchat.gui.badge import Badges
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme

_NEWS, _ELSEWHERE = "news", "elsewhere"
_MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room (``design``) or conversation (``@bob``) with the number in its pill, 0 for none.

    ``news`` makes it bold, ``strong`` colours the pill: this person is meant. ``elsewhere`` is a
    room that this person is not in.
    """

    room: str
    count: int = 0
    news: bool = False
    strong: bool = False
    elsewhere: bool = False


class RoomsList(SideList):
    """Rooms. ``on_activate`` gets the one that is clicked, or chosen with Return."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_activate: Callable[[str], None] = lambda _room: None,
    ) -> None:
        super().__init__(
            parent, theme, style="Rooms.Sidebar.Treeview", one_click=True, on_choose=on_activate
        )
        self._emoji = emoji
        self._badges = Badges(self, theme)
        self._rooms: tuple[Sequence[RoomRow], str] = ((), "")
        self.caption.configure(text="ROOMS")

    def show(self, rooms: Sequence[RoomRow], current: str) -> None:
        """Show rooms in this order; ``current`` is the one being read."""
        self._rooms = (rooms, current)
        photos = self._badges.photos((row.count, row.strong) for row in rooms if row.count)
        self.put(
            {
                row.room: {
                    "text": self._label(row.room),
                    "image": photos.get((row.count, row.strong), ""),
                    "tags": self._look(row),
                }
                for row in rooms
            }
        )
        self.rows.configure(height=max(min(len(rooms), _MOST_ROWS), 1))
        self.select(current)

    def _label(self, room: str) -> str:
        sign, name = ("@", room[1:]) if room.startswith("@") else ("#", room)
        return f"{sign} {self._emoji.plain(one_line(name))}"

    def _look(self, row: RoomRow) -> tuple[str, ...]:
        if row.news:
            return (_NEWS,)
        return (_ELSEWHERE,) if row.elsewhere else ()

    def _style_rows(self) -> None:
        super()._style_rows()
        self.rows.tag_configure(_NEWS, font=self._theme.fonts.bold)
        self.rows.tag_configure(_ELSEWHERE, foreground=self._theme.palette.muted)

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self._badges.forget()
        self.show(*self._rooms)
