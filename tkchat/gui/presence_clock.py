"""Notices that a person has left their computer alone, and tells the others that they are away."""

import time
import tkinter as tk

from tkchat.client.model import Link, Model
from tkchat.client.presence import Presence, State
from tkchat.client.session import Session
from tkchat.desktop.idle import is_wayland, wayland_idle_seconds
from tkchat.gui.pump import Pump

AWAY_SECONDS = 600.0  #: untouched for so long means away
CHECK_MS = 15_000  #: how often it looks
BACK_MS = 2_000  #: how often while the person is away, who should not have to wait for it


class PresenceClock:
    """Says "away" for a person who does nothing, and "here" when they are back.

    What they chose themselves it leaves alone. Only for Tk's thread.
    """

    def __init__(self, window: tk.Toplevel, session: Session, model: Model, pump: Pump) -> None:
        self._window = window
        self._session = session
        self._model = model
        self._pump = pump
        self._is_gone = False  # and it was this clock that said so
        self._touched = time.monotonic()
        self._due = window.after(CHECK_MS, self._look)
        for sequence in ("<Key>", "<Button>", "<Motion>"):
            window.bind(sequence, lambda _event: self._touch(), add=True)
        window.bind("<Destroy>", self._on_destroy, add=True)

    def _look(self) -> None:
        self._due = self._window.after(BACK_MS if self._is_gone else CHECK_MS, self._look)
        if is_wayland():
            self._pump.in_background(wayland_idle_seconds, self._judge)
            return
        milliseconds = int(self._window.tk.call("tk", "inactive"))
        self._judge(milliseconds / 1000 if milliseconds >= 0 else None)

    def _judge(self, idle: float | None) -> None:
        """Say what follows from so many seconds without a touch; None: the desktop does not say."""
        if not self._window.winfo_exists():
            return
        seconds = time.monotonic() - self._touched  # at first: since the window was opened
        if idle is not None:
            seconds = min(seconds, idle)
        own = self._model.presence.get(self._model.user, Presence())
        if seconds < AWAY_SECONDS:
            self._come_back(own)
        elif own.state is State.HERE and self._model.link is Link.ONLINE and not self._is_gone:
            self._is_gone = True
            self._session.set_presence(State.AWAY, own.text)

    def _come_back(self, own: Presence) -> None:
        if not self._is_gone:
            return
        self._is_gone = False
        if own.state is not State.BUSY:  # else they chose that meanwhile, on another computer
            self._session.set_presence(State.HERE, own.text)

    def _touch(self) -> None:
        self._touched = time.monotonic()
        if self._is_gone:
            self._judge(0)

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._window:
            self._window.after_cancel(self._due)
