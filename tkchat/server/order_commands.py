"""The commands of those who keep order, and passwords: the same for plain and tagged clients."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from tkchat.net.errors import ConnectionLost
from tkchat.server import archiving, moderation
from tkchat.server.chat import Chat
from tkchat.server.guard import Guard
from tkchat.server.hub import Hub, HubClosed, Request
from tkchat.server.log_records import NOT_STORED
from tkchat.server.member import Member, Room
from tkchat.server.order import because
from tkchat.wire import plain, tagged
from tkchat.wire.command import Command
from tkchat.wire.entry import format_time
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import GENERAL
from tkchat.wire.order import Audit, Banned, Done, Outcome, Role
from tkchat.wire.tagged import Refused

MOST_DECISIONS = 500
NO_PASSWORD = "-"  # what is typed to have none  # noqa: S105 (that is what it says)

Row = Audit | Banned
Run = Callable[[Chat, Member, list[str]], str | list[Row]]


@dataclass(frozen=True, slots=True)
class OrderCommand(Command):
    """A command that the hub carries out; ``run`` returns the answer: a sentence, or rows."""

    run: Run


@dataclass(frozen=True, slots=True)
class SecretCommand(Command):
    """A command with a password: what takes time is done first, on the client's own thread.

    ``prepare`` makes of the password what ``run`` gets.
    """

    prepare: Callable[[Guard, str, str], str]
    run: Run
    role: Role = Role.MEMBER  #: needed for it, before anything takes time


@dataclass(frozen=True, slots=True)
class Asked:
    """A command that was understood, and what it was typed with."""

    command: OrderCommand | SecretCommand
    arguments: list[str] = field(repr=False)

    @property
    def is_secret(self) -> bool:
        """Whether a part of it takes time, and so is nothing for the hub."""
        return isinstance(self.command, SecretCommand)

    def request(self, re: str = "") -> Request:
        """Return what the hub has to do; ``re`` names the answer."""
        return _request(self.command.run, self.arguments, re)

    def carry_out(self, hub: Hub, guard: Guard, member: Member, re: str = "") -> None:
        """Do what takes time, and let the hub do the rest. Not on the hub's thread.

        Raises:
            ConnectionLost: the chat is closing.
        """
        command = self.command
        if not isinstance(command, SecretCommand):
            hub.request(member, [self.request(re)])
            return
        try:
            if command.role is Role.HOST and hub.ask(lambda _: member.person.role) is not Role.HOST:
                raise RemoteError("not-allowed", "Only the host can do that.")
            prepared = command.prepare(guard, member.host, self.arguments[0])
        except RemoteError as error:
            hub.request(member, [_refusing(error, re)])
            return
        except HubClosed as error:
            raise ConnectionLost("the chat is closing") from error
        hub.request(member, [_request(command.run, [prepared], re)])


def parse(text: str, room: str = "") -> Asked | None:
    """Return what ``text`` asks for; None if it is none of these commands.

    ``room`` is meant by a command that may name a room and does not.

    Raises:
        BadUsage: something is missing, or is too much.
    """
    word, _, rest = text.removeprefix("/").partition(" ")
    command = _BY_WORD.get(word.strip().lower())
    if command is None:
        return None
    arguments = command.split(rest)
    wanted = command.arguments.split()
    if room and wanted[-1:] == ["[ROOM]"] and len(arguments) == len(wanted) - 1:
        arguments.append(room)
    return Asked(command, arguments)


def prove_host(guard: Guard, host: str, code: str) -> str:
    """Check what somebody takes for the host's code.

    Raises:
        RemoteError: ``bad-password``.
    """
    if not guard.tries.check(host, lambda: guard.is_host_code(code)):
        raise RemoteError("bad-password", "That is not the code of this chat's host.")
    return ""


def _request(run: Run, arguments: list[str], re: str) -> Request:
    def do(chat: Chat, member: Member) -> None:
        before = len(chat.turn.batch.decisions)
        told = run(chat, member, arguments)
        if len(chat.turn.batch.decisions) > before:
            refusal = Refused("storage", NOT_STORED, re=re)
            chat.turn.undo.append(lambda: _tell(chat, member, refusal, NOT_STORED))
        if isinstance(told, str):
            _tell(chat, member, Done(re, told), told, lasting=True)
            return
        for row in told:
            _tell(chat, member, replace(row, re=re), row.text)
        end = f"{len(told)} in all." if told else "There are none."
        _tell(chat, member, Done(re, end), end)

    return Request(do, re=re)


def _tell(
    chat: Chat, member: Member, event: tagged.Event, text: str, *, lasting: bool = False
) -> None:
    line = tagged.encode(event) if member.is_tagged else plain.encode(plain.Notice(text))
    chat.turn.tell(member, line, lasting=lasting)


def _refusing(error: RemoteError, re: str) -> Request:
    def refuse(*_: object) -> None:
        raise error

    return Request(refuse, re=re)


def _hash_new(guard: Guard, host: str, password: str) -> str:
    del host
    return "" if password == NO_PASSWORD else guard.passwords.hash(password)


def _hash_own(guard: Guard, host: str, password: str) -> str:
    guard.registrations.use(host)  # each takes 64 MiB and a tenth of a second
    return guard.passwords.hash(password)


def _mute(chat: Chat, member: Member, arguments: list[str]) -> str:
    name, *rest = arguments
    minutes = 0
    if rest and rest[0].isascii() and rest[0].isdigit():
        minutes, rest = int(rest[0][:9]), rest[1:]
    return moderation.mute(chat, member, name, minutes, " ".join(rest))


def _slow(chat: Chat, member: Member, arguments: list[str]) -> str:
    seconds = _number(arguments[0], "SECONDS")
    room = _room(chat, member, arguments[1:])
    return moderation.set_rules(chat, member, room, slow_seconds=seconds)


def _delete(chat: Chat, member: Member, arguments: list[str]) -> str:
    return moderation.delete(chat, member, _number(arguments[0], "NUMBER"))


def _list_bans(chat: Chat, member: Member, arguments: list[str]) -> list[Row]:
    del arguments
    moderation.need_keeper(member)
    return [
        Banned("", ban.time_ms, ban.by, ban.name, f"{ban.name}, by {ban.by}{because(ban.why)}")
        for ban in chat.order.bans
    ]


def _list_decisions(chat: Chat, member: Member, arguments: list[str]) -> list[Row]:
    moderation.need_keeper(member)
    count = _number(arguments[0], "COUNT") if arguments else 50
    rows: list[Row] = []
    for each in chat.log.decisions(max(1, min(count, MOST_DECISIONS))):
        what = f"{each.by}: {each.action} {each.about}".rstrip()
        text = f"{format_time(each.time_ms)} {what}{because(each.text)}"
        rows.append(Audit("", each.time_ms, each.by, each.action, each.about, text))
    return rows


def _number(written: str, what: str) -> int:
    if not (written.isascii() and written.isdigit() and len(written) < 16):
        raise RemoteError("bad-line", f"{what} is a number, not {written[:40]!r}.")
    return int(written)


def _room(chat: Chat, member: Member, arguments: list[str]) -> Room:
    """Return the room that is meant.

    Raises:
        RemoteError: ``no-room``, none is.
    """
    if arguments:
        return chat.rooms.find(arguments[0])
    if member.is_tagged:  # who looks at a conversation does not mean the chat
        raise RemoteError("no-room", f"Name the room, for example {GENERAL}.")
    return member.room


def _lock(is_locked: bool) -> Run:
    return lambda chat, member, arguments: moderation.set_rules(
        chat, member, _room(chat, member, arguments), is_locked=is_locked
    )


def _about(do: Callable[[Chat, Member, str, str], str]) -> Run:
    """Return how a command about somebody is run, with a reason or without."""
    return lambda chat, member, arguments: do(
        chat, member, arguments[0], arguments[1] if len(arguments) > 1 else ""
    )


def _appoint(role: Role) -> Run:
    return lambda chat, member, arguments: moderation.appoint(chat, member, arguments[0], role)


def _answer_knock(outcome: Outcome) -> Run:
    return lambda chat, member, arguments: moderation.answer_knock(
        chat, member, arguments[0], outcome
    )


COMMANDS: tuple[OrderCommand | SecretCommand, ...] = (
    SecretCommand(
        "register",
        "PASSWORD",
        "use your name from other devices, too",
        _hash_own,
        lambda c, m, a: moderation.register(c, m, a[0]),
    ),
    SecretCommand(
        "host",
        "CODE",
        "prove that you host this chat",
        prove_host,
        lambda c, m, _: moderation.become_host(c, m),
    ),
    OrderCommand("moderator", "NAME", "let somebody keep order, too", _appoint(Role.MODERATOR)),
    OrderCommand("unmoderator", "NAME", "let somebody no longer keep order", _appoint(Role.MEMBER)),
    OrderCommand("mute", "NAME [MINUTES] [WHY]", "let somebody say nothing", _mute),
    OrderCommand(
        "unmute", "NAME", "let somebody speak again", lambda c, m, a: moderation.unmute(c, m, a[0])
    ),
    OrderCommand("kick", "NAME [WHY]", "put somebody out of the chat", _about(moderation.kick)),
    OrderCommand("ban", "NAME [WHY]", "put somebody out for good", _about(moderation.ban)),
    OrderCommand(
        "unban", "NAME", "let somebody come back", lambda c, m, a: moderation.unban(c, m, a[0])
    ),
    OrderCommand("bans", "", "see who is kept out", _list_bans),
    OrderCommand("lock", "[ROOM]", "let nobody new into this room or another", _lock(True)),
    OrderCommand("unlock", "[ROOM]", "let people in again", _lock(False)),
    OrderCommand("slow", "SECONDS [ROOM]", "let people speak only so often; 0 for no limit", _slow),
    OrderCommand(
        "archive",
        "ROOM",
        "put a room away, with all that was said there",
        lambda c, m, a: archiving.archive(c, m, a[0]),
    ),
    OrderCommand(
        "unarchive",
        "ROOM",
        "bring such a room back",
        lambda c, m, a: archiving.unarchive(c, m, a[0]),
    ),
    OrderCommand("delete", "NUMBER", "take away a message of somebody else", _delete),
    OrderCommand("approve", "NAME", "let somebody in who waits", _answer_knock(Outcome.APPROVED)),
    OrderCommand("reject", "NAME", "send somebody away who waits", _answer_knock(Outcome.REJECTED)),
    SecretCommand(
        "password",
        "PASSWORD",
        "change the password of this chat; - for none",
        _hash_new,
        lambda c, m, a: moderation.set_password(c, m, a[0]),
        Role.HOST,
    ),
    OrderCommand("audit", "[COUNT]", "see who decided what", _list_decisions),
)
_BY_WORD = {command.word: command for command in COMMANDS}
