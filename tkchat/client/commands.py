"""What a line of the composer asks for, with a host of the tagged dialect."""

from dataclasses import dataclass, field
from enum import Enum

from tkchat.i18n import tr
from tkchat.wire.command import Command
from tkchat.wire.errors import RemoteError
from tkchat.wire.names import check_name
from tkchat.wire.presence import State
from tkchat.wire.text import check_message, check_status, check_topic, clean

NOTHING = "-"  #: what is typed for no topic
_SECRET_COMMANDS = ("/host", "/password", "/register")


class Action(Enum):
    """What a command does."""

    SAY = "say"  #: ``text``, to ``room`` if it is not empty
    HELP = "help"  #: ``text`` is the answer
    WHO = "who"
    ROOMS = "rooms"
    JOIN = "join"
    LEAVE = "leave"
    TELL_TOPIC = "tell topic"
    SET_TOPIC = "set topic"  #: to ``text``
    BE = "be"  #: in ``state``, or in the same as before, with ``text`` as the status
    ORDER = "order"  #: the host carries it out: ``text`` as it was typed
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class Asked:
    """A line that was understood. An empty ``room`` is the current one."""

    action: Action
    room: str = ""
    text: str = field(default="", repr=False)  # it may hold a password
    state: State | None = None


@dataclass(frozen=True, slots=True)
class ClientCommand(Command):
    """A command, and what the person wants by it."""

    action: Action
    state: State | None = None


def table() -> tuple[ClientCommand, ...]:
    """Return the commands that can be typed, with their help in the person's language."""
    row = ClientCommand
    return (
        row("help", "", tr("list what can be typed"), Action.HELP),
        row("who", "[ROOM]", tr("see who is in this room or another"), Action.WHO),
        row("rooms", "", tr("see which rooms there are"), Action.ROOMS),
        row("join", "ROOM", tr("go to a room, or open it"), Action.JOIN),
        row("leave", "[ROOM]", tr("leave this room or another"), Action.LEAVE),
        row(
            "topic",
            "[TEXT]",
            tr("see or say what this room is about; - for nothing"),
            Action.TELL_TOPIC,
        ),
        row("msg", "NAME TEXT", tr("say something to one person only"), Action.SAY),
        row("me", "TEXT", tr("say what you are doing"), Action.SAY),
        row("away", "[TEXT]", tr("let others see that you are away"), Action.BE, State.AWAY),
        row("busy", "[TEXT]", tr("ask not to be disturbed"), Action.BE, State.BUSY),
        row("back", "", tr("be here again"), Action.BE, State.HERE),
        row("status", "[TEXT]", tr("say what you are up to; nothing to clear it"), Action.BE),
        row("quit", "", tr("leave the chat"), Action.QUIT),
        row("register", "PASSWORD", tr("use your name from other devices, too"), Action.ORDER),
        *_for_keeping_order(),
    )


def _for_keeping_order() -> tuple[ClientCommand, ...]:
    rows = (
        ("host", "CODE", tr("prove that you host this chat")),
        ("moderator", "NAME", tr("let somebody keep order, too")),
        ("unmoderator", "NAME", tr("let somebody no longer keep order")),
        ("mute", "NAME [MINUTES] [WHY]", tr("let somebody say nothing")),
        ("unmute", "NAME", tr("let somebody speak again")),
        ("kick", "NAME [WHY]", tr("put somebody out of the chat")),
        ("ban", "NAME [WHY]", tr("put somebody out for good")),
        ("unban", "NAME", tr("let somebody come back")),
        ("bans", "", tr("see who is kept out")),
        ("lock", "[ROOM]", tr("let nobody new into this room or another")),
        ("unlock", "[ROOM]", tr("let people in again")),
        ("slow", "SECONDS [ROOM]", tr("let people speak only so often; 0 for no limit")),
        ("archive", "ROOM", tr("put a room away, with all that was said there")),
        ("unarchive", "ROOM", tr("bring such a room back")),
        ("delete", "NUMBER", tr("take away a message of somebody else")),
        ("approve", "NAME", tr("let somebody in who waits")),
        ("reject", "NAME", tr("send somebody away who waits")),
        ("password", "PASSWORD", tr("change the password of this chat; - for none")),
        ("audit", "[COUNT]", tr("see who decided what")),
    )
    return tuple(ClientCommand(*row, Action.ORDER) for row in rows)


def is_secret(text: str) -> bool:
    """Tell whether ``text`` holds a password: it is not to be kept or shown again."""
    word, _, rest = text.strip().partition(" ")
    return word.lower() in _SECRET_COMMANDS and bool(rest.strip())


def may_be_mistyped(text: str) -> bool:
    """Tell whether ``text`` is no command, but looks like one: what follows may be a password."""
    text = text.strip("\n")
    if "\n" in text or not text.startswith("/") or text.startswith("//"):
        return False
    word = text[1:].partition(" ")[0].strip().lower()
    return len(text.split()) > 1 and word not in {row.word for row in table()}


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
    commands = {command.word: command for command in table()}
    command = commands.get(word.strip().lower())
    if command is None:
        why = tr("There is no command /{word}; /help lists them. Type // to begin with a slash.")
        raise RemoteError("bad-line", why.format(word=word[:40]))
    arguments = command.split(rest)
    match command.word:
        case "msg":
            return _say(arguments[1], f"@{check_name(arguments[0].removeprefix('@'))}")
        case "me":
            return _say(f"* {user} {arguments[0]}")
        case "help":
            return Asked(Action.HELP, text=_help())
        case "topic" if arguments:
            topic = check_topic(arguments[0])
            return Asked(Action.SET_TOPIC, text="" if topic == NOTHING else topic)
        case _ if command.action is Action.ORDER:
            return Asked(Action.ORDER, text=text.strip())
        case "away" | "busy" | "back" | "status":
            status = check_status("".join(arguments))
            return Asked(command.action, text=status, state=command.state)
        case _:
            return Asked(command.action, _room(arguments[0]) if arguments else "")


def _help() -> str:
    lines = [f"{command.usage} – {command.help}" for command in table()]
    slash = tr("say something that begins with a slash")
    return "\n".join([*lines, f"//text – {slash}"])


def _say(text: str, room: str = "") -> Asked:
    check_message(text)
    return Asked(Action.SAY, room, text)


def _room(name: str) -> str:
    return check_name(name.removeprefix("#"), "A room's name")
