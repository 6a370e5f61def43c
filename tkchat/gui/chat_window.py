"""The chat window: draws the model, and turns gestures into calls of the session."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from tkinter import ttk

from tkchat.client.events import Event
from tkchat.client.hosting import Hosting
from tkchat.client.model import Link, Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.ask import Prompt
from tkchat.gui.emoji import Emoji
from tkchat.gui.geometry import fitting
from tkchat.gui.header import SEPARATOR, Entry, Header
from tkchat.gui.leaving import Leaving
from tkchat.gui.message_deeds import MessageDeeds
from tkchat.gui.reading import Reading
from tkchat.gui.room_names import room_label
from tkchat.gui.room_rows import people_shown, room_rows
from tkchat.gui.searching import Searching
from tkchat.gui.sidebar import Sidebar
from tkchat.gui.status_bar import StatusBar
from tkchat.gui.theme import Theme
from tkchat.gui.writing import Writing
from tkchat.wire.names import GENERAL, check_name

SIZE = (980, 700)  # of 96 dpi
SMALLEST = (560, 380)
COUNTDOWN_MS = 500
ROOMS_MS = 5_000  # how often the host is asked which rooms there are
PEOPLE_MS = 100  # the list of people is drawn no more often: in a rush it is long

_CONTROL, _ALT = 0x4, 0x20008  # bits of a key event's state; Windows has its own for Alt


@dataclass(frozen=True, slots=True)
class Actions:
    """What the window asks of the program around it."""

    leave: Callable[[], None]  #: close this window and go back to the login dialog
    quit: Callable[[], None]  #: close this window and end the program
    look: Callable[[], list[Entry]]  #: the menu's lines on theme and zoom
    in_background: Callable[[Callable[[], None], Callable[[None], None]], None]


class ChatWindow(tk.Toplevel):
    """One chat: rooms, people, messages and the box to write in."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        actions: Actions,
        hosting: Hosting | None = None,
    ) -> None:
        super().__init__(root, class_="Tkchat")
        self.withdraw()
        self._theme = theme
        self._emoji = emoji
        self._session = session
        self._model = model
        self._actions = actions
        self._hosting = hosting
        self._leaving = Leaving(self, theme, emoji, hosting, self._count_others, self._end_then)
        self._people: dict[str, Sequence[str]] = {}  # by room, when that was known last
        self._countdown = ""
        self._people_due = ""
        self._build()
        self._bind_keys()
        self.protocol("WM_DELETE_WINDOW", self.close)
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: self._on_destroy(event, unsubscribe))
        self._rooms_due = self.after(ROOMS_MS, self._ask_for_rooms)
        self._restyle()
        self._draw(Changes(people=True, rooms=True, link=True, entered=True))

    def show(self, geometry: str = "") -> None:
        """Put the window on the screen, at ``geometry`` if that still fits there."""
        px = self._theme.px
        self.geometry(fitting(geometry, self, (px(SIZE[0]), px(SIZE[1]))))
        self.minsize(
            min(px(SMALLEST[0]), self.winfo_screenwidth()),
            min(px(SMALLEST[1]), self.winfo_screenheight()),
        )
        # Not wait_visibility: its nested event loop would let newer events overtake older ones.
        self._shown = self.bind("<Visibility>", self._on_first_sight, add=True)
        self.deiconify()
        self.lift()

    def _on_first_sight(self, _event: object) -> None:
        self.unbind("<Visibility>", self._shown)
        self._composer.entry.focus_force()

    def take(self, events: list[Event]) -> None:
        """Apply events of the session to the model, and redraw what they changed."""
        changes = Changes()
        for event in events:
            self._model.apply(event, changes)
        self._draw(changes)

    def close(self) -> None:
        """End the program; whoever hosts for others is asked first."""
        self._leaving.ask_then(self._actions.quit)

    def leave(self) -> None:
        """Go back to the login dialog; whoever hosts for others is asked first."""
        self._leaving.ask_then(self._actions.leave)

    def keep_draft(self) -> None:
        """Keep what is being written: the window, or all, is about to go."""
        self._writing.close()

    def _build(self) -> None:
        theme, emoji, session, model = self._theme, self._emoji, self._session, self._model
        self._sidebar = Sidebar(
            self,
            theme,
            emoji,
            on_room=self._go_to,
            on_new_room=self._ask_for_room,
            on_person=self._write_to,
        )
        self._line = tk.Frame(self, width=1)
        main = ttk.Frame(self)
        self._header = Header(main, theme, emoji, self._menu_entries, on_search=self._search)
        self._status = StatusBar(main, theme, emoji, on_retry=session.retry_now)
        self._writing = Writing(
            main,
            theme,
            emoji,
            session,
            model,
            redraw=self._draw,
            hint=self._status.show_hint,
            leave=self.leave,
        )
        self._composer = self._writing.composer
        self._deeds = MessageDeeds(self, theme, emoji, session, model, self._writing, self._draw)
        self._reading = Reading(
            main, theme, emoji, session, model, self._deeds, is_looking=self._has_keyboard
        )
        self._messages = self._reading.shown
        self._lay_out(main)
        self._searching = Searching(
            self, main, theme, emoji, session, model, self._reading, self._composer.focus
        )

    def _lay_out(self, main: ttk.Frame) -> None:
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, weight=1)
        self._sidebar.grid(row=0, column=0, sticky="ns")
        self._line.grid(row=0, column=1, sticky="ns")
        main.grid(row=0, column=2, sticky="nsew")
        main.columnconfigure(0, weight=1)
        main.rowconfigure(1, weight=1)
        self._header.grid(row=0, sticky="ew")
        self._messages.grid(row=1, sticky="nsew")
        self._writing.area.grid(row=2, sticky="ew")
        self._status.grid(row=3, sticky="ew")

    def _bind_keys(self) -> None:
        self.bind("<Prior>", lambda _: self._messages.page(-1))
        self.bind("<Next>", lambda _: self._messages.page(1))
        self.bind("<Control-End>", lambda _: self._messages.to_bottom())
        self.bind("<F10>", lambda _: self._header.open_menu())
        self.bind("<Control-f>", lambda _: self._search())
        self.bind("<Control-F>", lambda _: self._search())
        self.bind("<Escape>", lambda _: self._escape())
        self.bind("<Key>", self._type_anywhere)
        self.bind("<FocusIn>", lambda _: self._reading.note_read())
        for keys in ("<Control-f>", "<Control-F>"):
            self._composer.entry.bind(keys, lambda _: self._search_from_box())

    def _type_anywhere(self, event: "tk.Event[tk.Misc]") -> str | None:
        """Write into the box whatever is typed elsewhere in the window, as people expect."""
        is_text = len(event.char) == 1 and event.char.isprintable() and event.char != " "
        is_shortcut = int(event.state) & (_CONTROL | _ALT)
        if not is_text or is_shortcut or isinstance(event.widget, tk.Entry):
            return None
        if event.widget is self._composer.entry:
            return None
        self._composer.focus()
        self._composer.entry.insert("insert", event.char)
        return "break"

    def _draw(self, changes: Changes) -> None:
        """Draw what ``changes`` names: the one place that maps an event to the screen."""
        model = self._model
        if changes.entered:
            self.title(self._emoji.plain(f"{room_label(model.room.name)} – tkchat"))
            self._writing.enter()
        self._reading.redraw(changes)
        if changes.entered:
            self._show_people()
        elif (changes.people or changes.rooms or changes.link) and not self._people_due:
            self._people_due = self.after(PEOPLE_MS, self._show_people)
        if changes.link:
            self._show_link()
        if changes.link or changes.entered:
            self._searching.follow()
        if changes.results is not None:
            self._searching.take(changes.results)
        waits = 0 if model.link is Link.ONLINE else model.waiting_count
        self._writing.show_others(waits=waits)

    def _show_people(self) -> None:
        """Draw who is here and which rooms there are."""
        if self._people_due:
            self.after_cancel(self._people_due)
            self._people_due = ""
        model = self._model
        is_known = model.link is Link.ONLINE
        if is_known:
            self._people[model.room.name] = people_shown(model)
        names = self._people.get(model.room.name, ())
        self._sidebar.show_people(names, model.user, is_known=is_known)
        self._sidebar.show_rooms(room_rows(model), model.room.name)
        self._header.show(model.room.name, self._about_room())

    def _about_room(self) -> str:
        if self._model.room.is_conversation:
            return "Only the two of you see this"
        count = len(self._model.room.people)
        if count > 1:
            return f"{count} people"
        if self._model.link is not Link.ONLINE:
            return ""
        if self._model.room.name != GENERAL:
            return "Nobody else is in this room"
        return f"Nobody else is here yet. They can join with {self._invitation()}"

    def _invitation(self) -> str:
        if self._hosting is not None and self._hosting.for_others:
            return self._hosting.for_others[0]
        return str(self._session.address)

    def _show_link(self) -> None:
        if self._countdown:
            self.after_cancel(self._countdown)
            self._countdown = ""
        model = self._model
        detail = ""
        match model.link:
            case Link.ONLINE if self._hosting is not None:
                text = f"You are hosting. Others join with {self._invitation()} · not encrypted"
            case Link.ONLINE:
                text = f"Connected to {self._session.address} · not encrypted"
            case Link.CONNECTING:
                text = f"Connecting to {self._session.address} …"
            case Link.LOST if model.retry_at is not None:
                left = (model.retry_at - datetime.now().astimezone()).total_seconds()
                text = f"Lost the host. Trying again in {max(round(left), 1)} s"
                detail = model.lost_why
                self._countdown = self.after(COUNTDOWN_MS, self._show_link)
            case _:
                text, detail = "Not connected", model.lost_why
        self._status.show(model.link, text, detail)
        if model.link is Link.ONLINE:
            self._status.show_hint("")

    def _go_to(self, room: str) -> None:
        model = self._model
        if not model.is_tagged and model.link is not Link.ONLINE:
            self._status.show_hint("There is no connection to change rooms with.")
        elif room != model.room.name:
            model.moving()
            self._session.go_to(room)
        elif model.room.place is not None:
            self._reading.back_to_now()
        self._composer.focus()

    def _search(self) -> None:
        if self._model.is_tagged:
            self._searching.open()
        else:
            self._status.show_hint("This host keeps no messages to search in.")

    def _search_from_box(self) -> str:
        self._search()
        return "break"  # to Tk, Ctrl+F moves the cursor

    def _escape(self) -> None:
        if not self._writing.cancel() and self._searching.is_open:
            self._searching.close(True)

    def _has_keyboard(self) -> bool:
        return self.focus_displayof() is not None

    def _ask_for_rooms(self) -> None:
        self._rooms_due = self.after(ROOMS_MS, self._ask_for_rooms)
        self._session.refresh()

    def _ask_for_room(self) -> None:
        Prompt(
            self,
            self._theme,
            self._emoji,
            "Open a room, or go to one",
            "Go there",
            lambda name: check_name(name.removeprefix("#"), "A room's name"),
            self._go_to,
        )

    def _write_to(self, person: str) -> None:
        if person == self._model.user:
            return
        if self._model.is_tagged:
            self._go_to(f"@{person}")
        elif not self._composer.text().strip():
            self._composer.set_text(f"/msg {person} ")
        self._composer.focus()

    def _menu_entries(self) -> list[Entry]:
        invitation = self._invitation()
        return [
            Entry(f"Copy the address {invitation}", lambda: self._copy(invitation)),
            Entry("New room …", self._ask_for_room),
            *self._entries_of_room(),
            SEPARATOR,
            *self._actions.look(),
            SEPARATOR,
            Entry("Leave this chat", self.leave),
            Entry("Quit", self.close, "Ctrl+Q"),
        ]

    def _entries_of_room(self) -> list[Entry]:
        model = self._model
        if not model.is_tagged:
            return []
        found = [Entry("Search …", self._search, "Ctrl+F")]
        room = model.room
        if room.name != GENERAL and not room.is_conversation and model.link is Link.ONLINE:
            leave = partial(self._session.leave_room, room.name)
            found.append(Entry(f"Leave the room {room_label(room.name)}", leave))
        return found

    def _copy(self, text: str) -> None:
        self.clipboard_clear()
        self.clipboard_append(text)
        self._status.show_hint(f"Copied: {text}")

    def _count_others(self) -> int:
        """Return how many others are in the chat, in all rooms as far as is known."""
        model = self._model
        elsewhere = [count for name, count in model.room_counts.items() if name != model.room.name]
        return len(model.room.people - {model.user}) + sum(elsewhere)

    def _end_then(self, hosting: Hosting, go: Callable[[], None]) -> None:
        self.keep_draft()
        self._session.close()
        self.withdraw()
        self._actions.in_background(hosting.stop, lambda _: go())

    def _on_destroy(self, event: "tk.Event[tk.Misc]", unsubscribe: Callable[[], None]) -> None:
        if event.widget is self:
            unsubscribe()
            for due in (self._countdown, self._people_due, self._rooms_due):
                if due:
                    self.after_cancel(due)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.configure(background=self._theme.palette.line)
        self._messages.grid_configure(padx=(px(4), 0))
