"""What a message list is made of before it is drawn: text and pictures with their tags."""

import tkinter as tk
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Tags = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A picture within the text; ``stands_for`` is what copying gives for it."""

    photo: tk.PhotoImage
    align: str
    stands_for: str = ""


Piece = tuple[str | Slot, Tags]


def lines_led_by(slot: Slot, tags: Tags, pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Yield ``pieces`` with ``slot`` at the beginning of each of their lines."""
    is_start = True
    for content, own_tags in pieces:
        for part in content.splitlines(keepends=True) if isinstance(content, str) else (content,):
            if is_start:
                yield slot, tags
            yield part, own_tags
            is_start = isinstance(part, str) and part.endswith("\n")


def split_last_line(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return ``pieces`` up to and with their last newline, and what is behind it."""
    for at in range(len(pieces) - 1, -1, -1):
        content, tags = pieces[at]
        if isinstance(content, str) and "\n" in content:
            cut = content.rindex("\n") + 1
            rest: list[Piece] = [(content[cut:], tags)] if cut < len(content) else []
            return [*pieces[:at], (content[:cut], tags)], [*rest, *pieces[at + 1 :]]
    return [], list(pieces)


def split_first_line(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Return ``pieces`` up to and with their first newline, and what is behind it."""
    for at, (content, tags) in enumerate(pieces):
        if isinstance(content, str) and "\n" in content:
            cut = content.index("\n") + 1
            rest: list[Piece] = [(content[cut:], tags)] if cut < len(content) else []
            return [*pieces[:at], (content[:cut], tags)], [*rest, *pieces[at + 1 :]]
    return list(pieces), []


def tagged(pieces: Iterable[Piece], tag: str) -> list[Piece]:
    """Return ``pieces``, all with one tag more."""
    return [(content, (*tags, tag)) for content, tags in pieces]
