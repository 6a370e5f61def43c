"""Tells the person what happens while they look elsewhere: the desktop's notifications and more."""

import queue
import tkinter as tk
from collections.abc import Callable

from tkchat.client.markup import as_plain
from tkchat.client.model import Model
from tkchat.client.room import Changes, Heard
from tkchat.client.session import Session
from tkchat.client.settings import Settings
from tkchat.desktop.notify import Notifier
from tkchat.desktop.sound import Chime
from tkchat.gui.places.room_names import room_label
from tkchat.gui.presence_clock import PresenceClock
from tkchat.gui.pump import Pump
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.window_badge import WindowBadge
from tkchat.i18n import join_names, tr, trn

PAUSE_MS = 2_000  #: at least so long between two notifications; what comes meanwhile is counted
SHOWN_CHARS = 200  #: of a message
KNOCKS = "\n"  #: the key of the notification of who asks to be let in: no room is called that


class Notifying:
    """Decides what is worth a notification, a sound, a count on the icon. Only for Tk's thread.

    Nothing of it takes the keyboard from anybody, until a notification is clicked: then ``on_open``
    goes to its conversation, and the window comes to the front. It also tells the host when this
    person has left the computer alone.
    """

    def __init__(
        self,
        window: tk.Toplevel,
        session: Session,
        model: Model,
        settings: Settings,
        pump: Pump,
        on_open: Callable[[str], None],
    ) -> None:
        self._window = window
        self._model = model
        self._settings = settings
        self._pump = pump
        self._on_open = on_open
        self._clicks: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._notifier = Notifier(self._clicks.put)
        self._chime = Chime()
        self._badge = WindowBadge(window)
        self._presence = PresenceClock(window, session, model, pump)
        self._news: dict[str, tuple[int, Heard]] = {}  # by room: how many, and the last of them
        self._due: list[str] = []  # the rooms to tell of next
        self._pause = ""
        self._told_knocks: list[str] = []
        self._has_keyboard = False
        pump.watch(self._clicks, self._clicked)
        window.bind("<FocusIn>", lambda _event: self.follow(), add=True)
        window.bind("<Destroy>", self._on_destroy, add=True)

    def take(self, changes: Changes) -> None:
        """Tell what is news among ``changes``; to be called after they were drawn."""
        self._ask_for_keyboard()
        for heard in changes.heard:
            if self._is_worth_it(heard):
                count, _ = self._news.get(heard.room, (0, heard))
                self._news[heard.room] = count + 1, heard
                if heard.room not in self._due:
                    self._due.append(heard.room)
        if changes.order or changes.link:
            self._tell_knocks()
        if changes.rooms or changes.entered or changes.heard:
            self.follow()
        if not self._pause:
            self._tell_next()

    def follow(self) -> None:
        """Take note that the settings, what is unread, or what is looked at may have changed."""
        rooms = self._model.rooms
        self._ask_for_keyboard()
        for name in list(self._news):
            is_read = name not in rooms or not rooms[name].unread
            if is_read or self._is_looked_at(name) or self._settings.dnd:
                del self._news[name]
                self._notifier.withdraw(name)
        self._due = [name for name in self._due if name in self._news]
        self._badge.show(self._model.total_unread, self._model.total_mentions)

    def _is_worth_it(self, heard: Heard) -> bool:
        settings = self._settings
        if settings.dnd or self._is_looked_at(heard.room):
            return False
        return settings.notify == "all" or (settings.notify == "mentions" and heard.is_mention)

    def _ask_for_keyboard(self) -> None:
        self._has_keyboard = bool(keyboard_holder(self._window))

    def _is_looked_at(self, room: str) -> bool:
        if room != self._model.room.name or self._model.room.place is not None:
            return False
        return self._has_keyboard

    def _tell_knocks(self) -> None:
        """Tell who asks to be let in: they wait for an answer."""
        knocks = self._model.order.knocks
        is_news = any(name not in self._told_knocks for name in knocks)
        self._told_knocks = list(knocks)
        if not knocks:
            self._notifier.withdraw(KNOCKS)
        settings = self._settings
        if is_news and not (self._has_keyboard or settings.dnd or settings.notify == "none"):
            count, names = len(knocks), join_names([one_line(name) for name in knocks])
            text = trn("{names} asks to be let in", "{names} ask to be let in", count)
            self._notifier.show(KNOCKS, tr("Somebody is at the door"), text.format(names=names))

    def _tell_next(self) -> None:
        """Tell of the room whose turn it is, and of no other for a while."""
        self._pause = ""
        if not self._due:
            return
        self._pause = self._window.after(PAUSE_MS, self._tell_next)
        room = self._due.pop(0)
        self._notifier.show(room, *self._words(room, *self._news[room]))
        if self._settings.sound:
            self._chime.play()

    def _words(self, room: str, count: int, last: Heard) -> tuple[str, str]:
        """Return the title and the text of a notification."""
        message = last.message
        author, where = one_line(message.author), one_line(room_label(room))
        is_direct = room.startswith("@")
        text = _shortened(message.text)
        if count == 1:
            title = author
            if not is_direct:
                title = tr("{name} in {room}").format(name=author, room=where)
            return title, text if self._settings.preview else tr("New message")
        counted = trn("{count} new message", "{count} new messages", count).format(count=count)
        title = author if is_direct else where
        if not self._settings.preview:
            return title, counted
        return title, f"{counted}\n{text if is_direct else f'{author}: {text}'}"

    def _clicked(self, rooms: list[str]) -> None:
        """Go to the conversation whose notification was clicked last."""
        self._window.deiconify()
        self._window.lift()
        self._window.focus_force()
        self._on_open(self._model.room.name if rooms[-1] == KNOCKS else rooms[-1])
        self.follow()

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._window:
            self._pump.forget(self._clicks)
            self._notifier.close()
            if self._pause:
                self._window.after_cancel(self._pause)


def _shortened(text: str) -> str:
    words = one_line(as_plain(text))
    return words if len(words) <= SHOWN_CHARS else f"{words[: SHOWN_CHARS - 1]}…"
