"""The tagged dialect, from the client: how each request is spelled, and read back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from tkchat.wire.entry import (
    END_OF_TIME_MS,
    KINDS_WITH_TARGET,
    Kind,
    check_mid,
    format_time,
    from_ms,
    parse_time,
    to_ms,
)
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line, encode_tagged
from tkchat.wire.names import GENERAL
from tkchat.wire.presence import State, parse_state
from tkchat.wire.tagged import Ping, Pong
from tkchat.wire.tags import tag_name, tag_number

VERSION = 1
MOST_FOUND = 200  #: events in the answer to one `AskHistory` or `AskSearch`
_RE = re.compile(r"[A-Za-z0-9]{1,8}\Z")  # longer ones would not fit beside the longest message


@dataclass(frozen=True, slots=True)
class Hello:
    """Asks to be let in as ``user``, with everything after ``since`` in the log ``log``.

    ``since`` is None for somebody who has nothing yet.
    """

    user: str
    install: str = field(default="", repr=False)
    token: str = field(default="", repr=False)
    log: str = ""
    since: int | None = None
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Say:
    """A lasting event: something said, or done to the earlier event ``target``.

    ``room`` is empty for one that is about a target, which has a room.
    """

    room: str
    text: str
    mid: str = ""
    kind: Kind = Kind.MESSAGE
    target: int = 0


@dataclass(frozen=True, slots=True)
class AskJoin:
    """Asks to be in a room, which begins to exist if need be."""

    room: str


@dataclass(frozen=True, slots=True)
class AskLeave:
    """Asks to be out of a room."""

    room: str


@dataclass(frozen=True, slots=True)
class SayTyping:
    """Tells a room that this person is writing something."""

    room: str


@dataclass(frozen=True, slots=True)
class SayRead:
    """Moves this person's read mark, only forward."""

    room: str
    seq: int


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Says what a room is about; nothing, if ``text`` is empty."""

    room: str
    text: str


@dataclass(frozen=True, slots=True)
class SetPresence:
    """Says how this person is there, on this connection, and a few words about it."""

    state: State
    text: str = ""


@dataclass(frozen=True, slots=True)
class AskPeople:
    """Asks who is in a room."""

    room: str


@dataclass(frozen=True, slots=True)
class AskRooms:
    """Asks which rooms there are."""


@dataclass(frozen=True, slots=True)
class AskHistory:
    """Asks for the newest ``limit`` messages of a room from before ``before`` (0: of all)."""

    re: str
    room: str
    before: int = 0
    limit: int = 50


@dataclass(frozen=True, slots=True)
class AskSearch:
    """Asks for the newest ``limit`` messages with ``text``, in one room or in all of one's own.

    The rest narrows it down further, and one of it may stand alone: who wrote them, from when on,
    and until when (both with a time zone, to the millisecond; the latter is outside), and whether
    they have an address of the web in them.
    """

    re: str
    text: str
    room: str = ""
    before: int = 0
    limit: int = 50
    author: str = ""
    after: datetime | None = None
    before_time: datetime | None = None
    has_link: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """Asks for one of the host's commands, typed as ``/mute bob 10``; ``re`` names the answer.

    The text may hold a password. ``room`` is meant if a command may name a room and does not.
    """

    text: str = field(repr=False)
    re: str = ""
    room: str = ""


@dataclass(frozen=True, slots=True)
class Quit:
    """Says goodbye."""


Request = (
    Say | AskJoin | AskLeave | SayTyping | SayRead | SetTopic | SetPresence | AskPeople | AskRooms
    | AskHistory | AskSearch | Command | Ping | Pong | Quit
)  # fmt: skip


def encode_hello(hello: Hello) -> bytes:
    """Return the first line of a tagged connection, with its LF."""
    tags = {
        "v": str(VERSION),
        "install": hello.install,
        "token": hello.token,
        "log": hello.log,
        "since": "" if hello.since is None else str(hello.since),
        "password": hello.password,
    }
    return encode_tagged(Line(hello.user, {key: value for key, value in tags.items() if value}))


def decode_hello(line: Line) -> Hello:
    """Read the first line of a tagged connection.

    Raises:
        RemoteError: ``bad-line``.
    """
    tags = line.tags
    if tags.get("v") != str(VERSION):
        why = f"This host speaks version {VERSION}: the first line begins with @v={VERSION}."
        raise RemoteError("bad-line", why)
    since = tag_number(line, "since") if tags.get("since") else None
    install, token, log = (tags.get(key, "") for key in ("install", "token", "log"))
    return Hello(line.text, install, token, log, since, tags.get("password", ""))


def encode(request: Request) -> bytes:
    """Return the line for ``request``, with its LF.

    Raises:
        LocalError: it does not fit into a line.
    """
    return encode_tagged(_line(request))


def decode(line: Line) -> Request | None:
    """Read a client's line; None for a request that this version does not know.

    A line without tags is said in `GENERAL`.

    Raises:
        RemoteError: ``bad-line``.
    """
    name = line.tags.get("event")
    if "mid" in line.tags and (name is not None or "read" in line.tags):
        raise RemoteError("bad-line", "Only what is said has a mid: it cannot be an event too.")
    if name is not None:
        return _READERS[name](line) if name in _READERS else None
    if "read" in line.tags:
        return SayRead(tag_name(line, "room"), tag_number(line, "read"))
    return _say(line)


def _line(request: Request) -> Line:
    match request:
        case Say(room, text, mid, kind, target):
            tags = {"mid": mid, "room": room}
            if kind is not Kind.MESSAGE:
                tags[kind] = str(target)
            return Line(text, {key: value for key, value in tags.items() if value})
        case AskJoin(room):
            return Line("", {"event": "join", "room": room})
        case AskLeave(room):
            return Line("", {"event": "leave", "room": room})
        case SayTyping(room):
            return Line("", {"event": "typing", "room": room})
        case SayRead(room, seq):
            return Line("", {"read": str(seq), "room": room})
        case SetTopic(room, text):
            return Line(text, {"event": "topic", "room": room})
        case SetPresence(state, text):
            return Line(text, {"event": "presence", "state": state})
        case AskPeople(room):
            return Line("", {"event": "people", "room": room})
        case AskRooms():
            return Line("", {"event": "rooms"})
        case AskHistory(re_, room, before, limit):
            tags = {"re": re_, "room": room, "limit": str(limit)}
            return Line("", {"event": "history", **tags, **_before(before)})
        case AskSearch():
            return _search_line(request)
        case Command(text, re_, room):
            tags = {"event": "command", "re": re_, "room": room}
            return Line(text, {key: value for key, value in tags.items() if value})
        case Ping():
            return Line("", {"event": "ping"})
        case Pong():
            return Line("", {"event": "pong"})
        case Quit():
            return Line("", {"event": "quit"})


def _search_line(asked: AskSearch) -> Line:
    tags = {
        "event": "search",
        "re": asked.re,
        "limit": str(asked.limit),
        "room": asked.room,
        **_before(asked.before),
        "author": asked.author,
        "later": _time(asked.after),
        "earlier": _time(asked.before_time),
        "has": "link" if asked.has_link else "",
    }
    return Line(asked.text, {key: value for key, value in tags.items() if value})


def _time(at: datetime | None) -> str:
    # No message is from outside of these bounds, and no host reads such a time.
    return "" if at is None else format_time(min(max(to_ms(at), 0), END_OF_TIME_MS - 1))


def _before(before: int) -> dict[str, str]:
    return {"before": str(before)} if before else {}


def _say(line: Line) -> Say:
    tags = line.tags
    mid = check_mid(tags["mid"]) if "mid" in tags else ""
    if tags.get("room") == "":
        raise RemoteError("bad-line", "The tag room names no room.")
    kinds = [kind for kind in KINDS_WITH_TARGET if kind in tags]
    if len(kinds) > 1:
        raise RemoteError("bad-line", f"One line cannot be both {kinds[0]} and {kinds[1]}.")
    if kinds:
        return Say(tags.get("room", ""), line.text, mid, kinds[0], tag_number(line, kinds[0]))
    return Say(tags.get("room", "") or GENERAL, line.text, mid)


def _re(line: Line) -> str:
    if not _RE.match(found := line.tags.get("re", "")):
        raise RemoteError("bad-line", "The tag re needs 1 to 8 letters or digits.")
    return found


def _limits(line: Line) -> tuple[int, int]:
    """Return ``before`` and ``limit``."""
    before = tag_number(line, "before") if "before" in line.tags else 0
    limit = tag_number(line, "limit") if "limit" in line.tags else 50
    return before, max(1, min(limit, MOST_FOUND))


def _search(line: Line) -> AskSearch:
    tags = line.tags
    if tags.get("has", "link") != "link":
        raise RemoteError("bad-line", f"A message cannot be asked for {tags['has'][:40]!r}.")
    before, limit = _limits(line)
    return AskSearch(
        _re(line),
        line.text,
        tags.get("room", ""),
        before,
        limit,
        tags.get("author", ""),
        _tag_time(line, "later"),
        _tag_time(line, "earlier"),
        "has" in tags,
    )


def _tag_time(line: Line, key: str) -> datetime | None:
    written = line.tags.get(key)
    return from_ms(parse_time(written)) if written else None


def _presence(line: Line) -> SetPresence | None:
    state = parse_state(tag_name(line, "state"))
    return None if state is None else SetPresence(state, line.text)


_READERS: dict[str, Callable[[Line], Request | None]] = {
    "join": lambda line: AskJoin(tag_name(line, "room")),
    "leave": lambda line: AskLeave(tag_name(line, "room")),
    "typing": lambda line: SayTyping(tag_name(line, "room")),
    "topic": lambda line: SetTopic(tag_name(line, "room"), line.text),
    "presence": _presence,
    "people": lambda line: AskPeople(line.tags.get("room", "") or GENERAL),
    "rooms": lambda _: AskRooms(),
    "history": lambda line: AskHistory(_re(line), tag_name(line, "room"), *_limits(line)),
    "search": _search,
    "command": lambda line: Command(
        line.text, _re(line) if "re" in line.tags else "", line.tags.get("room", "")
    ),
    "ping": lambda _: Ping(),
    "pong": lambda _: Pong(),
    "quit": lambda _: Quit(),
}
