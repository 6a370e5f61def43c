"""The settings: a page for each subject, and each change at once."""

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import Any

from tkchat.client.profile import Profile
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.settings.settings_about import AboutPage, InBackground, ProfilePage, keyboard_page
from tkchat.gui.settings.settings_pages import appearance_page, notifications_page
from tkchat.gui.widgets.scrolled import ScrolledFrame
from tkchat.gui.widgets.side_window import SideWindow
from tkchat.i18n import tr

SIZE = (740, 520)  # of 96 dpi
SMALLEST = (420, 300)


class SettingsWindow(SideWindow):
    """Changes ``profile.settings``; ``on_change`` is called with the name of each field changed.

    ``address`` is the host's, if there is one. Escape closes the window.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        profile: Profile,
        on_change: Callable[[str], None],
        in_background: InBackground,
        *,
        address: str = "",
    ) -> None:
        super().__init__(parent, theme, tr("Settings"))
        self._profile = profile
        self._on_change = on_change
        settings = profile.settings
        self._makers: dict[str, Callable[[tk.Misc], ttk.Frame]] = {
            "appearance": lambda frame: appearance_page(frame, theme, settings, self._put),
            "notifications": lambda frame: notifications_page(frame, theme, settings, self._put),
            "keyboard": lambda frame: keyboard_page(frame, theme),
            "profile": lambda frame: ProfilePage(
                frame, theme, emoji, profile, self._put, in_background
            ),
            "about": lambda frame: AboutPage(frame, theme, emoji, address),
        }
        self._captions = {
            "appearance": tr("Appearance"),
            "notifications": tr("Notifications"),
            "keyboard": tr("Keyboard"),
            "profile": tr("Profile"),
            "about": tr("About"),
        }
        self._side = ttk.Frame(self, style="Sidebar.TFrame")
        self._line = tk.Frame(self, width=1)
        self._frame = ScrolledFrame(self, theme)
        self._page: ttk.Frame | None = None
        self._title = ttk.Label(self._frame.inner, style="Title.TLabel")
        self._title.grid(row=0, sticky="w")
        self._frame.inner.columnconfigure(0, weight=1)
        self._chosen = tk.StringVar(self)
        self._tabs = [self._tab(page) for page in self._makers]
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, weight=1)
        self._side.grid(row=0, column=0, sticky="ns")
        self._line.grid(row=0, column=1, sticky="ns")
        self._frame.grid(row=0, column=2, sticky="nsew")
        for key, step in (
            *((key, 1) for key in ("<Control-Tab>", "<Control-Next>")),
            *((key, -1) for key in ("<Control-ISO_Left_Tab>", "<Control-Prior>")),
        ):
            self._bind_if_known(key, step)
        self.bind("<Prior>", lambda _: self._frame.page(-1))
        self.bind("<Next>", lambda _: self._frame.page(1))
        self._zoom = theme.zoom
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())
        self._tabs[0].invoke()

    def open(self) -> None:
        """Put the window on the screen."""
        self.update_idletasks()
        chosen = next(tab for tab in self._tabs if tab.cget("value") == self._chosen.get())
        self.show(chosen, self._size())
        px = self.theme.px
        self.minsize(
            min(px(SMALLEST[0]), self.winfo_screenwidth()),
            min(px(SMALLEST[1]), self.winfo_screenheight()),
        )

    def _size(self) -> tuple[int, int]:
        px = self.theme.px
        return max(px(SIZE[0]), self.winfo_reqwidth()), px(SIZE[1])

    def _grow(self) -> None:
        if self.winfo_exists() and self.winfo_viewable():
            self.resize(self._size())

    def go_to(self, page: str) -> None:
        """Turn to ``appearance``, ``notifications``, ``keyboard``, ``profile`` or ``about``."""
        self._chosen.set(page)
        self._turn_to(page)

    def _tab(self, page: str) -> ttk.Radiobutton:
        tab = ttk.Radiobutton(
            self._side,
            text=self._captions[page],
            value=page,
            variable=self._chosen,
            style="Tab.TRadiobutton",
            command=partial(self._turn_to, page),
        )
        tab.grid(sticky="ew")
        tab.bind("<Up>", lambda _: self._turn(-1))
        tab.bind("<Down>", lambda _: self._turn(1))
        return tab

    def _bind_if_known(self, keys: str, step: int) -> None:
        """Turn pages by ``keys``, unless this windowing system has no such key."""
        try:
            self.bind(keys, lambda _: self._turn(step))
        except tk.TclError:
            return

    def _turn(self, step: int) -> str:
        at = [str(tab.cget("value")) for tab in self._tabs].index(self._chosen.get())
        tab = self._tabs[(at + step) % len(self._tabs)]
        tab.focus_set()
        tab.invoke()
        return "break"

    def _turn_to(self, page: str) -> None:
        if self._page is not None:
            self._page.destroy()
        for tab in self._tabs:
            tab.configure(takefocus=tab.cget("value") == page)
        self._title.configure(text=self._captions[page])
        self._page = self._makers[page](self._frame.inner)
        self._page.grid(row=1, sticky="nsew")
        self._frame.to_top()
        self._restyle()

    def _put(self, field: str, value: Any) -> None:
        setattr(self._profile.settings, field, value)
        self._on_change(field)

    def _restyle(self) -> None:
        px = self.theme.px
        if self._zoom != self.theme.zoom:
            self._zoom = self.theme.zoom
            self.theme.root.after_idle(self._grow)  # when the pages have their new sizes
        self._line.configure(background=self.theme.palette.line)
        self._side.configure(padding=(px(10), px(16)))
        for tab in self._tabs:
            tab.grid_configure(pady=px(1))
        self._title.grid_configure(padx=px(28), pady=(px(20), px(16)))
        if self._page is not None:
            self._page.grid_configure(padx=px(28), pady=(0, px(16)))
