"""Who is in the chat and in which rooms, what they are up to, and who has read what."""

from collections.abc import Callable, Sequence
from datetime import datetime

from tkchat.client.events import PresenceSet, SeenBy, Typing
from tkchat.client.message import Message
from tkchat.client.presence import Presence, State
from tkchat.client.room import Changes, Room
from tkchat.client.rooms import Rooms
from tkchat.i18n import tr


class Attendance:
    """A part of the model. ``presence`` is what people have said of themselves."""

    def __init__(self, rooms: Rooms, now: Callable[[], datetime]) -> None:
        self.presence: dict[str, Presence] = {}
        self._rooms = rooms
        self._now = now

    def presence_of(self, name: str) -> Presence | None:
        """Return what somebody is up to; None if they are not in the chat."""
        known = self.presence.get(name)
        if known is None and any(name in room.people for room in self._rooms.by_name.values()):
            known = Presence()
        return known

    def describe(self, name: str) -> str:
        """Return a name together with what that person says of themselves, if anything."""
        known = self.presence.get(name)
        if known is None:
            return name
        if known.state is State.HERE:
            words = known.text
        elif known.state is State.AWAY:
            words = tr("away: {status}").format(status=known.text) if known.text else tr("away")
        else:
            words = tr("busy: {status}").format(status=known.text) if known.text else tr("busy")
        return f"{name} ({words})"

    def seen_by(self, message: Message) -> list[str]:
        """Return who else has read a message of the current room, by name."""
        room = self._rooms.current
        shown = room.place or room
        if shown.timeline.find(message.era, message.seq) is not message:
            return []
        if message.era != self._rooms.era:
            return []
        names = [name for name, seq in room.seen.items() if seq >= message.seq]
        return sorted({*names} - {message.author, self._rooms.user}, key=str.casefold)

    def come(self, room: Room, names: Sequence[str], changes: Changes) -> None:
        """Take note that people are in a room."""
        are_new = any(self.presence_of(name) is None for name in names)
        room.people.update(names)
        changes.people |= room is self._rooms.current
        changes.presence |= are_new

    def go(self, room: Room, name: str, changes: Changes) -> None:
        """Take note that somebody is no longer in a room; out of all, they are not in the chat."""
        room.people.discard(name)
        room.typing.pop(name, None)
        if not any(name in each.people for each in self._rooms.by_name.values()):
            self.presence.pop(name, None)
            changes.presence = True
        changes.people |= room is self._rooms.current

    def type(self, event: Typing, changes: Changes) -> None:
        """Take note that somebody is writing something."""
        self._rooms.get(event.room).typing[event.user] = self._now()
        changes.typing |= event.room == self._rooms.current.name

    def be(self, event: PresenceSet, changes: Changes) -> None:
        """Take note of what somebody is up to."""
        self.presence[event.user] = Presence(event.state, event.text)
        if self.presence[event.user] == Presence():
            del self.presence[event.user]
        changes.presence = True

    def see(self, event: SeenBy, changes: Changes) -> None:
        """Take note of how far somebody else has read a room."""
        room = self._rooms.get(event.room)
        room.seen[event.user] = max(event.seq, room.seen.get(event.user, 0))
        changes.seen |= room is self._rooms.current

    def lose(self, changes: Changes) -> None:
        """Take note that the connection is gone: nobody knows who is there."""
        for room in self._rooms.by_name.values():
            room.people.clear()
            room.typing.clear()
        mine = self.presence.get(self._rooms.user)
        self.presence.clear()
        if mine is not None:
            self.presence[self._rooms.user] = mine
        changes.people = changes.typing = changes.presence = True
