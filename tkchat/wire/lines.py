"""The line grammar, both dialects: plain text, and text with IRCv3-style tags before it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from tkchat.wire.errors import LocalError, RemoteError
from tkchat.wire.limits import MAX_LINE_BYTES, MAX_TAGS

_KEY = re.compile(r"[a-z0-9-]{1,32}\Z")
_BACKSLASH = "\ud800"  # stands for two of them: what was decoded never holds a surrogate
_VALUE_ESCAPES = {";": r"\:", " ": r"\s", "\\": r"\\", "\r": r"\r", "\n": r"\n"}
_TEXT_ESCAPES = {"\\": r"\\", "\r": r"\r", "\n": r"\n"}
_VALUE_TABLE = str.maketrans(_VALUE_ESCAPES)
_TEXT_TABLE = str.maketrans(_TEXT_ESCAPES)
_VALUE_UNESCAPES = {escape[1]: char for char, escape in _VALUE_ESCAPES.items() if char != "\\"}
_TEXT_UNESCAPES = {escape[1]: char for char, escape in _TEXT_ESCAPES.items() if char != "\\"}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tagged dialect: its tags, and the text that reads well without them."""

    text: str
    tags: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def is_tagged(raw: bytes) -> bool:
    """Tell whether a connection's first line makes it a tagged one."""
    return raw.startswith(b"@")


def encode_plain(text: str) -> bytes:
    """Return one plain line with its LF.

    Raises:
        LocalError: ``text`` holds a line break or a lone surrogate, or is too long.
    """
    if "\n" in text or "\r" in text:
        raise LocalError("a plain line cannot hold a line break: send several lines")
    return _finish(text)


def decode_plain(raw: bytes) -> str:
    """Return the text of a plain line given without its line end; never fails.

    Bytes that are not UTF-8 become U+FFFD.
    """
    return raw.decode("utf-8", "replace")


def encode_tagged(line: Line) -> bytes:
    """Return a tagged line with its LF.

    Raises:
        LocalError: no tags, a key outside the grammar, a lone surrogate, or too long.
    """
    if not line.tags:
        raise LocalError("a tagged line needs at least one tag")
    parts = []
    for key, value in line.tags.items():
        if not _KEY.match(key):
            raise LocalError(f"{key!r} cannot be a tag's key")
        if not value.isalnum():  # most are, and translating takes longer than all else here
            value = value.translate(_VALUE_TABLE)  # noqa: PLW2901 (the same, as the wire has it)
        parts.append(f"{key}={value}" if value else key)
    text = line.text
    if "\\" in text or "\n" in text or "\r" in text:
        text = text.translate(_TEXT_TABLE)
    return _finish("@" + ";".join(parts) + (f" {text}" if text else ""))


def decode_tagged(raw: bytes) -> Line:
    """Parse a line of a tagged connection, given without its line end.

    A line without tags is a `Line` with none. Of a key given twice the last value counts, as in
    IRCv3's message-tags.

    Raises:
        RemoteError: ``bad-line``, when the tags do not follow the grammar.
    """
    source = raw.decode("utf-8", "replace")
    if not source.startswith("@"):
        return Line(_unescape(source, _TEXT_UNESCAPES))
    head, _, text = source[1:].partition(" ")
    if head.count(";") >= MAX_TAGS:
        raise RemoteError("bad-line", f"A line has at most {MAX_TAGS} tags.")
    tags = {}
    for part in head.split(";"):
        key, _, value = part.partition("=")
        if not _KEY.match(key):
            raise RemoteError("bad-line", f"{key[:40]!r} cannot be a tag's key.")
        tags[key] = _unescape(value, _VALUE_UNESCAPES)
    return Line(_unescape(text, _TEXT_UNESCAPES), tags)


def check_length(line: bytes) -> bytes:
    """Return ``line``, which is given with its LF.

    Raises:
        LocalError: it is too long.
    """
    if len(line) > MAX_LINE_BYTES:
        raise LocalError(f"a line of {len(line)} bytes is over the limit of {MAX_LINE_BYTES}")
    return line


def _unescape(escaped: str, table: Mapping[str, str]) -> str:
    """Undo backslash escapes; a stray one stands for the character after it (IRCv3)."""
    if "\\" not in escaped:
        return escaped
    # A pattern would be shorter, but takes milliseconds for a line of nothing but backslashes.
    plain = escaped.replace("\\\\", _BACKSLASH)
    for letter, char in table.items():
        plain = plain.replace("\\" + letter, char)
    return plain.replace("\\", "").replace(_BACKSLASH, "\\")


def _finish(line: str) -> bytes:
    try:
        raw = line.encode() + b"\n"
    except UnicodeEncodeError as error:
        raise LocalError(f"a lone surrogate cannot be sent: {error}") from error
    return check_length(raw)
