"""The sidebar's list of rooms, and of conversations with one person."""

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.badge import Badges
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import PresenceDots, presence_label
from tkchat.gui.widgets.row_draw import Row
from tkchat.gui.widgets.row_list import RowList
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr, trn

BROWSE = "\n"  #: the key of the row that leads to all rooms: no room is called that
DRAFT_MARK = "✎"


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room (``design``) or conversation (``@bob``) with the number in its pill, 0 for none.

    ``news`` makes it bold, ``strong`` colours the pill: this person is meant. ``elsewhere`` is a
    room that this person is not in. ``presence`` is that of the other in a conversation.
    """

    room: str
    count: int = 0
    news: bool = False
    strong: bool = False
    elsewhere: bool = False
    muted: bool = False
    draft: bool = False
    topic: str = ""
    presence: Presence | None = None


class RoomsList(RowList):
    """Rooms. ``on_activate`` gets the one that is clicked, or chosen with Return.

    ``on_menu`` gets one whose menu is asked for and where on the screen, ``on_browse`` nothing.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        dots: PresenceDots,
        *,
        on_activate: Callable[[str], None] = lambda _room: None,
        on_browse: Callable[[], None] = lambda: None,
        on_menu: Callable[[str, int, int], None] = lambda _room, _x, _y: None,
    ) -> None:
        super().__init__(parent, theme, on_choose=self._activate, on_menu=self._ask_for_menu)
        self._on_activate = on_activate
        self._on_menu = on_menu
        self._on_browse = on_browse
        self._emoji = emoji
        self._dots = dots
        self._badges = Badges(self, theme)
        self._rooms: tuple[Sequence[RoomRow], str, int] = ((), "", 0)

    def show(self, rooms: Sequence[RoomRow], current: str, more: int = 0) -> None:
        """Show rooms in this order; ``current`` is the one being read.

        The conversations come last; ``more`` rooms are there besides.
        """
        self._rooms = (rooms, current, more)
        photos = self._badges.photos((row.count, row.strong) for row in rooms if row.count)
        made = [self._row(row, photos.get((row.count, row.strong))) for row in rooms]
        conversations = [row for row in made if row.key.startswith("@")]
        caption = Row("DIRECT", tr("DIRECT MESSAGES"), is_caption=True)
        shown = [
            Row("ROOMS", tr("ROOMS"), is_caption=True),
            *(row for row in made if not row.key.startswith("@")),
            *self._browse(more),
            *([caption, *conversations] if conversations else []),
        ]
        self.put(shown, current)

    def restyle(self) -> None:
        """Follow a change of theme."""
        self._badges.forget()
        super().restyle()
        self.show(*self._rooms)

    def _activate(self, room: str) -> None:
        if room == BROWSE:
            self._on_browse()
        else:
            self._on_activate(room)

    def _ask_for_menu(self, room: str, x: int, y: int) -> None:
        if room != BROWSE:
            self._on_menu(room, x, y)

    def _browse(self, more: int) -> Iterator[Row]:
        if more:
            text = trn("{count} more room…", "{count} more rooms…", more).format(count=more)
            yield Row(BROWSE, text, lead="+", faint=True)

    def _row(self, row: RoomRow, pill: tk.PhotoImage | None) -> Row:
        plain = self._emoji.plain
        is_conversation = row.room.startswith("@")
        tip = presence_label(row.presence) if is_conversation else row.topic
        return Row(
            row.room,
            plain(one_line(row.room.removeprefix("@"))),
            note=plain(one_line(row.presence.text)) if row.presence else "",
            lead=self._dots.photo(row.presence) if is_conversation else "#",
            mark=DRAFT_MARK if row.draft else "",
            pill=pill,
            bold=row.news,
            faint=row.elsewhere or row.muted,
            tip=plain(one_line(tip)),
        )
