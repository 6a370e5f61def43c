"""Opens and closes the search panel in its window, and leads back to where the person was."""

import tkinter as tk
from collections.abc import Callable

from tkchat.client.events import Found
from tkchat.client.model import Link, Model
from tkchat.client.search import Hit
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.reading import Reading
from tkchat.gui.places.room_names import room_label
from tkchat.gui.search.search_panel import SearchPanel

WIDTH = 340  # of 96 dpi, like the next two
LEAST_WIDTH = 240
LEAST_BESIDE = 260  # a narrower list of messages beside the panel is of no use
SHARE = 0.36  # of the width beside the sidebar


class Searching:
    """Puts the panel into ``window``: beside ``main``, or over it where there is no room."""

    def __init__(
        self,
        window: tk.Misc,
        main: tk.Widget,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        reading: Reading,
        on_closed: Callable[[], None],
    ) -> None:
        self._window = window
        self._main = main
        self._theme = theme
        self._session = session
        self._model = model
        self._reading = reading
        self._on_closed = on_closed
        self._spot = reading.spot()
        self._jumped = False
        self.is_open = False
        self.panel = SearchPanel(
            window,
            theme,
            emoji,
            on_search=session.search,
            on_open=self._go_to,
            on_close=self.close,
            people=self._people,
            rooms=lambda: sorted(model.rooms, key=str.casefold),
        )
        # Not of the window: the sidebar may take more of it, or less.
        main.bind("<Configure>", lambda _event: self._place(), add=True)

    def open(self) -> None:
        """Show the panel and give it the keyboard; again, only the latter."""
        room = self._model.room.name
        if not self.is_open:
            self.is_open = True
            self._jumped = False
            self._spot = self._reading.spot()
        self._place()
        self.panel.open(room, room_label(room))

    def close(self, and_return: bool) -> None:
        """Hide the panel; with ``and_return`` go back to where the search began."""
        self.is_open = False
        self.panel.grid_remove()
        if and_return and self._jumped:
            self._reading.return_to(self._spot)
        self._on_closed()

    def take(self, found: Found) -> None:
        """Show what was found."""
        self.panel.take(found)

    def follow(self) -> None:
        """Take note of another room, or of another state of the connection."""
        room = self._model.room.name
        self.panel.set_room(room, room_label(room))
        self.panel.set_online(self._model.link is Link.ONLINE)

    def _people(self) -> list[str]:
        """Return who may have said something: those of this room first."""
        others = {name for room in self._model.rooms.values() for name in room.people}
        names = [*self._model.recent_speakers(), *sorted(others, key=str.casefold)]
        return list(dict.fromkeys([*names, self._model.user]))

    def _go_to(self, hit: Hit) -> None:
        self._jumped = True
        self._reading.open(hit)
        if self._is_narrow():
            self.close(False)

    def _room(self) -> int:
        """Return how wide the panel and the messages may be together, in pixels."""
        taken = self._main.winfo_rootx() - self._window.winfo_rootx()
        return self._window.winfo_width() - taken

    def _is_narrow(self) -> bool:
        return self._room() < self._theme.px(LEAST_WIDTH + LEAST_BESIDE)

    def _place(self) -> None:
        if not self.is_open:
            return
        column = int(self._main.grid_info()["column"])
        narrow = self._is_narrow()
        px = self._theme.px
        width = max(min(round(self._room() * SHARE), px(WIDTH)), px(LEAST_WIDTH))
        self.panel.configure(width=width)
        self.panel.grid(row=0, column=column if narrow else column + 1, sticky="nsew")
        self.panel.lift()
