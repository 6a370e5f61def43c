"""Watches over a chat that is open: tells of its key, and why it has stopped for good."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from tkchat.client.events import CertificateChanged, Encrypted, Event, Noticed, NotIn
from tkchat.client.explain import explain_key
from tkchat.client.session import Session
from tkchat.gui.door.obstacles import Obstacles
from tkchat.gui.door.page import MakePage, PageWindow
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Attempt, Entering, Refusal
from tkchat.gui.look.theme import Theme


class Guard:
    """Hears all events of a session before its ``window`` does, and asks over that one.

    ``come_again`` leaves the chat, and does with the way in what it is given.
    """

    def __init__(
        self,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        attempt: Attempt,
        window: Callable[[], tk.Toplevel | None],
        come_again: Callable[[Callable[[Entering], None]], None],
    ) -> None:
        self._theme = theme
        self._emoji = emoji
        self._session = session
        self._attempt = attempt
        self._window = window
        self._come_again = come_again
        self._changed: CertificateChanged | None = None
        self._stop: Refusal | None = None  # why the session has ended, if it has
        self._page: PageWindow | None = None
        self._obstacles = Obstacles(theme, emoji, self._show, self._close, self._go_on)

    def take(self, events: list[Event]) -> None:
        """Take what has happened."""
        for event in events:
            match event:
                case Encrypted(is_new=True):
                    said = explain_key(event, self._session.address)
                    self._session.events.put(Noticed(said))
                case CertificateChanged():
                    self._changed = event
                case NotIn():
                    self._stopped(Refusal(self._attempt, event, self._changed))

    def retry(self) -> None:
        """Try to connect now; a session that has ended says again what it takes to come back."""
        if self._stop is not None and self._obstacles.show(self._stop):
            return
        self._session.retry_now()

    def _stopped(self, refusal: Refusal) -> None:
        """Say over the window why; its messages stay readable."""
        self._stop = refusal
        window = self._window()
        if window is None:
            return
        if window.winfo_viewable():
            self._obstacles.show(refusal)
            return

        def show(_event: object) -> None:
            window.unbind("<Visibility>", seen)
            self._obstacles.show(refusal)

        seen = window.bind("<Visibility>", show, add=True)

    def _show(self, title: str, make: MakePage) -> None:
        self._close()
        if window := self._window():
            self._page = PageWindow(window, self._theme, self._emoji, title, make)

    def _close(self) -> None:
        if self._page is not None and self._page.winfo_exists():
            self._page.close()
        self._page = None

    def _go_on(self, deed: Callable[[Entering], None]) -> None:
        self._close()
        self._come_again(deed)
