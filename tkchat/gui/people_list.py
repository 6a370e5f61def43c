"""The sidebar's list of who is in the room."""

import tkinter as tk
from collections.abc import Callable, Sequence

from PIL import Image

from tkchat.gui.elements import CLEAR, Box, dot, png_data, rounded
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme

_AWAY = "away"


class PeopleList(SideList):
    """Names with a dot. ``on_activate`` gets the name that is clicked, or chosen with Return."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_activate: Callable[[str], None] = lambda _name: None,
    ) -> None:
        super().__init__(parent, theme, height=8, one_click=True, on_choose=self._activate)
        self._on_activate = on_activate
        self._emoji = emoji
        self._dot = tk.PhotoImage(master=self)
        self._hollow = tk.PhotoImage(master=self)
        self._draw_dots()
        self.show((), "")

    def show(self, names: Sequence[str], own: str, *, is_known: bool = True) -> None:
        """Show these people, sorted; ``own`` is marked as "you".

        Without ``is_known`` they are those who were here when that was known last.
        """
        self.caption.configure(
            text=f"IN THIS ROOM — {len(names):,}" if is_known else "IN THIS ROOM"
        )
        look = {"image": self._dot} if is_known else {"image": self._hollow, "tags": (_AWAY,)}
        self.put(
            {
                name: {"text": self._label(name, own), **look}
                for name in sorted(names, key=str.casefold)
            }
        )

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self._draw_dots()

    def _activate(self, name: str) -> None:
        self.select("")  # nobody is "open": the box still writes to the room
        self._on_activate(name)

    def _label(self, name: str, own: str) -> str:
        shown = self._emoji.plain(one_line(name))
        return f"{shown} (you)" if name == own else shown

    def _style_rows(self) -> None:
        super()._style_rows()
        self.rows.tag_configure(_AWAY, foreground=self._theme.palette.muted)

    def _draw_dots(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        size = px(10)
        ring = rounded(size, size, size // 2 + 1, Box(CLEAR, palette.away), max(px(1.5), 1))
        for photo, image in ((self._dot, dot(size, palette.online)), (self._hollow, ring)):
            wide = Image.new("RGBA", (px(18), size), CLEAR)
            wide.paste(image)
            photo.configure(data=png_data(wide), format="png")
