"""What lasting events read as in a terminal: what plain clients get, see docs/protocol.md."""

from dataclasses import replace
from datetime import UTC, datetime

from tkchat.client.message import Delivery, Message
from tkchat.client.message import Kind as Shown
from tkchat.client.model import Model
from tkchat.client.room import Room
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.requests import Say

QUOTED_CHARS = 40


def from_entry(entry: Entry, model: Model) -> Message | None:
    """Return what to print of an event that ``model`` has taken; None if it is of another room.

    What is said to one person only is told in every room.
    """
    room = model.rooms.get(entry.room)
    if room is None or not (is_current(room.name, model) or room.is_conversation):
        return None
    about = _find(room, entry.seq if entry.kind.is_message else entry.target)
    if entry.kind.is_message and about is not None:
        printed = replace(about, text=_answering(about))
    else:
        at = datetime.fromtimestamp(entry.time_ms / 1000, UTC).astimezone()
        own = entry.author == model.user
        printed = Message(0, Shown.SAID, entry.author, _change(entry, about), at, own)
    return _addressed(printed, room.name, model.user)


def is_current(room: str, model: Model) -> bool:
    """Tell whether ``room`` is the current one, which may still be spelled as it was typed."""
    return room.casefold() == model.room.name.casefold()


def from_say(say: Say, model: Model) -> Message:
    """Return what to print of something that this person says now."""
    now = datetime.now().astimezone()
    room = model.rooms.get(say.room)
    about = _find(room, say.target) if room and say.target else None
    if say.kind is Kind.REPLY:
        quote = None if about is None else (about.author, about.text)
        text = f"(to {_excerpt(quote)}) {say.text}"
    else:
        text = _change(Entry(0, 0, say.room, model.user, say.text, say.kind, say.target), about)
    said = Message(0, Shown.SAID, model.user, text, now, True, Delivery.WAITING)
    return _addressed(said, say.room, model.user)


def from_message(message: Message) -> Message:
    """Return what to print of an earlier message, with all that was done to it since."""
    text = _answering(message)
    if message.deleted:
        text = "(took back this message)"
    elif message.edited:
        text = f"(edited) {text}"
    for emoji, names in message.reactions.items():
        text += f" [{emoji} {', '.join(names)}]"
    return replace(message, text=text)


def _answering(message: Message) -> str:
    if not message.answers:
        return message.text
    return f"(to {_excerpt(message.quote)}) {message.text}"


def _change(entry: Entry, target: Message | None) -> str:
    match entry.kind:
        case Kind.EDIT:
            return f"(edited) {entry.text}"
        case Kind.DELETE:
            return "(took back an earlier message)"
        case Kind.REACT:
            about = None if target is None else (target.author, target.text)
            reacts = target is None or target.deleted or _does_react(entry, target)
            verb = "reacts with" if reacts else "no longer reacts with"
            return f"({verb} {entry.text} to {_excerpt(about)})"
        case _:
            return entry.text


def _does_react(entry: Entry, target: Message) -> bool:
    return entry.author in target.reactions.get(entry.text, ())


def _excerpt(quote: tuple[str, str] | None) -> str:
    if quote is None:
        return "an earlier message"
    author, text = quote
    words = " ".join(text.split())
    if len(words) > QUOTED_CHARS:
        words = f"{words[: QUOTED_CHARS - 1]}…"
    return f"{author}: {words}"


def _addressed(message: Message, room: str, user: str) -> Message:
    """Return ``message`` as it reads outside of its room, if that is a conversation of two."""
    if not room.startswith("@"):
        return message
    to = room.removeprefix("@") if message.own else user
    lines = [f"(to {to} only) {line}" for line in message.text.split("\n")]
    return replace(message, text="\n".join(lines))


def _find(room: Room, seq: int) -> Message | None:
    newest_first = reversed(room.timeline.messages)
    return next(
        (each for each in newest_first if each.seq == seq and each.kind is Shown.SAID), None
    )
