"""The tagged dialect on the host's side: the handshake with its replay, then the requests."""

import re

from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost
from tkchat.server import order_commands, speech, topics
from tkchat.server.chat import Admission, Chat
from tkchat.server.door import Door
from tkchat.server.flood import cost, is_passing
from tkchat.server.hub import Hub, HubClosed, Request
from tkchat.server.log import Log
from tkchat.server.log_records import LogError
from tkchat.server.member import Member
from tkchat.server.order import PasswordNeeded, Visit
from tkchat.server.replay import PAGE, Replay
from tkchat.server.talk import (
    SECOND_TRY_SECONDS,
    WAITING,
    Errand,
    become_host,
    refusing,
    too_long,
)
from tkchat.wire import tagged
from tkchat.wire.buffer import TooLong
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, decode_tagged
from tkchat.wire.names import check_name
from tkchat.wire.order import Removed, Waiting
from tkchat.wire.requests import (
    AskHistory,
    AskJoin,
    AskLeave,
    AskPeople,
    AskRooms,
    AskSearch,
    Command,
    Hello,
    Quit,
    Say,
    SayRead,
    SayTyping,
    SetPresence,
    SetTopic,
    decode,
    decode_hello,
)
from tkchat.wire.tagged import Ping, Pong
from tkchat.wire.text import clean

MOST_ROUNDS = 5  # of catching up with people who talk faster than the log is read

_MID = re.compile(rb"[@;]mid=([0-9A-Za-z]{1,64})(?![^;])")


class TaggedTalk:
    """Who sends tags gets tags: every event with its place in the log."""

    ping_seconds = 15.0
    answer_seconds = 25.0

    def __init__(
        self, connection: Connection, hub: Hub, log: Log, door: Door | None = None
    ) -> None:
        self._connection = connection
        self._hub = hub
        self._log = log
        self._door = door or Door(hub)
        self._replay: Replay | None = None
        self._member: Member | None = None

    def come_in(self, raw: bytes) -> Member:
        """Let the client in, and send it what it missed; what happens meanwhile comes after."""
        hello = decode_hello(decode_tagged(raw))
        admission = self._admit(hello)
        member = self._member = admission.member
        account = member.person.account
        self._replay = Replay(self._log, self._connection, account.id if account else 0)
        try:
            self._catch_up(hello, admission)
        except LogError as error:
            self.refuse(RemoteError("storage", str(error)))
            self._hub.leave(member)
            raise ConnectionLost("the log cannot be read") from error
        except RemoteError as error:  # put out meanwhile
            self._send(Removed(str(error)))
            self._hub.leave(member)
            raise ConnectionLost("was put out") from error
        except BaseException:
            self._hub.leave(member)
            raise
        if self._door.visit.is_host:
            self._hub.request(member, [become_host()])
        return member

    def refuse(self, refusal: RemoteError) -> None:
        """Say that a handshake was refused."""
        log = self._log.id if refusal.code == "name-taken" else ""
        needs = refusal.needs if isinstance(refusal, PasswordNeeded) else ""
        self._send(tagged.Refused(refusal.code, str(refusal), log=log, needs=needs))

    def read(self, raw: bytes | TooLong) -> Request | Errand | None:
        """Return what there is to do for a line."""
        mid, re_ = _find_mid(raw), ""
        try:
            if isinstance(raw, TooLong):
                raise too_long(self._door.guard.limits.line_bytes)
            line = decode_tagged(raw)
            re_ = line.tags.get("re", "")[:64]
            asked = decode(Line(clean(line.text), line.tags))
            match asked:
                case Ping():
                    return Errand(lambda: self._send(Pong()), is_passing=True)
                case AskHistory() | AskSearch():
                    return Errand(lambda: self._answer(asked))
                case None | Pong():
                    pass
                case Command():
                    return self._command(asked)
                case _:
                    return Request(
                        lambda chat, member: _carry_out(chat, member, asked),
                        mid,
                        re_,
                        cost(asked),
                        is_passing(asked),
                    )
        except RemoteError as refusal:
            return refusing(refusal, mid, re_)
        return None

    def hear(self) -> None:
        """Take note that the welcome has arrived, with the token in it."""
        account = self._member.person.account if self._member is not None else None
        if account is not None and account.install:
            self._hub.do(lambda chat: chat.accounts.end_install(account, chat.turn.batch))

    def ping(self) -> bool:
        """Ask whether the client is there."""
        self._send(Ping())
        return True

    def _command(self, asked: Command) -> Request | Errand:
        """Return how a command is carried out.

        Raises:
            RemoteError: ``bad-line``.
        """
        found = order_commands.parse(asked.text, asked.room)
        if found is None:
            word = asked.text.partition(" ")[0][:40]
            raise RemoteError("bad-line", f"There is no command {word} that the host carries out.")
        member = self._member
        if not found.is_secret or member is None:
            return found.request(asked.re)
        return Errand(lambda: found.carry_out(self._hub, self._door.guard, member, asked.re))

    def _admit(self, hello: Hello) -> Admission:
        name = check_name(hello.user)
        knows = (hello.log, hello.since or 0)

        def ask(visit: Visit) -> Admission:
            token, install = hello.token, hello.install
            return self._hub.admit(name, token, install, self._connection, knows, visit)

        def admit() -> Admission:
            return self._door.come_in(
                name,
                hello.password,
                ask,
                lambda seconds: self._send(Waiting(int(seconds), WAITING)),
            )

        try:
            return admit()
        except RemoteError as refusal:
            if refusal.code != "name-taken":
                raise
            # A plain client who has the name may have hung up just now.
            self._connection.closed.wait(SECOND_TRY_SECONDS)
            return admit()

    def _catch_up(self, hello: Hello, admission: Admission) -> None:
        """Replay the log up to now, again while that took long, and then the rest.

        Only for the rest, a page or so, the member is subscribed and live lines are held back.
        """
        member, head = admission.member, admission.head
        self._send(tagged.Welcome(member.name, admission.log, head, admission.token))
        since = hello.since
        is_ours = hello.log in ("", admission.log)
        if not is_ours or (since is not None and since > head):
            # Another log, or more of ours than there is: what the client has is not ours to go on.
            self._send(tagged.Reset(admission.log))
            since = None
        if self._replay is None:
            return
        if since is None:
            self._replay.newest(member.labels, head)
            since = head
        else:
            self._replay.after(since, member.labels, head)
            since = max(since, head)
        for _ in range(MOST_ROUNDS):
            if self._log.head - since <= PAGE:
                break
            view = self._hub.look(member)
            self._replay.after(since, view.labels, view.head)
            since = view.head
        view = self._hub.subscribe(member)
        self._replay.after(since, view.labels, view.head)
        self._send(tagged.Live(view.head))
        self._hub.release(member)

    def _answer(self, asked: AskHistory | AskSearch) -> None:
        if self._replay is None or self._member is None:
            return
        try:
            self._replay.answer(asked, self._hub.look(self._member).labels)
        except RemoteError as refusal:
            self._send(tagged.Refused(refusal.code, str(refusal), re=asked.re))
        except LogError as error:
            self._send(tagged.Refused("storage", str(error), re=asked.re))
        except HubClosed as error:
            raise ConnectionLost("the chat is closing") from error

    def _send(self, event: tagged.Event) -> None:
        self._connection.send(tagged.encode(event))


def _find_mid(raw: bytes | TooLong) -> str:
    """Return the mid of a line that may be too long, or wrong in some other way."""
    start = raw.start if isinstance(raw, TooLong) else raw
    found = _MID.search(start.partition(b" ")[0])
    return found[1].decode() if found else ""


def _carry_out(chat: Chat, member: Member, asked: object) -> None:
    match asked:
        case Say():
            speech.say(chat, member, asked)
        case AskJoin(room):
            chat.join(member, room)
        case AskLeave(room):
            chat.part(member, room)
        case SayTyping(room):
            speech.typing(chat, member, room)
        case SayRead(room, seq):
            chat.mark_read(member, room, seq)
        case SetTopic(room, text):
            topics.set_topic(chat, member, room, text)
        case SetPresence(state, text):
            if text:
                chat.order.check_voice(member.person, chat.now_ms)
            chat.presences.say(member, state, text)
        case AskPeople(room):
            chat.who(member, room)
        case AskRooms():
            chat.list_rooms(member)
        case Quit():
            chat.quit(member)
