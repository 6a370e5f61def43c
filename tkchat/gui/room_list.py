"""The sidebar's list of rooms."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.badge import Badges
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme


class RoomsList(SideList):
    """Rooms with a count. ``on_activate`` gets the room that is clicked, or chosen with Return."""

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
        self._rooms: tuple[Sequence[tuple[str, int]], str] = ((), "")
        self.caption.configure(text="ROOMS")

    def show(self, rooms: Sequence[tuple[str, int]], current: str) -> None:
        """Show rooms with their counts (0 is not shown); ``current`` is the one being read."""
        self._rooms = (rooms, current)
        photos = self._badges.photos(count for _, count in rooms if count)
        self.put(
            {
                room: {
                    "text": f"# {self._emoji.plain(one_line(room))}",
                    "image": photos.get(count, ""),
                }
                for room, count in rooms
            }
        )
        self.rows.configure(height=max(min(len(rooms), 12), 1))
        self.select(current)

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self._badges.forget()
        self.show(*self._rooms)
