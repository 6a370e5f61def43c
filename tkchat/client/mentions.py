"""Where a text names people."""

import re
from collections.abc import Iterable

EVERYBODY = "all"  #: who is meant by ``@all``

Span = tuple[int, int, str]  #: from where, up to where, and who

_START = re.compile(r"(?<!\w)@?(?=[^\s@])")
_WORD = re.compile(r"\w")
_CODE = re.compile(r"```.*?(?:```|\Z)|(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)


def mention_spans(text: str, names: Iterable[str]) -> list[Span]:
    """Return where ``text`` names one of ``names``, which tells how it is spelled; in order.

    A name has to be a word of its own, in any letter case, and not `code`. An @ before it is a part
    of its span. ``@all`` counts too, but not without its @.
    """
    known = {name.casefold(): name for name in names}
    known.setdefault(f"@{EVERYBODY}", EVERYBODY)
    initials = {key[0] for key in known if key}
    # A name may be written in more letters than it has: with ss for ß.
    lengths = sorted({len(each) for pair in known.items() for each in pair}, reverse=True)
    readable = _without_code(text)
    spans: list[Span] = []
    end = 0
    for start in _START.finditer(readable):
        if start.start() < end:
            continue
        for at in dict.fromkeys(start.span()):  # with the @, and without
            if readable[at].casefold()[0] not in initials:
                continue
            name, end_of_name = _name_at(readable, at, known, lengths)
            if name:
                end = end_of_name
                spans.append((start.start(), end, name))
                break
    return spans


def mentions(text: str, user: str) -> bool:
    """Tell whether ``text`` names ``user``, or everybody by ``@all``."""
    folded = text.casefold()
    if user.casefold() not in folded and f"@{EVERYBODY}" not in folded:
        return False  # most texts
    return bool(mention_spans(text, [user]))


def _name_at(text: str, at: int, known: dict[str, str], lengths: Iterable[int]) -> tuple[str, int]:
    for length in lengths:
        end = at + length
        name = known.get(text[at:end].casefold())
        if name is not None and end <= len(text) and not _WORD.match(text, end):
            return name, end
    return "", at


def _without_code(text: str) -> str:
    """Return ``text`` with blanks for what is code in it."""
    if "`" not in text:
        return text
    return _CODE.sub(lambda code: " " * len(code[0]), text)
