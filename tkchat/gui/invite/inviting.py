"""Opens the window that shows others the way into the chat."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING

from tkchat.client.database import DatabaseError
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump

if TYPE_CHECKING:  # few people ever need them
    from tkchat.client.ways_in import WaysIn
    from tkchat.gui.invite.invite_window import InviteWindow


class Inviting:
    """Keeps at most one such window over ``window``. Only for Tk's thread."""

    def __init__(
        self, window: tk.Misc, theme: Theme, emoji: Emoji, pump: Pump, session: Session
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._pump = pump
        self._session = session
        self.shown: InviteWindow | None = None  #: the window, once it was opened

    def open(self) -> None:
        """Show the ways into the chat, as they are now; or bring them to the front."""
        from tkchat.client.ways_in import ways_in
        from tkchat.gui.invite.invite_window import InviteWindow

        if self.shown is not None and self.shown.winfo_exists():
            self.shown.take_keyboard()
            return
        shown = self.shown = InviteWindow(self._window, self._theme, self._emoji)
        address, trust = self._session.address, self._session.trust
        self._pump.in_background(
            lambda: ways_in(address, trust),
            lambda found: self._found(shown, found),
            lambda error: self._not_found(shown, error),
        )

    def _found(self, shown: InviteWindow, found: WaysIn) -> None:
        if shown.winfo_exists():
            shown.show_ways(found)
            shown.open()

    def _not_found(self, shown: InviteWindow, error: Exception) -> None:
        if not isinstance(error, DatabaseError):
            raise error
        if shown.winfo_exists():
            shown.show_problem(str(error))
            shown.open()
