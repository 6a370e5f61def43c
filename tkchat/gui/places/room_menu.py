"""What can be done to a room: the lines of its context menu, and the questions that they ask."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.client.model import Link, Model
from tkchat.client.room import Level, Room
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.room_names import room_label
from tkchat.gui.widgets.ask import Prompt
from tkchat.gui.widgets.menu import SEPARATOR, Entry
from tkchat.i18n import tr
from tkchat.wire.limits import MAX_TOPIC_CHARS
from tkchat.wire.names import GENERAL


class RoomMenu:
    """Asks in ``window``. ``go_to`` goes to a room, ``copy`` puts a text on the clipboard.

    ``redraw`` draws the list of rooms anew; ``ordering`` returns the lines for those who keep
    order.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        *,
        go_to: Callable[[str], None],
        copy: Callable[[str], None],
        redraw: Callable[[], None],
        ordering: Callable[[Room], list[Entry]] = lambda _room: [],
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._session = session
        self._model = model
        self._go_to = go_to
        self._copy = copy
        self._redraw = redraw
        self._ordering = ordering

    def entries(self, name: str) -> list[Entry]:
        """Return what can be done to a room or conversation now."""
        room = self._model.rooms.get(name)
        go = Entry(tr("Go to {room}").format(room=room_label(name)), partial(self._go_to, name))
        copy = Entry(tr("Copy the name"), partial(self._copy, name.removeprefix("@")))
        if room is None or not self._model.is_tagged:
            return [go, copy]
        found = [] if room is self._model.room else [go]
        if room.unread:
            found.append(Entry(tr("Mark as read"), partial(self._mark_read, room)))
        if found:
            found.append(SEPARATOR)
        found += [*self._levels(room), SEPARATOR]
        if self.can_set_topic(room):
            found.append(Entry(tr("Set the topic…"), partial(self.ask_topic, room)))
        found.append(copy)
        if order := self._ordering(room):
            found += [SEPARATOR, *order]
        if leave := self._leave(room):
            found += [SEPARATOR, *leave]
        return found

    def short_entries(self) -> list[Entry]:
        """Return what of that belongs into the window's own menu, for the current room."""
        room = self._model.room
        found: list[Entry] = []
        if self.can_set_topic(room):
            found.append(Entry(tr("Set the topic…"), partial(self.ask_topic, room)))
        return [*found, *self._leave(room)]

    def can_set_topic(self, room: Room) -> bool:
        """Tell whether this person can say now what ``room`` is about."""
        is_in = room.joined and not room.is_conversation
        return self._model.is_tagged and is_in and self._model.link is Link.ONLINE

    def ask_topic(self, room: Room) -> None:
        """Ask what ``room`` is about."""
        Prompt(
            self._window,
            self._theme,
            self._emoji,
            tr("What is {room} about?").format(room=room_label(room.name)),
            tr("Set the topic"),
            _check_topic,
            partial(self._session.set_topic, room.name),
            initial=room.topic,
        )

    def _levels(self, room: Room) -> list[Entry]:
        texts = {
            Level.ALL: tr("Notify of every message"),
            Level.MENTIONS: tr("Notify when I am mentioned"),
            Level.MUTED: tr("Mute"),
        }
        return [
            Entry(text, partial(self._set_level, room, level), chosen=room.level is level)
            for level, text in texts.items()
            if not (room.is_conversation and level is Level.MENTIONS)
        ]

    def _set_level(self, room: Room, level: Level) -> None:
        self._model.set_level(room.name, level)
        self._session.set_level(room.name, level)
        self._redraw()

    def _mark_read(self, room: Room) -> None:
        self._session.read(room.name, room.last_seq)

    def _leave(self, room: Room) -> list[Entry]:
        is_other = room.name != GENERAL and not room.is_conversation
        if not (is_other and room.joined and self._model.link is Link.ONLINE):
            return []
        text = tr("Leave the room {room}").format(room=room_label(room.name))
        return [Entry(text, partial(self._session.leave_room, room.name))]


def _check_topic(text: str) -> str:
    """Raise ValueError if ``text`` cannot be a topic."""
    if len(text) > MAX_TOPIC_CHARS:
        said = tr("A topic has at most {count} characters; this one has {length}.")
        raise ValueError(said.format(count=MAX_TOPIC_CHARS, length=len(text)))
    return text
