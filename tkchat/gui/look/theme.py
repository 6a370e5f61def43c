"""One place for colours, fonts and sizes; changing one of them changes every window at once."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from itertools import count
from tkinter import ttk
from typing import TYPE_CHECKING, NamedTuple

from tkchat.client.settings import MAX_ZOOM, MIN_ZOOM
from tkchat.gui.look.elements import Painter
from tkchat.gui.look.fonts import base_points, find_all, make_fonts, resize, set_family
from tkchat.gui.look.palette import Palette
from tkchat.gui.look.style_kit import Look
from tkchat.gui.look.styles import first_styles, more_styles
from tkchat.i18n import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


class Taste(NamedTuple):
    """What is neither colour nor size; see `Theme.set_taste`."""

    compact: bool = False
    hours: int = 24
    family: str = ""


_USUAL = Taste()


class Theme:
    """The look of all windows of one ``Tk()``: fonts, ttk styles, colours for plain tk widgets.

    Styles: TButton, Accent.TButton, Danger.TButton, Tool.TButton, Link.TButton, Pill.TButton,
    TEntry, TCombobox, Field.TFrame, TRadiobutton, Tab.TRadiobutton, TCheckbutton, Key.TLabel,
    Horizontal.TScale, TScrollbar, TFrame, TLabel, Muted.TLabel, Title.TLabel, Bold.TLabel,
    Error.TLabel; the last seven and Heading.TLabel also as Sidebar.…, on the sidebar's colour.
    Only Tk's thread may call this. Unless ``whole``, it has just what the login dialog is made of
    until it is changed or `complete` is called.
    """

    def __init__(
        self,
        root: tk.Misc,
        palette: Palette,
        zoom: int = 100,
        taste: Taste = _USUAL,
        *,
        whole: bool = True,
    ) -> None:
        self.root = root
        self._palette = palette
        self._zoom = _clamp(zoom)
        self._taste = taste
        self._style = ttk.Style(root)
        self._made: dict[tuple[Palette, int], _Made] = {}
        self._missing: list[Callable[[], None]] = []  # what makes the styles left out so far
        self._subscribers: dict[int, Callable[[], None]] = {}
        self._tickets = count()
        # A Mac counts 72 to the inch, but its points are pixels too: never shrink.
        self._dpi_factor = max(float(root.winfo_fpixels("1i")) / 96, 1.0)
        self._base_points = base_points(root)
        self.fonts = make_fonts(root)
        self._desktop_family = str(self.fonts.body.cget("family"))
        self._apply(whole=whole)

    def complete(self) -> None:
        """Make the styles that are still missing, and find the fonts."""
        while self._missing:
            self._missing.pop()()
            find_all(self.fonts)

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return self._palette

    @property
    def compact(self) -> bool:
        """Whether as much as possible shall be seen at once, rather than with space around."""
        return self._taste.compact

    def clock(self, at: datetime) -> str:
        """Return the time of day as the person reads it: ``14:05`` or ``2:05 PM``."""
        if self._taste.hours == 24:
            return f"{at:%H:%M}"
        shown = tr("{hour}:{minute} AM") if at.hour < 12 else tr("{hour}:{minute} PM")
        return shown.format(hour=at.hour % 12 or 12, minute=f"{at.minute:02}")

    @property
    def taste(self) -> Taste:
        """What the person likes that is neither colour nor size."""
        return self._taste

    def set_taste(self, *, compact: bool, hours: int, family: str) -> None:
        """Change what is a matter of taste, then call the subscribers.

        ``hours`` are 12 or 24; ``family`` is that of all fonts but those for code, and if empty
        the desktop's. Tk takes another for one that is not installed.
        """
        taste = Taste(compact, hours, family)
        if taste != self._taste:
            self._taste = taste
            self._apply()

    @property
    def zoom(self) -> int:
        """The size of everything, in per cent."""
        return self._zoom

    def use(self, palette: Palette) -> None:
        """Change all colours, then call the subscribers."""
        if palette != self._palette:
            self._palette = palette
            self._apply()

    def set_zoom(self, percent: int) -> None:
        """Change all sizes, then call the subscribers; ``percent`` is held to 50–250."""
        if _clamp(percent) != self._zoom:
            self._zoom = _clamp(percent)
            self._apply()

    def px(self, length: float) -> int:
        """Return ``length``, in pixels of a 96 dpi screen, in this screen's pixels and zoom."""
        return round(length * self._percent / 100)

    def subscribe(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` after each change; returns what ends that (for ``<Destroy>``)."""
        ticket = next(self._tickets)
        self._subscribers[ticket] = callback
        return lambda: _forget(self._subscribers, ticket)

    def _apply(self, *, whole: bool = True) -> None:
        self.complete()  # the look that is left, in its sizes: it may come back
        self._percent = self._dpi_factor * self._zoom
        set_family(self.fonts, self._taste.family or self._desktop_family)
        resize(self.fonts, self._base_points, self._zoom)
        key = (self._palette, self._zoom)
        made = self._made.get(key)
        if made is None:
            self._made[key] = self._make_ttk_theme()
            if whole:
                self.complete()
        else:
            self._style.theme_use(made.name)
        self._dress_classic_widgets()
        for callback in tuple(self._subscribers.values()):
            callback()

    def _make_ttk_theme(self) -> _Made:
        # An element cannot be redefined within a ttk theme: each look and zoom is one of its own.
        taken = set(self._style.theme_names())
        name = next(n for i in count() if (n := f"tkchat-{self._palette.name}-{i}") not in taken)
        self._style.theme_create(name, parent="clam")
        self._style.theme_use(name)
        look = Look(self.root, self._palette, self.fonts, self.px)
        painter = Painter(self.root, self._palette, self.px)
        first_styles(self._style, look, painter)
        self._missing.append(partial(more_styles, self._style, look, painter))
        return _Made(name, painter)

    def _dress_classic_widgets(self) -> None:
        """Colour what ttk does not: this window and the lists of comboboxes."""
        for pattern, options in (
            ("*Toplevel", {"background": self._palette.window}),
            ("*TCombobox*Listbox", self._listbox_options()),
        ):
            for option, value in options.items():
                self.root.option_add(f"{pattern}.{option}", value)
        waiting: list[tk.Misc] = [self.root]
        while waiting:
            widget = waiting.pop()
            waiting.extend(widget.winfo_children())
            self._dress(widget)

    def _dress(self, widget: tk.Misc) -> None:
        if isinstance(widget, tk.Tk | tk.Toplevel):
            widget.configure(background=self._palette.window)
        elif isinstance(widget, ttk.Combobox):
            listbox = f"{widget}.popdown.f.l"  # made by Tk when it first drops down
            if int(self.root.tk.call("winfo", "exists", listbox)):
                options = self._listbox_options().items()
                self.root.tk.call(
                    listbox, "configure", *(a for k, v in options for a in (f"-{k}", v))
                )

    def _listbox_options(self) -> dict[str, str]:
        palette = self._palette
        return {
            "background": palette.surface,
            "foreground": palette.text,
            "selectbackground": palette.selection,
            "selectforeground": palette.text,
            "font": str(self.fonts.body),
        }


class _Made(NamedTuple):
    name: str
    painter: Painter  # alive, as its pictures, as long as the ttk theme that shows them


def _clamp(zoom: int) -> int:
    return max(MIN_ZOOM, min(MAX_ZOOM, zoom))


def _forget(subscribers: dict[int, Callable[[], None]], ticket: int) -> None:
    subscribers.pop(ticket, None)
