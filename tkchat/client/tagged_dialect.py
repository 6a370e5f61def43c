"""The dialect of tkchat's own hosts, in which every lasting event has its place in a log."""

from collections.abc import Callable
from dataclasses import replace

from tkchat.client.archive import Archive, Reply
from tkchat.client.database import DatabaseError
from tkchat.client.dialect import Answer, HangUp, NameRefused, NotLetIn, OtherKind, is_same
from tkchat.client.events import (
    Arrived,
    Came,
    Event,
    GapFound,
    Live,
    Noticed,
    PeopleHere,
    ReadTo,
    Reset,
    RoomJoined,
    RoomLeft,
    RoomsThere,
    Typing,
    Welcome,
    Went,
)
from tkchat.client.history import History
from tkchat.client.outgoing import Outgoing, Send
from tkchat.client.worker import Worker
from tkchat.wire import plain, tagged
from tkchat.wire.entry import Entry
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, decode_tagged, is_tagged
from tkchat.wire.names import check_name
from tkchat.wire.requests import AskJoin, AskRooms, Hello, encode, encode_hello
from tkchat.wire.text import clean

NAME_IS_KEPT = (
    "If it is yours from another computer or profile, go there; a name is free again when it was "
    "not used for 30 days."
)
NOT_READABLE = "The host sent a line that cannot be read; it is left out."
NOT_STORED = "What arrives cannot be stored now. It will be fetched again later. {}"
KNOWN_LOG = "the host is another one than before, and asked for what was missed there"
NO_LONGER_TAGGED = "another kind of chat answers there now"
_PASSING = ("storage", "server-full")  # refusals that end by themselves
_BEFORE_WELCOME = (tagged.Welcome, tagged.Refused, tagged.Ping, plain.Notice)


class TaggedDialect:
    """Hears a tagged host. What arrives is on this computer's disk before anybody is told of it.

    Belongs to the receiving thread, but for ``wanted``, ``joined`` and ``knows_rooms``. ``room``
    tells which one this person looks at, ``enter`` changes that, ``sender`` returns what sends
    bytes over the present connection.
    """

    pings = True

    def __init__(
        self,
        name: str,
        history: History,
        archive: Archive,
        outgoing: Outgoing,
        worker: Worker,
        room: Callable[[], str],
        enter: Callable[[str], object],
        sender: Callable[[], Send],
    ) -> None:
        self._name = name
        self._history = history
        self._archive = archive
        self._outgoing = outgoing
        self._worker = worker
        self._room = room
        self._enter = enter
        self._sender = sender
        self.wanted: dict[str, str] = {}  #: rooms to be joined: names by their keys
        self.joined: frozenset[str] = frozenset()  #: keys of the rooms that the host has us in
        self.knows_rooms = False  #: whether these are all of them
        self._left: set[str] = set()  # keys of the rooms that the view knows to be out of
        self._is_open = False  # a view has been told of what is here, or that there is nothing
        self._needs_page = False  # nothing was here: the view has no first page
        # Of the present connection:
        self._asked_log = ""  # what it was asked to go on with
        self._heard = False  # anything at all
        self._is_in = False
        self._is_live = False
        self._is_listing = False  # the host has begun to list our rooms
        self._has_hole = False  # something could not be stored
        self._entries: list[Entry] = []  # to be stored and told together
        self._found: dict[str, list[Entry]] = {}  # answers to requests so far

    @property
    def knows_chat(self) -> bool:
        """Whether there is something to see without a host."""
        return self._history.chat is not None

    def hello(self) -> list[bytes]:
        """Begin on a new connection: return the line that asks to be let in."""
        self._heard = self._is_in = self._is_live = False
        self._is_listing = self._has_hole = False
        self._entries.clear()
        self._found.clear()
        self.joined = frozenset()
        self.knows_rooms = False
        known = self._history
        self._asked_log = known.log
        hello = Hello(self._name, known.database.install, known.token, known.log, known.head)
        return [encode_hello(hello)]

    def receive(self, raw: bytes) -> Answer:
        """Take a line of the host, without its line end.

        Raises:
            OtherKind, NameRefused, NotLetIn, HangUp
        """
        if not self._heard and not is_tagged(raw):
            raise HangUp(NO_LONGER_TAGGED) if self._history.log else OtherKind
        self._heard = True
        try:
            event = tagged.decode(_clean(decode_tagged(raw)))
        except RemoteError:
            return Answer([Noticed(NOT_READABLE)])
        if not self._is_in and not isinstance(event, _BEFORE_WELCOME):
            return Answer()
        if isinstance(event, Entry):
            self._entries.append(event)
            return Answer()
        before = self.settle()
        after = self._react(event)
        return Answer(before.events + after.events, after.replies, before.hang_up or after.hang_up)

    def settle(self) -> Answer:
        """Store and tell what has arrived: nothing more has, for now."""
        entries, self._entries = tuple(self._entries), []
        if not entries:
            return Answer()
        # The answer to what was said again is an old event: not always is the last the newest.
        answer = self._store(entries, max(entry.seq for entry in entries))
        # One by one, so that a view can stop for breath after any of them.
        answer.events += [Arrived((entry,), self._is_live) for entry in entries]
        if own := [entry for entry in entries if entry.mid]:
            self._worker.do(lambda: self._outgoing.acknowledged(own))
            self._follow_spelling(own[-1].room)
        return answer

    def silence(self) -> Answer:
        """Take note that the host has said nothing for a while after `hello`.

        Raises:
            OtherKind: no host of this kind was ever there, so it is another.
        """
        if not self._heard and not self._history.log:
            raise OtherKind
        return Answer()

    def lost(self) -> None:
        """Take note that the connection is gone."""
        self._worker.do(self._outgoing.stop)
        self._worker.do(self._archive.stop)

    def open_offline(self) -> list[Event]:
        """Return what there is to see without a host, if that was not told yet."""
        if self._is_open:
            return []
        opened = self._archive.opened(self._room())
        self._is_open = opened is not None
        return [] if opened is None else [opened]

    def _store(self, entries: tuple[Entry, ...], head: int) -> Answer:
        """Put events on the disk, and how far they reach, unless some before them are missing."""
        answer = Answer()
        reached = None if self._has_hole else head
        if self._write(lambda: self._history.take(entries, reached), answer) and self._has_hole:
            answer.hang_up = "what could not be stored is fetched again"
        return answer

    def _write(self, write: Callable[[], object], answer: Answer) -> bool:
        """Write to the disk; if that fails, the host will be asked for the same again."""
        try:
            write()
        except DatabaseError as error:
            if not self._has_hole:
                answer.events.append(Noticed(NOT_STORED.format(error)))
            self._has_hole = True
            return False
        return True

    def _react(self, event: tagged.Event | None) -> Answer:
        match event:
            case tagged.Welcome(user, log, _, token):
                return self._come_in(user, log, token)
            case tagged.Refused():
                return self._refused(event)
            case tagged.Reset(log) if log == self._asked_log:
                self._history.disown()
                return Answer(self._change_log())
            case tagged.Live(seq):
                return self._go_live(seq)
            case tagged.Gap(first, last):
                answer = Answer()
                self._write(lambda: self._history.gap(first, last), answer)
                # After a request it is a part of the page that is read then.
                answer.events += [] if self._is_live else [GapFound(first, last)]
                return answer
            case tagged.Found(re, entry):
                self._found.setdefault(re, []).append(entry)
            case tagged.FoundAll(re, more):
                self._give(re, Reply(self._found.pop(re, []), more, moment=self._history.moment))
            case tagged.Ping():
                return Answer(replies=[encode(tagged.Pong())])
            case tagged.ReadTo(room, seq):
                self._worker.do(lambda: self._archive.was_read(room, seq))
                return Answer([ReadTo(room, seq)])
            case plain.Joined(user, room) if is_same(user, self._name):
                return self._joined_room(room)
            case plain.Left(user, room) if is_same(user, self._name):
                self.joined -= {room.casefold()}
                answer = Answer()
                self._write(lambda: self._history.forget_floor(room), answer)
                answer.events.append(self._left_room(room))
                return answer
            case plain.People(room, count, names):
                return self._people(room, count, names)
            case plain.Rooms(rooms):
                answer = self._settle_rooms()
                answer.events.append(RoomsThere(rooms))
                return answer
            case _:
                return Answer(self._about_others(event))
        return Answer()

    def _come_in(self, user: str, log: str, token: str) -> Answer:
        events: list[Event] = []
        was_known = self.knows_chat
        try:
            check_name(user)
        except RemoteError as error:
            raise HangUp("the host gives this person an impossible name") from error
        is_another = self._history.welcomed(log, user, token)
        if is_another:
            events += self._change_log()
        self._name = user
        self._is_in = True
        if was_known:
            events += self.open_offline()
        elif not self._is_open:
            self._is_open = self._needs_page = True
        events.append(Welcome(user, self._room(), tagged=True))
        # A log from before the last one, that of another network maybe: it has to be asked for
        # what was missed of it, instead of for the newest.
        is_known = is_another and self._history.head is not None
        return Answer(events, hang_up=KNOWN_LOG if is_known else "")

    def _change_log(self) -> list[Event]:
        self._worker.do(self._outgoing.change_log)
        return [Reset()] if self._is_open else []

    def _go_live(self, seq: int) -> Answer:
        answer = self._store((), seq)
        self._is_live = True
        answer.events.append(Live())
        answer.replies.append(encode(AskRooms()))
        answer.replies += [encode(AskJoin(room)) for room in list(self.wanted.values())]
        send = self._sender()
        self._worker.do(lambda: self._outgoing.begin(send))
        self._worker.do(self._archive.begin)
        if self._needs_page:
            self._needs_page = False
            room = self._room()
            self._worker.do(lambda: self._archive.older(room, None))
        return answer

    def _refused(self, event: tagged.Refused) -> Answer:
        if not self._is_in and event.code == "name-taken":
            if event.log != self._asked_log and self._history.recognise(event.log):
                return Answer(replies=self.hello())  # it is ours, under another address
            raise NameRefused(f"{event.why} {NAME_IS_KEPT}")
        if not self._is_in and event.code == "bad-name":
            raise NameRefused(event.why)
        if not self._is_in and event.code in _PASSING:
            raise HangUp(event.why)
        if not self._is_in:
            raise NotLetIn(event.why)
        if event.mid:
            self._worker.do(lambda: self._outgoing.refused(event.mid, event.code, event.why))
        elif event.re:
            self._give(event.re, Reply((), more=True, failed=event.why))
        else:
            self.wanted.clear()
            return Answer([Noticed(event.why)])
        return Answer()

    def _joined_room(self, room: str) -> Answer:
        key = room.casefold()
        # Before it lists our rooms, the host only announces to everybody that we are in them again.
        is_new = self._is_listing and key not in self.joined
        is_wanted = self.wanted.pop(key, None) is not None
        self.joined |= {key}
        answer = Answer()
        if is_new:
            # What comes next does not follow on what is here from an earlier time.
            self._write(lambda: self._history.forget_floor(room), answer)
        if is_wanted:
            self._follow_spelling(room)
        answer.events.append(self._now_in(room, is_new=is_new and is_wanted))
        return answer

    def _left_room(self, room: str) -> Event:
        self._left.add(room.casefold())
        return RoomLeft(room)

    def _now_in(self, room: str, *, is_new: bool = False) -> Event:
        """Return that this person is in a room; a view that looks at it has to begin anew."""
        key = room.casefold()
        if is_new or (key in self._left and room == self._room()):
            self._worker.do(lambda: self._archive.fetch(room))
        self._left.discard(key)
        return RoomJoined(room)

    def _settle_rooms(self) -> Answer:
        """Look which rooms were left behind our back: the host has listed all that we are in.

        It lists them after `Live`, and so before it answers what was asked then.
        """
        answer = Answer()
        if self.knows_rooms or not self._is_live:
            return answer
        self.knows_rooms = True
        missed: list[str] = []
        self._write(lambda: missed.extend(self._history.settle_rooms(self.joined)), answer)
        for room in missed:
            answer.events.append(self._left_room(room))
            if room.casefold() in self.joined:
                answer.events.append(self._now_in(room))
        return answer

    def _follow_spelling(self, room: str) -> None:
        """Look at ``room`` if the current one is the same, but was typed in another way."""
        current = self._room()
        if current != room and current.casefold() == room.casefold():
            self._enter(room)

    def _people(self, room: str, count: int, names: tuple[str, ...]) -> Answer:
        key = room.casefold()
        self._is_listing = True
        if self.knows_rooms and key not in self.joined:
            return Answer([Noticed(f"In {room} ({count}): {' '.join(names)}")])
        events: list[Event] = [] if key in self.joined else [self._now_in(room)]
        self.joined |= {key}
        return Answer([*events, PeopleHere(names, room)])

    def _about_others(self, event: tagged.Event | None) -> list[Event]:
        match event:
            case plain.Joined(user, room):
                return [Came(user, room)]
            case plain.Left(user, room):
                return [Went(user, room)]
            case tagged.Typing(room, user) if not is_same(user, self._name):
                return [Typing(room, user)]
            case plain.Notice(text):
                return [Noticed(text)]
            case _:
                return []

    def _give(self, re: str, reply: Reply) -> None:
        self._worker.do(lambda: self._archive.answered(re, reply))


def _clean(line: Line) -> Line:
    return replace(
        line, text=clean(line.text), tags={key: clean(value) for key, value in line.tags.items()}
    )
