"""The lines of the chat window's menu."""

from collections.abc import Callable
from dataclasses import dataclass

from tkchat.gui.shortcuts import shown_for
from tkchat.gui.widgets.menu import SEPARATOR, Entry
from tkchat.i18n import tr


@dataclass(frozen=True, slots=True)
class MenuActions:
    """What the lines do; ``room`` are those on the current room."""

    room: list[Entry]
    search: Callable[[], None] | None  #: None where nothing can be searched
    browse: Callable[[], None]
    invite: Callable[[], None]
    order: list[Entry]  #: what those who keep order find here, and who registers a name
    export: Callable[[], None] | None  #: None where that is not possible
    copy_address: Callable[[], None]
    settings: Callable[[], None]
    shortcuts: Callable[[], None]
    leave: Callable[[], None]
    quit: Callable[[], None]


def chat_entries(address: str, do: MenuActions) -> list[Entry]:
    """Return the lines; ``address`` is what others join with."""
    export = [] if do.export is None else [Entry(tr("Save or print the room…"), do.export)]
    search = [] if do.search is None else [Entry(tr("Search…"), do.search, shown_for("search"))]
    return [
        Entry(tr("Join or create a room…"), do.browse, shown_for("new room")),
        *search,
        *([SEPARATOR, *do.room, *export] if do.room or export else []),
        SEPARATOR,
        Entry(tr("Invite people…"), do.invite, shown_for("invite")),
        Entry(tr("Copy the address {address}").format(address=address), do.copy_address),
        *do.order,
        SEPARATOR,
        Entry(tr("Settings…"), do.settings, shown_for("settings")),
        Entry(tr("Keyboard shortcuts…"), do.shortcuts, shown_for("shortcuts")),
        SEPARATOR,
        Entry(tr("Leave this chat"), do.leave),
        Entry(tr("Quit"), do.quit, shown_for("quit")),
    ]
