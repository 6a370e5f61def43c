"""What a line of the plain dialect asks for. A command is a row of the table."""

from collections.abc import Callable
from dataclasses import dataclass

from tkchat.server import order_commands, speech, topics
from tkchat.server.chat import Chat
from tkchat.server.hub import Request
from tkchat.server.member import Member
from tkchat.wire import plain
from tkchat.wire.command import Command
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Role
from tkchat.wire.text import check_message

NO_TOPIC = "-"  # what is typed to have none


@dataclass(frozen=True, slots=True)
class ServerCommand(Command):
    """A command, and how the host carries it out."""

    run: Callable[[Chat, Member, list[str]], None]


def _help(chat: Chat, member: Member, arguments: list[str]) -> None:
    del arguments
    keeps_order = member.person.role is not Role.MEMBER
    table = (*COMMANDS, *order_commands.COMMANDS) if keeps_order else COMMANDS
    lines = [f"{command.usage} - {command.help}" for command in table]
    lines.append("//text - say something that begins with a slash")
    chat.tell(member, *(plain.Notice(line) for line in lines))


def _msg(chat: Chat, member: Member, arguments: list[str]) -> None:
    name, text = arguments
    check_message(text)
    speech.say_plain_to(chat, member, name, text)


def _me(chat: Chat, member: Member, arguments: list[str]) -> None:
    check_message(arguments[0])
    speech.say_plain(chat, member, plain.action(member.name, arguments[0]).text)


def _topic(chat: Chat, member: Member, arguments: list[str]) -> None:
    if not arguments:
        chat.tell_topic(member, member.room)
    else:
        text = arguments[0].strip()
        topics.set_plain_topic(chat, member, "" if text == NO_TOPIC else text)


COMMANDS = (
    ServerCommand("help", "", "list what can be typed", _help),
    ServerCommand(
        "who", "[ROOM]", "see who is in this room or another", lambda c, m, a: c.who(m, *a)
    ),
    ServerCommand("rooms", "", "see which rooms there are", lambda c, m, _: c.list_rooms(m)),
    ServerCommand("join", "ROOM", "go to a room, or open it", lambda c, m, a: c.move(m, a[0])),
    ServerCommand("topic", "[TEXT]", "see or say what this room is about; - for nothing", _topic),
    ServerCommand("msg", "NAME TEXT", "say something to one person only", _msg),
    ServerCommand("me", "TEXT", "say what you are doing", _me),
    ServerCommand("quit", "", "leave the chat", lambda c, m, _: c.quit(m)),
)
_BY_WORD = {command.word: command for command in COMMANDS}


def parse(line: str) -> Request | None:
    """Return what ``line`` asks for; None for a blank one, which asks for nothing.

    Raises:
        RemoteError: the line cannot be carried out; the text says why.
    """
    if not line.strip():
        return None
    if not line.startswith("/"):
        return _saying(line)
    if line.startswith("//"):
        return _saying(line[1:])
    word, _, rest = line[1:].partition(" ")
    command = _BY_WORD.get(word.strip().lower())
    if command is None:
        why = f"There is no command /{word[:40]}; /help lists them. Type // to begin with a slash."
        raise RemoteError("bad-line", why)
    arguments = command.split(rest)
    return Request(lambda chat, member: command.run(chat, member, arguments))


def _saying(text: str) -> Request:
    check_message(text)
    return Request(lambda chat, member: speech.say_plain(chat, member, text))
