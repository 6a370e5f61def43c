"""Shows where the person is and leads elsewhere: the sidebar, the header, and their menus."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tkchat.client.model import Link, Model
from tkchat.client.presence import Presence, State
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.link_text import people_text
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.ordering import Ordering
from tkchat.gui.places.header import About, Header
from tkchat.gui.places.navigation import Around, Navigation
from tkchat.gui.places.person_menu import PersonMenu
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.places.room_menu import RoomMenu
from tkchat.gui.places.room_names import room_label
from tkchat.gui.places.room_rows import few, names_here, other_rooms, people_shown, room_rows
from tkchat.gui.places.sidebar import Sidebar, SidebarActions
from tkchat.gui.widgets.menu import Entry, Menu
from tkchat.i18n import grouped

PEOPLE_MS = 100  # they are drawn no more often: in a rush the list of people is long


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the rest of the window does for this part."""

    around: Around
    search: Callable[[], None]
    menu_entries: Callable[[], list[Entry]]
    mention: Callable[[str], None]  #: name somebody in the box
    copy: Callable[[str], None]  #: put a text on the clipboard
    set_presence: Callable[[State, str], None]
    invitation: Callable[[], str]  #: what others join with
    ordering: Ordering


class Whereabouts:
    """The ``sidebar`` of ``window``, and the ``header`` of ``main``. Only for Tk's thread."""

    def __init__(
        self,
        window: tk.Toplevel,
        main: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        rest: Surroundings,
    ) -> None:
        self._window = window
        self._emoji = emoji
        self._model = model
        self._invitation = rest.invitation
        self._people: dict[str, Sequence[str]] = {}  # by room, when that was known last
        self._due = ""
        dots = PresenceDots(window, theme)
        self.navigation = Navigation(window, theme, emoji, dots, session, model, rest.around)
        self.room_menu = RoomMenu(
            window, theme, emoji, session, model,
            go_to=self.navigation.go_to, copy=rest.copy, redraw=self.show_now,
            ordering=rest.ordering.on_room,
        )  # fmt: skip
        self.person_menu = PersonMenu(
            window, theme, emoji, model,
            write_to=self.navigation.write_to, mention=rest.mention, copy=rest.copy,
            set_presence=rest.set_presence, ordering=rest.ordering.on_person,
        )  # fmt: skip
        self._menu = Menu(window, theme, emoji)
        self.sidebar = Sidebar(window, theme, emoji, dots, self._sidebar_actions())
        self.header = Header(
            main, theme, emoji, dots, rest.menu_entries,
            on_search=rest.search, on_topic=lambda: self.room_menu.ask_topic(model.room),
            room_entries=lambda: self.room_menu.entries(model.room.name),
        )  # fmt: skip
        self.sidebar.bind("<Destroy>", lambda _event: self._stop(), add=True)

    def entered(self) -> None:
        """Draw another room as the current one."""
        self.navigation.entered()
        self.show_title()
        self.show_now()

    def show_soon(self) -> None:
        """Draw who is here and which rooms there are, unless that is about to happen."""
        if not self._due:
            self._due = self._window.after(PEOPLE_MS, self.show_now)

    def show_now(self) -> None:
        """Draw who is here and which rooms there are."""
        self._stop()
        model, room = self._model, self._model.room
        is_known = model.link is Link.ONLINE
        if is_known:
            self._people[room.name] = names_here(model)
        self.sidebar.show_people(people_shown(model, self._people.get(room.name, ())))
        others, more = few(other_rooms(model))
        own = room_rows(model)
        rooms = [row for row in own if not row.room.startswith("@")]
        self.sidebar.show_rooms([*rooms, *others, *own[len(rooms) :]], room.name, more)
        presence = model.presence.get(model.user, Presence())
        self.sidebar.show_own(model.user, presence if is_known else None)
        self.show_header()

    def show_header(self) -> None:
        """Draw what the current room is about."""
        model, room = self._model, self._model.room
        self.header.show(
            About(
                room.name,
                people_text(model, self._invitation()),
                room.topic,
                model.presence_of(room.name[1:]) if room.is_conversation else None,
                self.room_menu.can_set_topic(room),
                model.order.rules.get(room.name),
            )
        )

    def show_title(self) -> None:
        """Let the window's title say where the person is, and how much is unread."""
        unread, where = self._model.total_unread, room_label(self._model.room.name)
        count = f"({grouped(unread)}) " if unread else ""
        self._window.title(self._emoji.plain(f"{count}{where} – tkchat"))

    def _sidebar_actions(self) -> SidebarActions:
        go, menu = self.navigation, self._menu
        return SidebarActions(
            go_to=go.go_to,
            room_menu=lambda room, x, y: menu.post(self.room_menu.entries(room), x, y),
            browse=go.browse,
            switch=go.switch,
            person=go.write_to,
            person_menu=lambda name, x, y: menu.post(self.person_menu.entries(name), x, y),
            own_menu=self.person_menu.own_entries,
        )

    def _stop(self) -> None:
        if self._due:
            self._window.after_cancel(self._due)
            self._due = ""
