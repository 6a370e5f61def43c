"""What somebody types into the search box: words, and filters such as ``from:alice``. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from tkchat.i18n import tr
from tkchat.wire.entry import Entry
from tkchat.wire.search_words import has_link, index_text
from tkchat.wire.text import clean

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LEAST_LETTERS = 3  # of a weekday

# A filter or a plain word; either may have, or be, a text in quotes. The last may still be open.
_TOKEN = re.compile(r'(?:-|[a-zA-Z]+:)?"[^"]*(?:"|\Z)|\S+')
_PHRASE = re.compile(r'(?:^|\s)"([^"]*)(?:"|\Z)')
_NOT = re.compile(r'-([\w"].*)', re.DOTALL)
_WORD = re.compile(r"[^\W_]+")
_FILTER = re.compile(r"([a-zA-Z]+):(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for: messages to which all of it applies.

    ``words`` may have exact phrases in double quotes; ``without`` are those, or single words, that
    a message must not have. ``after`` is inclusive, ``before`` exclusive.
    ``room`` is a room, or a conversation like ``@bob``; empty for all. ``problems`` are sentences
    for the person about filters that make no sense, which are left out.
    """

    words: str = ""
    author: str = ""
    room: str = ""
    after: datetime | None = None
    before: datetime | None = None
    has_link: bool = False
    without: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for: ``without`` alone would find nearly everything."""
        return self.is_any_message and not self.room

    @property
    def is_any_message(self) -> bool:
        """Whether nothing is said of a message that is looked for, but maybe of its room."""
        return not (self.words.strip() or self.author or self.after or self.before or self.has_link)

    @property
    def phrases(self) -> list[str]:
        """The exact phrases among the words, in small letters without accents."""
        return [each for each in map(_plain, _PHRASE.findall(self.words)) if each]

    def fits(self, entry: Entry) -> bool:
        """Tell whether all but the single words applies to a message with its newest text."""
        at = entry.time_ms / 1000
        return not (
            (self.author and entry.author.casefold() != self.author.casefold())
            or (self.after and at < self.after.timestamp())
            or (self.before and at >= self.before.timestamp())
            or (self.has_link and not has_link(entry.text))
            or any(phrase not in _plain(entry.text) for phrase in self.phrases)
            or any(word in _single_words(entry.text) for word in map(_single_words, self.without))
        )


def parse(text: str, now: datetime) -> Query:
    """Return what ``text`` means; ``now`` is the local time.

    What looks like a filter but is none that exists is looked for as words. A filter that is not
    typed to its end yet is left out. ``-word`` and ``-"a phrase"`` are for what must not be there.
    """
    query = Query()
    words: list[str] = []
    without: list[str] = []
    for token in _TOKEN.findall(clean(text)):
        if (unwanted := _NOT.fullmatch(token)) is not None:
            without += [unwanted[1]] if _WORD.search(unwanted[1]) else []
            continue
        found = _FILTER.fullmatch(token)
        read = _readers(now).get(found[1].lower()) if found else None
        if found is None or read is None:
            words.append(token)
        elif value := found[2].strip('"'):
            query = read(query, value)
    return replace(query, words=" ".join(words), without=tuple(without))


def day_of(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the beginning and the end of the day that ``text`` names; None if it names none.

    Such are 2026-11-21, 2026-11 (the month), today, yesterday, a weekday (the last one), and for
    so long ago 7d, 2w and 12h.
    """
    try:
        found = _span(text.lower(), datetime.combine(now.date(), time()), now)
        return (found[0].astimezone(), found[1].astimezone()) if found else None
    except (ValueError, OverflowError, OSError):  # no such date, or beyond all calendars
        return None


def _span(text: str, today: datetime, now: datetime) -> tuple[datetime, datetime] | None:
    """Return the same without time zones: a day in another season may have another offset."""
    day: datetime | None = None
    if text in ("today", "yesterday"):
        day = today - timedelta(days=text == "yesterday")
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text):
        day = datetime(int(found[1]), int(found[2]), int(found[3]))  # noqa: DTZ001 (made aware by the caller)
    elif found := re.fullmatch(r"(\d{4})-(\d{1,2})", text):
        first = datetime(int(found[1]), int(found[2]), 1)  # noqa: DTZ001 (the same)
        return first, (first + timedelta(days=31)).replace(day=1)
    elif found := re.fullmatch(r"(\d{1,4})h", text):
        since = now.replace(tzinfo=None) - timedelta(hours=int(found[1]))
        return since, since
    elif found := re.fullmatch(r"(\d{1,4})([dw])", text):
        day = today - timedelta(days=int(found[1]) * (7 if found[2] == "w" else 1))
    elif len(text) >= _LEAST_LETTERS:
        for number, name in enumerate(_WEEKDAYS):
            if name.startswith(text):
                day = today - timedelta(days=(today.weekday() - number) % 7)
    return None if day is None else (day, day + timedelta(days=1))


def _readers(now: datetime) -> dict[str, Callable[[Query, str], Query]]:
    """Return what each filter does to a query."""

    def after(query: Query, value: str) -> Query:
        span = day_of(value, now)
        return replace(query, after=span[0]) if span else _no_day(query, value)

    def before(query: Query, value: str) -> Query:
        span = day_of(value, now)
        return replace(query, before=span[0]) if span else _no_day(query, value)

    def on(query: Query, value: str) -> Query:
        span = day_of(value, now)
        return replace(query, after=span[0], before=span[1]) if span else _no_day(query, value)

    def has(query: Query, value: str) -> Query:
        if "links".startswith(value.lower()):
            return replace(query, has_link=True)
        problem = tr("“has:{what}” is not known; there is “has:link”.").format(what=value)
        return _with_problem(query, problem)

    return {
        "from": lambda query, value: replace(query, author=value.removeprefix("@")),
        "in": lambda query, value: replace(query, room=value.removeprefix("#")),
        "after": after,
        "before": before,
        "on": on,
        "has": has,
    }


def _plain(text: str) -> str:
    """Return ``text`` without what a search takes no notice of."""
    bare = (each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
    return " ".join("".join(bare).casefold().split())


def _single_words(text: str) -> str:
    """Return the words of a text, as the index has them, each between two spaces."""
    return f" {' '.join(_WORD.findall(_plain(index_text(text))))} "


def _no_day(query: Query, value: str) -> Query:
    how = tr("“{text}” is no day. Write 2026-11-21, 2026-11, today, yesterday, monday or 7d.")
    return _with_problem(query, how.format(text=value))


def _with_problem(query: Query, problem: str) -> Query:
    return replace(query, problems=(*query.problems, problem))
