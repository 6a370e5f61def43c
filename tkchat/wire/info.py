"""What a host says of itself to whoever has not come in: as a line, and as a record on the LAN."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tkchat.wire.entry import format_time, parse_time
from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_TITLE_CHARS
from tkchat.wire.lines import Line, decode_tagged, encode_tagged
from tkchat.wire.names import SERVER
from tkchat.wire.tags import tag_number
from tkchat.wire.text import clean

VERSION = 1
QUESTION = b"@event=info\n"  #: the line that asks for it, before any handshake
MOST_PEOPLE = 99_999  #: more than any chat has: who claims so is not believed

_ASKS = re.compile(rb"@event=info(?:[; ]|\Z)")
_LOG = re.compile(r"[0-9A-Za-z_-]{1,64}\Z")
_PEOPLE = re.compile(r"[0-9]{1,9}\Z")
_JOINER = "\u200d"  # invisible too, but many emoji hold one


class Door(StrEnum):
    """What somebody new meets at the door."""

    PASSWORD = "password"  # noqa: S105 (the word on the wire, no password)
    APPROVAL = "approval"  #: a person lets in each newcomer, or not
    LOCKED = "locked"  #: nobody new comes in


@dataclass(frozen=True, slots=True)
class Info:
    """A host, as it describes itself. None of it is proven.

    ``time_ms`` is its clock, None where it does not say; ``log`` names its log. A host that does
    not want to be found leaves out ``title``, ``people`` and ``log``.
    """

    time_ms: int | None = None
    title: str = ""
    people: int | None = None
    log: str = ""
    doors: frozenset[Door] = frozenset()
    version: int = VERSION


def is_question(raw: bytes) -> bool:
    """Tell whether a line, given without its end, asks for the host's `Info`."""
    return _ASKS.match(raw) is not None


def encode(info: Info) -> bytes:
    """Return the host's answer to `QUESTION`, with its LF."""
    tags = {
        "event": "info",
        "v": str(info.version),
        "time": "" if info.time_ms is None else format_time(info.time_ms),
        "users": "" if info.people is None else str(info.people),
        "title": one_title(info.title),
        "log": info.log,
        "doors": ",".join(sorted(info.doors)),
    }
    text = (
        f"{SERVER}~This is the chat {tags['title']}"
        if tags["title"]
        else f"{SERVER}~This is a chat"
    )
    return encode_tagged(Line(text, {key: value for key, value in tags.items() if value}))


def decode(raw: bytes) -> Info | None:
    """Read a host's answer, given without its line end; None for any other line.

    What is wrong in it is left out: it comes from whoever listens there.

    Raises:
        RemoteError: ``bad-line``, when it does not say which version it is.
    """
    line = decode_tagged(raw)
    if line.tags.get("event") != "info":
        return None
    try:
        time_ms = parse_time(line.tags["time"]) if "time" in line.tags else None
    except RemoteError:
        time_ms = None
    return _read(line.tags, "users", tag_number(line, "v"), time_ms)


def to_record(info: Info) -> dict[str, str]:
    """Return the pairs of the TXT record that announces the host (RFC 6763, section 6)."""
    pairs = {
        "v": str(info.version),
        "title": one_title(info.title),
        "people": "" if info.people is None else str(info.people),
        "log": info.log,
        "encrypted": "1",
    }
    return {key: value for key, value in pairs.items() if value}


def from_record(pairs: Mapping[bytes, bytes | None]) -> Info | None:
    """Read such a record; None if it is not one of a version that this program can speak with."""
    texts = {
        key.decode("ascii", "replace").lower(): (value or b"").decode("utf-8", "replace")
        for key, value in pairs.items()
    }
    return _read(texts, "people", VERSION, None) if texts.get("v") == str(VERSION) else None


def one_title(text: str) -> str:
    """Return ``text`` as a title may be shown: one line without anything invisible, and short."""
    visible = "".join(
        char
        for char in clean(text)
        if char.isspace() or char == _JOINER or unicodedata.category(char)[0] != "C"
    )
    return " ".join(visible.split())[:MAX_TITLE_CHARS].rstrip()


def _read(pairs: Mapping[str, str], people: str, version: int, time_ms: int | None) -> Info:
    count, log = pairs.get(people, ""), pairs.get("log", "")
    words = pairs.get("doors", "").split(",")
    return Info(
        time_ms,
        one_title(pairs.get("title", "")),
        min(int(count), MOST_PEOPLE) if _PEOPLE.match(count) else None,
        log if _LOG.match(log) else "",
        frozenset(door for door in Door if door in words),
        version,
    )
