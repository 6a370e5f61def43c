"""Tells the host how far this person has read, and the model whether they look."""

from collections.abc import Callable

from tkchat.client.model import Model
from tkchat.client.session import Session
from tkchat.gui.messages.message_list import MessageList

READ_MS = 300  # how long a person looks before something counts as read; in a rush, how often


class ReadMarks:
    """Whoever looks at the newest message in ``shown`` has read all of the room.

    ``is_looking`` tells whether the window has the keyboard.
    """

    def __init__(
        self,
        shown: MessageList,
        session: Session,
        model: Model,
        is_looking: Callable[[], bool],
    ) -> None:
        self._shown = shown
        self._session = session
        self._model = model
        self._is_looking = is_looking
        self._due = self._look_due = ""
        self._is_closed = False
        shown.winfo_toplevel().bind("<FocusOut>", lambda _event: self._look_later(), add=True)

    @property
    def is_watched(self) -> bool:
        """Whether the person sees what comes."""
        return self._shown.at_bottom and self._is_looking()

    def note(self) -> None:
        """Take down, in a moment, how far this person has read."""
        self._model.is_watched = self.is_watched
        if not self._due and self._model.is_tagged:
            self._due = self._shown.after(READ_MS, self._tell)

    def close(self) -> None:
        """End it: the list is about to go."""
        self._is_closed = True
        for due in (self._due, self._look_due):
            if due:
                self._shown.after_cancel(due)

    def _look_later(self) -> None:
        if not self._look_due and not self._is_closed:
            self._look_due = self._shown.after_idle(self._look)

    def _look(self) -> None:
        """Look now: only after the event is it known where the keyboard went."""
        self._look_due = ""
        self.note()

    def _tell(self) -> None:
        self._due = ""
        room = self._model.room
        self._model.is_watched = self.is_watched
        if self._model.is_watched and room.last_seq > room.read_seq:
            self._session.read(room.name, room.last_seq)
