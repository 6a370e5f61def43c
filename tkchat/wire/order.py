"""Keeping order in a chat, on the tagged wire: what the host tells of roles, rules and decisions.

`tagged` spells and reads these with all other events.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from tkchat.wire.entry import format_time, parse_time
from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line
from tkchat.wire.names import SERVER
from tkchat.wire.tags import tag_name, tag_number

_Kind = TypeVar("_Kind", bound=StrEnum)


class Role(StrEnum):
    """What somebody may do beside talking."""

    MEMBER = "member"
    MODERATOR = "moderator"  #: keeps order among the members
    HOST = "host"  #: may do everything, and nobody may do anything to them


class Outcome(StrEnum):
    """What has become of somebody who asked to be let in."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    GONE = "gone"  #: hung up, or waited too long


@dataclass(frozen=True, slots=True)
class RoleIs:
    """Somebody, perhaps this person, has a role by now. Who was not told of is a member."""

    user: str
    role: Role


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in a room: nobody new comes in, and how many seconds lie between two messages.

    ``text`` says what has changed.
    """

    room: str
    is_locked: bool = False
    slow_seconds: int = 0
    text: str = ""


@dataclass(frozen=True, slots=True)
class MutedFor:
    """This person may say nothing for so many seconds: None for good, 0 not at all any more."""

    seconds: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """This person is not in yet: somebody has to let them in within so many seconds."""

    seconds: int
    text: str


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody asks to be let in, or does so no longer; told to those who may decide."""

    user: str
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class Removed:
    """This person was put out of the chat, and should not come back by themselves."""

    text: str


@dataclass(frozen=True, slots=True)
class Audit:
    """A decision of the past, in the answer to the command ``re``: who decided what about whom.

    ``action`` is the command's word, such as ``mute``.
    """

    re: str
    time_ms: int
    by: str
    action: str
    about: str
    text: str


@dataclass(frozen=True, slots=True)
class Banned:
    """Somebody who is kept out, in the answer to the command ``re``."""

    re: str
    time_ms: int
    by: str
    user: str
    text: str


@dataclass(frozen=True, slots=True)
class Done:
    """The command ``re`` was carried out, and this is the end of its answer."""

    re: str
    text: str


Event = RoleIs | Rules | MutedFor | Waiting | Knock | Removed | Audit | Banned | Done


def told(event: RoleIs) -> str:
    """Return what people read of a role."""
    return f"{event.user} is {'the' if event.role is Role.HOST else 'a'} {event.role}"


def line(event: Event) -> Line:
    """Return how ``event`` is spelled."""
    match event:
        case RoleIs(user, role):
            return _server("role", told(event), user=user, role=role)
        case Rules(room, is_locked, slow_seconds, text):
            tags = {"locked": str(int(is_locked)), "slow": str(slow_seconds)}
            return _server("rules", text, room=room, **tags)
        case MutedFor(None, text):
            return _server("muted", text)
        case MutedFor(seconds, text):
            return _server("muted", text, seconds=str(seconds))
        case Waiting(seconds, text):
            return _server("waiting", text, seconds=str(seconds))
        case Knock(user, outcome, text):
            return _server("knock", text, user=user, state=outcome)
        case Removed(text):
            return _server("removed", text)
        case Audit(re, time_ms, by, action, about, text):
            tags = {"re": re, "time": format_time(time_ms), "by": by, "action": action}
            return _server("audit", text, **tags, about=about)
        case Banned(re, time_ms, by, user, text):
            tags = {"re": re, "time": format_time(time_ms), "by": by}
            return _server("banned", text, **tags, user=user)
        case Done(re, text):
            return _server("done", text, re=re)


def _server(event: str, text: str, **tags: str) -> Line:
    known = {key: value for key, value in tags.items() if value}
    return Line(f"{SERVER}~{text}", {"event": event, **known})


def _text(line: Line) -> str:
    return line.text.removeprefix(f"{SERVER}~")


def _seconds(line: Line) -> int | None:
    return tag_number(line, "seconds") if "seconds" in line.tags else None


def _one_of(kind: type[_Kind], line: Line, key: str) -> _Kind:
    try:
        return kind(line.tags.get(key, ""))
    except ValueError:
        why = f"{line.tags.get(key, '')[:40]!r} is no {key} that is known."
        raise RemoteError("bad-line", why) from None


READERS: dict[str, Callable[[Line], Event]] = {
    "role": lambda line: RoleIs(tag_name(line, "user"), _one_of(Role, line, "role")),
    "rules": lambda line: Rules(
        tag_name(line, "room"),
        line.tags.get("locked") == "1",
        tag_number(line, "slow") if "slow" in line.tags else 0,
        _text(line),
    ),
    "muted": lambda line: MutedFor(_seconds(line), _text(line)),
    "waiting": lambda line: Waiting(tag_number(line, "seconds"), _text(line)),
    "knock": lambda line: Knock(
        tag_name(line, "user"), _one_of(Outcome, line, "state"), _text(line)
    ),
    "removed": lambda line: Removed(_text(line)),
    "audit": lambda line: Audit(
        line.tags.get("re", ""),
        parse_time(line.tags.get("time", "")),
        line.tags.get("by", ""),
        tag_name(line, "action"),
        line.tags.get("about", ""),
        _text(line),
    ),
    "banned": lambda line: Banned(
        line.tags.get("re", ""),
        parse_time(line.tags.get("time", "")),
        line.tags.get("by", ""),
        tag_name(line, "user"),
        _text(line),
    ),
    "done": lambda line: Done(line.tags.get("re", ""), _text(line)),
}
