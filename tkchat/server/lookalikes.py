"""Names that look alike though they are not the same: ``paypal``, with one letter in Cyrillic."""

import json
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources

from tkchat.wire.names import SERVER

_REMEMBERED = 1_024  # of who comes: each name is looked at four times
_LRM = "\u200e"  # stands around right-to-left letters in the table


class Lookalikes:
    """The names in use, by what they look like: their skeletons (Unicode TS 39, section 4).

    A name has several, for it may be written in small or in capital letters.
    """

    def __init__(self) -> None:
        self._keys: dict[str, dict[str, None]] = {}
        _table()  # now: later there may be no descriptor left to read it by

    def add(self, key: str, name: str) -> None:
        """Note that the name with ``key`` is in use."""
        for skeleton in skeletons(name):
            self._keys.setdefault(skeleton, {})[key] = None

    def remove(self, key: str, name: str) -> None:
        """Forget a name."""
        for skeleton in skeletons(name):
            keys = self._keys.get(skeleton, {})
            keys.pop(key, None)
            if not keys:
                self._keys.pop(skeleton, None)

    def find(self, key: str, name: str) -> Iterator[str]:
        """Yield the keys of other names that look like ``name``."""
        for skeleton in skeletons(name):
            yield from (other for other in list(self._keys.get(skeleton, ())) if other != key)


def is_like_server(name: str) -> bool:
    """Tell whether ``name`` could be taken for the host's own."""
    return not skeletons(name).isdisjoint(skeletons(SERVER))


@lru_cache(_REMEMBERED)
def skeletons(name: str) -> frozenset[str]:
    """Return what ``name`` looks like: as it is written, and in small letters.

    Capitals may look alike where small letters do not, so that these come from both.
    """
    shape = skeleton(name)
    return frozenset({shape, skeleton(name.casefold()), skeleton(shape.casefold())})


def skeleton(name: str) -> str:
    """Return what all names have in common that look like ``name`` (Unicode TS 39, section 4)."""
    table, shape = _table(), unicodedata.normalize("NFD", name)
    while (mapped := unicodedata.normalize("NFD", shape.translate(table))) != shape:
        shape = mapped
    return shape


@cache
def _table() -> dict[int, str]:
    """Return what each character is to be taken for.

    The library lists of each character those that look like it, in both directions. One with
    several is what they all are taken for, so the direction of the standard is found again; where
    there is only a pair, either of the two would do.
    """
    # Not by its `confusables` module, which reads two files and keeps all of both.
    source = resources.files("confusable_homoglyphs").joinpath("confusables.json")
    likes = {
        _bare(char): [_bare(other["c"]) for other in others]
        for char, others in json.loads(source.read_text("utf-8")).items()
    }
    table = {}
    for char, (other, *more) in likes.items():
        if len(char) == 1 and not more:
            is_pair = len(likes.get(other, ())) == 1
            if not is_pair or len(other) > 1 or other < char:
                table[ord(char)] = other
    return table


def _bare(text: str) -> str:
    return text.replace(_LRM, "")
