"""Colours blocks of code, if Pygments is installed, without letting the window wait for it."""

import importlib.util
import queue
import threading
import tkinter as tk
from collections import OrderedDict

from tkchat.gui.messages.message_tags import CODE_TEXT, colour_tag

MAX_CHARS = 4_000  #: longer code stays as it is
KEPT = 200  #: blocks of code whose colours are known
_LOOK_MS = 30
_FIRST_DANGEROUS = "\u2000"  # from here on may be emoji, which Tk counts otherwise than Python

Coloured = list[tuple[str, str]]  #: pieces of code, each with its kind or with ""
_Key = tuple[str, str]  # the language and the code


class CodeColours:
    """Knows the colours of code; what is drawn before they are known gets them in place."""

    def __init__(self, text: tk.Text) -> None:
        self._text = text
        self._known: OrderedDict[_Key, Coloured] = OrderedDict()
        self._asked: set[_Key] = set()
        self._worker: _Worker | None = None
        self._due = ""
        self._has_lexers = importlib.util.find_spec("pygments") is not None
        text.bind("<Destroy>", lambda _event: self._close(), add=True)

    def find(self, language: str, code: str) -> Coloured:
        """Return ``code`` in pieces; as one without a colour if they are not known (yet)."""
        key = (language.casefold(), code)
        if key in self._known:
            self._known.move_to_end(key)
            return self._known[key]
        if language and self._has_lexers and len(code) <= MAX_CHARS and key not in self._asked:
            self._worker = self._worker or _Worker()
            self._worker.wanted.put(key)
            self._asked.add(key)
            if not self._due:
                self._due = self._text.after(_LOOK_MS, self._look)
        return [(code, "")]

    def _look(self) -> None:
        self._due = ""
        while self._worker is not None and not self._worker.done.empty():
            key, coloured = self._worker.done.get_nowait()
            self._asked.discard(key)
            self._known[key] = coloured
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
            self._apply(key[1], coloured)
        if self._asked:
            self._due = self._text.after(_LOOK_MS, self._look)

    def _apply(self, code: str, coloured: Coloured) -> None:
        """Colour this code where it is drawn already."""
        if any(char >= _FIRST_DANGEROUS for char in code):
            return
        places = [str(index) for index in self._text.tag_ranges(CODE_TEXT)]
        for first, stop in zip(places[::2], places[1::2], strict=True):
            if self._text.get(first, stop) == code:
                self._apply_at(int(first.split(".")[0]), coloured)

    def _apply_at(self, line: int, coloured: Coloured) -> None:
        column = 1  # after the picture that begins each line of code
        for part, kind in coloured:
            for number, piece in enumerate(part.split("\n")):
                if number:
                    line, column = line + 1, 1
                if kind and piece:
                    start, stop = f"{line}.{column}", f"{line}.{column + len(piece)}"
                    self._text.tag_add(colour_tag(kind), start, stop)
                column += len(piece)

    def _close(self) -> None:
        if self._due:
            self._text.after_cancel(self._due)
        if self._worker is not None:
            self._worker.stop()


class _Worker:
    """Colours code in a thread of its own, one block after the other.

    Nobody waits for the thread: with some code a lexer takes ages.
    """

    def __init__(self) -> None:
        self.wanted: queue.SimpleQueue[_Key | None] = queue.SimpleQueue()
        self.done: queue.SimpleQueue[tuple[_Key, Coloured]] = queue.SimpleQueue()
        self._is_stopped = False
        threading.Thread(target=self._work, name="code colours", daemon=True).start()

    def stop(self) -> None:
        """Leave undone what is not begun."""
        self._is_stopped = True
        self.wanted.put(None)

    def _work(self) -> None:
        while (key := self.wanted.get()) is not None and not self._is_stopped:
            self.done.put((key, _colour(*key)))


def _colour(language: str, code: str) -> Coloured:
    """Return ``code`` in pieces with their kinds; in one if there is no lexer, or it fails."""
    try:
        # Here, since it is optional, and takes long: it is not loaded before somebody shows code.
        from pygments.lexers import get_lexer_by_name
        from pygments.token import Comment, Keyword, Number, Operator, String

        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
        tokens = list(lexer.get_tokens(code))
    except Exception:  # noqa: BLE001 (hundreds of lexers, and anybody's code)
        return [(code, "")]
    kinds = (
        (Keyword, "keyword"),
        (Operator.Word, "keyword"),
        (String, "string"),
        (Number, "number"),
        (Comment, "comment"),
    )
    return [
        (text, next((kind for parent, kind in kinds if token in parent), ""))
        for token, text in tokens
    ]
