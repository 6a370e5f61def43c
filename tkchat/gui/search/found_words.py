"""Shows a found message in few words: where the search words stand, and when it was. No tkinter."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime

from tkchat.gui.messages.message_blocks import month_name
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr
from tkchat.wire.search_words import index_text

SNIPPET_CHARS = 180
_BEFORE = 50  # characters of context before the first word that was found
_LONGEST_WORD = 50  # a longer one is cut


def search_words(query: str) -> list[str]:
    """Return the words of a search, those of its phrases too."""
    return re.findall(r"\w+", query)


def emphasised(text: str, words: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield ``text`` in pieces, each with whether it is one of ``words`` or its beginning."""
    done = 0
    for found in _finder(words).finditer(text) if words else ():
        if done < found.start():
            yield text[done : found.start()], False
        yield found[0], True
        done = found.end()
    if done < len(text):
        yield text[done:], False


def snippet(text: str, words: list[str]) -> str:
    """Return ``text`` on one line, or if it is long the part around the first of ``words``."""
    line = one_line(text)
    if len(line) <= SNIPPET_CHARS:
        return line
    found = _finder(words).search(line) if words else None
    start = max(min(found.start() if found else 0, len(line)) - _BEFORE, 0)
    if start:
        space = line.find(" ", start - 1, start + _BEFORE)
        start = space + 1 if space >= 0 else start
    end = start + SNIPPET_CHARS
    if end < len(line):
        space = line.rfind(" ", start, end + 1)
        end = space if space > end - _LONGEST_WORD else end
    before, after = "… " if start else "", " …" if end < len(line) else ""
    return f"{before}{line[start:end]}{after}"


def moment(at: datetime, today: date, clock: Callable[[datetime], str]) -> str:
    """Return when something was: the time for today, else the date. ``clock`` writes a time."""
    if at.date() == today:
        return clock(at)
    if at.year == today.year:
        return tr("{day} {month}, {time}").format(day=at.day, month=month_name(at), time=clock(at))
    return tr("{day} {month} {year}").format(day=at.day, month=month_name(at), year=at.year)


def _finder(words: list[str]) -> re.Pattern[str]:
    # The longest first: of "in" and "inner", the whole of the latter.
    ordered = sorted(words, key=len, reverse=True)
    return re.compile("|".join(map(_beginning, ordered)), re.IGNORECASE)


def _beginning(word: str) -> str:
    """Return the pattern for where a word begins with ``word``, or contains it where none ends."""
    is_unspaced = index_text(word).strip() != word  # as Chinese is
    return re.escape(word) if is_unspaced else rf"(?<!\w){re.escape(word)}"
