"""Remembers where reading stopped in each room, over switches, jumps and restarts."""

from dataclasses import dataclass, replace

from tkchat.client.model import Model
from tkchat.client.room_state import Anchor
from tkchat.client.session import Session
from tkchat.gui.messages.message_list import MessageList

SAVE_MS = 400  # after the last move
MOST_SPOTS = 50


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody was: a room, and the place in it; None for its newest message."""

    room: str
    anchor: Anchor | None


class Anchoring:
    """Keeps the place in view of the room that ``shown`` has; and a trail of places to go back to.

    An anchor's ``y`` is that of the last line of its message: the first one may yet become a
    header, or be one no longer.
    """

    def __init__(self, shown: MessageList, session: Session, model: Model) -> None:
        self._shown = shown
        self._session = session
        self._model = model
        self._due = ""
        self._trail: list[Spot] = []
        self.room = ""  #: whose messages are shown

    def here(self) -> Anchor | None:
        """Return where the reader is; None at the newest message."""
        first = None if self._shown.at_bottom else self._shown.first_in_view
        return Anchor(first.era, first.seq, self._shown.y_of(first.key)) if first else None

    def spot(self) -> Spot:
        """Return the same with its room."""
        return Spot(self.room, self.here())

    def push(self) -> None:
        """Remember where the reader is, who is about to jump elsewhere."""
        self._trail.append(self.spot())
        del self._trail[:-MOST_SPOTS]

    def pop(self) -> Spot | None:
        """Return where the last jump began, once; None if there was none."""
        return self._trail.pop() if self._trail else None

    def note(self) -> None:
        """Keep the place in a moment, when nothing moves any more."""
        if self._due:
            self._shown.after_cancel(self._due)
        room = self._model.rooms.get(self.room)
        is_back = room is not None and room.anchor is not None and self._shown.at_bottom
        self._due = self._shown.after(0 if is_back else SAVE_MS, self.keep)

    def keep(self) -> None:
        """Keep the place: it is about to be left."""
        self.close()
        room = self._model.rooms.get(self.room)
        if room is None or not self._shown.winfo_viewable():
            return
        anchor = self.here()
        last = room.timeline.last
        if anchor and last and anchor.era != last[0]:
            return  # in a log that is no more: nothing leads back there
        if anchor != room.anchor:
            room.anchor = anchor
            # After the next start, the present log is the first one again.
            self._session.set_anchor(room.name, replace(anchor, era=0) if anchor else None)

    def close(self) -> None:
        """Keep nothing any more: the list is about to go."""
        if self._due:
            self._shown.after_cancel(self._due)
            self._due = ""
