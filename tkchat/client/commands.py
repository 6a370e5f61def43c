"""What a line of the composer asks for, with a host of the tagged dialect."""

from dataclasses import dataclass
from enum import Enum

from tkchat.wire.command import Command
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name
from tkchat.wire.text import check_message, clean


class Action(Enum):
    """What a command does."""

    SAY = "say"  #: ``text``, to ``room`` if it is not empty
    HELP = "help"  #: ``text`` is the answer
    WHO = "who"
    ROOMS = "rooms"
    JOIN = "join"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that was understood. An empty ``room`` is the current one."""

    action: Action
    room: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class _ClientCommand(Command):
    """A command, and what the person wants by it."""

    action: Action


_COMMANDS = (
    _ClientCommand("help", "", "list what can be typed", Action.HELP),
    _ClientCommand("who", "[ROOM]", "see who is in this room or another", Action.WHO),
    _ClientCommand("rooms", "", "see which rooms there are", Action.ROOMS),
    _ClientCommand("join", "ROOM", "go to a room, or open it", Action.JOIN),
    _ClientCommand("msg", "NAME TEXT", "say something to one person only", Action.SAY),
    _ClientCommand("me", "TEXT", "say what you are doing", Action.SAY),
    _ClientCommand("quit", "", "leave the chat", Action.QUIT),
)
_BY_WORD = {command.word: command for command in _COMMANDS}
_HELP = "\n".join(
    [
        *(f"{command.usage} – {command.help}" for command in _COMMANDS),
        "//text – say something that begins with a slash",
    ]
)


def parse(text: str, user: str) -> Asked | None:
    """Return what ``user`` asks for with ``text``; None for a blank one, which asks for nothing.

    A text of several lines is one message; in it, a slash begins a path and no command.

    Raises:
        RemoteError: it cannot be carried out; the text says why.
    """
    text = clean(text).strip("\n")
    if not text.strip():
        return None
    if "\n" in text or not text.startswith("/"):
        return _say(text)
    if text.startswith("//"):
        return _say(text[1:])
    word, _, rest = text[1:].partition(" ")
    command = _BY_WORD.get(word.strip().lower())
    if command is None:
        why = f"There is no command /{word[:40]}; /help lists them. Type // to begin with a slash."
        raise RemoteError("bad-line", why)
    arguments = command.split(rest)
    match command.word:
        case "msg":
            return _say(arguments[1], f"@{check_name(arguments[0].removeprefix('@'))}")
        case "me":
            return _say(f"* {user} {arguments[0]}")
        case "help":
            return Asked(Action.HELP, text=_HELP)
        case _:
            return Asked(command.action, *(_room(argument) for argument in arguments))


def _say(text: str, room: str = "") -> Asked:
    check_message(text)
    return Asked(Action.SAY, room, text)


def _room(name: str) -> str:
    return check_name(name.removeprefix("#"), "A room's name")
