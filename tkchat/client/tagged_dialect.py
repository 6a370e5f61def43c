"""The dialect of tkchat's own hosts, in which every lasting event has its place in a log."""

from collections.abc import Callable
from dataclasses import replace

from tkchat.client.archive import Archive, Reply
from tkchat.client.chats import OtherHost
from tkchat.client.command_answers import CommandAnswers
from tkchat.client.database import DatabaseError
from tkchat.client.dialect import Answer, HangUp, NameRefused, NotLetIn, OtherKind, is_same
from tkchat.client.events import (
    Arrived,
    Came,
    Event,
    GapFound,
    Live,
    Noticed,
    PresenceSet,
    Problem,
    ReadTo,
    Reset,
    RoomsThere,
    SeenBy,
    Typing,
    Welcome,
    Went,
)
from tkchat.client.explain import explain_code
from tkchat.client.history import History
from tkchat.client.marks import Marks
from tkchat.client.membership import Membership
from tkchat.client.outgoing import Outgoing, Send
from tkchat.client.passwords import CHAT, NAME, Passwords
from tkchat.client.worker import Worker
from tkchat.i18n import tr
from tkchat.wire import order, plain, tagged
from tkchat.wire.entry import Entry
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, decode_tagged, is_tagged
from tkchat.wire.names import check_name
from tkchat.wire.requests import AskJoin, AskRooms, SetPresence, encode, encode_hello
from tkchat.wire.text import clean

_PASSING = ("storage", "server-full")  # refusals that end by themselves
_BEFORE_WELCOME = (
    tagged.Welcome, tagged.Refused, tagged.Ping, plain.Notice, order.Waiting, order.Removed
)  # fmt: skip
_WHOSE_PASSWORD = {CHAT: Problem.CHAT_PASSWORD, NAME: Problem.NAME_PASSWORD}


class TaggedDialect:
    """Hears a tagged host. What arrives is on this computer's disk before anybody is told of it.

    Belongs to the receiving thread. ``room`` tells which one this person looks at, ``enter``
    changes that, ``presence`` tells what they are up to, if the host has to be told, ``sender``
    returns what sends bytes over the present connection.
    """

    pings = True

    def __init__(
        self,
        name: str,
        history: History,
        archive: Archive,
        marks: Marks,
        outgoing: Outgoing,
        worker: Worker,
        room: Callable[[], str],
        enter: Callable[[str], object],
        presence: Callable[[], SetPresence | None],
        sender: Callable[[], Send],
        passwords: Passwords | None = None,
        answers: CommandAnswers | None = None,
    ) -> None:
        self._name = name
        self._history = history
        self._archive = archive
        self._marks = marks
        self._outgoing = outgoing
        self._worker = worker
        self._room = room
        self._presence = presence
        self._sender = sender
        self._passwords = passwords or Passwords()
        self._answers = answers or CommandAnswers()
        self.rooms = Membership(history, archive, worker, room, enter, self._write)
        self._is_open = False  # a view has been told of what is here, or that there is nothing
        self._needs_page = False  # nothing was here: the view has no first page
        # Of the present connection:
        self._asked_log = ""  # what it was asked to go on with
        self._heard = False  # anything at all
        self._is_in = False
        self.is_waiting = False
        self._is_live = False
        self._has_hole = False  # something could not be stored
        self._entries: list[Entry] = []  # to be stored and told together
        self._found: dict[str, list[Entry]] = {}  # answers to requests so far

    @property
    def knows_chat(self) -> bool:
        """Whether there is something to see without a host."""
        return self._history.chat is not None

    def met(self, host_key: bytes) -> None:
        """Take note of who answers on a new connection."""
        self._history.met(host_key)

    def hello(self) -> list[bytes]:
        """Begin on a new connection: return the line that asks to be let in."""
        self._heard = self._is_in = self.is_waiting = self._is_live = False
        self._answers.begin()
        self._has_hole = False
        self._entries.clear()
        self._found.clear()
        self.rooms.begin()
        return [self._hello(self._passwords.begin())]

    def _hello(self, password: str) -> bytes:
        hello = self._history.introduce(self._name, password)
        self._asked_log = hello.log
        return encode_hello(hello)

    def receive(self, raw: bytes) -> Answer:
        """Take a line of the host, without its line end.

        Raises:
            OtherKind, NameRefused, NotLetIn, HangUp
        """
        if not self._heard and not is_tagged(raw):
            if not self._history.log:
                raise OtherKind
            raise HangUp(tr("another kind of chat answers there now"))
        self._heard = True
        try:
            event = tagged.decode(_clean(decode_tagged(raw)))
        except RemoteError:
            told = tr("The host sent a line that cannot be read; it is left out.")
            return Answer([Noticed(told)])
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
        self.rooms.heard_of(entry.room for entry in entries)
        if own := [entry for entry in entries if entry.mid]:
            self._worker.do(lambda: self._outgoing.acknowledged(own))
            self.rooms.follow_spelling(own[-1].room)
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
        if opened is None:
            return []
        presence = self._presence()
        user = self._history.user
        return [opened, *([PresenceSet(user, presence.state, presence.text)] if presence else [])]

    def _store(self, entries: tuple[Entry, ...], head: int) -> Answer:
        """Put events on the disk, and how far they reach, unless some before them are missing."""
        answer = Answer()
        reached = None if self._has_hole else head
        if self._write(lambda: self._history.take(entries, reached), answer) and self._has_hole:
            answer.hang_up = tr("what could not be stored is fetched again")
        return answer

    def _write(self, write: Callable[[], object], answer: Answer) -> bool:
        """Write to the disk; if that fails, the host will be asked for the same again."""
        try:
            write()
        except DatabaseError as error:
            if not self._has_hole:
                told = tr("What arrives cannot be stored now. It will be fetched later. {why}")
                answer.events.append(Noticed(told.format(why=error)))
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
                self._worker.do(lambda: self._marks.was_read(room, seq))
                return Answer([ReadTo(room, seq, elsewhere=True)])
            case tagged.Topic(room, text, user):
                return self.rooms.topic(room, text, user)
            case order.Audit() | order.Banned():
                self._answers.take(event)
            case order.Done(re, text):
                return Answer([self._answers.complete(re, text)])
            case order.Waiting():
                self.is_waiting = True
                return Answer([event])
            case order.Removed(text):
                raise NotLetIn(text, Problem.REMOVED)
            case plain.Joined(user, room) if is_same(user, self._name):
                return self.rooms.come(room)
            case plain.Left(user, room) if is_same(user, self._name):
                return self.rooms.go(room)
            case plain.People(room, count, names):
                return self.rooms.people(room, count, names)
            case plain.Rooms(rooms):
                self.rooms.heard_of(name for name, _ in rooms)
                answer = self.rooms.settle() if self._is_live else Answer()
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
            raise HangUp(tr("the host gives you an impossible name")) from error
        try:
            is_another = self._history.welcomed(log, user, token)
        except OtherHost as error:
            told = tr("It says that it is another chat of yours, and does not have that one's key.")
            raise NotLetIn(told) from error
        if is_another:
            events += self._change_log()
        self._name = user
        self._is_in = True
        self.is_waiting = False
        self._passwords.forget()
        if was_known:
            events += self.open_offline()
        elif not self._is_open:
            self._is_open = self._needs_page = True
        events.append(Welcome(user, self._room(), tagged=True))
        if presence := self._presence():
            events.append(PresenceSet(user, presence.state, presence.text))
        # A log from before the last one, that of another network maybe: it has to be asked for
        # what was missed of it, instead of for the newest.
        is_known = is_another and self._history.head is not None
        why = tr("the host is another one than before, and asked for what was missed there")
        return Answer(events, hang_up=why if is_known else "")

    def _change_log(self) -> list[Event]:
        self._worker.do(self._outgoing.change_log)
        return [Reset()] if self._is_open else []

    def _go_live(self, seq: int) -> Answer:
        answer = self._store((), seq)
        self._is_live = True
        answer.events.append(Live())
        if presence := self._presence():
            answer.replies.append(encode(presence))
        answer.replies.append(encode(AskRooms()))
        answer.replies += [encode(AskJoin(room)) for room in list(self.rooms.wanted.values())]
        send = self._sender()
        self._worker.do(lambda: self._outgoing.begin(send))
        self._worker.do(self._archive.begin)
        if self._needs_page:
            self._needs_page = False
            room = self._room()
            self._worker.do(lambda: self._archive.older(room, None))
        return answer

    def _refused(self, event: tagged.Refused) -> Answer:
        why = explain_code(event.code, event.why)
        if not self._is_in and event.code == "name-taken":
            if event.log != self._asked_log and self._history.recognise(event.log):
                return Answer(replies=self.hello())  # it is ours, under another address
            kept = tr(
                "If it is yours from another computer or profile, go there; a name is free again "
                "when it was not used for 30 days."
            )
            raise NameRefused(f"{why} {kept}")
        if not self._is_in and event.code == "bad-name":
            raise NameRefused(why)
        if not self._is_in and event.code in _PASSING:
            raise HangUp(why)
        if not self._is_in and event.code == "bad-password":
            if password := self._passwords.answer(event.needs):
                return Answer(replies=[self._hello(password)])
            self._passwords.forget()
            raise NotLetIn(why, _WHOSE_PASSWORD.get(event.needs, Problem.CHAT_PASSWORD))
        if not self._is_in:
            raise NotLetIn(why)
        if event.mid:
            self._worker.do(lambda: self._outgoing.refused(event.mid, event.code, why))
        elif self._answers.is_name(event.re):
            return Answer([self._answers.complete(event.re, why, event.code)])
        elif event.re:
            is_no_room = event.code == "no-room"
            self._give(event.re, Reply((), more=True, failed=why, is_no_room=is_no_room))
        else:
            self.rooms.wanted.clear()
            return Answer([Noticed(why)])
        return Answer()

    def _about_others(self, event: tagged.Event | None) -> list[Event]:
        match event:
            case plain.Joined(user, room):
                return [Came(user, room)]
            case plain.Left(user, room):
                return [Went(user, room)]
            case tagged.Typing(room, user) if not is_same(user, self._name):
                return [Typing(room, user)]
            case tagged.Seen(room, user, seq):
                return [SeenBy(room, user, seq)]
            case tagged.Presence(user, state, text):
                return [PresenceSet(user, state, text)]
            case order.RoleIs() | order.Rules() | order.MutedFor() | order.Knock():
                return [event]
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
