"""Writes a transcript in one of its formats."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from enum import Enum
from pathlib import Path

from tkchat.client.export.about import About
from tkchat.client.export.as_html import as_html
from tkchat.client.export.as_json import as_json
from tkchat.client.export.as_text import as_text
from tkchat.client.message import Kind, Message


class Format(Enum):
    """A kind of file; the value is how its name ends."""

    HTML = ".html"
    TEXT = ".txt"
    JSON = ".json"

    @classmethod
    def of(cls, path: Path) -> "Format | None":
        """Return the format that a file's name asks for; None for any other."""
        ending = {".htm": ".html"}.get(path.suffix.lower(), path.suffix.lower())
        return next((each for each in cls if each.value == ending), None)


def write_transcript(path: Path, form: Format, about: About, messages: Iterable[Message]) -> int:
    """Write ``messages`` to a file, whole or not at all, for this person's eyes only.

    A file that is there already is replaced. Returns how many messages it has. What is in memory
    at a time does not grow with them.

    Raises:
        OSError: it cannot be written; what was there is still there.
    """
    counted = _Counted(messages)
    renderers = {Format.HTML: as_html, Format.TEXT: as_text, Format.JSON: as_json}
    # Made with mode 0600, in the same folder: only there it can take the file's place at once.
    descriptor, name = tempfile.mkstemp(prefix=".tkchat-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace", newline="\n") as file:
            file.writelines(renderers[form](about, counted))
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return counted.count


def file_name(about: About, form: Format) -> str:
    """Return what to call the file: ``tkchat-design-2026-11-21.html``."""
    room = "".join(char if char.isalnum() or char in "-_." else "-" for char in about.room)
    return f"tkchat-{room.strip('-.') or 'room'}-{about.at:%Y-%m-%d}{form.value}"


class _Counted:
    """Counts what passes through."""

    def __init__(self, messages: Iterable[Message]) -> None:
        self.count = 0
        self._messages = messages

    def __iter__(self) -> Iterator[Message]:
        for message in self._messages:
            self.count += message.kind is not Kind.GAP
            yield message
