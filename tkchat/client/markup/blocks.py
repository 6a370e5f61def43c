"""The parts of a message: blocks, which begin on a line of their own, and the spans in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Flag, auto


class Style(Flag):
    """How words are meant; any of them may come together."""

    PLAIN = 0
    BOLD = auto()
    ITALIC = auto()
    STRIKE = auto()
    CODE = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text, which may have newlines in it, that is drawn in one way.

    ``url`` is where a click leads: http, https or mailto, else empty. ``mention`` is the person who
    is named here, as their name is written in ``names``; empty for none.
    """

    text: str
    style: Style = Style.PLAIN
    url: str = ""
    mention: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of text, with their leading spaces and the blank lines among them."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item of a list. ``depth`` counts from 0; ``marker`` is a bullet, or a number as typed."""

    depth: int
    marker: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code, without a newline at the end; ``language`` may be empty."""

    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said, quoted by lines that begin with ``>``."""

    blocks: tuple["Block", ...]


Block = Paragraph | ListItem | Code | Quote


def plain_text(blocks: Sequence[Block]) -> str:
    """Return what the blocks say, without any markup; each begins on a new line."""
    return "\n".join(map(_plain, blocks))


def _plain(block: Block) -> str:
    match block:
        case Paragraph():
            return "".join(span.text for span in block.spans)
        case ListItem():
            return f"{block.marker} {''.join(span.text for span in block.spans)}"
        case Code():
            return block.text
        case Quote():
            return plain_text(block.blocks)
