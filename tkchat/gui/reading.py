"""Keeps the list of messages as the model has it, and asks for what lies further back."""

import tkinter as tk
from collections.abc import Callable

from tkchat.client.message import Message
from tkchat.client.model import Link, Model
from tkchat.client.room import Changes
from tkchat.client.search import Hit
from tkchat.client.session import Session
from tkchat.gui.emoji import Emoji
from tkchat.gui.history_edge import Edge
from tkchat.gui.message_deeds import MessageDeeds
from tkchat.gui.message_list import MessageList
from tkchat.gui.message_menu import Deeds
from tkchat.gui.past import Past
from tkchat.gui.room_names import room_label
from tkchat.gui.theme import Theme

SLICE = 100  #: so many of the older messages are drawn at a time
_SLICE_PAUSE_MS = 1
READ_MS = 300  # how long a person looks before something counts as read; in a rush, how often


class Reading:
    """The current room's messages, in the list ``shown``. Only for Tk's thread.

    ``is_looking`` tells whether the window has the keyboard: only then is something read.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        deeds: MessageDeeds,
        *,
        is_looking: Callable[[], bool],
    ) -> None:
        self._session = session
        self._model = model
        self._is_looking = is_looking
        self._past = Past(session, model)
        self._is_in_past = False  # as it is drawn
        self._seek_due = self._read_due = ""
        self.shown = MessageList(
            parent,
            theme,
            emoji,
            own_name=model.user,
            deeds=Deeds(deeds.allowed, deeds.do, deeds.react, self._go_to_answered),
            on_top=self._load_older,
            on_end=lambda: self._past.widen(-1),
            on_newest=self.back_to_now,
            on_move=self.note_read,
        )
        self.shown.bind("<Destroy>", lambda _event: self._stop(), add=True)

    def redraw(self, changes: Changes) -> None:
        """Draw what has changed."""
        room, shown = self._model.room, self.shown
        end = self._past.answered(changes.jumped)
        y = shown.y_of(end.key) if end else None
        if end and not self._is_in_past:  # its reader has left meanwhile
            changes.jumped = None
            if room.place is not None:
                self._model.back_to_now(changes)
        if changes.entered:
            self._stop_seeking()
            if room.place is None:
                shown.show(room.timeline.messages, room.waiting)
            else:
                shown.show(room.place.messages, is_past=True)
        else:
            if room.place is None:
                if changes.waiting:
                    shown.show_waiting(room.waiting)
                shown.append(changes.added)
                if changes.older:
                    shown.prepend(self._undrawn()[-max(len(changes.older), SLICE) :])
            shown.redraw([*changes.changed, *changes.delivered])
        if changes.entered or changes.edge or changes.link or changes.older:
            self._show_edge()
        if changes.jumped is not None:
            self.seek(changes.jumped.key, y)
        self._is_in_past = room.place is not None
        self.note_read()

    def _load_older(self) -> None:
        """Get what comes before the oldest message that is drawn."""
        room = self._model.room
        if undrawn := self._undrawn():
            self.shown.prepend(undrawn[-SLICE:])
            self._show_edge()
        elif room.place is not None:
            self._past.widen(0)
        elif room.has_older and not room.loading_older:
            room.loading_older = True
            self._session.older(room.name, room.cursor)

    def _show_edge(self) -> None:
        """Say what there is before the oldest message that is drawn."""
        self.shown.show_edge(self._edge(), room_label(self._model.room.name))

    def back_to_now(self) -> None:
        """Leave the past that was jumped to."""
        changes = Changes()
        self._model.back_to_now(changes)
        self.redraw(changes)

    def open(self, hit: Hit) -> None:
        """Go to what was found, in whatever room that is."""
        self._past.open(hit.entry.room, hit)

    def _go_to_answered(self, message: Message) -> None:
        """Go to what ``message`` answers."""
        room = self._model.room
        answered = (room.place or room).timeline.find(message.era, message.answers)
        if answered is not None:
            self.seek(answered.key)
        elif self._model.can_answer(message):  # else its seq is one of another log
            self._past.open(room.name, message.answers)

    def seek(self, key: int, y: int | None = None) -> None:
        """Bring a message into sight, however many have to be drawn for that.

        With ``y``, from `MessageList.y_of`, it comes to where it was before.
        """
        self._stop_seeking()
        if self.shown.go_to(key) if y is None else self.shown.put(key, y):
            return
        undrawn = self._undrawn()
        if any(message.key == key for message in undrawn):
            self.shown.prepend(undrawn[-SLICE:])
            self._seek_due = self.shown.after(_SLICE_PAUSE_MS, lambda: self.seek(key, y))
            self._show_edge()

    def note_read(self) -> None:
        """Take down, in a moment, how far this person has read."""
        if not self._read_due and self._model.is_tagged:
            self._read_due = self.shown.after(READ_MS, self._tell_read)

    def _tell_read(self) -> None:
        self._read_due = ""
        room = self._model.room
        if room.place is not None or not self.shown.at_bottom or not self._is_looking():
            return
        seq = room.newest_seq
        if seq > room.read_seq:
            self._session.read(room.name, seq)

    def _edge(self) -> Edge:
        model, room = self._model, self._model.room
        if room.place is not None:
            return Edge.MORE if self._past.has_older() else Edge.UNKNOWN
        if self._undrawn():
            return Edge.MORE
        if not model.is_tagged or not room.is_paged:
            return Edge.UNKNOWN
        if not room.has_older:
            return Edge.BEGINNING
        return Edge.OFFLINE if room.older_offline and model.link is not Link.ONLINE else Edge.MORE

    def _undrawn(self) -> list[Message]:
        """Return the messages that are here, but come before the oldest that is drawn."""
        room = self._model.room
        messages = (room.place or room).timeline.messages
        oldest = self.shown.oldest
        if oldest is None or any(message.key == oldest for message in room.waiting):
            return list(messages)
        for at, message in enumerate(messages):
            if message.key == oldest:
                return messages[:at]
        return []

    def _stop_seeking(self) -> None:
        if self._seek_due:
            self.shown.after_cancel(self._seek_due)
            self._seek_due = ""

    def _stop(self) -> None:
        self._stop_seeking()
        if self._read_due:
            self.shown.after_cancel(self._read_due)
