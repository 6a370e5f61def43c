"""The windowed client as a whole: one Tk, the login dialog, then the chat window."""

from __future__ import annotations

import importlib
import logging
import threading
import tkinter as tk
from functools import partial
from typing import TYPE_CHECKING

from tkchat.client.presence import State
from tkchat.client.profile import Profile
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.login import Choice, Field, LoginDialog
from tkchat.gui.look.icons import set_window_icons
from tkchat.gui.look.looks import ZOOM_STEP, Looks
from tkchat.gui.pump import Pump
from tkchat.gui.widgets.keys import bind_desktop_keys
from tkchat.net.address import DEFAULT_PORT, Address, connect
from tkchat.net.errors import ConnectFailed

if TYPE_CHECKING:  # they are most of the program, and nobody needs them to see the dialog
    from types import TracebackType

    from tkchat.client.hosting import Hosting
    from tkchat.gui.chat_window import ChatWindow
    from tkchat.gui.entering import Entered, Entering
    from tkchat.gui.open_chat import OpenChat
    from tkchat.gui.settings.settings_window import SettingsWindow
    from tkchat.gui.settings.shortcut_sheet import ShortcutSheet

PROBE_SECONDS = 1.0
REST_MS = 40  # after a dialog came up: by then it is drawn
HOST_HERE = Address("127.0.0.1", DEFAULT_PORT)  # where a chat hosted on this computer is
#: imported once the dialog is on the screen
PARTS = ("entering", "open_chat", "settings.settings_window", "settings.shortcut_sheet")

_log = logging.getLogger(__name__)


class App:
    """Holds what all windows share, and leads from the dialog to the chat and back.

    A chat that is hosted from here gets the port of ``host_here``.
    """

    def __init__(
        self,
        root: tk.Tk,
        profile: Profile,
        *,
        desktop_is_dark: bool = False,
        host_here: Address = HOST_HERE,
    ) -> None:
        self._root = root
        self._profile = profile
        self._host_here = host_here
        root.report_callback_exception = _log_callback_error
        root.tk.createcommand("bgerror", lambda why: _log.error("Tk: %s", why))
        self.pump = Pump(root)
        self.looks = Looks(root, profile.settings, self.pump, desktop_is_dark=desktop_is_dark)
        self.theme = self.looks.theme
        self.emoji = Emoji(root)
        self.emoji.recent.keep_in(profile.settings.recent_emoji, self._save)
        bind_desktop_keys(root)
        self._bind_keys()
        self.dialog: LoginDialog | None = None
        self._chat: OpenChat | None = None
        self.settings_window: SettingsWindow | None = None
        self._sheet: ShortcutSheet | None = None
        self._icons: list[tk.PhotoImage] = []
        self._rest_due = "none"
        self._way_in: Entering | None = None

    @property
    def window(self) -> ChatWindow | None:
        """The chat window, if one is open."""
        return self._chat.window if self._chat else None

    @property
    def hosting(self) -> Hosting | None:
        """The chat that is hosted from here, if there is one."""
        return self._way_in.hosting if self._way_in else None

    def open(self, address: Address | None = None, name: str | None = None) -> None:
        """Show the login dialog; with an address and a name, join at once."""
        settings = self._profile.settings
        recent = settings.recent
        host_here = settings.host_here or not recent
        if address is not None:
            recent = [str(address), *(each for each in recent if each != str(address))]
            host_here = False
        dialog = self.dialog = LoginDialog(
            self._root,
            self.theme,
            self.emoji,
            on_join=self._join,
            on_cancel=self._call_off,
            on_close=self.quit,
            on_screen=partial(self._on_screen, host_here),
        )
        dialog.touched = address is not None
        dialog.fill(name or settings.name, recent, host_here=host_here)
        dialog.show()
        if address is not None and name:
            dialog.submit()
        elif self._profile.problem:
            dialog.show_problem(Field.NAME, self._profile.problem)
            self._profile.problem = ""

    def quit(self) -> None:
        """Close everything."""
        self._close_settings()
        self._remember_window()
        self._call_off()
        self.pump.close()
        self._root.after_cancel(self._rest_due)
        self._root.update_idletasks()  # ttk tells of a theme when idle, and fails if nobody is left
        self._root.destroy()
        if self._way_in is not None:
            self._way_in.finish_writing()

    def open_settings(self) -> None:
        """Show the settings; there is one such window at most."""
        from tkchat.gui.settings.settings_window import SettingsWindow

        if self.settings_window is not None and self.settings_window.winfo_exists():
            self.settings_window.take_keyboard()
            return
        self.settings_window = SettingsWindow(
            self.window or self._root,
            self.theme,
            self.emoji,
            self._profile,
            self._changed,
            self.pump.in_background,
            address=self._way_in.address if self._way_in else "",
        )
        self.settings_window.open()

    def _close_settings(self) -> None:
        """Close their window before the one below it, so that it can keep what is half written."""
        if self.settings_window is not None and self.settings_window.winfo_exists():
            self.settings_window.close()
        self.settings_window = None

    def show_shortcuts(self) -> None:
        """Show all keys on one sheet, or put it away again."""
        from tkchat.gui.settings.shortcut_sheet import ShortcutSheet

        if self._sheet is not None and self._sheet.winfo_exists():
            self._sheet.close()
            return
        self._sheet = ShortcutSheet(self.window or self._root, self.theme)
        self._sheet.open()

    def _on_screen(self, host_here: bool) -> None:
        self._root.after_cancel(self._rest_due)
        self._rest_due = self._root.after(REST_MS, self._do_the_rest, host_here)

    def _do_the_rest(self, host_here: bool) -> None:
        """Do what the dialog did not have to wait for; ``host_here`` is what it offers."""
        if host_here:
            self.pump.in_background(partial(_is_chat_open, self._host_here), self._prefer_open_chat)
        if self._icons:
            return
        windows = [each for each in (self.dialog, self.window) if each is not None]
        self._icons = set_window_icons(self._root, *windows)
        self.looks.ask_desktop()
        self.pump.in_background(self._load, lambda _: None)

    def _load(self) -> None:
        """Load what a chat needs; in a thread."""
        for part in PARTS:
            importlib.import_module(f"tkchat.gui.{part}")
        self.emoji.shortcodes.load()

    def _prefer_open_chat(self, is_open: bool) -> None:
        if is_open and self.dialog is not None:
            self.dialog.prefer_joining(str(self._host_here))

    def _join(self, choice: Choice) -> None:
        from tkchat.gui.entering import Door, Entering

        if self._way_in is None:
            door = Door(self._show_busy, self._show_problem, self._entered)
            self._way_in = Entering(self.pump, self._profile, self._host_here, door)
        settings = self._profile.settings
        settings.name = choice.name
        settings.host_here = choice.address is None
        self._way_in.enter(choice)

    def _show_busy(self, what: str) -> None:
        if self.dialog is not None:
            self.dialog.show_busy(what)

    def _show_problem(self, field: Field, text: str) -> None:
        if self.dialog is not None:
            self.dialog.show_problem(field, text)

    def _entered(self, entered: Entered) -> None:
        from tkchat.gui.chat_window import Actions
        from tkchat.gui.open_chat import OpenChat

        settings = self._profile.settings
        settings.name = entered.model.user
        settings.remember_address(str(entered.session.address))
        self._save()
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None
        actions = Actions(
            leave=self._leave,
            quit=self.quit,
            in_background=self.pump.in_background,
            settings=self.open_settings,
            shortcuts=self.show_shortcuts,
            keep_presence=self._keep_presence,
        )
        self._chat = OpenChat(
            self._root, self.theme, self.emoji, self.pump, settings, entered, actions
        )

    def _leave(self) -> None:
        self._close_settings()
        self._remember_window()
        self._call_off()
        if self.window is not None:
            self.window.destroy()  # and those over it
            self._chat = None
        self.open()

    def _call_off(self) -> None:
        if self._way_in is not None:
            self._way_in.call_off()
        if self.dialog is not None:
            self.dialog.show_idle()

    def _remember_window(self) -> None:
        if self.window is not None:
            self.window.keep_unfinished()
            if not self.window.fills_screen:
                self._profile.settings.window = self.window.geometry()
            self._profile.save()

    def _bind_keys(self) -> None:
        for keys in ("<Control-plus>", "<Control-equal>", "<Control-KP_Add>"):
            self._root.bind_all(keys, lambda _: self._zoom(self.theme.zoom + ZOOM_STEP))
        for keys in ("<Control-minus>", "<Control-KP_Subtract>"):
            self._root.bind_all(keys, lambda _: self._zoom(self.theme.zoom - ZOOM_STEP))
        for keys in ("<Control-0>", "<Control-KP_0>"):
            self._root.bind_all(keys, lambda _: self._zoom(100))
        self._root.bind_all("<Control-q>", lambda _: self._close_front())

    def _close_front(self) -> None:
        if self.window is not None:
            self.window.close()
        else:
            self.quit()

    def _zoom(self, percent: int) -> None:
        self._profile.settings.zoom = percent
        self._changed("zoom")

    def _changed(self, field: str) -> None:
        """Show what was changed in the settings, and keep it."""
        self.looks.follow()
        self._profile.settings.zoom = self.theme.zoom
        if field in {"dnd", "status"} and self._way_in is not None:
            self._way_in.say_presence()
        if self._chat is not None:
            self._chat.follow_settings()
        self._save()

    def _keep_presence(self, state: State, text: str) -> None:
        self._profile.settings.dnd = state is State.BUSY
        self._profile.settings.status = text
        self._save()

    def _save(self) -> None:
        self.pump.in_background(self._profile.save, lambda _: None)


def _is_chat_open(address: Address) -> bool:
    try:
        connect(address, PROBE_SECONDS, threading.Event()).close()
    except ConnectFailed:
        return False
    return True


def _log_callback_error(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> None:
    _log.error("a callback failed", exc_info=(kind, error, traceback))
