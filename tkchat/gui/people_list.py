"""The sidebar's list of who is in the room."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.elements import CLEAR, dot, png_data
from tkchat.gui.emoji import Emoji
from tkchat.gui.sanitise import one_line
from tkchat.gui.side_list import SideList
from tkchat.gui.theme import Theme


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
        self._draw_dot()
        self.show((), "")

    def show(self, names: Sequence[str], own: str) -> None:
        """Show these people, sorted; ``own`` is marked as "you"."""
        self.caption.configure(text=f"IN THIS ROOM — {len(names):,}")
        self.put(
            {
                name: {"text": self._label(name, own), "image": self._dot}
                for name in sorted(names, key=str.casefold)
            }
        )

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self._draw_dot()

    def _activate(self, name: str) -> None:
        self.select("")  # nobody is "open": the box still writes to the room
        self._on_activate(name)

    def _label(self, name: str, own: str) -> str:
        shown = self._emoji.plain(one_line(name))
        return f"{shown} (you)" if name == own else shown

    def _draw_dot(self) -> None:
        px = self._theme.px
        image = dot(px(10), self._theme.palette.online)
        wide = image.crop((0, 0, px(18), px(10)))
        wide.paste(CLEAR, (px(10), 0, px(18), px(10)))
        self._dot.configure(data=png_data(wide), format="png")
