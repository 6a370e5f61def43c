"""Who is in the chat, and where. Has no threads and no locks: the hub owns it."""

import logging
import time

from tkchat.net.connection import Connection
from tkchat.server.accounts import Accounts, hash_token
from tkchat.server.audiences import Audiences
from tkchat.server.knocks import Knocks
from tkchat.server.limits import Limits
from tkchat.server.log import Log
from tkchat.server.log_records import LogError
from tkchat.server.member import NO_ROOMS, Admission, Member, Person, Room, View
from tkchat.server.names_in_use import NamesInUse
from tkchat.server.order import Order, PasswordNeeded, Visit
from tkchat.server.presences import Presences
from tkchat.server.read_marks import ReadMarks
from tkchat.server.rooms import Rooms
from tkchat.server.turn import Line, Turn
from tkchat.wire import plain, tagged
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL, name_key
from tkchat.wire.order import Role, Rules

__all__ = ["Admission", "Chat", "View"]

_log = logging.getLogger(__name__)


class Chat:
    """Everybody, every room, and what the running turn owes to whom.

    ``echo`` says whether plain clients hear what they say themselves.
    """

    def __init__(
        self,
        log: Log,
        *,
        echo: bool = True,
        limits: Limits | None = None,
        asks_approval: bool = False,
    ) -> None:
        limits = limits or Limits()
        self.log = log
        self.echo = echo
        self.turn = Turn()
        self.now_ms = 0  #: the running turn's time, of every event in it
        self.members: dict[Member, None] = {}  #: every connection that hears the chat
        state = log.load()
        self.accounts = Accounts(state.accounts, state.tokens)
        self.order = Order(state, self.turn, limits, asks_approval=asks_approval)
        self.knocks = Knocks(self.turn, limits)
        self.rooms = Rooms(state, self.turn.batch, limits)
        self.presences = Presences(self.turn, self.rooms.general)
        self.marks = ReadMarks(state.marks, self.accounts, self.rooms, self.turn, self.person)
        self._persons: dict[str, Person] = {}
        self._names = NamesInUse(self.accounts, self._persons)
        self._has_checked_log = False
        self._audiences = Audiences(self.turn)
        self._left_rooms: dict[Room, None] = {}

    def begin_turn(self) -> None:
        """Take the time."""
        self.now_ms = time.time_ns() // 1_000_000

    @property
    def people(self) -> int:
        """How many people are here."""
        return len(self._persons)

    def person(self, key: str) -> Person | None:
        """Return who is here under the name with ``key``."""
        return self._persons.get(key)

    def enter(self, name: str, connection: Connection, visit: Visit | None = None) -> Member:
        """Let a plain client in under ``name``, which `check_name` returned.

        Raises:
            RemoteError: ``name-taken``, ``not-allowed``, `PasswordNeeded` or `ApprovalNeeded`.
        """
        key, visit = name_key(name), visit or Visit()
        self.order.check_door(key, None, visit)
        if key in self._persons or not self.accounts.is_free(key):
            raise RemoteError("name-taken", f"The name {name} is taken.")
        self._names.check(key, name)
        self.order.check_new(key, self.rooms.general, visit)
        person = self._persons[key] = Person(name, key, came_at=self.turn.head(self.log.head))
        self._names.add(key, name)
        member = Member(person, connection, host=visit.host)
        self._subscribe(member, (self.rooms.general,))
        self._introduce(member, self.rooms.general)
        self.tell_order(member)
        return member

    def admit(
        self,
        name: str,
        token: str,
        install: str,
        connection: Connection,
        knows: tuple[str, int] = ("", 0),
        visit: Visit | None = None,
    ) -> Admission:
        """Let a tagged connection in, which hears nothing yet: it has to catch up with the log.

        ``knows`` is which log the client has, and up to where.

        Raises:
            RemoteError: ``name-taken``, ``not-allowed``, `PasswordNeeded` or `ApprovalNeeded`.
        """
        key, visit = name_key(name), visit or Visit()
        person = self._persons.get(key)
        account = self.accounts.find_proven(key, token, install)
        self.order.check_door(key, account, visit)
        if person is not None:
            if person.account is None:
                raise RemoteError("name-taken", f"The name {name} is taken.")
            self.accounts.use(person.account, self.turn.batch)  # by being here, however long
        if account is None and (registered := self.accounts.find_registered(key)) is not None:
            if visit.name_password != registered.password_hash:
                raise PasswordNeeded("name", registered.password_hash)
            token = self.accounts.add_token(registered, self.turn)
        elif account is None and self.accounts.is_free(key):
            self._names.check(key, name)
            self.order.check_new(key, self.rooms.general, visit)
            self.order.count_new(visit)
        account, claimed = self.accounts.claim(name, token, install, self.turn.batch)
        self._names.add(account.key, account.name)
        if claimed == token and self.accounts.was_loaded(account):
            self._check_log(*knows)
        self.accounts.note_password(account, self.order.password.version, self.turn.batch)
        person = person or Person(account.name, account.key, account)
        labels = self.rooms.labels(account.id)
        member = Member(person, connection, labels=labels, held=[], host=visit.host)
        member.token_hash = hash_token(claimed)
        return Admission(member, claimed, self.log.id, self.log.head)

    def _check_log(self, log: str, seq: int) -> None:
        """Rename the log if somebody who was here before this run has more of it than there is.

        It was put back to an older copy, so its numbers are about to mean something else than they
        did. But only once: somebody may say so who wants nothing but that everybody begins anew.
        """
        if log == self.log.id and seq > self.log.head and not self._has_checked_log:
            self._has_checked_log = True
            try:
                self.log.rename()
            except LogError as error:  # then those who have too much are told by `Reset` alone
                _log.warning("%s", error)

    def look(self, member: Member) -> View:
        """Return what a tagged connection may read now."""
        account = member.person.account
        return View(self.log.head, self.rooms.labels(account.id) if account else NO_ROOMS)

    def subscribe(self, member: Member) -> View:
        """Let a tagged connection hear what happens from now on, held back until `release`.

        Everything before that is in the view that this returns.

        Raises:
            RemoteError: ``not-allowed``, they were put out meanwhile.
        """
        self.order.check_stay(member.person)
        self.accounts.check_proof(member.person.account, member.token_hash)
        # Another connection of the same person may have come in meanwhile.
        person = member.person = self._persons.setdefault(member.person.key, member.person)
        account_id = person.account.id if person.account else 0
        self._subscribe(member, tuple(person.rooms) or tuple(self.rooms.of(account_id)))
        for room in person.rooms:
            self.tell_people(member, room)
            self._introduce(member, room)
        self.marks.tell(member, member.labels)
        self.presences.update(person)
        self.presences.tell(member)
        self.tell_order(member)
        return View(self.turn.head(self.log.head), member.labels)

    def release(self, member: Member) -> None:
        """Let a tagged connection hear what was held back for it."""
        if not member.gone:
            member.release()

    def leave(self, member: Member) -> None:
        """Take a connection out of the chat, which is still owed what was said before."""
        if member.gone:
            return
        member.gone = True
        self.turn.write_script(member)
        if member.audience is None:
            return
        person = member.person
        self._audiences.take_out(member)
        del self.members[member], person.members[member]
        if person.account is not None:
            self.accounts.use(person.account, self.turn.batch)
        if person.members:
            self.presences.update(person)
        else:
            self.presences.forget(person)
            del self._persons[person.key]
            self._names.forget_unowned(person.key, person.name)
            for room in person.rooms:
                self._empty_of(room, person)
                self._tell_move(room, plain.Left(person.name), plain.Left(person.name, room.name))

    def quit(self, member: Member) -> None:
        """Say goodbye to a connection and take it out of the chat."""
        self.tell(member, plain.Notice(f"Goodbye, {member.name}"))
        self.leave(member)

    def move(self, member: Member, room_name: str) -> None:
        """Move a plain client to a room, which begins to exist if need be.

        Raises:
            RemoteError: ``bad-name``.
        """
        person, old = member.person, member.room
        room = self.rooms.open(room_name)
        if room is old:
            self.tell(member, plain.Notice(f"You are in {old.name} already."))
            return
        self.order.check_room(person, room)
        self._put_all(person, (room,))
        self._empty_of(old, person)
        self._tell_move(old, plain.Left(person.name, old.name))
        room.people[person.key] = person
        self._tell_move(room, plain.Joined(person.name, room.name))
        self._introduce(member, room)

    def join(self, member: Member, room_name: str) -> None:
        """Put a tagged person into a room too, which begins to exist if need be.

        Raises:
            RemoteError: ``bad-name``.
        """
        person = member.person
        room = self.rooms.open(room_name)
        if room in person.rooms:
            self.tell(member, plain.Joined(person.name, room.name))
            return
        self.order.check_room(person, room)
        self.rooms.check_more(person)
        if person.account is not None:
            self.rooms.add_label(person.account.id, room, room.name, self.turn.batch)
            self.relabel(person)
        self._put_all(person, (*person.rooms, room))
        room.people[person.key] = person
        self._tell_move(room, plain.Joined(person.name, room.name))
        for each in person.members:
            self.tell_people(each, room)
            self._introduce(each, room)
            self.marks.tell(each, [room.id])

    def part(self, member: Member, room_name: str) -> None:
        """Take a tagged person out of a room.

        Raises:
            RemoteError: ``not-allowed``, ``no-room``, ``bad-name``.
        """
        room = self.rooms.find_own(member.person, room_name)
        if room is self.rooms.general:
            raise RemoteError("not-allowed", f"{GENERAL} is the room that everybody is in.")
        self.take_out(member.person, room)

    def take_out(self, person: Person, room: Room) -> None:
        """Take a tagged person out of a room that they are in."""
        self._tell_move(room, plain.Left(person.name, room.name))
        self._put_all(person, tuple(each for each in person.rooms if each is not room))
        self._empty_of(room, person)
        if person.account is not None:
            self.rooms.remove_label(person.account.id, room, self.turn.batch)
            self.relabel(person)

    def relabel(self, person: Person) -> None:
        """Tell all connections of a tagged person which rooms they may read now."""
        if person.account is not None:
            for member in person.members:
                member.labels = self.rooms.labels(person.account.id)

    def mark_read(self, member: Member, label: str, seq: int) -> None:
        """Move a tagged person's read mark in the room that they call ``label``; only forward.

        Raises:
            RemoteError: ``no-room``, ``bad-name``.
        """
        self.marks.move(member, label, min(seq, self.log.head))

    def who(self, member: Member, room_name: str = "") -> None:
        """Tell ``member`` who is in a room.

        Raises:
            RemoteError: ``no-room``, ``bad-name``.
        """
        self.tell_people(member, self.rooms.find(room_name) if room_name else member.room)

    def tell_people(self, member: Member, room: Room) -> None:
        """Tell ``member`` who is in ``room``."""
        names = [person.name for person in room.people.values()]
        people = tagged.people if member.is_tagged else plain.people
        self.tell(member, *people(room.name, names))

    def tell_topic(self, member: Member, room: Room) -> None:
        """Tell ``member`` what ``room`` is about."""
        if member.is_tagged:
            line = tagged.encode(tagged.Topic(room.name, room.topic, room.topic_by))
        else:
            line = plain.encode(plain.topic_is(room.name, room.topic))
        self.turn.tell(member, line)

    def tell_order(self, member: Member) -> None:
        """Tell ``member``, who comes in, who keeps order, and what holds for them."""
        if member.is_tagged:
            for role in self.accounts.roles():
                self.turn.tell(member, tagged.encode(role))
        self.order.tell_mute(member, self.now_ms)
        if member.person.role is not Role.MEMBER:
            self.knocks.show_all(member)

    def keepers(self) -> list[Member]:
        """Return the connections of those who keep order."""
        return [each for each in self.members if each.person.role is not Role.MEMBER]

    def list_rooms(self, member: Member) -> None:
        """Tell ``member`` which rooms there are; a plain client, which have somebody in them."""
        counts = [
            (room.name, len(room.people))
            for room in self.rooms
            if room.people or member.is_tagged or room is self.rooms.general
        ]
        self.tell(member, *plain.rooms(counts))

    def tell(
        self,
        member: Member,
        *events: plain.Joined | plain.Left | plain.People | plain.Rooms | plain.Notice,
    ) -> None:
        """Tell something to one connection that is not said in a room."""
        for event in events:
            line = tagged.encode(event) if member.is_tagged else plain.encode(event)
            self.turn.tell(member, line)

    def tell_all(self, event: plain.Notice) -> None:
        """Tell something to everybody, once."""
        line = Line(plain.encode(event), tagged.encode(event))
        for audience in self._audiences:
            self.turn.hear_in(audience, line)

    def end_turn(self) -> None:
        """Forget what was owed, and what nobody needs any more: it is delivered."""
        self.turn.clear()
        for room in self._left_rooms:
            self.rooms.forget_unused(room)
        self._left_rooms.clear()
        self._audiences.end_turn()

    def _subscribe(self, member: Member, rooms: tuple[Room, ...]) -> None:
        """Let ``member`` hear ``rooms``; the first of somebody's connections is announced."""
        person = member.person
        is_first = not person.members
        self.members[member] = None
        person.members[member] = None
        self._audiences.put(member, rooms)
        member.labels = self.rooms.labels(person.account.id) if person.account else NO_ROOMS
        if is_first:
            person.rooms = dict.fromkeys(rooms)
            for room in rooms:
                room.people[person.key] = person
                joined = plain.Joined(person.name, room.name)
                self._tell_move(room, plain.Joined(person.name), joined)

    def _put_all(self, person: Person, rooms: tuple[Room, ...]) -> None:
        """Let all connections of ``person`` hear ``rooms`` from now on."""
        person.rooms = dict.fromkeys(rooms)
        for member in person.members:
            self._audiences.take_out(member)
            self._audiences.put(member, rooms)

    def _introduce(self, member: Member, room: Room) -> None:
        """Tell ``member``, who comes into ``room``, what it is about, if anything."""
        if room.topic:
            self.tell_topic(member, room)
        if member.is_tagged and (room.is_locked or room.slow_seconds):
            rules = Rules(room.name, room.is_locked, room.slow_seconds)
            self.turn.tell(member, tagged.encode(rules))

    def _empty_of(self, room: Room, person: Person) -> None:
        del room.people[person.key]
        self._left_rooms[room] = None

    def _tell_move(
        self,
        room: Room,
        event: plain.Joined | plain.Left,
        tagged_event: plain.Joined | plain.Left | None = None,
    ) -> None:
        line = Line(plain.encode(event), tagged.encode(tagged_event or event))
        self.turn.hear(room, line)
        self.turn.has_moves = True
