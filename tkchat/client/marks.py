"""What is kept on this computer of each room, beside its messages."""

from collections.abc import Callable

from tkchat.client.events import Counted, Event, Noticed
from tkchat.client.history import History
from tkchat.client.room_state import Anchor, Level
from tkchat.i18n import tr


class Marks:
    """Writes to the disk; everything here runs on the worker's thread."""

    def __init__(self, history: History, emit: Callable[[Event], object]) -> None:
        self._history = history
        self._emit = emit

    def was_read(self, room: str, seq: int) -> None:
        """Remember that a room was read elsewhere, and tell what is unread of it now."""
        self._history.mark_read(room, seq)
        self._emit(Counted(room, self._history.unread(room)))

    def tell_topic(self, room: str) -> None:
        """Tell what a room is about."""
        topic = self._history.topics().get(room)
        told = tr("{room} is about: {topic}") if topic else tr("{room} has no topic.")
        self._emit(Noticed(told.format(room=room, topic=topic)))

    def set_last_room(self, room: str) -> None:
        """Remember which room this person looks at."""
        self._history.set_last_room(room)

    def set_level(self, room: str, level: Level) -> None:
        """Remember which news of a room disturb."""
        if self._history.chat is not None:
            self._history.set_level(room, level)

    def set_anchor(self, room: str, anchor: Anchor | None) -> None:
        """Remember where reading stopped in a room."""
        if self._history.chat is not None:
            self._history.set_anchor(room, anchor)
