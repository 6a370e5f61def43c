"""The sidebar's list of rooms."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme

_COUNT = "count"
_COUNT_WIDTH = 56


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
            parent, theme, columns=(_COUNT,), height=1, one_click=True, on_choose=on_activate
        )
        self._emoji = emoji
        self._current = ""
        self.caption.configure(text="ROOMS")
        self._size_columns()

    def show(self, rooms: Sequence[tuple[str, int]], current: str) -> None:
        """Show rooms with their counts (0 is not shown); ``current`` is the one being read."""
        self._current = current
        self.put(
            {
                room: {
                    "text": f"# {self._emoji.plain(one_line(room))}",
                    "values": (f"{count:,}" if count else "",),
                }
                for room, count in rooms
            }
        )
        self.rows.configure(height=max(min(len(rooms), 12), 1))
        self.select(current)

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self._size_columns()

    def _size_columns(self) -> None:
        width = self._theme.px(_COUNT_WIDTH)
        self.rows.column(_COUNT, width=width, minwidth=width, stretch=False, anchor="e")
