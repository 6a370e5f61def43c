"""What a person has not seen yet: how much, where it begins, and what of it is worth a word."""

from collections import deque
from collections.abc import Iterator

from tkchat.client.events import Counted, ReadTo
from tkchat.client.mentions import mentions
from tkchat.client.message import Kind, Message
from tkchat.client.room import Changes, Heard, Room
from tkchat.client.rooms import Rooms

MOST_MISSED = 200  #: of what was missed while the connection was lost, so much is told of


class Attention:
    """A part of the model. ``is_watched`` tells whether the person looks at the current room."""

    def __init__(self, rooms: Rooms) -> None:
        self.is_watched = True
        self._rooms = rooms
        self._was_here = False  # so that what is missing here was missed
        self._was_live = False  # in this run
        self.is_settled = False  #: what was read, said and set elsewhere meanwhile is known, too
        self._missed: deque[Heard] = deque(maxlen=MOST_MISSED)  # maybe read elsewhere

    def open(self) -> None:
        """Take note that the person sees what this computer has of the chat."""
        self._was_here = True
        room = self._rooms.current
        room.new_from = room.first_unread

    def enter(self) -> None:
        """Take note that the person looks at the current room: all of it is there to be read."""
        room = self._rooms.current
        room.unread = room.mentions = room.first_unread = 0

    def live(self) -> None:
        """Take note that what was missed has come."""
        self._was_here = self._was_live = True

    def settle(self, changes: Changes) -> None:
        """Tell of what was missed, and was not read elsewhere: that is known now."""
        self.is_settled = True
        for heard in self._missed:
            if heard.message.seq > self._rooms.get(heard.room).read_seq:
                changes.heard.append(heard)
        self._missed.clear()

    def lose(self) -> None:
        """Take note that the connection is gone."""
        self.is_settled = False

    def arrive(self, room: Room, message: Message, changes: Changes) -> None:
        """Take note of a message from the host's log, the newest of its room."""
        if message.own or message.seq <= room.read_seq:
            return
        is_named = is_mention(room, message, self._rooms.user)
        is_current = room is self._rooms.current
        is_seen = self.is_watched and self.is_settled
        if is_current and not is_seen and self._was_here and self._begins_anew(room):
            self._move_line(room, message.seq, changes)
        if not (is_current and self.is_watched):
            room.unread += 1
            room.mentions += is_named
            room.first_unread = room.first_unread or message.seq
            changes.rooms = True
        if self.is_settled:
            self._hear(room, message, is_named, changes.heard)
        elif self._was_live:
            self._hear(room, message, is_named, self._missed)

    def arrive_plainly(self, message: Message, changes: Changes) -> None:
        """Take note of a message of a host that keeps no log, in the current room."""
        room = self._rooms.current
        if not message.own:
            self._hear(room, message, is_mention(room, message, self._rooms.user), changes.heard)

    def write(self, room: Room, changes: Changes) -> None:
        """Take note that the person has answered: nothing of what is there is new to them."""
        self._move_line(room, 0, changes)

    def read(self, event: ReadTo, changes: Changes) -> None:
        """Take note that a room was read up to somewhere."""
        room, seq = self._rooms.get(event.room), event.seq
        if seq <= room.read_seq:
            return
        room.read_seq = seq
        unread = list(self._unread(room, seq))
        is_whole = seq >= room.last_seq or self._reaches_back_to(room, seq)
        if room.unread and is_whole:
            self._set(room, unread, changes)
        if event.elsewhere and 0 < room.new_from <= seq:
            self._move_line(room, unread[-1].seq if unread and is_whole else 0, changes)

    def count(self, event: Counted, changes: Changes) -> None:
        """Take the counts of a room of which not all is here."""
        room, stored = self._rooms.get(event.room), event.unread
        is_seen = room is self._rooms.current and self.is_watched
        if is_seen or 0 < stored.first <= room.read_seq:
            return
        newer = list(self._unread(room, max(stored.upto, room.read_seq)))
        self._set(room, newer, changes)
        room.unread += stored.count
        room.mentions += stored.mentions
        room.first_unread = stored.first or room.first_unread

    def _begins_anew(self, room: Room) -> bool:
        """Tell whether the new messages begin with the next one."""
        was_read = not self.is_watched and room.read_seq >= room.new_from
        return not room.new_from or was_read

    def _hear(
        self, room: Room, message: Message, is_named: bool, told: "list[Heard] | deque[Heard]"
    ) -> None:
        if room.wants(is_named):
            told.append(Heard(room.name, message, is_named))

    def _set(self, room: Room, unread: list[Message], changes: Changes) -> None:
        room.unread = len(unread)
        room.mentions = sum(is_mention(room, each, self._rooms.user) for each in unread)
        room.first_unread = unread[-1].seq if unread else 0
        changes.rooms = True

    def _move_line(self, room: Room, seq: int, changes: Changes) -> None:
        if seq == room.new_from:
            return
        for place in (room.new_from, seq):
            message = room.timeline.find(self._rooms.era, place)
            if message is not None and room is self._rooms.current and room.place is None:
                changes.changed.append(message)
        room.new_from = seq

    def _reaches_back_to(self, room: Room, seq: int) -> bool:
        first = room.timeline.first
        return first is not None and first <= (self._rooms.era, seq)

    def _unread(self, room: Room, seq: int) -> Iterator[Message]:
        """Yield the messages of others after ``seq`` that are here, the newest first."""
        for message in reversed(room.timeline.messages):
            if message.seq and (message.era, message.seq) <= (self._rooms.era, seq):
                return
            if message.kind is Kind.SAID and message.seq and not message.own:
                yield message


def is_mention(room: Room, message: Message, user: str) -> bool:
    """Tell whether ``message`` names ``user``, or is said to them only."""
    return room.is_conversation or mentions(message.text, user)
