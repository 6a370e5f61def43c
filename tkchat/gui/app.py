"""The windowed client as a whole: one Tk, the login dialog, then the chat window."""

import gc
import logging
import logging.handlers
import signal
import threading
import time
import tkinter as tk
from functools import partial
from types import TracebackType

from tkchat.client.database import Database, DatabaseError
from tkchat.client.events import Event, Noticed, NotIn, Opened, Problem, Welcome
from tkchat.client.explain import explain
from tkchat.client.hosting import Hosting, HostingFailed, host
from tkchat.client.model import Model
from tkchat.client.profile import Profile
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.desktop.appearance import prefers_dark
from tkchat.gui.chat_window import Actions, ChatWindow
from tkchat.gui.emoji import Emoji
from tkchat.gui.garbage import GarbageCollector
from tkchat.gui.header import SEPARATOR, Entry
from tkchat.gui.icons import set_window_icons
from tkchat.gui.keys import bind_desktop_keys
from tkchat.gui.login import Choice, Field, LoginDialog
from tkchat.gui.palette import DARK, LIGHT, Palette
from tkchat.gui.pump import Pump
from tkchat.gui.scale import apply_desktop_scale, prepare_process
from tkchat.gui.theme import Theme
from tkchat.net.address import DEFAULT_PORT, Address, connect
from tkchat.net.errors import ConnectFailed

ZOOM_STEP = 10  # per cent
LOOK_SECONDS = 0.3  # how long the first window waits to learn whether the desktop is dark
LOOK_AGAIN_SECONDS = 10.0  # how soon a window that gets the focus asks the desktop again
PROBE_SECONDS = 1.0
LAST_WRITES_SECONDS = 3.0  # how long the end of the program may wait for the disk
LOG_BYTES = 500_000
HOST_HERE = Address("127.0.0.1", DEFAULT_PORT)  # where a chat hosted on this computer is

_log = logging.getLogger(__name__)


class NoDisplay(Exception):
    """There is no screen to open a window on."""


def run(profile: Profile, address: Address | None = None, name: str | None = None) -> int:
    """Show the windows until they are closed; return the exit code.

    With an address and a name the chat is joined at once.

    Raises:
        NoDisplay: a window cannot be opened; the text says what to do.
    """
    _start_log(profile)
    dark: list[bool | None] = []
    asking = threading.Thread(target=lambda: dark.append(prefers_dark()), daemon=True)
    asking.start()
    prepare_process()
    try:
        root = tk.Tk(className="Tkchat")
    except tk.TclError as error:
        raise NoDisplay(
            f"No window can be opened here ({error}). "
            "Chat in the terminal: --terminal --connect HOST:PORT --name USER"
        ) from error
    root.withdraw()
    asking.join(LOOK_SECONDS)
    app = App(root, profile, desktop_is_dark=bool(dark and dark[0]))
    GarbageCollector(root)
    for ending in (signal.SIGINT, signal.SIGTERM):
        # Tkinter would report a KeyboardInterrupt like any error of a callback, and go on.
        signal.signal(ending, lambda *_: root.after_idle(app.quit))
    app.open(address, name)
    root.mainloop()
    gc.collect()  # here, and not in a thread that is still ending: Tk's things call Tk
    return 0


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
        self._desktop_is_dark = desktop_is_dark
        self._host_here = host_here
        root.report_callback_exception = _log_callback_error
        root.tk.createcommand("bgerror", lambda why: _log.error("Tk: %s", why))
        apply_desktop_scale(root)
        self.theme = Theme(root, self._palette(), profile.settings.zoom)
        self.emoji = Emoji(root)
        self._icons = set_window_icons(root)
        bind_desktop_keys(root)
        self._bind_keys()
        self.pump = Pump(root)
        self.dialog: LoginDialog | None = None
        self.window: ChatWindow | None = None
        self._session: Session | None = None
        self._ended: list[Session] = []  # closed, but maybe still writing to the disk
        self._database: Database | None = None  # opened for the first chat
        self._hosting: Hosting | None = None
        self._looked_at = time.monotonic()
        self._attempt = 0  # what was called off must not come back later

    def open(self, address: Address | None = None, name: str | None = None) -> None:
        """Show the login dialog; with an address and a name, join at once."""
        settings = self._profile.settings
        dialog = self.dialog = LoginDialog(
            self._root,
            self.theme,
            self.emoji,
            on_join=self._join,
            on_cancel=self._call_off,
            on_close=self.quit,
        )
        recent = settings.recent
        host_here = settings.host_here or not recent
        if address is not None:
            recent = [str(address), *(each for each in recent if each != str(address))]
            host_here = False
            dialog.touched = True
        dialog.fill(name or settings.name, recent, host_here=host_here)
        if address is None and host_here:
            self.pump.in_background(partial(_is_chat_open, self._host_here), self._prefer_open_chat)
        dialog.show()
        if self._profile.problem:
            dialog.show_problem(Field.NAME, self._profile.problem)
            self._profile.problem = ""
        if address is not None and name:
            dialog.submit()

    def quit(self) -> None:
        """Close everything."""
        self._remember_window()
        self._call_off()
        self.pump.close()
        self._root.update_idletasks()  # ttk tells of a theme when idle, and fails if nobody is left
        self._root.destroy()
        self._finish_writing()

    def _prefer_open_chat(self, is_open: bool) -> None:
        if is_open and self.dialog is not None:
            self.dialog.prefer_joining(str(self._host_here))

    def _join(self, choice: Choice) -> None:
        self._attempt += 1
        settings = self._profile.settings
        settings.name = choice.name
        settings.host_here = choice.address is None
        if choice.address is None:
            self._show_busy("Opening the chat …")
            self.pump.in_background(
                partial(self._host, self._attempt),
                partial(self._hosted, self._attempt, choice.name),
                partial(self._not_hosted, self._attempt),
            )
        else:
            self._show_busy(f"Connecting to {choice.address} …")
            self._open_chat(choice.address, choice.name)

    def _host(self, attempt: int) -> Hosting:
        """Start the host; in a thread of its own."""
        hosting = host(self._profile.host_folder, self._host_here.port)
        if attempt != self._attempt:  # called off; this program may even be gone by now
            hosting.leave_running()
        return hosting

    def _hosted(self, attempt: int, name: str, hosting: Hosting) -> None:
        if attempt != self._attempt:
            hosting.leave_running()  # for nobody: it ends by itself
            return
        self._hosting = hosting
        self._open_chat(hosting.address, name)

    def _not_hosted(self, attempt: int, error: Exception) -> None:
        if attempt != self._attempt or self.dialog is None:
            return
        if not isinstance(error, HostingFailed):
            raise error
        text = str(error)
        if error.port_in_use:
            text = f"A chat may be open on this computer already. Join it at {self._host_here}."
        self.dialog.show_problem(Field.WHERE, text)

    def _open_chat(self, address: Address, name: str) -> None:
        """Join, once the chats on this computer's disk can be read."""
        if self._database is not None:
            self._start_session(address, name, self._database)
            return
        self.pump.in_background(
            partial(Database, self._profile.folder / "chats.sqlite3"),
            partial(self._database_opened, self._attempt, address, name),
            partial(self._database_not_opened, self._attempt),
        )

    def _database_opened(
        self, attempt: int, address: Address, name: str, database: Database
    ) -> None:
        self._database = database
        if attempt == self._attempt:
            self._start_session(address, name, database)

    def _database_not_opened(self, attempt: int, error: Exception) -> None:
        if not isinstance(error, DatabaseError):
            raise error
        if attempt == self._attempt and self.dialog is not None:
            self._call_off()
            self.dialog.show_problem(Field.WHERE, str(error))

    def _start_session(self, address: Address, name: str, database: Database) -> None:
        session = self._session = Session(address, name, database)
        if database.problem:
            session.events.put(Noticed(database.problem))
            database.problem = ""
        model = Model(name)
        self.pump.watch(session.events, partial(self._at_the_door, session, model))
        session.start()

    def _save(self) -> None:
        self.pump.in_background(self._profile.save, lambda _: None)

    def _at_the_door(self, session: Session, model: Model, events: list[Event]) -> None:
        """Take the events up to that which opens the window: there is something to see."""
        changes = Changes()
        for index, event in enumerate(events):
            if isinstance(event, NotIn):
                self._not_in(event, session.address)
                return
            model.apply(event, changes)
            if isinstance(event, Opened | Welcome):
                self._welcomed(session, model, events[index + 1 :])
                return

    def _not_in(self, event: NotIn, address: Address) -> None:
        self._call_off()
        if self.dialog is not None:
            field = Field.NAME if event.problem is Problem.NAME_REFUSED else Field.WHERE
            self.dialog.show_problem(field, explain(event, address))

    def _welcomed(self, session: Session, model: Model, more: list[Event]) -> None:
        settings = self._profile.settings
        settings.name = model.user
        settings.remember_address(str(session.address))
        self._save()
        if self.dialog is not None:
            self.dialog.destroy()
            self.dialog = None
        window = self.window = ChatWindow(
            self._root,
            self.theme,
            self.emoji,
            session,
            model,
            Actions(self._leave, self.quit, self._look_entries, self.pump.in_background),
            self._hosting,
        )
        self.pump.watch(session.events, window.take)
        window.take(more)
        window.show(settings.window)

    def _leave(self) -> None:
        self._remember_window()
        self._call_off()
        if self.window is not None:
            self.window.destroy()
            self.window = None
        self.open()

    def _call_off(self) -> None:
        """End what is under way: hosting, connecting or the chat."""
        self._attempt += 1
        if self._session is not None:
            self.pump.forget(self._session.events)
            self._session.close()
            self._ended.append(self._session)
            self._session = None
        if self._hosting is not None:
            # The window has said what is to become of it; what it did not end is left to itself.
            self._hosting.leave_running()
            self._hosting = None
        if self.dialog is not None:
            self.dialog.show_idle()

    def _finish_writing(self) -> None:
        """Let what was said last get to the disk: no window is open any more."""
        until = time.monotonic() + LAST_WRITES_SECONDS
        for session in self._ended:
            session.join(max(until - time.monotonic(), 0.0))
        if self._database is not None:
            self._database.close()

    def _show_busy(self, what: str) -> None:
        if self.dialog is not None:
            self.dialog.show_busy(what)

    def _remember_window(self) -> None:
        if self.window is not None:
            self.window.keep_draft()
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
        self._root.bind_all("<FocusIn>", lambda _: self._follow_desktop(), add=True)

    def _close_front(self) -> None:
        if self.window is not None:
            self.window.close()
        else:
            self.quit()

    def _zoom(self, percent: int) -> None:
        self.theme.set_zoom(percent)
        self._profile.settings.zoom = self.theme.zoom
        self._save()

    def _use_theme(self, name: str) -> None:
        self._profile.settings.theme = name
        self._save()
        self.theme.use(self._palette())

    def _follow_desktop(self) -> None:
        """Ask again whether the desktop is dark: it may have changed while nobody looked."""
        if time.monotonic() - self._looked_at > LOOK_AGAIN_SECONDS:
            self._looked_at = time.monotonic()
            self.pump.in_background(prefers_dark, self._desktop_is)

    def _desktop_is(self, dark: bool | None) -> None:
        self._desktop_is_dark = bool(dark)
        self.theme.use(self._palette())

    def _palette(self) -> Palette:
        chosen = self._profile.settings.theme
        dark = chosen == "dark" or (chosen != "light" and self._desktop_is_dark)
        return DARK if dark else LIGHT

    def _look_entries(self) -> list[Entry]:
        chosen = self._profile.settings.theme
        themes = [("Light", "light"), ("Dark", "dark"), ("Like the desktop", "system")]
        return [
            *(
                Entry(text, partial(self._use_theme, name), chosen=name == chosen)
                for text, name in themes
            ),
            SEPARATOR,
            Entry("Larger", lambda: self._zoom(self.theme.zoom + ZOOM_STEP), "Ctrl+Plus"),
            Entry("Smaller", lambda: self._zoom(self.theme.zoom - ZOOM_STEP), "Ctrl+Minus"),
            Entry("Normal size", lambda: self._zoom(100), "Ctrl+0"),
        ]


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


def _start_log(profile: Profile) -> None:
    handler = logging.handlers.RotatingFileHandler(
        profile.log_file, maxBytes=LOG_BYTES, backupCount=1, encoding="utf-8", delay=True
    )
    logging.basicConfig(
        level=logging.WARNING,
        handlers=[handler, logging.StreamHandler()],
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
