"""Makes any string harmless to Tk, which cuts text at NUL and raises on lone surrogates."""

import re

_REPLACEMENT = "\ufffd"

# What a terminal would obey. A string sequence counts only with its end, lest it eat the message.
_ANSI = r"\x1b\][^\x07\x1b\n]*(?:\x07|\x1b\\)|(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]|\x1b[ -/]*[0-Z\\-~]"
# C0 and C1 but tab and newline; bidi marks, embeddings and isolates, which can make a line read as
# what it is not (Unicode TR 36, section 3.4); the byte order mark; tag characters (hidden text).
_UNSEEN = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
    "\U000e0000-\U000e007f"
)
_STRIP = re.compile(f"{_ANSI}|[{_UNSEEN}]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_END = re.compile("\r\n?|[\u2028\u2029]")
_MARK = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_TOWER = re.compile(f"({_MARK}{{4}}){_MARK}+")


def for_tk(text: str) -> str:
    """Return ``text`` as any widget, title or clipboard can take it.

    Terminal sequences, controls, bidi controls and tag characters go; every kind of line end
    becomes a newline; lone surrogates become U+FFFD; of a tower of combining marks four stay.
    Joiners and variation selectors stay, since emoji are made with them.
    """
    if text.isascii() and text.isprintable():  # most messages
        return text
    text = _STRIP.sub("", _LINE_END.sub("\n", text))
    return _TOWER.sub(r"\1", _SURROGATE.sub(_REPLACEMENT, text))


def one_line(text: str) -> str:
    """Return ``text`` as a title, label or list row takes it: sanitised, every gap one space."""
    return " ".join(for_tk(text).split())
