"""The names of emoji, as people type them: ``:tada:``, ``:+1:``. No tkinter."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import Any

#: a whole shortcode right before the cursor, which is no part of a word such as ``12:30:``
_TYPED = re.compile(r"(?<![\w:]):([\w+\-]+):\Z")
_FENCE = re.compile(r"`+")


class Shortcodes:
    """Emoji by name and names by emoji.

    The table takes about 60 ms to load: whoever may not wait calls `load` in another thread first.
    """

    def load(self) -> None:
        """Load the table, if that has not happened. Any thread may call this."""
        _ = self._names

    def emoji_named(self, name: str) -> str:
        """Return the emoji called ``name`` (without colons); empty if there is none."""
        return self._by_name.get(name.casefold(), "")

    def name_of(self, sequence: str) -> str:
        """Return what people call an emoji, of any tone, without colons; empty if unknown."""
        sequence = _TONE.sub("", sequence)
        names = self._names.get(sequence) or self._names.get(f"{sequence}\ufe0f")
        return names[0] if names else ""

    def find(self, words: str, limit: int, first: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Return up to ``limit`` emoji whose names have ``words`` in them, each with that name.

        Names that begin so come first, and among these the emoji in ``first``, then short names;
        flags, of which there are many, come last.
        """
        wanted = words.casefold().strip(":").replace(" ", "_")
        favourites = {sequence: place for place, sequence in enumerate(first)}
        found: dict[str, tuple[tuple[bool, int, int, int], str]] = {}
        for name, sequence in self._by_name.items():
            if wanted not in name:
                continue
            begins = 0 if name.startswith(wanted) else 1 if f"_{wanted}" in name else 2
            place = favourites.get(sequence, len(favourites))
            rank = (bool(_FLAG.match(sequence)), begins, place, len(name))
            if sequence not in found or rank < found[sequence][0]:
                found[sequence] = (rank, name)
        best = sorted(found.items(), key=lambda item: item[1])
        return [(sequence, name) for sequence, (_, name) in best[:limit]]

    @cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of each emoji, the one that people use first."""
        from emoji import EMOJI_DATA  # here, since it takes long

        return {
            sequence: [name.strip(":").casefold() for name in _usual_first(data)]
            for sequence, data in EMOJI_DATA.items()
            if data["status"] == _FULLY_QUALIFIED and not _LEFT_OUT.search(sequence)
        }

    @cached_property
    def _by_name(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for sequence, names in self._names.items():
            for name in names:
                found.setdefault(name, sequence)
        return found


def typed_shortcode(before: str) -> str:
    """Return the name in the shortcode that ``before``, the text up to the cursor, ends with.

    Empty if there is none, or if it stands in code.
    """
    found = _TYPED.search(before)
    return found[1] if found and not is_in_code(before) else ""


def is_in_code(before: str) -> bool:
    """Tell whether the end of ``before`` stands in code: behind backticks that none have closed."""
    opened = ""
    for found in _FENCE.finditer(before):
        if not opened:
            opened = found[0]
        elif found[0] == opened:
            opened = ""
    return bool(opened)


_FULLY_QUALIFIED = 2  # in the table's own numbering
# Each hand in each tone; and flags of tag characters, which no text may have: see sanitise.py.
_LEFT_OUT = re.compile("[\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
_TONE = re.compile("[\U0001f3fb-\U0001f3ff]")
_FLAG = re.compile("[\U0001f1e6-\U0001f1ff]")


def _usual_first(data: dict[str, Any]) -> list[str]:
    return [*data.get("alias", []), data["en"]]
