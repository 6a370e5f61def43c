"""What the search panel offers to go on with: filters, and the names that fit one. No tkinter."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tkchat.i18n import tr

MOST_NAMES = 6
MOST_WORDS = 3  #: of a search that found nothing are offered by themselves
SHORTENED_CHARS = 5  #: a word of so many is offered without its end
_UNFINISHED = re.compile(r'(?:^|(?<=\s))(from|in):([^\s"]*)\Z', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """``shown`` is what it is about; ``query`` is what then stands in the search box.

    With ``everywhere`` all rooms are searched from then on.
    """

    shown: str
    about: str
    query: str
    everywhere: bool = False


def offers(query: str, people: Iterable[str], rooms: Iterable[str]) -> list[Offer]:
    """Return what can be made of what is typed so far.

    ``rooms`` are rooms, and conversations like ``@bob``.
    """
    if not query.strip():
        return _filters()
    found = _UNFINISHED.search(query)
    if found is None:
        return []
    name, typed = found[1].lower(), found[2].lstrip("@#").casefold()
    all_names = people if name == "from" else (_with_sign(room) for room in rooms)
    fitting = [each for each in all_names if each.lstrip("@#").casefold().startswith(typed)]
    if len(fitting) == 1 and fitting[0].lstrip("@#").casefold() == typed:
        return []  # it is there already
    start = query[: found.start(1)]
    return [Offer(f"{name}:{each}", "", f"{start}{name}:{each} ") for each in fitting[:MOST_NAMES]]


def when_nothing(query: str, *, in_one_room: bool) -> list[Offer]:
    """Return what may find more than ``query``, which found nothing."""
    written = " ".join(query.split())
    found = []
    if in_one_room:
        found.append(Offer(tr("Search all rooms"), "", written, everywhere=True))
    parts = written.split()
    words = [part for part in dict.fromkeys(parts) if ":" not in part]
    if len(words) == 1 and len(words[0]) >= SHORTENED_CHARS and '"' not in written:
        start = words[0][: -len(words[0]) // 3]
        left = " ".join(start if part == words[0] else part for part in parts)
        found.append(Offer(start, tr("words that begin like that"), left))
    if len(words) > 1 and '"' not in written:
        for word in words[:MOST_WORDS]:
            left = " ".join(part for part in parts if part not in words or part == word)
            found.append(Offer(word, tr("this word alone"), left))
    return found


def _filters() -> list[Offer]:
    return [
        Offer("from:", tr("what somebody said"), "from:"),
        Offer("in:", tr("in a room, or with @somebody"), "in:"),
        Offer("after:", tr("since a day: 2026-11-21, monday, 7d"), "after:"),
        Offer("before:", tr("before a day"), "before:"),
        Offer("on:", tr("on a day: yesterday"), "on:"),
        Offer("has:link", tr("with a link"), "has:link "),
        Offer('"…"', tr("these words in this order"), '"'),
    ]


def _with_sign(room: str) -> str:
    return room if room.startswith("@") else f"#{room}"
