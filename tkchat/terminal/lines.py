"""What the terminal client prints. Pure: messages and states in, lines of text out."""

import re
import zlib
from datetime import datetime

from tkchat.client.message import Kind, Message
from tkchat.client.model import Link, Model
from tkchat.i18n import tr, trn
from tkchat.wire.limits import MAX_NAME_CHARS
from tkchat.wire.names import SERVER
from tkchat.wire.text import clean

Styled = list[tuple[str, str]]  #: a line for prompt_toolkit: its pieces, each with a style

QUIET = "ansibrightblack"
NOTICE = "ansibrightblack italic"
PROBLEM = "ansired"
# Those that a terminal's own theme makes legible on its background, light or dark.
AUTHORS = ("ansired", "ansigreen", "ansiyellow", "ansiblue", "ansimagenta", "ansicyan")
MAX_WHY_CHARS = 80
INDENT = " " * len("12:05 ")

# Beside what `clean` takes out: further line ends, bidi marks, the byte order mark, hidden tags.
_UNSEEN = re.compile("[\u061c\u200e\u200f\u2028\u2029\ufeff\U000e0000-\U000e007f]")


def safe(text: str) -> str:
    """Return ``text`` as one line that a terminal shows and does not obey; a tab stays."""
    return _UNSEEN.sub("", clean(text)).replace("\n", " ")


def safe_name(name: str) -> str:
    """Return somebody's name, which only tkchat's own hosts keep short and free of spaces."""
    return " ".join(safe(name).split())[:MAX_NAME_CHARS]


def for_scripts(message: Message) -> list[str]:
    """Return ``message`` as ``who~what`` lines, one for each of its own, as on the wire.

    What is before the first ~ is the author. What the host says, and who came and went, comes from
    ``SERVER``, whose name nobody can have.
    """
    if message.kind is Kind.PRESENCE:
        return [f"{SERVER}~" + f"{safe_name(message.author)} {safe(message.text)}".strip()]
    author = SERVER if message.kind in (Kind.NOTICE, Kind.GAP) else safe_name(message.author)
    return [f"{author}~{safe(line)}" for line in message.text.split("\n")]


def host_says(text: str) -> str:
    """Return a line of the host, spelled for scripts."""
    return f"{SERVER}~{safe(text)}"


def for_people(message: Message, *, muted: bool = False) -> list[Styled]:
    """Return ``message`` with its time, for a person to read; ``muted`` if it is an old one."""
    first, *more = message.text.split("\n")
    line = [(QUIET, f"{message.at:%H:%M} ")]
    author = safe_name(message.author)
    style = QUIET if muted else ""
    match message.kind:
        case Kind.SAID:
            weight = " bold" if message.own else ""
            line.append((QUIET if muted else colour(author) + weight, author))
            line.append((style, f": {safe(first)}"))
        case Kind.PRESENCE:
            line.append((QUIET, _came_or_went(author, safe(first))))
        case Kind.NOTICE | Kind.GAP:
            style = NOTICE
            line.append((style, safe(first)))
    return [line, *([(style, f"{INDENT}{safe(text)}")] for text in more)]


def _came_or_went(name: str, done: str) -> str:
    match done:
        case "joined":
            return trn("{names} joined", "{names} joined", 1).format(names=name)
        case "left":
            return trn("{names} left", "{names} left", 1).format(names=name)
        case _:
            return f"{name} {done}".strip()


def note(text: str, style: str = NOTICE) -> Styled:
    """Return what this program itself has to say."""
    return [(style, safe(text))]


def colour(name: str) -> str:
    """Return the style for ``name``, the same in every run and for every spelling of case."""
    return AUTHORS[zlib.crc32(name.casefold().encode()) % len(AUTHORS)]


def status(model: Model, now: datetime) -> str:
    """Return the room, how many people are in it, how we are connected, and what is elsewhere."""
    parts = [safe_name(model.room.name)]
    match model.link:
        case Link.ONLINE:
            count = len(model.room.people)
            parts.append(trn("{count} person", "{count} people", count).format(count=count))
            parts.append(tr("connected as {name}").format(name=safe_name(model.user)))
        case Link.CONNECTING:
            parts.append(tr("connecting"))
        case Link.LOST:
            parts.append(_lost(model, now))
    if model.waiting_count:
        parts.append(tr("{count} waiting").format(count=model.waiting_count))
    parts += [
        tr("{count} in {room}").format(count=room.news, room=safe_name(room.name))
        for room in model.rooms.values()
        if room.news and not room.is_conversation and room is not model.room
    ]
    return " · ".join(parts)


def _lost(model: Model, now: datetime) -> str:
    why = safe(model.lost_why)[:MAX_WHY_CHARS]
    if model.retry_at is None:
        return tr("not connected ({why})").format(why=why)
    seconds = max(0, round((model.retry_at - now).total_seconds()))
    told = tr("connection lost ({why}), trying again in {seconds} s")
    return told.format(why=why, seconds=seconds)
