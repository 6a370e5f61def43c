"""Puts many pictures into a text widget in one call of Tk.

Each call lets other threads run. While messages pour in, getting the interpreter back takes longer
than the call itself, so that two calls for each picture would be felt.
"""

import tkinter as tk
from collections.abc import Iterable
from dataclasses import dataclass

_PROCEDURE = """
proc tkchat_embed {text pictures} {
    foreach {line column photo align name} $pictures {
        $text image create $line.[expr {$column + 1}] -image $photo -align $align -name $name
        $text delete $line.[expr {$column + 2}] $line.[expr {$column + 3}] \
            $line.$column $line.[expr {$column + 1}]
    }
}
"""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A picture, and the place that is kept for it: two characters, in ``line`` from ``column`` on.

    ``align`` and ``name`` are as in Tk's ``image create``.
    """

    line: str
    column: int
    photo: tk.PhotoImage
    align: str
    name: str


class Embedder:
    """Puts pictures into ``text``."""

    def __init__(self, text: tk.Text) -> None:
        self._text = text
        text.tk.eval(_PROCEDURE)

    def embed(self, pictures: Iterable[Embedded]) -> None:
        """Put each in the place of its two characters, whose tags it gets; the last one first."""
        flat = [
            part
            for each in pictures
            for part in (each.line, each.column, str(each.photo), each.align, each.name)
        ]
        self._text.tk.call("tkchat_embed", str(self._text), tuple(flat))
