"""Reads the markup of messages."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from tkchat.client.markup.blocks import (
    Block,
    Code,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Style,
    plain_text,
)
from tkchat.client.markup.inline import Inline
from tkchat.client.markup.lines import Lines, split_lines
from tkchat.client.mentions import mention_spans

MAX_CHARS = 16_000  #: a longer text stays as it is written
MAX_MARKS = 300  #: and so does what comes after these: each takes its time

# What any markup has to have. Most messages have none of it, and go no further.
_MARKS = re.compile(
    r"[*_~`\[•]|^(?:>|[ \t]*(?:-|\d{1,9}[.)]) )|\w:\S|www\.|\w@\w|\w\.[a-z]{3}", re.MULTILINE
)
_MARK = re.compile(r"\*+|_+|~+|`+|\[|:\S")
_BLANK_LINES = re.compile(r"(\n[ \t]*\n)")


def as_plain(text: str) -> str:
    """Return what ``text`` says, without any markup."""
    return plain_text(Markup().parse(text))


class Markup:
    """A parser. It is for one thread at a time; a second thread makes its own."""

    def __init__(self) -> None:
        self._inline = Inline()
        self._marks_left = 0  # in the text that is parsed

    def parse(self, text: str, names: Collection[str] = (), *, is_cut: bool = False) -> list[Block]:
        """Return the blocks of ``text``. Never fails, and no text is lost but the marks.

        ``names`` are the people whose mentions are looked for. ``is_cut`` says that the text goes
        on, so that a block of code may lack its end.
        """
        self._marks_left = MAX_MARKS
        if len(text) > MAX_CHARS or not _MARKS.search(text):
            return [Paragraph(tuple(_with_mentions([Span(text)], names)))]
        return [self._block(part, names) for part in split_lines(text, is_cut=is_cut)]

    def addresses(self, text: str) -> list[Span]:
        """Return ``text``, in which nothing is markup, with the web addresses in it as links."""
        return self._inline.addresses(text) if _MARKS.search(text) else [Span(text)]

    def _block(self, part: Lines, names: Collection[str]) -> Block:
        if part.kind == "quote":
            return Quote(tuple(self._block(each, names) for each in part.inner))
        if part.kind == "code":
            return Code(part.marker, part.text)
        spans = tuple(_with_mentions(self._spans(part.text), names))
        return ListItem(part.depth, part.marker, spans) if part.marker else Paragraph(spans)

    def _spans(self, text: str) -> Iterator[Span]:
        # No mark reaches beyond a blank line.
        parts = _BLANK_LINES.split(text)
        spans: list[Span] = []
        for number, part in enumerate(parts):
            is_marked = not number % 2 and _MARKS.search(part)
            if is_marked:
                self._marks_left -= len(_MARK.findall(part))
            if is_marked and self._marks_left >= 0:
                spans += self._inline.spans(part)
            else:
                spans.append(Span(part))
        return _merged(spans)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Yield ``spans`` with neighbours of one look made one, and no empty ones."""
    for (style, url), alike in groupby(spans, lambda span: (span.style, span.url)):
        if url:
            yield from alike  # they may be two links
        elif text := "".join(span.text for span in alike):
            yield Span(text, style)


def _with_mentions(spans: Iterable[Span], names: Collection[str]) -> Iterator[Span]:
    for span in spans:
        if span.url or Style.CODE in span.style:
            yield span
            continue
        folded = span.text.casefold()
        named = [name for name in names if name.casefold() in folded]
        if not named and "@" not in folded:
            yield span
            continue
        done = 0
        for start, end, name in mention_spans(span.text, named):
            if start > done:
                yield replace(span, text=span.text[done:start])
            yield replace(span, text=span.text[start:end], mention=name)
            done = end
        if done < len(span.text):
            yield replace(span, text=span.text[done:])
