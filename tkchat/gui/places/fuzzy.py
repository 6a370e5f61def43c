"""Finds what somebody means by a few letters of its name. No tkinter."""

from collections.abc import Callable, Iterable
from typing import TypeVar

# What speaks for a match, in points; only their proportions matter.
_LETTER = 1.0
_FOLLOWS = 7.0  # right behind the letter found before
_WORD_START = 4.0
_BEGINNING = 2.0  # of the whole name
_WHOLE = 12.0
_SKIPPED = 0.05  # for each letter of the name that was not asked for

T = TypeVar("T")


def score(query: str, name: str) -> float | None:
    """Return how well ``query`` fits ``name``: its letters must occur there in this order.

    None if it does not fit. Starts of words and letters in a row count most.
    """
    wanted = [char for char in query.casefold() if not char.isspace()]
    have = name.casefold()
    if not wanted:
        return 0.0
    # best[i]: the best score whose last letter found is at i; row by row, a letter at a time.
    best: list[float | None] = [None] * len(have)
    for at, char in enumerate(wanted):
        best = _next_row(best, have, char, is_first=not at)
    found = [points for points in best if points is not None]
    if not found:
        return None
    whole = _WHOLE if "".join(wanted) == have else 0.0
    return max(found) + whole - _SKIPPED * (len(have) - len(wanted))


def _next_row(
    before: list[float | None], have: str, char: str, *, is_first: bool
) -> list[float | None]:
    row: list[float | None] = [None] * len(have)
    reached: float | None = 0.0 if is_first else None  # the best that ends before this place
    for at, here in enumerate(have):
        follows = before[at - 1] if at and not is_first else None
        if here == char and (reached is not None or follows is not None):
            starts = at == 0 or not have[at - 1].isalnum()
            points = _LETTER + (_WORD_START if starts else 0) + (0 if at else _BEGINNING)
            ways = [reached] if reached is not None else []
            ways += [follows + _FOLLOWS] if follows is not None else []
            row[at] = points + max(ways)
        if not is_first and follows is not None:
            reached = follows if reached is None else max(reached, follows)
    return row


def rank(
    query: str, things: Iterable[T], name: Callable[[T], str], bonus: Callable[[T], float]
) -> list[T]:
    """Return those of ``things`` that fit ``query``, the best first.

    ``bonus`` are points on top; without a query they alone decide, and the order of ``things``.
    """
    scored = [
        (points + bonus(thing), thing)
        for thing in things
        if (points := score(query, name(thing))) is not None
    ]
    return [thing for _, thing in sorted(scored, key=lambda pair: -pair[0])]
