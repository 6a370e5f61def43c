"""The chat window: draws the model, and turns gestures into calls of the session."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from tkinter import ttk

from tkchat.client.events import Event, PeopleHere, RoomsThere
from tkchat.client.hosting import Hosting
from tkchat.client.model import Changes, Link, Model
from tkchat.client.session import Session
from tkchat.gui.ask import Option, Prompt, Question
from tkchat.gui.composer import Composer
from tkchat.gui.emoji import Emoji
from tkchat.gui.geometry import fitting
from tkchat.gui.header import SEPARATOR, Entry, Header
from tkchat.gui.message_list import MessageList
from tkchat.gui.sidebar import Sidebar
from tkchat.gui.status_bar import StatusBar
from tkchat.gui.theme import Theme
from tkchat.wire.errors import WireError
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
        self._countdown = ""
        self._people_due = ""
        self._build()
        self._bind_keys()
        self.protocol("WM_DELETE_WINDOW", self.close)
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: self._on_destroy(event, unsubscribe))
        self._rooms_due = self.after(ROOMS_MS, self._ask_for_rooms)
        self._restyle()
        self._redraw(Changes(people=True, rooms=True, link=True, entered=True))

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
        self._redraw(changes)

    def close(self) -> None:
        """End the program; whoever hosts for others is asked first."""
        self._ask_then(self._actions.quit)

    def leave(self) -> None:
        """Go back to the login dialog; whoever hosts for others is asked first."""
        self._ask_then(self._actions.leave)

    def _build(self) -> None:
        self._sidebar = Sidebar(
            self,
            self._theme,
            self._emoji,
            on_room=self._go_to,
            on_new_room=self._ask_for_room,
            on_person=self._write_to,
        )
        self._line = tk.Frame(self, width=1)
        main = ttk.Frame(self)
        self._header = Header(main, self._theme, self._emoji, self._menu_entries)
        self._messages = MessageList(main, self._theme, self._emoji, own_name=self._model.user)
        self._composer = Composer(
            main, self._theme, self._emoji, on_send=self._send, names=self._model.recent_speakers
        )
        self._status = StatusBar(main, self._theme, self._emoji, on_retry=self._session.retry_now)
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, weight=1)
        self._sidebar.grid(row=0, column=0, sticky="ns")
        self._line.grid(row=0, column=1, sticky="ns")
        main.grid(row=0, column=2, sticky="nsew")
        main.columnconfigure(0, weight=1)
        main.rowconfigure(1, weight=1)
        self._header.grid(row=0, sticky="ew")
        self._messages.grid(row=1, sticky="nsew")
        self._composer.grid(row=2, sticky="ew")
        self._status.grid(row=3, sticky="ew")

    def _bind_keys(self) -> None:
        self.bind("<Prior>", lambda _: self._messages.page(-1))
        self.bind("<Next>", lambda _: self._messages.page(1))
        self.bind("<Control-End>", lambda _: self._messages.to_bottom())
        self.bind("<F10>", lambda _: self._header.open_menu())
        self.bind("<Key>", self._type_anywhere)

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

    def _redraw(self, changes: Changes) -> None:
        """Draw what ``changes`` names: the one place that maps an event to the screen."""
        model = self._model
        if changes.entered:
            self._messages.show(model.room.messages)
            self._composer.set_placeholder(f"Message #{model.room.name}")
            self.title(self._emoji.plain(f"#{model.room.name} – tkchat"))
        elif changes.added:
            self._messages.append(changes.added)
        for message in changes.delivered:
            self._messages.update_delivery(message)
        if changes.entered:
            self._show_people()
        elif (changes.people or changes.rooms) and not self._people_due:
            self._people_due = self.after(PEOPLE_MS, self._show_people)
        if changes.link:
            self._show_link()

    def _show_people(self) -> None:
        """Draw who is here and which rooms there are."""
        if self._people_due:
            self.after_cancel(self._people_due)
            self._people_due = ""
        model = self._model
        self._sidebar.show_people(model.people, model.user)
        # The host lists rooms when asked; of this room we know better who is in it.
        counts = {**model.room_counts, model.room.name: len(model.room.people)}
        self._sidebar.show_rooms(counts, model.room.name)
        self._header.show(model.room.name, self._about_room())

    def _about_room(self) -> str:
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
        match model.link:
            case Link.ONLINE if self._hosting is not None:
                text = f"You are hosting. Others join with {self._invitation()} · not encrypted"
            case Link.ONLINE:
                text = f"Connected to {self._session.address} · not encrypted"
            case Link.CONNECTING:
                text = f"Connecting to {self._session.address} …"
            case Link.LOST if model.retry_at is not None:
                left = (model.retry_at - datetime.now().astimezone()).total_seconds()
                text = f"Lost the host. Trying again in {max(round(left), 1)} s · {model.lost_why}"
                self._countdown = self.after(COUNTDOWN_MS, self._show_link)
            case _:
                text = f"Not connected: {model.lost_why}"
        self._status.show(model.link, text)
        if model.link is Link.ONLINE:
            self._status.show_hint("")

    def _send(self, text: str) -> bool:
        if text.strip() == "/quit":  # the host would hang up, and the session come back
            self.leave()
            return True
        try:
            said = self._session.say(text)
        except WireError as error:
            self._status.show_hint(str(error))
            return False
        if said is not None:
            self._note_command(text.split())
        if said is None:
            self._status.show_hint("Not sent: there is no connection. Your text stays here.")
            return False
        self._status.show_hint("")
        changes = Changes()
        self._model.said_here(said, changes)
        self._redraw(changes)
        return True

    def _note_command(self, words: list[str]) -> None:
        """Prepare for the answer to a command that was typed."""
        match words:
            case ["/join", _]:
                self._model.moving()
            case ["/who"]:
                self._model.asked_for(PeopleHere)
            case ["/rooms"]:
                self._model.asked_for(RoomsThere)

    def _go_to(self, room: str) -> None:
        if self._model.link is not Link.ONLINE:
            self._status.show_hint("There is no connection to change rooms with.")
        elif room != self._model.room.name:
            self._model.moving()
            self._session.move(room)
        self._composer.focus()

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
        if person != self._model.user and not self._composer.text().strip():
            self._composer.set_text(f"/msg {person} ")
        self._composer.focus()

    def _menu_entries(self) -> list[Entry]:
        invitation = self._invitation()
        return [
            Entry(f"Copy the address {invitation}", lambda: self._copy(invitation)),
            Entry("New room …", self._ask_for_room),
            SEPARATOR,
            *self._actions.look(),
            SEPARATOR,
            Entry("Leave this chat", self.leave),
            Entry("Quit", self.close, "Ctrl+Q"),
        ]

    def _copy(self, text: str) -> None:
        self.clipboard_clear()
        self.clipboard_append(text)
        self._status.show_hint(f"Copied: {text}")

    def _ask_then(self, go: Callable[[], None]) -> None:
        if self._hosting is None:
            go()
            return
        others = self._count_others()
        if not others:
            # We may not know of everybody: without us it ends by itself as soon as nobody is left.
            self._let_go_on_then(go)
            return
        Question(
            self,
            self._theme,
            self._emoji,
            "You are hosting this chat",
            f"{'One other person is' if others == 1 else f'{others} others are'} in it. The chat "
            "can go on without this window until the last has left, or end for everybody.",
            [
                Option("Let it go on", lambda: self._let_go_on_then(go)),
                Option("End it for all", lambda: self._end_then(go)),
            ],
        )

    def _count_others(self) -> int:
        """Return how many others are in the chat, in all rooms as far as is known."""
        model = self._model
        elsewhere = [count for name, count in model.room_counts.items() if name != model.room.name]
        return len(model.room.people - {model.user}) + sum(elsewhere)

    def _let_go_on_then(self, go: Callable[[], None]) -> None:
        if self._hosting is not None:
            self._hosting.leave_running()
        go()

    def _end_then(self, go: Callable[[], None]) -> None:
        self._session.close()
        self.withdraw()
        if self._hosting is not None:
            self._actions.in_background(self._hosting.stop, lambda _: go())

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
        self._composer.grid_configure(padx=px(16), pady=(px(8), px(12)))
