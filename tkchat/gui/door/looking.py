"""Listens for chats nearby while the login dialog is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tkchat.gui.pump import Pump

if TYPE_CHECKING:  # they are loaded when there is something to look for, in a thread
    from tkchat.client.nearby import Browser, Nearby


class Looking:
    """Hands all chats that are there to ``show``, whenever that changes, until it is closed."""

    def __init__(self, pump: Pump, show: Callable[[Sequence[Nearby]], None]) -> None:
        self._pump = pump
        self._show = show
        self._heard: SimpleQueue[tuple[Nearby, ...]] = SimpleQueue()
        self._browser: Browser | None = None
        self._is_closed = False
        pump.watch(self._heard, self._take)
        pump.in_background(self._make, self._begin)

    def close(self) -> None:
        """Listen no longer. Returns at once."""
        self._is_closed = True
        self._pump.forget(self._heard)
        if self._browser is not None:
            self._browser.close()
            self._browser = None

    def _make(self) -> Browser:
        """Load what it takes; in a thread."""
        from tkchat.client.nearby import Browser

        return Browser(self._heard)

    def _begin(self, browser: Browser) -> None:
        if not self._is_closed:
            self._browser = browser
            browser.start()

    def _take(self, heard: list[tuple[Nearby, ...]]) -> None:
        self._show(heard[-1])
