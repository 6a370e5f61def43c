"""What a person sees of a chat: the session's events change it, the views draw it."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from enum import Enum

from tkchat.client import events, order
from tkchat.client.attendance import Attendance
from tkchat.client.chronicle import Chronicle
from tkchat.client.echoes import Echoes
from tkchat.client.events import Event, PeopleHere, RoomsThere
from tkchat.client.message import Kind, Message
from tkchat.client.order import Order
from tkchat.client.order_telling import BECAME_HOST, noticed, removed, told
from tkchat.client.presence import Presence
from tkchat.client.room import Changes, Level, Room
from tkchat.i18n import listed, tr
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say


class Link(Enum):
    """How this person is connected."""

    CONNECTING = "connecting"
    ONLINE = "online"
    LOST = "lost"


class Model:
    """All that is known of the chat. Belongs to one thread, that of the view.

    A host of the tagged dialect keeps a log, which the `Chronicle` follows in all rooms. A plain
    one tells only of the current room, and only while this person is there.
    """

    def __init__(self, user: str, now: Callable[[], datetime] | None = None) -> None:
        self._now = now or _now
        self._chronicle = Chronicle(user, self._now)
        self._rooms = self._chronicle.rooms
        self._attention = self._chronicle.attention
        self._attendance = Attendance(self._rooms, self._now)
        self._echoes = Echoes()
        self.order = Order(self._now)  #: who may do what, and what holds here
        self.room_counts: dict[str, int] = {GENERAL: 0}  #: as the host last listed them
        self.link = Link.CONNECTING
        self.is_tagged = False  #: whether the host keeps a log, as far as is known
        self.is_live = False  #: whether everything that was missed has come
        self.key_words = ""  #: those of the host's key, if the connection is encrypted
        self.is_readable = False  #: by others in the network, if nothing is encrypted
        self.lost_why = ""
        self.retry_at: datetime | None = None
        self._asked: set[type[Event]] = set()

    @property
    def user(self) -> str:
        """This person's name, as the host spells it."""
        return self._rooms.user

    @property
    def room(self) -> Room:
        """The room that this person looks at."""
        return self._rooms.current

    @property
    def rooms(self) -> dict[str, Room]:
        """The rooms that this person has seen, by name."""
        return self._rooms.by_name

    @property
    def people(self) -> Sequence[str]:
        """Who is in the current room, this person first, then by name."""
        others = sorted(self.room.people - {self.user}, key=str.casefold)
        return [self.user, *others] if self.user in self.room.people else others

    @property
    def waiting_count(self) -> int:
        """How many own messages, in all rooms, the host does not have yet (tagged dialect)."""
        return self._chronicle.waiting_count

    @property
    def total_unread(self) -> int:
        """How many unread messages there are that this person wants to know of."""
        return sum(room.news for room in self.rooms.values())

    @property
    def total_mentions(self) -> int:
        """How many of these name this person, or were said to them only."""
        return sum(room.mentions for room in self.rooms.values() if room.level is not Level.MUTED)

    @property
    def presence(self) -> dict[str, Presence]:
        """What people have said of themselves; who has said nothing is here."""
        return self._attendance.presence

    @property
    def is_watched(self) -> bool:
        """Whether the person looks at the current room, as far as is known; the view sets it.

        If not, what comes there counts as unread, and the "new" line begins with it.
        """
        return self._attention.is_watched

    @is_watched.setter
    def is_watched(self, is_watched: bool) -> None:
        self._attention.is_watched = is_watched

    def presence_of(self, name: str) -> Presence | None:
        """Return what somebody is up to; None if they are not in the chat."""
        return self._attendance.presence_of(name)

    def describe(self, name: str) -> str:
        """Return a name together with what that person says of themselves: ``bob (away)``."""
        return self._attendance.describe(name)

    def seen_by(self, message: Message) -> list[str]:
        """Return who else has read a message of the current room, by name; not its author.

        The host tells of conversations and smaller rooms.
        """
        return self._attendance.seen_by(message)

    def last_own(self, room: Room | None = None) -> Message | None:
        """Return the newest message of a room, the current one if none, that can be edited."""
        newest_first = reversed((room or self.room).timeline.messages)
        return next((each for each in newest_first if self.can_edit(each)), None)

    def set_level(self, room: str, level: Level) -> None:
        """Take note which news of a room is to disturb this person."""
        self._rooms.get(room).level = level

    def recent_speakers(self) -> list[str]:
        """Return who is in the chat: who spoke here last first, then the room, then the others."""
        latest = self.room.timeline.messages[-200:]
        spoke = [message.author for message in reversed(latest) if message.kind is Kind.SAID]
        everybody = set[str]().union(*(room.people for room in self.rooms.values()))
        others = sorted(everybody, key=str.casefold)
        ordered = dict.fromkeys([*spoke, *self.people, *others])
        return [name for name in ordered if name != self.user and name in everybody]

    def typists(self) -> list[str]:
        """Return who is typing in the current room."""
        return self.room.typists(self._now())

    def can_answer(self, message: Message) -> bool:
        """Whether this person can reply or react to ``message``."""
        is_said = message.kind is Kind.SAID and not message.deleted
        return is_said and bool(message.seq) and message.era == self._chronicle.era

    def can_edit(self, message: Message) -> bool:
        """Whether this person can change ``message``."""
        return message.own and self.can_answer(message)

    def can_delete(self, message: Message) -> bool:
        """Whether this person can take back ``message``, which need not be their own."""
        keeps_order = self.order.may_order(self.user) and not self.room.is_conversation
        return (message.own or keeps_order) and self.can_answer(message)

    def said_here(self, says: Sequence[Say], changes: Changes) -> None:
        """Show at once what this person said or did; the host will confirm each."""
        for say in says:
            if self.is_tagged:
                self._chronicle.expect(say, changes)
            else:
                message = self._tell(Kind.SAID, self.user, say.text, changes)
                self._echoes.add(message)

    def moving(self) -> None:
        """Take note that this person asked for another room: what they say now is for there."""
        self._echoes.moving(self._rooms.next_key)

    def asked_for(self, kind: type[PeopleHere] | type[RoomsThere]) -> None:
        """Show the next such event as a notice: this person asked for it by hand."""
        self._asked.add(kind)

    def back_to_now(self, changes: Changes) -> None:
        """Look at the newest messages of the room again, after a jump into its past."""
        self._chronicle.back_to_now(changes)

    def apply(self, event: Event, changes: Changes) -> None:
        """Take one event of the session, and note in ``changes`` what it changed."""
        chronicle = self._chronicle
        match event:
            case events.Arrived():
                chronicle.arrive(event, changes)
            case events.Older():
                chronicle.older(event, changes)
            case events.Jumped():
                chronicle.jump(event, changes)
            case events.Refused():
                chronicle.refuse(event, changes)
            case events.Discarded(mid):
                chronicle.discard(mid, changes)
            case events.Replaced():
                chronicle.replace(event, changes)
            case events.Edited():
                chronicle.edit(event, changes)
            case events.ReadTo():
                self._attention.read(event, changes)
            case events.Counted():
                self._attention.count(event, changes)
            case events.GapFound(_, last):
                chronicle.note_gap(last, changes)
            case events.Reset():
                chronicle.reset(changes)
            case events.Opened():
                self.is_tagged = True
                chronicle.open(event, changes)
            case events.Found():
                changes.results = event
            case events.Noticed(text) if text not in BECAME_HOST:  # a role is shown anyway
                self._tell(Kind.NOTICE, "", noticed(text), changes)
            case _:
                self._apply_to_people(event, changes)

    def _apply_to_people(self, event: Event, changes: Changes) -> None:
        match event:
            case events.Said(author, text):
                confirmed = self._echoes.confirm(text) if author == self.user else None
                if confirmed is None:
                    message = self._tell(Kind.SAID, author, text, changes)
                    self._attention.arrive_plainly(message, changes)
                else:
                    changes.delivered.append(confirmed)
            case events.Came(user, room):
                self._move(user, "joined", self._named(room), changes)
            case events.Went(user, room):
                self._move(user, "left", self._named(room), changes)
            case events.PeopleHere(names, name):
                here = self._named(name)
                self._attendance.come(here, names, changes)
                here_are = listed([self.describe(name) for name in names])
                told = tr("In {room}: {names}").format(room=here.name, names=here_are)
                self._answer(event, told, changes)
            case events.RoomsThere(rooms):
                self._list_rooms(rooms, changes)
                if self.is_live:
                    self._attention.settle(changes)
                there_are = listed([f"{name} ({count})" for name, count in rooms])
                self._answer(event, tr("Rooms: {rooms}").format(rooms=there_are), changes)
            case events.RoomJoined(name):
                self._chronicle.joined(name, changes)
            case events.RoomLeft(name):
                self._chronicle.left(name, changes)
            case events.Typing():
                self._attendance.type(event, changes)
            case events.PresenceSet():
                self._attendance.be(event, changes)
            case events.SeenBy():
                self._attendance.see(event, changes)
            case events.TopicSet():
                self._set_topic(event, changes)
            case _:
                self._apply_to_link(event, changes)

    def _apply_to_link(self, event: Event, changes: Changes) -> None:
        match event:
            case events.Connecting():
                self.key_words = ""
                self._set_link(Link.CONNECTING, changes)
            case events.Encrypted(words):
                self.key_words = words
            case events.Welcome(user, room, tagged):
                self._rooms.user = user
                self.is_tagged = tagged
                self.order.begin()
                changes.order = True
                for each in self.rooms.values():
                    each.people.clear()
                self._enter(room, changes)
                self._set_link(Link.ONLINE, changes)
            case events.Live():
                self.is_live = True
                self._chronicle.live(changes)
                self._set_link(Link.ONLINE, changes)
            case events.Entered(room, page):
                self._enter(room, changes)
                if self.is_tagged:
                    self._chronicle.enter(page, changes)
                else:
                    self._echoes.bring_along(self.rooms, self.room)
            case events.NotIn(problem, detail):
                self._lose(removed(detail) or problem.value, None, changes)
            case events.Lost(why, retry_seconds):
                self._lose(why, retry_seconds, changes)
            case _:
                self._apply_to_order(event, changes)

    def _apply_to_order(self, event: Event, changes: Changes) -> None:
        match event:
            case order.CommandAnswered():
                changes.answered.append(event)
                if event.is_typed:
                    self._tell(Kind.NOTICE, "", event.as_text(), changes)
            case order.RoleIs() | order.Waiting():
                self.order.apply(event)
                changes.order = changes.people = True
            case order.Rules(room, _, _, text):
                self.order.apply(event)
                changes.order = changes.rooms = True
                if text:
                    self._rooms.tell(self._rooms.get(room), Kind.NOTICE, "", told(event), changes)
            case order.MutedFor():
                self.order.apply(event)
                changes.order = True
                self._tell(Kind.NOTICE, "", told(event), changes)
            case order.Knock():
                self.order.apply(event)
                changes.order = True

    def _enter(self, name: str, changes: Changes) -> None:
        left = self.room
        if self._rooms.enter(name, changes) and not self.is_tagged:
            left.away_since = self._now()
        if not self.is_tagged:
            self.room.people.clear()
            self._tell_of_absence(changes)
        self._count_current()
        changes.people = changes.rooms = True

    def _tell_of_absence(self, changes: Changes) -> None:
        if self.room.away_since is not None and self.room.messages:
            since, now = (at.strftime("%H:%M") for at in (self.room.away_since, self._now()))
            if since == now:
                text = tr("You were away for a moment; what was said then is not shown.")
            else:
                text = tr("You were away from {since} to {now}; what was said then is not shown.")
            text = text.format(since=since, now=now)
            self._tell(Kind.NOTICE, "", text, changes)
        self.room.away_since = None

    def _list_rooms(self, rooms: Sequence[tuple[str, int]], changes: Changes) -> None:
        if any(name == GENERAL for name, _ in rooms):  # a long list comes in several
            self.room_counts.clear()
        self.room_counts.update(rooms)
        self._count_current()
        changes.rooms = True

    def _count_current(self) -> None:
        """List the current room too, even if the host does not do so yet."""
        if not self.room.is_conversation:
            self.room_counts.setdefault(self.room.name, 0)

    def _answer(self, event: Event, text: str, changes: Changes) -> None:
        if type(event) in self._asked:
            self._asked.discard(type(event))
            self._tell(Kind.NOTICE, "", text, changes)

    def _move(self, user: str, what: str, room: Room, changes: Changes) -> None:
        """Take note that somebody came into a room or went out of it."""
        if what == "joined":
            self._attendance.come(room, [user], changes)
        else:
            self._attendance.go(room, user, changes)
        if self.is_live or not self.is_tagged:  # who is there after a reconnect is no news
            self._rooms.tell(room, Kind.PRESENCE, user, what, changes)

    def _set_topic(self, event: events.TopicSet, changes: Changes) -> None:
        room = self._rooms.get(event.room)
        if event.text == room.topic:
            return
        room.topic = event.text
        changes.rooms = True
        changes.topic |= room is self.room
        if not event.user or (self.is_tagged and not self._attention.is_settled):
            return  # it was set before
        if event.text:
            told = tr("{name} set the topic: {topic}").format(name=event.user, topic=event.text)
        else:
            told = tr("{name} cleared the topic.").format(name=event.user)
        self._rooms.tell(room, Kind.PRESENCE, "", told, changes)

    def _lose(self, why: str, retry_seconds: float | None, changes: Changes) -> None:
        self.is_live = False
        changes.delivered += self._echoes.lose()
        self._attendance.lose(changes)
        self._attention.lose()
        if self.room.away_since is None and not self.is_tagged:
            self.room.away_since = self._now()
        self.lost_why = why
        self.retry_at = _later(self._now(), retry_seconds)
        self._set_link(Link.LOST, changes)

    def _named(self, room: str) -> Room:
        return self._rooms.get(room) if room else self.room

    def _set_link(self, link: Link, changes: Changes) -> None:
        self.link = link
        changes.link = True

    def _tell(self, kind: Kind, author: str, text: str, changes: Changes) -> Message:
        return self._rooms.tell(self.room, kind, author, text, changes)


def _now() -> datetime:
    return datetime.now().astimezone()


def _later(now: datetime, seconds: float | None) -> datetime | None:
    return None if seconds is None else now + timedelta(seconds=seconds)
