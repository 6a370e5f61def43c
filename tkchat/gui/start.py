"""Starts the windowed client: its log, Tk at the desktop's size, and the first window."""

from __future__ import annotations

import gc
import logging
import signal
import threading
import tkinter as tk
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from tkchat.desktop.appearance import ask_whether_dark
from tkchat.gui.look.scale import apply_desktop_scale, ask_dpi, desktop_dpi, prepare_process
from tkchat.gui.look.warming import warm_up
from tkchat.i18n import tr

if TYPE_CHECKING:
    from logging.handlers import RotatingFileHandler
    from pathlib import Path

    from tkchat.client.profile import Profile
    from tkchat.net.address import Address

APP = "tkchat.gui.app"
LOOK_SECONDS = 0.3  # how long the first window waits to learn whether the desktop is dark
LOG_BYTES = 500_000


class NoDisplay(Exception):
    """There is no screen to open a window on."""


def run(
    profile: Profile, address: Address | None = None, name: str | None = None, key: bytes = b""
) -> int:
    """Show the windows until they are closed; return the exit code.

    With an address and a name the chat is joined at once; ``key`` is from its join code.

    Raises:
        NoDisplay: a window cannot be opened; the text says what to do.
    """
    _start_log(profile)
    prepare_process()
    try:
        root = tk.Tk(className="Tkchat")
    except tk.TclError as error:
        said = tr(
            "No window can be opened here ({error}). "
            "Chat in the terminal: --terminal --connect HOST:PORT --name USER"
        )
        raise NoDisplay(said.format(error=error)) from error
    root.withdraw()
    # Not before: the programs that answer would take the processors from Tk and the X server.
    dpi, is_dark = ask_dpi(), ask_whether_dark()
    # Most of the program: another thread imports it while this one waits for the X server and the
    # desktop. In a process that has ever had a second thread, Tk() would take 40 ms and not 26.
    threading.Thread(target=import_module, args=(APP,), name="importing", daemon=True).start()
    apply_desktop_scale(root, desktop_dpi(dpi))
    warm_up(root)
    desktop_is_dark = bool(is_dark(LOOK_SECONDS))
    from tkchat.gui.app import App
    from tkchat.gui.garbage import GarbageCollector

    app = App(root, profile, desktop_is_dark=desktop_is_dark)
    GarbageCollector(root)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Tkinter would report a KeyboardInterrupt like any error of a callback, and go on.
        signal.signal(ending, lambda *_: root.after_idle(app.quit))
    app.open(address, name, key)
    root.mainloop()
    gc.collect()  # here, and not in a thread that is still ending: Tk's things call Tk
    return 0


def _start_log(profile: Profile) -> None:
    logging.basicConfig(
        level=logging.WARNING,
        handlers=[_LogFile(profile.log_file), logging.StreamHandler()],
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )


class _LogFile(logging.Handler):
    """Writes to a file, which is opened, and its module imported, for the first record."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file

    @cached_property
    def _writer(self) -> RotatingFileHandler:
        from logging.handlers import RotatingFileHandler

        writer = RotatingFileHandler(
            self._file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8"
        )
        writer.setFormatter(self.formatter)
        return writer

    def emit(self, record: logging.LogRecord) -> None:
        self._writer.emit(record)
