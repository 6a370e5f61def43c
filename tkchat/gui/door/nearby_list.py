"""Chats that announce themselves around here, as rows to choose from."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.client.nearby import Nearby
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.row_list import RowList
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr, trn

MOST_ROWS = 4  #: are shown at once; the others are scrolled to


class NearbyList(RowList):
    """Shows ``Nearby`` chats; ``on_chosen`` gets the one that is clicked or chosen by Return.

    It never gets less high: what stands below must not jump to and fro.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, on_chosen: Callable[[Nearby], None]
    ) -> None:
        super().__init__(parent, theme, ground="window", on_choose=self._chosen)
        self._emoji = emoji
        self._on_chosen = on_chosen
        self._chats: dict[str, Nearby] = {}
        self._most = 0  # rows that there were at once

    def show(self, chats: Sequence[Nearby]) -> None:
        """Show exactly these chats."""
        self._chats = {str(chat.address): chat for chat in chats}
        selected = self._selected if self._selected in self._chats else ""
        self.put([self._row(chat) for chat in chats], selected)
        self._most = max(self._most, min(len(chats), MOST_ROWS))
        self.restyle()

    def restyle(self) -> None:
        """Follow a change of theme."""
        super().restyle()
        self.canvas.configure(height=self._most * self._painter.row_height or 1)

    def _row(self, chat: Nearby) -> Row:
        address = str(chat.address)
        title = self._emoji.plain(one_line(chat.title)) or address
        people = ""
        if chat.people is not None:
            people = trn("{count} person", "{count} people", chat.people).format(count=chat.people)
        told = tr("At {address}. The network says so, and nothing proves it.")
        return Row(address, title, note=people, tip=told.format(address=address))

    def _chosen(self, key: str) -> None:
        if key in self._chats:
            self.select(key)
            self._on_chosen(self._chats[key])
