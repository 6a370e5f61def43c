"""Colours blocks of code, if Pygments is installed, without letting the window wait for it."""

import importlib.util
import tkinter as tk
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

from tkchat.gui.message_tags import CODE_TEXT, colour_tag

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
        self._asked: dict[_Key, Future[Coloured]] = {}
        self._worker = ThreadPoolExecutor(1, "code colours")
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
            self._asked[key] = self._worker.submit(_colour, *key)
            if not self._due:
                self._due = self._text.after(_LOOK_MS, self._look)
        return [(code, "")]

    def _look(self) -> None:
        self._due = ""
        done = [key for key, asked in self._asked.items() if asked.done()]
        if len(done) < len(self._asked):
            self._due = self._text.after(_LOOK_MS, self._look)
        for key in done:
            coloured = self._asked.pop(key).result()
            self._known[key] = coloured
            if len(self._known) > KEPT:
                self._known.popitem(last=False)
            self._apply(key[1], coloured)

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
        self._worker.shutdown(wait=False, cancel_futures=True)


def _colour(language: str, code: str) -> Coloured:
    """Return ``code`` in pieces with their kinds."""
    # Here, since it is optional, and takes long: it is not loaded before somebody shows code.
    from pygments.lexers import get_lexer_by_name
    from pygments.token import Comment, Keyword, Number, Operator, String
    from pygments.util import ClassNotFound

    kinds = (
        (Keyword, "keyword"),
        (Operator.Word, "keyword"),
        (String, "string"),
        (Number, "number"),
        (Comment, "comment"),
    )
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return [(code, "")]
    return [
        (text, next((kind for parent, kind in kinds if token in parent), ""))
        for token, text in lexer.get_tokens(code)
    ]
