"""Completes people's names with Tab."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.emoji.emoji import Emoji

_START = "completion-start"


class Completion:
    """Completes the word before the cursor of ``entry``; called again, goes on to the next name.

    ``names`` gives the likeliest first.
    """

    def __init__(self, entry: tk.Text, names: Callable[[], Sequence[str]], emoji: Emoji) -> None:
        self._entry = entry
        self._names = names
        self._emoji = emoji
        self._offers: list[str] = []
        self._offered = -1
        self._put = ""

    def next(self) -> bool:
        """Complete; False if there is nothing to complete."""
        if not self._goes_on():
            self._begin()
        if not self._offers:
            return False
        self._offered = (self._offered + 1) % len(self._offers)
        self._replace(self._offers[self._offered])
        return True

    def _goes_on(self) -> bool:
        """Say whether the last completion still stands right before the cursor."""
        return bool(self._put) and self._entry.get(_START, "insert") == self._put

    def _begin(self) -> None:
        entry = self._entry
        self._put = ""
        self._offered = -1
        entry.mark_set(_START, word_start(entry))
        entry.mark_gravity(_START, "left")
        prefix = entry.get(_START, "insert").removeprefix("@").casefold()
        plain = dict.fromkeys(self._emoji.plain(name) for name in self._names())
        self._offers = [name for name in plain if prefix and name.casefold().startswith(prefix)]

    def _replace(self, name: str) -> None:
        entry = self._entry
        self._put = f"{name}: " if entry.compare(_START, "==", "1.0") else f"{name} "
        entry.delete(_START, "insert")
        entry.insert("insert", self._put)
        entry.see("insert")


def word_start(entry: tk.Text, *, over_spaces: bool = False) -> str:
    """Return the index where the word before the cursor begins, at most at the line's start.

    With ``over_spaces`` the spaces between that word and the cursor belong to it, and so does the
    end of the line before.
    """
    index = entry.index("insert")
    if over_spaces:
        if entry.compare(index, "==", f"{index} linestart"):
            return entry.index(f"{index} -1c")
        index = _back_while(entry, index, str.isspace)
    return _back_while(entry, index, lambda char: not char.isspace())


def _back_while(entry: tk.Text, index: str, wanted: Callable[[str], bool]) -> str:
    # One by one, as Tk counts: how many columns a character takes depends on Tk's build.
    while entry.compare(index, ">", f"{index} linestart") and wanted(entry.get(f"{index} -1c")):
        index = entry.index(f"{index} -1c")
    return index
