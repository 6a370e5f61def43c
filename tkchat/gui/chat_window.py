"""The chat window: draws the model, and turns gestures into calls of the session."""

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from tkchat.client.events import Event
from tkchat.client.hosting import Hosting
from tkchat.client.model import Link, Model
from tkchat.client.presence import State
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.chat_keys import ChatKeys
from tkchat.gui.chat_menu import MenuActions, chat_entries
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.geometry import fitting
from tkchat.gui.leaving import Leaving
from tkchat.gui.link_text import beginning_text
from tkchat.gui.link_watch import LinkWatch
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.empty_note import EmptyNote, is_alone
from tkchat.gui.messages.message_deeds import MessageDeeds
from tkchat.gui.messages.reading import Reading
from tkchat.gui.messages.text_copy import copy
from tkchat.gui.order.keeping import Keeping
from tkchat.gui.places.navigation import Around
from tkchat.gui.places.room_rows import count_others
from tkchat.gui.places.whereabouts import Surroundings, Whereabouts
from tkchat.gui.regions import to_region
from tkchat.gui.search.searching import Searching
from tkchat.gui.status_bar import StatusBar
from tkchat.gui.type_anywhere import bind_type_anywhere
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.menu import Entry
from tkchat.gui.widgets.sanitise import for_tk
from tkchat.gui.writing.writing import Writing
from tkchat.i18n import tr

SIZE = (980, 700)  # of 96 dpi
SMALLEST = (560, 380)
SMALL = (900, 600)  # in pixels: so small it may be at any zoom
PAGE = 30  # messages, at most, of what is shown first
ROOMS_MS = 5_000  # how often the host is asked which rooms there are


@dataclass(frozen=True, slots=True)
class Actions:
    """What the window asks of the program around it."""

    leave: Callable[[], None]  #: close this window and go back to the login dialog
    quit: Callable[[], None]  #: close this window and end the program
    in_background: Callable[[Callable[[], None], Callable[[None], None]], None]
    settings: Callable[[], None] = lambda: None  #: open the settings
    shortcuts: Callable[[], None] = lambda: None  #: show all keys
    #: remember what the person said of themselves, until the next start
    keep_presence: Callable[[State, str], None] = lambda _state, _text: None
    #: save the current room in a file, if that is possible
    export: Callable[[], None] | None = None
    invite: Callable[[], None] = lambda: None  #: show how others join
    retry: Callable[[], None] | None = None  #: instead of the session, try to connect


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
        known = hosting.for_others if hosting is not None else []
        self._for_others = next(iter(known), str(session.address))
        self._leaving = Leaving(
            self, theme, emoji, hosting, partial(count_others, model), self._end_then
        )
        self._watchers: list[Callable[[Changes], None]] = []
        self._rooms_due = ""
        self._line = tk.Frame(self, width=1)
        self._restyle()
        self.protocol("WM_DELETE_WINDOW", self.close)
        self._unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", self._on_destroy)

    def watch(self, told: Callable[[Changes], None]) -> None:
        """Call ``told`` with all changes from now on, once they are drawn."""
        self._watchers.append(told)

    def show(self, geometry: str = "") -> None:
        """Put the window on the screen, at ``geometry`` if that still fits there."""
        px = self._theme.px
        self.geometry(fitting(geometry, self, (px(SIZE[0]), px(SIZE[1]))))
        self.minsize(
            min(px(SMALLEST[0]), SMALL[0], self.winfo_screenwidth()),
            min(px(SMALLEST[1]), SMALL[1], self.winfo_screenheight()),
        )
        # Not wait_visibility: its nested event loop would let newer events overtake older ones.
        self._shown = self.bind("<Visibility>", self._on_first_sight, add=True)
        self.deiconify()
        self.lift()

    def _on_first_sight(self, _event: object) -> None:
        self.unbind("<Visibility>", self._shown)
        self._composer.entry.focus_force()

    def open_room(self, room: str) -> None:
        """Bring the window to the front, with ``room`` in it."""
        self.deiconify()
        self.lift()
        self._composer.entry.focus_force()
        self._go_to(room)

    def hint(self, text: str) -> None:
        """Tell the person something in the status line; empty for nothing."""
        self._status.show_hint(text)

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

    @property
    def fills_screen(self) -> bool:
        """Whether the window has all of the screen, and no frame."""
        return self.getboolean(self.attributes("-fullscreen"))

    def keep_unfinished(self) -> None:
        """Keep what is written and where reading stopped: the window, or all, is about to go."""
        self._writing.close()
        self._reading.keep_place()

    def build(self) -> Iterator[None]:
        """Make all that is in the window, step by step; nothing else works before."""
        theme, emoji, session, model = self._theme, self._emoji, self._session, self._model
        main = ttk.Frame(self)
        retry = self._actions.retry or session.retry_now
        self._status = StatusBar(main, theme, emoji, on_retry=retry)
        self._link = LinkWatch(
            self._status, model, str(session.address), self._invitation() if self._hosting else ""
        )
        yield
        self._writing = Writing(
            main,
            theme,
            emoji,
            session,
            model,
            redraw=self._draw,
            hint=self._status.show_hint,
            leave=self.leave,
            on_edit=lambda message: self._reading.show_edited(message),  # noqa: PLW0108 - made below
            delete=lambda message: self._deeds.take_back(message),  # noqa: PLW0108 - made below
            keep_presence=self._actions.keep_presence,
        )
        self._composer = self._writing.composer
        yield
        self._deeds = MessageDeeds(
            self, theme, emoji, session, model, self._writing, self._draw,
            on_person=lambda name: self._where.person_menu.entries(name),  # noqa: PLW0108 - made below
        )  # fmt: skip
        yield
        self._reading = Reading(
            main, theme, emoji, session, model, self._deeds, is_looking=self._has_keyboard
        )
        self._messages = self._reading.shown
        self._empty = EmptyNote(self._messages.text, theme, emoji, self._actions.invite)
        yield
        self._keeping = Keeping(
            self, main, theme, emoji, session, model, above=self._messages,
            hint=self._status.show_hint, focus_box=self._composer.focus,
        )  # fmt: skip
        self._where = Whereabouts(self, main, theme, emoji, session, model, self._surroundings())
        self._go_to = self._where.navigation.go_to
        yield
        yield from self._lay_out(main)
        self._searching = Searching(
            self, main, theme, emoji, session, model, self._reading, self._composer.focus
        )
        yield
        self._bind_keys()
        yield
        self._rooms_due = self.after(ROOMS_MS, self._ask_for_rooms)
        self._where.entered()  # which takes as long as all else that is drawn
        yield
        self._draw(Changes(people=True, rooms=True, link=True, entered=True))
        yield
        for message in model.room.timeline.messages[-PAGE:]:  # ahead of the page that shows them
            self._messages.painter.avatars.halves(message.author)

    def _surroundings(self) -> Surroundings:
        around = Around(
            back_to_now=self._reading.back_to_now,
            focus_box=self._composer.focus,
            hint=self._status.show_hint,
            write_command=self._write_command,
        )
        return Surroundings(
            around=around,
            search=self._search,
            menu_entries=self._menu_entries,
            mention=self._mention,
            copy=self._copy,
            set_presence=self._set_presence,
            invitation=self._invitation,
            ordering=self._keeping.ordering,
        )

    def _lay_out(self, main: ttk.Frame) -> Iterator[None]:
        self.columnconfigure(2, weight=1)
        self.rowconfigure(0, weight=1)
        self._where.sidebar.grid(row=0, column=0, sticky="ns")
        self._line.grid(row=0, column=1, sticky="ns")
        yield
        main.grid(row=0, column=2, sticky="nsew")
        main.columnconfigure(0, weight=1)
        main.rowconfigure(2, weight=1)
        # Tab goes in the order of stacking: the sidebar, then the header, then downwards.
        self._where.sidebar.lower()
        parts = ((5, self._status), (4, self._writing.area), (2, self._messages))
        for row, part in (*parts, (0, self._where.header)):
            part.grid(row=row, sticky="nsew")
            part.lower()
        self._where.navigation.switcher.panel.lift()

    def _bind_keys(self) -> None:
        go = self._where.navigation
        ChatKeys(
            self,
            {
                "switch": go.switch,
                "previous room": partial(go.step, -1),
                "next room": partial(go.step, 1),
                "previous unread": partial(go.step_unread, -1),
                "next unread": partial(go.step_unread, 1),
                "new room": go.browse,
                "invite": self._actions.invite,
                "next region": partial(self._to_region, 1),
                "previous region": partial(self._to_region, -1),
                "search": self._search,
                "page up": partial(self._messages.page, -1),
                "page down": partial(self._messages.page, 1),
                "to newest": self._messages.to_bottom,
                "go back": self._reading.go_back,
                "cancel": self._escape,
                "shortcuts": self._actions.shortcuts,
                "settings": self._actions.settings,
                "menu": self._where.header.open_menu,
                "full screen": self._fill_screen,
            },
            go.nth,
        )
        bind_type_anywhere(self, self._composer)
        self.bind("<FocusIn>", lambda _: self._reading.note_read(), add=True)

    def _fill_screen(self) -> None:
        self.attributes("-fullscreen", not self.fills_screen)

    def _to_region(self, step: int) -> None:
        """Give the keyboard to the next part of the window."""
        sidebar = self._where.sidebar
        regions: list[tuple[tk.Misc, tk.Misc]] = [
            (sidebar.rooms, sidebar.rooms.canvas),
            (sidebar.people, sidebar.people.canvas),
            *self._keeping.regions(),
            (self._messages, self._messages.text),
            (self._writing.area, self._composer.entry),
        ]
        if self._searching.is_open:
            panel = self._searching.panel
            regions.append((panel, panel.tk_focusNext() or panel))
        to_region(self, regions, step)

    def _draw(self, changes: Changes) -> None:
        """Draw what ``changes`` names: the one place that maps an event to the screen."""
        model = self._model
        if changes.entered:
            self._writing.enter()
        elif changes.rooms:
            self._where.show_title()
        self._reading.redraw(changes)
        self._empty.show(*beginning_text(model, self._invitation()), is_alone=is_alone(model))
        self._keeping.take(changes)
        if changes.entered:
            self._where.entered()
        elif changes.people or changes.rooms or changes.link or changes.presence:
            self._where.show_soon()
        if changes.topic:
            self._where.show_header()
        if changes.link:
            self._link.show()
        if changes.link or changes.entered:
            self._searching.follow()
        if changes.results is not None:
            self._searching.take(changes.results)
        waits = 0 if model.link is Link.ONLINE else model.waiting_count
        self._writing.show_others(waits=waits)
        for told in self._watchers:
            told(changes)

    def invite_to(self, address: str) -> None:
        """Tell what others type to join, once that is known."""
        if address != self._for_others:
            self._for_others = address
            self._draw(Changes(people=True))

    def _invitation(self) -> str:
        return self._for_others

    def _search(self) -> None:
        if self._model.is_tagged:
            self._searching.open()
        else:
            self._status.show_hint(tr("This host keeps no messages to search in."))

    def _escape(self) -> None:
        if self._writing.cancel():
            return
        if self._searching.is_open:
            self._searching.close(True)
        else:
            self._composer.focus()

    def _has_keyboard(self) -> bool:
        return bool(keyboard_holder(self))

    def _ask_for_rooms(self) -> None:
        self._rooms_due = self.after(ROOMS_MS, self._ask_for_rooms)
        self._session.refresh()

    def _mention(self, person: str) -> None:
        self._composer.write(f"@{person} ")
        self._composer.focus()

    def _write_command(self, command: str) -> None:
        if not self._composer.text().strip():
            self._composer.set_text(command)

    def _set_presence(self, state: State, text: str) -> None:
        self._session.set_presence(state, text)
        self._actions.keep_presence(state, text)

    def _menu_entries(self) -> list[Entry]:
        invitation = self._invitation()
        actions = MenuActions(
            room=self._where.room_menu.short_entries(),
            search=self._search if self._model.is_tagged else None,
            browse=self._where.navigation.browse,
            invite=self._actions.invite,
            order=self._keeping.menu_entries(),
            copy_address=lambda: self._copy(invitation),
            export=self._actions.export,
            settings=self._actions.settings,
            shortcuts=self._actions.shortcuts,
            leave=self.leave,
            quit=self.close,
        )
        return chat_entries(invitation, actions)

    def _copy(self, text: str) -> None:
        copy(self, for_tk(text))
        self._status.show_hint(tr("Copied: {text}").format(text=text))

    def _end_then(self, hosting: Hosting, go: Callable[[], None]) -> None:
        self.keep_unfinished()
        self._session.close()
        self.withdraw()
        self._actions.in_background(hosting.stop, lambda _: go())

    def _on_destroy(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self:
            self._unsubscribe()
            if self._rooms_due:
                self.after_cancel(self._rooms_due)

    def _restyle(self) -> None:
        self._line.configure(background=self._theme.palette.line)
