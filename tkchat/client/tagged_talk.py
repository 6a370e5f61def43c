"""What a person does with a host that keeps a log: first on this computer's disk, then over there.

Called from the view's thread; nothing here waits.
"""

import queue
import time
from collections.abc import Callable
from dataclasses import replace

from tkchat.client import commands
from tkchat.client.archive import Archive
from tkchat.client.command_answers import CommandAnswers
from tkchat.client.commands import Action
from tkchat.client.database import Database
from tkchat.client.events import Event, Noticed, PresenceSet
from tkchat.client.history import History
from tkchat.client.marks import Marks
from tkchat.client.order import CommandAnswered
from tkchat.client.outgoing import Outgoing, new_mid, now_ms
from tkchat.client.own_host import OwnHost
from tkchat.client.pages import Cursor
from tkchat.client.passwords import Passwords
from tkchat.client.query import Query
from tkchat.client.receiver import Receiver
from tkchat.client.room_state import Anchor, Level
from tkchat.client.search import Hit
from tkchat.client.tagged_dialect import TaggedDialect
from tkchat.client.worker import Worker
from tkchat.i18n import tr
from tkchat.net.address import Address
from tkchat.wire.entry import Kind
from tkchat.wire.names import GENERAL
from tkchat.wire.presence import State
from tkchat.wire.requests import (
    AskJoin,
    AskLeave,
    AskPeople,
    AskRooms,
    Command,
    Request,
    Say,
    SayTyping,
    SetPresence,
    SetTopic,
    encode,
)
from tkchat.wire.text import check_message, check_topic, clean

TYPING_SECONDS = 3.0  # a room is told no more often that somebody is typing


class TaggedTalk:
    """Carries out what the person asks for; what takes time is the worker's job.

    ``close`` ends the session. With ``resumes`` it begins in the room that was looked at last, and
    remembers that for the next start.
    """

    def __init__(
        self,
        address: Address,
        events: "queue.SimpleQueue[Event]",
        receiver: Receiver,
        close: Callable[[], object],
        *,
        resumes: bool = False,
        passwords: Passwords | None = None,
        own: OwnHost | None = None,
    ) -> None:
        self.room = GENERAL  #: which one this person looks at
        self.worker = Worker(f"keeper {address}", lambda why: events.put(Noticed(why)))
        self._presence = SetPresence(State.HERE)
        self._has_presence = False  # it was ever another: the host may still know that one
        self._address = address
        self._emit = events.put
        self._receiver = receiver
        self._close = close
        self._resumes = resumes
        self._typed_at: dict[str, float] = {}
        self._passwords = passwords or Passwords()
        self._own = own
        self._answers = CommandAnswers()

    def open(self, database: Database, name: str) -> TaggedDialect:
        """Look at what this computer has, and begin with what was asked for so far.

        Waits for the disk.

        Raises:
            DatabaseError: it cannot be read.
        """
        history = self.history = History(database, str(self._address), name, self._own)
        if self._resumes:
            self.room = history.last_room()
        self._archive = Archive(history, self._ask, self._emit)
        self._marks = Marks(history, self._emit)
        self._outgoing = Outgoing(history, self.worker, self._emit)
        self._dialect = TaggedDialect(
            name,
            history,
            self._archive,
            self._marks,
            self._outgoing,
            self.worker,
            lambda: self.room,
            self._look_at,
            lambda: self._presence if self._has_presence else None,
            self._receiver.sender,
            self._passwords,
            self._answers,
        )
        self.worker.do(self._outgoing.load)
        self.worker.start()
        return self._dialect

    def say(self, text: str, room: str) -> list[Say]:
        """Say ``text``, or carry out the command that it is.

        Raises:
            WireError: it is too long, or there is no such command.
        """
        asked = commands.parse(text, self.history.user)
        if asked is None:
            return []
        match asked.action:
            case Action.SAY:
                to = self._dialect.rooms.spelled(asked.room)
                said = self.send(Say(to or room or self.room, asked.text))
                if to and to != self.room:
                    self.go_to(to)  # where it can be seen
                return said
            case Action.HELP:
                self._emit(Noticed(asked.text))
            case Action.WHO:
                # A list that comes before that of the rooms is taken for one of our rooms' people.
                if self._dialect.rooms.knows_rooms or self._ask(AskRooms()):
                    self._ask_now(AskPeople(asked.room or self.room))
                else:
                    self._emit(Noticed(_offline()))
            case Action.ROOMS:
                self._ask_now(AskRooms())
            case Action.JOIN:
                self.go_to(asked.room)
            case Action.LEAVE:
                self.leave_room(asked.room or room or self.room)
            case Action.TELL_TOPIC:
                self._tell_topic(room or self.room)
            case Action.SET_TOPIC:
                self.set_topic(room or self.room, asked.text)
            case Action.BE:
                state = self._presence.state if asked.state is None else asked.state
                self.be(SetPresence(state, asked.text))
                self.tell_presence()
            case Action.ORDER:
                self.command(asked.text, room or self.room, is_typed=True)
            case Action.QUIT:
                self._close()
        return []

    def command(self, text: str, room: str = "", *, is_typed: bool) -> str:
        """Have the host carry out ``text``, as ``/mute bob 10``; return the name of its answer.

        ``room`` is meant if the command may name one and does not.

        Raises:
            WireError: it is too long.
        """
        re = self._answers.new_name(is_typed=is_typed)
        place = "" if room.startswith("@") else room
        if not self._ask(Command(clean(text), re, place)):
            self._emit(CommandAnswered(re, _offline(), "offline", is_typed=is_typed))
        return re

    def send(self, say: Say) -> list[Say]:
        """Do something lasting; return it as it will be sent.

        Raises:
            WireError: it cannot be sent.
        """
        say = replace(say, room=say.room or self.room, text=clean(say.text), mid=new_mid())
        if say.kind not in (Kind.DELETE, Kind.REACT):
            check_message(say.text)
        encode(say)
        self.worker.do(lambda: self._outgoing.keep(say, now_ms()))
        return [say]

    def discard(self, mid: str) -> None:
        """Forget a refused or waiting message."""
        self.worker.do(lambda: self._outgoing.discard(mid))

    def replace(self, mid: str, text: str) -> None:
        """Take ``text`` for a refused or waiting message.

        Raises:
            WireError: it cannot be sent.
        """
        text = clean(text)
        check_message(text)
        say = Say(self.room, text, new_mid())
        self.worker.do(lambda: self._outgoing.replace(mid, say, now_ms()))

    def go_to(self, room: str) -> None:
        """Look at another room, and join it if need be."""
        rooms = self._dialect.rooms
        room = rooms.spelled(room)
        if not room.startswith("@") and room.casefold() not in rooms.joined:
            rooms.wanted[room.casefold()] = room
            self._ask(AskJoin(room))
        self._look_at(room)

    def leave_room(self, room: str) -> None:
        """Be no longer in a room."""
        if self._ask_now(AskLeave(room)) and room == self.room:
            self._look_at(GENERAL)

    def older(self, room: str, cursor: Cursor | int | None) -> None:
        """Ask for what comes before ``cursor`` in a room."""
        self.worker.do(lambda: self._archive.older(room, cursor))

    def around(self, room: str, at: Hit | int) -> None:
        """Ask for an earlier message among its neighbours."""
        if room != self.room:
            self.go_to(room)
        place = at.at if isinstance(at, Hit) else at
        self.worker.do(lambda: self._archive.around(room, place))

    def search(self, query_id: int, query: Query, room: str) -> None:
        """Look for messages."""
        self.worker.do(lambda: self._archive.search(query_id, query, room))

    def read(self, room: str, seq: int) -> None:
        """Take note that the person has read a room up to ``seq``."""
        self.worker.do(lambda: self._archive.mark_read(room, seq))

    def typing(self, room: str) -> None:
        """Take note that the person is writing something."""
        now = time.monotonic()
        if now > self._typed_at.get(room, -TYPING_SECONDS) + TYPING_SECONDS:
            self._typed_at[room] = now
            self._ask(SayTyping(room))

    def set_draft(self, room: str, text: str, answers: int) -> None:
        """Keep what the person is writing, and the seq of what it answers; but no password."""
        if commands.is_secret(text) or commands.may_be_mistyped(text):
            text = ""
        self._do_in(room, lambda spelled: self._archive.set_draft(spelled, text, answers))

    def set_topic(self, room: str, text: str) -> None:
        """Say what a room is about.

        Raises:
            WireError: it cannot be sent.
        """
        self._ask_now(SetTopic(room, check_topic(clean(text))))

    @property
    def presence(self) -> SetPresence:
        """What this person is up to, as they said last."""
        return self._presence

    def be(self, presence: SetPresence) -> None:
        """Take note of what this person is up to, before or after `open`."""
        self._has_presence |= presence != self._presence
        self._presence = presence

    def tell_presence(self) -> None:
        """Tell everybody what this person is up to, now or when they are connected."""
        self._emit(PresenceSet(self.history.user, self._presence.state, self._presence.text))
        self._ask(self._presence)

    def set_level(self, room: str, level: Level) -> None:
        """Remember which news of a room disturb."""
        self._do_in(room, lambda spelled: self._marks.set_level(spelled, level))

    def set_anchor(self, room: str, anchor: Anchor | None) -> None:
        """Remember where reading stopped in a room."""
        self._do_in(room, lambda spelled: self._marks.set_anchor(spelled, anchor))

    def refresh(self) -> None:
        """Ask which rooms there are now."""
        self._ask(AskRooms())

    def _do_in(self, room: str, keep: Callable[[str], object]) -> None:
        """Have something kept of a room: the host may have spelled it by then, see `go_to`."""
        self.worker.do(lambda: keep(self._dialect.rooms.spelled(room)))

    def _tell_topic(self, room: str) -> None:
        self.worker.do(lambda: self._marks.tell_topic(room))

    def _look_at(self, room: str) -> None:
        self.room = room
        self.worker.do(lambda: self._archive.enter(room))
        if self._resumes:
            self.worker.do(lambda: self._marks.set_last_room(room))

    def _ask(self, request: Request) -> bool:
        return self._receiver.send(encode(request))

    def _ask_now(self, request: Request) -> bool:
        is_sent = self._ask(request)
        if not is_sent:
            self._emit(Noticed(_offline()))
        return is_sent


def _offline() -> str:
    return tr("There is no connection to ask the host.")
