"""Opens and closes the search panel in its window, and leads back to where the person was."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from tkchat.client.events import Found
from tkchat.client.model import Link, Model
from tkchat.client.search import Hit
from tkchat.client.session import Session
from tkchat.gui.emoji import Emoji
from tkchat.gui.reading import Reading
from tkchat.gui.room_names import room_label
from tkchat.gui.search_panel import SearchPanel
from tkchat.gui.theme import Theme

WIDTH = 340  # of 96 dpi, like the next
LEAST_BESIDE = 300  # a narrower list of messages beside the panel is of no use


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the person was when the search began."""

    room: str
    key: int | None  #: of the first message in view; None at the newest


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
        self._spot = _Spot("", None)
        self._jumped = False
        self.is_open = False
        self.panel = SearchPanel(
            window,
            theme,
            emoji,
            on_search=session.search,
            on_open=self._go_to,
            on_close=self.close,
        )
        # Not of the window: the sidebar may take more of it, or less.
        main.bind("<Configure>", lambda _event: self._place(), add=True)

    def open(self) -> None:
        """Show the panel and give it the keyboard; again, only the latter."""
        room = self._model.room.name
        if not self.is_open:
            self.is_open = True
            self._jumped = False
            self._spot = _Spot(
                room, None if self._reading.shown.at_bottom else self._reading.shown.first_in_view
            )
        self._place()
        self.panel.open(room, room_label(room))

    def close(self, and_return: bool) -> None:
        """Hide the panel; with ``and_return`` go back to where the search began."""
        self.is_open = False
        self.panel.grid_remove()
        if and_return and self._jumped:
            self._return()
        self._on_closed()

    def take(self, found: Found) -> None:
        """Show what was found."""
        self.panel.take(found)

    def follow(self) -> None:
        """Take note of another room, or of another state of the connection."""
        room = self._model.room.name
        self.panel.set_room(room, room_label(room))
        self.panel.set_online(self._model.link is Link.ONLINE)

    def _go_to(self, hit: Hit) -> None:
        self._jumped = True
        self._reading.open(hit)
        if self._is_narrow():
            self.close(False)

    def _return(self) -> None:
        spot = self._spot
        if spot.room != self._model.room.name:
            self._session.go_to(spot.room)
            return
        if self._model.room.place is not None:
            self._reading.back_to_now()
        if spot.key is None:
            self._reading.shown.to_bottom()
        else:
            self._reading.seek(spot.key)

    def _is_narrow(self) -> bool:
        taken = self._main.winfo_rootx() - self._window.winfo_rootx()
        left = self._window.winfo_width() - taken
        return left - self._theme.px(WIDTH) < self._theme.px(LEAST_BESIDE)

    def _place(self) -> None:
        if not self.is_open:
            return
        column = int(self._main.grid_info()["column"])
        narrow = self._is_narrow()
        self.panel.configure(width=self._theme.px(WIDTH))
        self.panel.grid(row=0, column=column if narrow else column + 1, sticky="nsew")
        self.panel.lift()
