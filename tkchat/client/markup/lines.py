"""Cuts a text into the lines of its paragraphs, quotes, lists and blocks of code.

Not CommonMark's rules, by which blank lines and leading spaces vanish and the answer under a quote
becomes a part of it: in a chat a line is a line.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_NESTING = 5  #: quotes in quotes

_FENCE = re.compile(r" {0,3}(?P<ticks>`{3,}) *(?P<language>[\w+#.-]{0,30}) *")
_QUOTE = re.compile(r">(?: (?P<said>.*))?")
_ITEM = re.compile(r"(?P<indent>[ \t]*)(?P<marker>[-*•]|\d{1,9}[.)]) {1,4}(?P<words>\S.*)")
_WORD = re.compile(r"[^\W_]|[^\x00-\x7f]")
_NESTS = 2  # so many spaces more make an item one of the item above
_FIRST_INDENT = 3  # a list begins no further to the right: that would be a drawing
_BULLETS = "-*•"


@dataclass(frozen=True, slots=True)
class Lines:
    """Neighbouring lines of one kind, their marks taken off: ``kind`` says which."""

    kind: str  #: "text", "item", "code" or "quote"
    text: str = ""
    marker: str = ""  #: of an item; of code, the language
    depth: int = 0
    inner: "tuple[Lines, ...]" = ()  #: of a quote


def split_lines(text: str, *, is_cut: bool = False) -> list[Lines]:
    """Return the parts of ``text`` in order.

    ``is_cut`` says that the text goes on, so that the last block of code may lack its end.
    """
    return list(_Splitter(text.split("\n"), is_cut=is_cut).parts(0))


class _Splitter:
    def __init__(self, lines: list[str], *, is_cut: bool) -> None:
        self._lines = lines
        self._is_cut = is_cut
        self._at = 0
        self._longest_unclosed = 10**9  # ticks that begin a block which never ends
        self._empty_quotes_end = 0

    def parts(self, nesting: int) -> Iterator[Lines]:
        text: list[str] = []
        while self._at < len(self._lines):
            found = self._code() or self._quote(nesting) or self._items()
            if not found:
                text.append(self._lines[self._at])
                self._at += 1
                continue
            if text:
                yield Lines("text", "\n".join(text))
                text = []
            yield from found
        if text:
            yield Lines("text", "\n".join(text))

    def _code(self) -> list[Lines]:
        line = self._lines[self._at]
        fence = _FENCE.fullmatch(line)
        if not fence or len(fence["ticks"]) >= self._longest_unclosed:
            return []
        ticks = fence["ticks"]
        end = self._end_of_code(ticks)
        if end is None:
            self._longest_unclosed = len(ticks)
            return []
        indent = len(line) - len(line.lstrip())
        inside = self._lines[self._at + 1 : end]
        code = "\n".join(each[min(indent, len(each) - len(each.lstrip(" "))) :] for each in inside)
        if not code.strip():
            return []
        self._at = end + 1
        return [Lines("code", code, fence["language"])]

    def _end_of_code(self, ticks: str) -> int | None:
        for number in range(self._at + 1, len(self._lines)):
            line = self._lines[number].strip()
            if line.startswith(ticks) and not line.strip("`"):
                return number
        return len(self._lines) if self._is_cut else None

    def _quote(self, nesting: int) -> list[Lines]:
        if nesting == MAX_NESTING or self._at < self._empty_quotes_end:
            return []
        said: list[str] = []
        while self._at + len(said) < len(self._lines):
            found = _QUOTE.fullmatch(self._lines[self._at + len(said)])
            if not found:
                break
            said.append(found["said"] or "")
        if not any(map(str.strip, said)):  # nothing is quoted here
            self._empty_quotes_end = self._at + len(said)
            return []
        self._at += len(said)
        is_cut = self._is_cut and self._at == len(self._lines)
        return [Lines("quote", inner=tuple(_Splitter(said, is_cut=is_cut).parts(nesting + 1)))]

    def _items(self) -> list[Lines]:
        items: list[Lines] = []
        indents: list[int] = []
        while self._at < len(self._lines):
            found = _ITEM.fullmatch(self._lines[self._at])
            if not found or not _WORD.search(found["words"]):
                break
            indent = len(found["indent"].expandtabs(4))
            if not indents and indent > _FIRST_INDENT:
                break
            while len(indents) > 1 and indent < indents[-1]:
                indents.pop()
            if not indents or indent >= indents[-1] + _NESTS:
                indents.append(indent)
            self._at += 1
            words = "\n".join([found["words"], *self._more_of_item(found.start("words"))])
            marker = "•" if found["marker"] in _BULLETS else found["marker"]
            items.append(Lines("item", words, marker, len(indents) - 1))
        return items

    def _more_of_item(self, column: int) -> Iterator[str]:
        """Yield the lines under an item that are indented like its words, or nearly so."""
        while self._at < len(self._lines):
            line = self._lines[self._at]
            indent = len(line) - len(line.lstrip(" "))
            if indent < _NESTS or not line.strip() or _FENCE.fullmatch(line):
                return
            found = _ITEM.fullmatch(line)
            if found and _WORD.search(found["words"]):
                return
            self._at += 1
            yield line[min(indent, column) :]
