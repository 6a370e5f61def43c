"""The desktop's notifications: one for each conversation, replaced by the next, never stacked."""

import logging
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Protocol

from tkchat.desktop.notify_script import MacPopups, WindowsPopups
from tkchat.desktop.notify_send import NotifySend

_log = logging.getLogger(__name__)


class Popups(Protocol):
    """One system's way to show notifications. `show` and `withdraw` may wait, and may fail.

    Raises:
        OSError: the program for it is missing, or cannot be started.
        subprocess.SubprocessError: it did not do it.
    """

    def show(self, key: str, title: str, text: str) -> None:
        """Show a notification in place of the last one with this ``key``."""

    def withdraw(self, key: str) -> None:
        """Take the notification with this ``key`` away, if that is possible."""

    def close(self) -> None:
        """Take all away, and end what still runs. At once, and for any thread."""


class Notifier:
    """Shows notifications without ever waiting for the desktop; what cannot be shown is not.

    ``on_click`` gets the key of one that was clicked, in a thread of its own. Any thread may call.
    """

    def __init__(self, on_click: Callable[[str], None], popups: Popups | None = None) -> None:
        self._popups = popups or _of_this_system(on_click)
        self._changed = threading.Condition()  # guards the three below
        self._wanted: dict[str, tuple[str, str] | None] = {}  # by key; None: none any more
        self._thread: threading.Thread | None = None
        self._closed = False

    def show(self, key: str, title: str, text: str) -> None:
        """Show one line of title and a text, in place of what was shown for ``key`` before."""
        self._want(key, (_harmless(title), _harmless(text)))

    def withdraw(self, key: str) -> None:
        """Take away what is shown for ``key``: the person has seen it by now."""
        if self._thread is not None:  # else nothing was ever shown
            self._want(key, None)

    def close(self) -> None:
        """Take all notifications away. Returns at once."""
        with self._changed:
            self._closed = True
            self._wanted.clear()
            self._changed.notify()
        self._popups.close()

    def _want(self, key: str, words: tuple[str, str] | None) -> None:
        with self._changed:
            if self._closed:
                return
            self._wanted.pop(key, None)  # to the end of the queue
            self._wanted[key] = words
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="notifier", daemon=True)
                self._thread.start()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            with self._changed:
                while not (self._wanted or self._closed):
                    self._changed.wait()
                if self._closed:
                    return
                key = next(iter(self._wanted))
                words = self._wanted.pop(key)
            try:
                if words is None:
                    self._popups.withdraw(key)
                else:
                    self._popups.show(key, *words)
            except (OSError, subprocess.SubprocessError) as error:
                _log.debug("no notification: %s", error)  # most often there is no program for it


def _of_this_system(on_click: Callable[[str], None]) -> Popups:
    if sys.platform == "win32":
        return WindowsPopups()
    if sys.platform == "darwin":
        return MacPopups()
    return NotifySend(on_click)


def _harmless(text: str) -> str:
    """Return ``text`` as an argument of a program can be: no NUL, no half of a character."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
