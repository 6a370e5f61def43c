"""The windowed client as a whole: one Tk, the login dialog, then the chat window."""

from __future__ import annotations

import importlib
import logging
import threading
import tkinter as tk
from functools import partial
from typing import TYPE_CHECKING

from tkchat.client.profile import Profile
from tkchat.gui.door.login import Choice, Field, LoginDialog
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.icons import set_window_icons
from tkchat.gui.look.looks import ZOOM_STEP, Looks
from tkchat.gui.pump import Pump
from tkchat.gui.turns import InTurns
from tkchat.gui.widgets.keys import bind_desktop_keys
from tkchat.net.address import DEFAULT_PORT, Address, connect
from tkchat.net.errors import ConnectFailed

if TYPE_CHECKING:  # they are most of the program, and nobody needs them to see the dialog
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from tkchat.client.hosting import Hosting, HostOptions
    from tkchat.client.presence import State
    from tkchat.gui.chat_window import ChatWindow
    from tkchat.gui.door.looking import Looking
    from tkchat.gui.entering import Entered, Entering
    from tkchat.gui.open_chat import OpenChat
    from tkchat.gui.settings.settings_window import SettingsWindow
    from tkchat.gui.settings.shortcut_sheet import ShortcutSheet

PROBE_SECONDS = 1.0
REST_MS = 40  # after a dialog came up: by then it is drawn
HOST_HERE = Address("127.0.0.1", DEFAULT_PORT)  # where a chat hosted on this computer is
#: imported once the dialog is on the screen
PARTS = (
    "door.doorway",
    "door.guard",
    "open_chat",
    "settings.settings_window",
    "settings.shortcut_sheet",
)

_log = logging.getLogger(__name__)


class App:
    """Holds what all windows share, and leads from the dialog to the chat and back.

    A chat that is hosted from here gets the port of ``host_here``. Unless ``looks_nearby`` is
    False, the dialog shows the chats that announce themselves.
    """

    def __init__(
        self,
        root: tk.Tk,
        profile: Profile,
        *,
        desktop_is_dark: bool = False,
        host_here: Address = HOST_HERE,
        looks_nearby: bool = True,
    ) -> None:
        self._root = root
        self._profile = profile
        self._host_here = host_here
        self._looks_nearby = looks_nearby
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
        self._resting: InTurns | None = None
        self._way_in: Entering | None = None
        self._looking: Looking | None = None
        self._host_options: HostOptions | None = None  # as they were set last

    @property
    def window(self) -> ChatWindow | None:
        """The chat window, if one is open."""
        return self._chat.window if self._chat and self._chat.is_made else None

    @property
    def hosting(self) -> Hosting | None:
        """The chat that is hosted from here, if there is one."""
        return self._way_in.hosting if self._way_in else None

    def open(
        self, address: Address | None = None, name: str | None = None, key: bytes = b""
    ) -> None:
        """Show the login dialog; with an address and a name, join at once.

        ``key`` is how the fingerprint of the host there begins, from a join code.
        """
        settings = self._profile.settings
        recent = settings.recent
        host_here = settings.host_here or not recent
        if address is not None:
            where = _written(address, key)
            recent = [where, *(each for each in recent if each != where)]
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
        if self._host_options is not None:
            dialog.places.remember_options(self._host_options)
        dialog.show()
        if address is not None and name:
            dialog.submit()
        elif self._profile.problem:
            dialog.show_problem(Field.NAME, self._profile.problem)
            self._profile.problem = ""

    def quit(self) -> None:
        """Close everything."""
        self._stop_looking()
        self._close_settings()
        self._remember_window()
        self._call_off()
        self.pump.close()
        if self._resting is not None:
            self._resting.stop()
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
        if self._resting is not None:
            self._resting.stop()
        self._resting = InTurns(self._root, self._do_the_rest(host_here), REST_MS)

    def _do_the_rest(self, host_here: bool) -> Iterator[None]:
        """Do what the dialog did not have to wait for; ``host_here`` is what it offers."""
        if host_here:
            self.pump.in_background(partial(_is_chat_open, self._host_here), self._prefer_open_chat)
        is_first = not self._icons
        if is_first:
            self.pump.in_background(self._load, lambda _: None)
        self.theme.complete()
        if self.dialog is not None:
            self.dialog.places.complete(self._profile.settings)
        yield
        self._look_nearby()
        yield
        if is_first:
            windows = [each for each in (self.dialog, self.window) if each is not None]
            self._icons = set_window_icons(self._root, *windows)
            yield
            self.looks.ask_desktop()

    def _look_nearby(self) -> None:
        """Show which chats are nearby as long as the dialog is open."""
        if self.dialog is None or not self._looks_nearby:
            return
        from tkchat.gui.door.looking import Looking

        self._stop_looking()
        places = self.dialog.places
        self._looking = Looking(self.pump, places.show_nearby)
        places.look()

    def _stop_looking(self) -> None:
        if self._looking is not None:
            self._looking.close()
            self._looking = None

    def _load(self) -> None:
        """Load what a chat needs; in a thread."""
        for part in PARTS:
            importlib.import_module(f"tkchat.gui.{part}")
        self.emoji.load()

    def _prefer_open_chat(self, is_open: bool) -> None:
        if is_open and self.dialog is not None:
            self.dialog.prefer_joining(str(self._host_here))

    def _join(self, choice: Choice) -> None:
        settings = self._profile.settings
        settings.name = choice.name
        settings.host_here = choice.address is None
        self._host_options = choice.options or self._host_options
        self._find_way_in().enter(choice)

    def _find_way_in(self) -> Entering:
        from tkchat.gui.door.doorway import Doorway

        if self._way_in is None:
            self._way_in = Doorway(
                self.pump,
                self.theme,
                self.emoji,
                self._profile,
                self._host_here,
                dialog=lambda: self.dialog,
                call_off=self._call_off,
                entered=self._entered,
            ).way_in
        return self._way_in

    def _entered(self, entered: Entered) -> None:
        from tkchat.gui.chat_window import Actions
        from tkchat.gui.door.guard import Guard
        from tkchat.gui.open_chat import OpenChat

        settings = self._profile.settings
        settings.name = entered.model.user
        settings.remember_address(str(entered.session.address))
        self._save()
        guard = Guard(
            self.theme,
            self.emoji,
            entered.session,
            entered.attempt,
            lambda: self._chat.window if self._chat else None,
            self._come_again,
        )
        actions = Actions(
            leave=self._leave,
            quit=self.quit,
            in_background=self.pump.in_background,
            settings=self.open_settings,
            shortcuts=self.show_shortcuts,
            keep_presence=self._keep_presence,
            retry=guard.retry,
        )
        self._chat = OpenChat(
            self._root,
            self.theme,
            self.emoji,
            self.pump,
            settings,
            entered,
            actions,
            on_made=self._close_dialog,
            on_events=guard.take,
        )

    def _come_again(self, go_on: Callable[[Entering], None]) -> None:
        """Leave the chat that has stopped, and join it again as ``go_on`` says."""
        self._leave()
        if self.dialog is not None:
            self.dialog.touched = True
        go_on(self._find_way_in())

    def _close_dialog(self) -> None:
        self._stop_looking()
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None

    def _leave(self) -> None:
        self._close_settings()
        self._remember_window()
        self._call_off()
        self.open()

    def _call_off(self) -> None:
        if self._way_in is not None:
            self._way_in.call_off()
        if self._chat is not None:
            self._chat.close()
            self._chat = None
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
        from tkchat.client.presence import State

        self._profile.settings.dnd = state is State.BUSY
        self._profile.settings.status = text
        self._save()

    def _save(self) -> None:
        self.pump.in_background(self._profile.save, lambda _: None)


def _written(address: Address, key: bytes) -> str:
    """Return what a person would type for this address, and the key that a join code had."""
    if not key:
        return str(address)
    from tkchat.wire.join_code import JoinCode, encode

    return encode(JoinCode(address.host, address.port, key))


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
