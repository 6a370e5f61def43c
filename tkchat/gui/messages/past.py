"""A stretch of a room's past that was jumped to, and how it grows while its reader moves on."""

from dataclasses import replace

from tkchat.client.message import Kind, Message
from tkchat.client.model import Link, Model
from tkchat.client.pages import Cursor
from tkchat.client.search import Hit
from tkchat.client.session import Session
from tkchat.gui.messages.history_edge import Edge


class Past:
    """Asks for the stretch around a message, and from each of its ends for the next stretch."""

    def __init__(self, session: Session, model: Model) -> None:
        self._session = session
        self._model = model
        self._hit: Hit | None = None  # what led here, if it was not an answer's quote
        self._dead_ends: set[int] = set()  # seqs behind or before which nothing can be had
        self._awaited: Message | None = None  # the end from which the reader waits to go on
        self._end_awaited = 0

    def open(self, room: str, at: Hit | int) -> None:
        """Jump to a message: one that was found, or that with a seq of the present log."""
        self._hit = at if isinstance(at, Hit) else None
        self._dead_ends.clear()
        self._awaited = None
        self._session.around(room, at)

    def edge(self) -> Edge:
        """Return what there is before the oldest message of the stretch, or else of the room."""
        model, room = self._model, self._model.room
        if room.place is not None:
            if room.place.at_start:
                return Edge.BEGINNING
            return Edge.MORE if self._has_older() else Edge.UNKNOWN
        if not model.is_tagged or not room.is_paged:
            return Edge.UNKNOWN
        if not room.has_older:  # `EmptyNote` says so where there is nothing else
            return Edge.BEGINNING if room.timeline.messages else Edge.UNKNOWN
        return Edge.OFFLINE if room.older_offline and model.link is not Link.ONLINE else Edge.MORE

    def widen(self, end: int) -> None:
        """Ask for what is before the oldest message (0) or behind the newest (-1)."""
        message = self._end(end)
        if message is None or message.seq in self._dead_ends or self._awaited is not None:
            return
        self._awaited, self._end_awaited = message, end
        at: Hit | int = message.seq
        if self._hit is not None:  # whose log may be an older one
            at = replace(self._hit, at=Cursor(self._hit.at.chat, message.seq + 1))
        self._session.around(self._model.room.name, at)

    def answered(self, jumped: Message | None) -> Message | None:
        """Return the end from which a jump goes on, if it is what `widen` asked for."""
        message = self._awaited
        if message is None or jumped is None:
            return None
        if (message.era, message.seq) != (jumped.era, jumped.seq):
            return None
        self._awaited = None
        end = self._end(self._end_awaited)
        if end is not None and end.seq == message.seq:
            self._dead_ends.add(message.seq)
        return message

    def _has_older(self) -> bool:
        end = self._end(0)
        return end is not None and end.seq not in self._dead_ends

    def _end(self, end: int) -> Message | None:
        place = self._model.room.place
        said = [m for m in place.messages if m.kind is Kind.SAID] if place else []
        return said[end] if said else None
