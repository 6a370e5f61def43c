"""The tagged dialect, from the host: how each thing that happens is spelled, and read back.

Every line reads well without its tags: what the host itself says comes from ``SERVER``.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from tkchat.wire import order
from tkchat.wire.entry import KINDS_WITH_TARGET, Entry, Kind, format_time, parse_time
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, check_length, encode_tagged
from tkchat.wire.names import GENERAL, SERVER
from tkchat.wire.plain import Joined, Left, Notice, People, Rooms
from tkchat.wire.presence import State, parse_state
from tkchat.wire.tags import tag_name, tag_number

_COUNT = re.compile(r"[0-9]{1,9}\Z")
_NAMES_BYTES = 15_000  # of names in one line: the rest is for its tags


@dataclass(frozen=True, slots=True)
class Welcome:
    """The host let this person in. ``log`` names its log, ``seq`` is the log's newest event.

    ``token`` proves the name from now on.
    """

    user: str
    log: str
    seq: int
    token: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Live:
    """Everything up to ``seq`` has been sent; what follows happens now."""

    seq: int


@dataclass(frozen=True, slots=True)
class Gap:
    """The events from ``first`` to ``last`` are no longer kept, or some of them.

    ``re`` names the request whose answer they would be in.
    """

    first: int
    last: int
    re: str = ""


@dataclass(frozen=True, slots=True)
class Reset:
    """The log that the client knows is gone; this is another one."""

    log: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A line was not carried out. ``mid`` or ``re`` says which; neither, in the handshake.

    ``log`` names the host's log to somebody whose name is taken: it may be their own after all, if
    they know that log by another address. ``needs`` is whose password a ``bad-password`` asks for:
    that of the ``chat`` or of the ``name``.
    """

    code: str
    why: str
    mid: str = ""
    re: str = ""
    log: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Typing:
    """Somebody is writing something in a room."""

    room: str
    user: str


@dataclass(frozen=True, slots=True)
class ReadTo:
    """This person has read a room up to ``seq``, on another connection."""

    room: str
    seq: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody else has read a room up to ``seq``."""

    room: str
    user: str
    seq: int


@dataclass(frozen=True, slots=True)
class Topic:
    """What a room is about, by now; empty for nothing. ``user`` is who said so."""

    room: str
    text: str
    user: str = ""


@dataclass(frozen=True, slots=True)
class Presence:
    """How somebody is there, and what they say about it, which may be nothing."""

    user: str
    state: State
    text: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One event of the answer to the request ``re``."""

    re: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class FoundAll:
    """The answer to the request ``re`` is complete; ``more`` says whether older events remain."""

    re: str
    more: bool


@dataclass(frozen=True, slots=True)
class Ping:
    """Asks for a `Pong`."""


@dataclass(frozen=True, slots=True)
class Pong:
    """Answers a `Ping`."""


Event = (
    Entry | Welcome | Live | Gap | Reset | Refused | Joined | Left | People | Rooms | Typing
    | ReadTo | Seen | Topic | Presence | Found | FoundAll | Ping | Pong | Notice | order.Event
)  # fmt: skip


def encode(event: Event) -> bytes:
    """Return the line for ``event``, with its LF.

    Raises:
        LocalError: it does not fit into a line.
    """
    return encode_tagged(_line(event))


def with_mid(line: bytes, mid: str) -> bytes:
    """Return the line of an `Entry` without a mid as it is with one, if ``mid`` is not empty.

    Raises:
        LocalError: it does not fit into a line.
    """
    if not mid:
        return line
    tags, _, text = line.partition(b" ")
    return check_length(b"%s;mid=%s %s" % (tags, mid.encode(), text))


def decode(line: Line) -> Event | None:
    """Read a host's line; None for an event that this version does not know.

    Raises:
        RemoteError: ``bad-line``, when a tag that the event needs is missing or wrong.
    """
    name = line.tags.get("event")
    if name is None:
        return _said(line)
    if name in _READERS:
        return _READERS[name](line)
    return None


def people(room: str, names: list[str]) -> list[People]:
    """Return who is in ``room`` as events that each fit into a line."""
    parts: list[list[str]] = [[]]
    size = 0
    for name in names:
        size += len(name.encode()) * 2 + 1  # escaped at worst
        if size > _NAMES_BYTES:
            parts.append([])
            size = len(name.encode()) * 2 + 1
        parts[-1].append(name)
    return [People(room, len(names), tuple(part)) for part in parts]


def _line(event: Event) -> Line:
    match event:
        case Entry():
            return _entry_line(event)
        case Found(re_, entry):
            line = _entry_line(entry)
            return Line(line.text, {"re": re_, **line.tags})
        case Welcome(user, log, seq, token):
            tags = {"v": "1", "user": user, "log": log, "seq": str(seq), "token": token}
            return _server("welcome", f"Welcome, {user}", **tags)
        case Live(seq):
            return _server("live", "You are up to date", seq=str(seq))
        case Gap(first, last, re):
            tags = {"from": str(first), "to": str(last)} | ({"re": re} if re else {})
            return _server("gap", f"Messages {first} to {last} are no longer kept", **tags)
        case Reset(log):
            return _server("reset", "The history of this chat begins anew", log=log)
        case Refused(code, why, mid, re_, log, needs):
            tags = {"mid": mid, "re": re_, "log": log, "for": needs}
            known = {key: value for key, value in tags.items() if value}
            return _server("refused", why, **known, code=code)
        case Joined(user, room):
            return _server("join", f"{user} joined {_place(room)}", room=room, user=user)
        case Left(user, room):
            return _server("leave", f"{user} left {_place(room)}", room=room, user=user)
        case People(room, count, names):
            return Line(" ".join(names), {"event": "people", "room": room, "count": str(count)})
        case Rooms(rooms):
            counts = ",".join(str(count) for _, count in rooms)
            return Line(" ".join(name for name, _ in rooms), {"event": "rooms", "counts": counts})
        case Typing(room, user):
            return Line("", {"event": "typing", "room": room, "user": user})
        case ReadTo(room, seq):
            return Line("", {"event": "read", "seq": str(seq), "room": room})
        case Seen(room, user, seq):
            return Line("", {"event": "seen", "room": room, "user": user, "seq": str(seq)})
        case Topic(room, text, user):
            by = {"user": user} if user else {}
            return Line(text, {"event": "topic", "room": room, **by})
        case Presence(user, state, text):
            return Line(text, {"event": "presence", "user": user, "state": state})
        case FoundAll(re_, more):
            return Line("", {"event": "end", "re": re_, "more": str(int(more))})
        case Ping():
            return Line("", {"event": "ping"})
        case Pong():
            return Line("", {"event": "pong"})
        case Notice(text):
            return _server("notice", text)
        case _:
            return order.line(event)


def _entry_line(entry: Entry) -> Line:
    tags = {"seq": str(entry.seq), "room": entry.room, "time": format_time(entry.time_ms)}
    if entry.kind is not Kind.MESSAGE:
        tags[entry.kind] = str(entry.target)
    if entry.mid:
        tags["mid"] = entry.mid
    return Line(f"{entry.author}~{entry.text}", tags)


def _server(event: str, text: str, **tags: str) -> Line:
    return Line(f"{SERVER}~{text}", {"event": event, **tags})


def _place(room: str) -> str:
    return "the chat app" if room == GENERAL else f"the room {room}"


def _said(line: Line) -> Entry | Found | Notice:
    author, tilde, text = line.text.partition("~")
    if "seq" not in line.tags:
        return Notice(text if tilde and author == SERVER else line.text)
    if not (tilde and author):
        raise RemoteError("bad-line", "A message needs its author before a ~.")
    kind = next((kind for kind in KINDS_WITH_TARGET if kind in line.tags), Kind.MESSAGE)
    entry = Entry(
        tag_number(line, "seq"),
        parse_time(line.tags.get("time", "")),
        tag_name(line, "room"),
        author,
        text,
        kind,
        0 if kind is Kind.MESSAGE else tag_number(line, kind),
        line.tags.get("mid", ""),
    )
    return Found(line.tags["re"], entry) if "re" in line.tags else entry


def _text(line: Line) -> str:
    return line.text.removeprefix(f"{SERVER}~")


def _rooms(line: Line) -> Rooms:
    names, written = line.text.split(), line.tags.get("counts", "")
    counts = written.split(",") if written else []
    if len(names) != len(counts) or not all(map(_COUNT.match, counts)):
        raise RemoteError("bad-line", "The rooms and their counts do not agree.")
    return Rooms(tuple((name, int(count)) for name, count in zip(names, counts, strict=True)))


def _presence(line: Line) -> Presence | None:
    user, state = tag_name(line, "user"), parse_state(tag_name(line, "state"))
    return None if state is None else Presence(user, state, line.text)


_READERS: dict[str, Callable[[Line], Event | None]] = {
    "welcome": lambda line: Welcome(
        tag_name(line, "user"),
        tag_name(line, "log"),
        tag_number(line, "seq"),
        tag_name(line, "token"),
    ),
    "live": lambda line: Live(tag_number(line, "seq")),
    "gap": lambda line: Gap(
        tag_number(line, "from"), tag_number(line, "to"), line.tags.get("re", "")
    ),
    "reset": lambda line: Reset(tag_name(line, "log")),
    "refused": lambda line: Refused(
        tag_name(line, "code"),
        _text(line),
        line.tags.get("mid", ""),
        line.tags.get("re", ""),
        line.tags.get("log", ""),
        line.tags.get("for", ""),
    ),
    "join": lambda line: Joined(tag_name(line, "user"), tag_name(line, "room")),
    "leave": lambda line: Left(tag_name(line, "user"), tag_name(line, "room")),
    "people": lambda line: People(
        tag_name(line, "room"),
        tag_number(line, "count") if "count" in line.tags else len(line.text.split()),
        tuple(line.text.split()),
    ),
    "rooms": _rooms,
    "typing": lambda line: Typing(tag_name(line, "room"), tag_name(line, "user")),
    "read": lambda line: ReadTo(tag_name(line, "room"), tag_number(line, "seq")),
    "seen": lambda line: Seen(
        tag_name(line, "room"), tag_name(line, "user"), tag_number(line, "seq")
    ),
    "topic": lambda line: Topic(tag_name(line, "room"), line.text, line.tags.get("user", "")),
    "presence": _presence,
    "end": lambda line: FoundAll(tag_name(line, "re"), line.tags.get("more") == "1"),
    "ping": lambda _: Ping(),
    "pong": lambda _: Pong(),
    "notice": lambda line: Notice(_text(line)),
    **order.READERS,
}
