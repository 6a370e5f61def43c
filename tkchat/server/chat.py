"""All chat state and every decision on it. Has no threads and no locks: the hub owns it."""

from collections.abc import Collection

from tkchat.net.connection import Connection
from tkchat.server.member import Member, Room
from tkchat.wire import plain
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL, check_name, name_key


class Chat:
    """Who is where, and what each is owed in the running turn.

    ``echo`` says whether people hear what they say themselves.
    """

    def __init__(self, *, echo: bool = True) -> None:
        self._echo = echo
        self._members: dict[str, Member] = {}
        self._rooms: dict[str, Room] = {GENERAL: Room(GENERAL)}
        self.active_rooms: dict[Room, None] = {}  #: those whose feed has something in this turn
        self.with_script: dict[Member, None] = {}  #: those who are owed more than their room's feed
        self.turn_bytes = 0  #: how much all rooms heard in this turn
        self.has_moves = False  #: whether somebody came or went in this turn

    @property
    def members(self) -> Collection[Member]:
        """Everybody."""
        return self._members.values()

    def enter(self, name: str, connection: Connection) -> Member:
        """Let somebody in under ``name``, which `check_name` returned.

        Raises:
            RemoteError: ``name-taken``.
        """
        key = name_key(name)
        if key in self._members:
            raise RemoteError("name-taken", f"The name {name} is taken.")
        room = self._rooms[GENERAL]
        member = Member(name, key, connection, room, since=room.feed.size)
        self._members[key] = member
        self._script(member)
        room.members[key] = member
        self._hear(room, plain.Joined(name))
        self.has_moves = True
        return member

    def leave(self, member: Member) -> None:
        """Take somebody out of the chat, who is still owed what was said before."""
        if member.gone:
            return
        member.gone = True
        self._script(member)
        member.settle()
        del self._members[member.key]
        self._take_out(member)
        self._hear(member.room, plain.Left(member.name))
        self.has_moves = True

    def quit(self, member: Member) -> None:
        """Say goodbye to somebody and take them out of the chat."""
        self.tell(member, plain.Notice(f"Goodbye, {member.name}"))
        self.leave(member)

    def say(self, member: Member, text: str) -> None:
        """Let ``member`` say something to the room."""
        self._from(member, plain.Said(member.name, text))

    def act(self, member: Member, what: str) -> None:
        """Let ``member`` do something in the room."""
        self._from(member, plain.action(member.name, what))

    def say_to(self, member: Member, to_name: str, text: str) -> None:
        """Let ``member`` say something to one person, in whatever room that is.

        Raises:
            RemoteError: ``not-allowed``, when nobody has that name.
        """
        to = self._members.get(_key(to_name, "A username"))
        if to is None:
            raise RemoteError("not-allowed", f"Nobody here is called {to_name}.")
        event = plain.direct(member.name, to.name, text)
        self.tell(to, event)
        if to is not member:
            self.tell(member, event)

    def move(self, member: Member, room_name: str) -> None:
        """Move ``member`` to a room, which begins to exist if need be.

        Raises:
            RemoteError: ``bad-name``.
        """
        room_name = check_name(room_name.removeprefix("#"), "A room's name")
        key = name_key(room_name)
        if name_key(member.room.name) == key:
            self.tell(member, plain.Notice(f"You are in {member.room.name} already."))
            return
        self._script(member)
        member.settle()
        old = member.room
        self._take_out(member)
        self._hear(old, plain.Left(member.name, old.name))
        room = self._rooms.setdefault(key, Room(room_name))
        member.room, member.since = room, room.feed.size
        room.members[member.key] = member
        self._hear(room, plain.Joined(member.name, room.name))

    def who(self, member: Member, room_name: str = "") -> None:
        """Tell ``member`` who is in a room.

        Raises:
            RemoteError: ``no-room``.
        """
        room = member.room
        if room_name:
            found = self._rooms.get(_key(room_name.removeprefix("#"), "A room's name"))
            if found is None:
                raise RemoteError("no-room", f"There is no room {room_name}; /rooms lists them.")
            room = found
        names = [each.name for each in room.members.values()]
        self.tell(member, *plain.people(room.name, names))

    def list_rooms(self, member: Member) -> None:
        """Tell ``member`` which rooms there are."""
        counts = [(room.name, len(room.members)) for room in self._rooms.values()]
        self.tell(member, *plain.rooms(counts))

    def tell(self, member: Member, *events: plain.Event) -> None:
        """Tell something to one person."""
        self._script(member)
        member.settle()
        member.script.extend(plain.encode(event) for event in events)

    def tell_all(self, event: plain.Event) -> None:
        """Tell something to everybody in every room."""
        for room in self._rooms.values():
            self._hear(room, event)

    def end_turn(self) -> None:
        """Forget what was owed: it is delivered."""
        for member in self.with_script:
            member.script.clear()
            member.since = 0
        self.with_script.clear()
        for room in self.active_rooms:
            room.feed.clear()
            if not room.members and room.name != GENERAL:
                self._rooms.pop(name_key(room.name), None)
        self.active_rooms.clear()
        self.turn_bytes = 0
        self.has_moves = False

    def _from(self, member: Member, event: plain.Event) -> None:
        if self._echo:
            self._hear(member.room, event)
            return
        self._script(member)
        member.settle()
        self._hear(member.room, event)
        member.since = member.room.feed.size

    def _hear(self, room: Room, event: plain.Event) -> None:
        line = plain.encode(event)
        room.feed.add(line)
        self.turn_bytes += len(line)
        self.active_rooms[room] = None

    def _take_out(self, member: Member) -> None:
        del member.room.members[member.key]
        self.active_rooms[member.room] = None

    def _script(self, member: Member) -> None:
        self.with_script[member] = None


def _key(name: str, what: str) -> str:
    return name_key(check_name(name, what))
