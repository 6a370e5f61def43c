"""Which rooms the host has a person in, and what these are about: what it says against the disk."""

from collections.abc import Callable, Iterable

from tkchat.client.archive import Archive
from tkchat.client.dialect import Answer, in_room
from tkchat.client.events import Event, Noticed, PeopleHere, RoomJoined, RoomLeft, TopicSet
from tkchat.client.history import History
from tkchat.client.worker import Worker
from tkchat.wire.names import GENERAL

Write = Callable[[Callable[[], object], Answer], bool]  #: writes to the disk, or says why not


class Membership:
    """A part of the tagged dialect. ``room`` tells which one this person looks at.

    Belongs to the receiving thread, but for ``wanted``, ``joined``, ``knows_rooms`` and `spelled`.
    ``enter`` changes the room that is looked at.
    """

    def __init__(
        self,
        history: History,
        archive: Archive,
        worker: Worker,
        room: Callable[[], str],
        enter: Callable[[str], object],
        write: Write,
    ) -> None:
        self.wanted: dict[str, str] = {}  #: rooms to be joined: names by their keys
        self.joined: frozenset[str] = frozenset()  #: keys of the rooms that the host has us in
        self.knows_rooms = False  #: whether these are all of them
        self._history = history
        self._archive = archive
        self._worker = worker
        self._room = room
        self._enter = enter
        self._write = write
        self._names = frozenset(history.room_names())  # as the host spells them
        self._left: set[str] = set()  # keys of the rooms that the view knows to be out of
        self._was_settled = False  # on any connection
        # Of the present connection:
        self._is_listing = False  # the host has begun to list our rooms
        self._topics: set[str] = set()  # rooms whose topics it has told

    def spelled(self, room: str) -> str:
        """Return a room's name as the host spells it, if this computer has ever heard of it."""
        names, key = self._names, room.casefold()
        if room in names:
            return room
        return next((name for name in names if name.casefold() == key), room)

    def heard_of(self, rooms: Iterable[str]) -> None:
        """Take note of rooms that there are, in the host's spelling."""
        if new := set(rooms) - self._names:
            self._names |= new

    def begin(self) -> None:
        """Begin on a new connection."""
        self.joined = frozenset()
        self.knows_rooms = self._is_listing = False
        self._topics.clear()

    def come(self, room: str) -> Answer:
        """Take note that this person is in a room."""
        key = room.casefold()
        self.heard_of([room])
        # Before it lists our rooms, the host only announces to everybody that we are in them again.
        is_new = self._is_listing and key not in self.joined
        is_wanted = self.wanted.pop(key, None) is not None
        self.joined |= {key}
        answer = Answer()
        if is_new:
            # What comes next does not follow on what is here from an earlier time.
            self._write(lambda: self._history.forget_floor(room), answer)
        if is_wanted:
            self.follow_spelling(room)
        answer.events.append(self._now_in(room, is_new=is_new and is_wanted))
        return answer

    def go(self, room: str) -> Answer:
        """Take note that this person is out of a room."""
        self.joined -= {room.casefold()}
        answer = Answer()
        self._write(lambda: self._history.forget_floor(room), answer)
        answer.events.append(self._out_of(room))
        return answer

    def people(self, room: str, count: int, names: tuple[str, ...]) -> Answer:
        """Take a list of who is in a room: unasked for, it is one of ours."""
        key = room.casefold()
        self.heard_of([room])
        self._is_listing = True
        if self.knows_rooms and key not in self.joined:
            return Answer([Noticed(in_room(room, count, names))])
        events: list[Event] = [] if key in self.joined else [self._now_in(room)]
        self.joined |= {key}
        return Answer([*events, PeopleHere(names, room)])

    def topic(self, room: str, text: str, user: str) -> Answer:
        """Take note of what a room is about."""
        self._topics.add(room)
        answer = Answer([TopicSet(room, text, user)])
        self._write(lambda: self._history.set_topic(room, text), answer)
        return answer

    def settle(self) -> Answer:
        """Look what has changed behind our back: the host has listed all rooms that we are in.

        It lists them after `Live`, and so before it answers what was asked then; so it does with
        the topics, where there are any.
        """
        answer = Answer()
        if self.knows_rooms:
            return answer
        self.knows_rooms = True
        self._go_where_it_is()
        missed: list[str] = []
        self._write(lambda: missed.extend(self._history.settle_rooms(self.joined)), answer)
        for room in missed:
            answer.events.append(self._out_of(room))
            if room.casefold() in self.joined:
                answer.events.append(self._now_in(room))
        cleared = [
            room
            for room in self._history.topics()
            if room not in self._topics and room.casefold() in self.joined
        ]
        for room in cleared:
            answer.events += self.topic(room, "", "").events
        return answer

    def follow_spelling(self, room: str) -> None:
        """Look at ``room`` if the current one is the same, but was typed in another way."""
        current = self._room()
        if current != room and current.casefold() == room.casefold():
            self._worker.do(lambda: self._history.respell(current, room))
            self._enter(room)

    def _go_where_it_is(self) -> None:
        """Look at another room if the one of the last time is not ours any more, or is no more."""
        room, is_first = self._room(), not self._was_settled
        self._was_settled = True
        key = room.casefold()
        is_lost = not room.startswith("@") and key not in self.joined | self.wanted.keys()
        if is_first and is_lost and room != GENERAL:
            self._enter(GENERAL)

    def _out_of(self, room: str) -> Event:
        self._left.add(room.casefold())
        return RoomLeft(room)

    def _now_in(self, room: str, *, is_new: bool = False) -> Event:
        """Return that this person is in a room; a view that looks at it has to begin anew."""
        key = room.casefold()
        if is_new or (key in self._left and room == self._room()):
            self._worker.do(lambda: self._archive.fetch(room))
        self._left.discard(key)
        return RoomJoined(room)
