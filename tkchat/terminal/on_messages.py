"""Commands about earlier messages, for which a window has a menu: reply, edit, react."""

import emoji

from tkchat.client.dialect import is_same
from tkchat.client.message import Message
from tkchat.client.model import Model
from tkchat.i18n import tr
from tkchat.wire.command import Command
from tkchat.wire.entry import Kind
from tkchat.wire.errors import RemoteError
from tkchat.wire.requests import Say

_NO_MESSAGE = "no-such-message"


def table() -> tuple[Command, ...]:
    """Return the commands, with their help in the person's language."""
    return (
        Command("reply", "NAME TEXT", tr("answer the last message of somebody")),
        Command("react", "NAME EMOJI", tr("react to the last message of somebody, with :tada:")),
        Command("edit", "TEXT", tr("change your last message")),
    )


def parse(text: str, model: Model) -> Say | None:
    """Return what is to be done to a message of the current room; None for any other line.

    An edit without a target is of the message with its mid, which the host does not have yet.

    Raises:
        RemoteError: it cannot be done; the text says why.
    """
    word, _, rest = text.removeprefix("/").partition(" ")
    commands = {command.word: command for command in table()}
    if "\n" in text or not text.startswith("/") or word.lower() not in commands:
        return None
    command = commands[word.lower()]
    arguments = command.split(rest)
    room = model.room.name
    if command.word == "edit" and model.room.waiting:
        return Say(room, arguments[0], model.room.waiting[-1].mid, Kind.EDIT)
    if command.word == "edit":
        message = model.last_own()
        if message is None:
            raise RemoteError(_NO_MESSAGE, tr("There is no message of yours here to be edited."))
        return Say(room, arguments[0], kind=Kind.EDIT, target=message.seq)
    message = _last_of(arguments[0], model)
    if command.word == "reply":
        return Say(room, arguments[1], kind=Kind.REPLY, target=message.seq)
    reaction = emoji.emojize(arguments[1], language="alias")
    return Say(room, reaction, kind=Kind.REACT, target=message.seq)


def _last_of(name: str, model: Model) -> Message:
    """Return the newest message of somebody in the current room.

    Raises:
        RemoteError: there is none.
    """
    wanted = name.removeprefix("@")
    for message in reversed(model.room.timeline.messages):
        if model.can_answer(message) and is_same(message.author, wanted):
            return message
    raise RemoteError(_NO_MESSAGE, tr("There is no message of {name} here.").format(name=name))
