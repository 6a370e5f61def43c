"""Keeps the theme as the settings and the desktop want it."""

import time
import tkinter as tk

from tkchat.client.settings import Settings
from tkchat.desktop.appearance import clock_hours, prefers_dark
from tkchat.gui.look.palette import palette_for
from tkchat.gui.look.theme import Taste, Theme
from tkchat.gui.pump import Pump

ZOOM_STEP = 10  # per cent
LOOK_AGAIN_SECONDS = 10.0  # how soon a window that gets the focus asks the desktop again
USUAL_HOURS = 24


class Looks:
    """Makes the one `Theme`, and changes it when the settings or the desktop change.

    It has what the login dialog is made of; for all else, its `complete` is to be called.
    """

    def __init__(
        self, root: tk.Misc, settings: Settings, pump: Pump, *, desktop_is_dark: bool = False
    ) -> None:
        self._settings = settings
        self._pump = pump
        self._desktop_is_dark = desktop_is_dark
        self._desktop_hours = USUAL_HOURS
        self._looked_at = time.monotonic()
        self.theme = Theme(
            root,
            palette_for(settings.theme, desktop_is_dark=desktop_is_dark),
            settings.zoom,
            self._taste(),
            whole=False,
        )
        root.bind_all("<FocusIn>", lambda _: self._look_again(), add=True)

    def follow(self) -> None:
        """Show what the settings say now."""
        settings, theme = self._settings, self.theme
        theme.use(palette_for(settings.theme, desktop_is_dark=self._desktop_is_dark))
        theme.set_zoom(settings.zoom)
        taste = self._taste()
        theme.set_taste(compact=taste.compact, hours=taste.hours, family=taste.family)

    def ask_desktop(self) -> None:
        """Find out how the desktop looks and counts hours, and do likewise where it shall be so."""
        self._looked_at = time.monotonic()
        self._pump.in_background(prefers_dark, self.desktop_is)
        self._pump.in_background(clock_hours, self._desktop_counts)

    def desktop_is(self, dark: bool | None) -> None:
        """Take note of what the desktop said; None if it did not say."""
        self._desktop_is_dark = bool(dark)
        self.follow()

    def _desktop_counts(self, hours: int | None) -> None:
        self._desktop_hours = hours or USUAL_HOURS
        self.follow()

    def _look_again(self) -> None:
        """Ask again: the desktop may have changed while nobody looked."""
        if time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self.ask_desktop()

    def _taste(self) -> Taste:
        settings = self._settings
        hours = self._desktop_hours if settings.clock == "system" else int(settings.clock)
        return Taste(settings.density == "compact", hours, settings.font)
