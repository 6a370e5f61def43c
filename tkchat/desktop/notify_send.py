"""Notifications on freedesktop.org systems, by libnotify's ``notify-send``."""

import contextlib
import html
import signal
import subprocess
import threading
from collections.abc import Callable

from tkchat.desktop.asking import environment
from tkchat.desktop.linux import APP_ID

SECONDS = 10.0
"""How long an old ``notify-send``, which does not wait for clicks, may take."""

_CLICKED = "default"  # the specification's name for a click on the notification itself


class NotifySend:
    """Each notification is one ``notify-send`` that waits for a click, until it is replaced.

    ``on_click`` gets the key of one that was clicked, in a thread of its own. Versions before 0.8
    can neither wait nor replace: with them a notification is just shown.
    """

    def __init__(self, on_click: Callable[[str], None]) -> None:
        self._on_click = on_click
        self._ids: dict[str, str] = {}  # what the desktop calls each
        self._is_old = False
        self._lock = threading.Lock()  # guards the two below
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._closed = False

    def show(self, key: str, title: str, text: str) -> None:
        """Show a notification, or put it in the place of the last one with this ``key``.

        Waits until it is on the screen. One thread at a time.

        Raises:
            OSError: there is no ``notify-send``.
            subprocess.SubprocessError: the desktop does not show it.
        """
        words = ["--", title or " ", _literal(text)]
        if not self._is_old:
            self._end(key, signal.SIGTERM)  # else both would hear of the click
            replaced = [f"--replace-id={self._ids[key]}"] if key in self._ids else []
            if self._start(key, [*_command(), "--print-id", *replaced, *_action(), *words]):
                return
        subprocess.run(
            [*_command(), *words],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env=environment(),
            timeout=SECONDS,
        )
        self._is_old = True  # it does less, but it works

    def withdraw(self, key: str) -> None:
        """Take the notification with this ``key`` away."""
        self._end(key, signal.SIGINT)  # which notify-send takes for "close it"

    def close(self) -> None:
        """Take all away. Returns at once."""
        with self._lock:
            self._closed = True
            keys = list(self._running)
        for key in keys:
            self.withdraw(key)

    def _start(self, key: str, command: list[str]) -> bool:
        """Show it; tell whether this ``notify-send`` can do what is asked of it."""
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            text=True,
            errors="replace",
        )
        with self._lock:
            self._running[key] = process
            is_late = self._closed
        if is_late:
            self.withdraw(key)
        number = next(iter(process.stdout or ()), "").strip()
        if number:
            self._ids[key] = number
            waiting = threading.Thread(
                target=self._wait, args=(key, process), name="notification", daemon=True
            )
            waiting.start()
            return True
        self._forget(key, process)
        return process.returncode <= 0  # ended by a signal: it is not wanted any more

    def _wait(self, key: str, process: "subprocess.Popen[str]") -> None:
        """Wait for a click, or for the notification to go."""
        is_clicked = any(line.strip() == _CLICKED for line in process.stdout or ())
        self._forget(key, process)
        if is_clicked:
            self._on_click(key)

    def _forget(self, key: str, process: "subprocess.Popen[str]") -> None:
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
        with self._lock:
            if self._running.get(key) is process:
                del self._running[key]

    def _end(self, key: str, number: signal.Signals) -> None:
        with self._lock:
            process = self._running.pop(key, None)
        if process is not None:
            with contextlib.suppress(OSError):  # it has ended by itself
                process.send_signal(number)


def _command() -> list[str]:
    return [
        *("notify-send", "--app-name=tkchat", f"--icon={APP_ID}", "--category=im.received"),
        f"--hint=string:desktop-entry:{APP_ID}",
    ]


def _action() -> list[str]:
    return [f"--action={_CLICKED}=tkchat"]


def _literal(text: str) -> str:
    """Return ``text`` so that it is shown as it is.

    The desktop reads the body as markup, and before that ``notify-send`` reads backslashes in it as
    C does.
    """
    return html.escape(text, quote=False).replace("\\", "\\\\")
