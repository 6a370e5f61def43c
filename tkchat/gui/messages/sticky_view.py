"""Keeps a scrolled text where its reader wants it: at the bottom, or at the line being read."""

import tkinter as tk
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_ANCHOR = "sticky-anchor"
_FAR = 0.8  # of the view's height: a page leaves a few lines in view
# Whatever moves the view by hand. Autoscroll while selecting needs B1-Motion.
_MOVES = ("MouseWheel", "Button-4", "Button-5", "KeyPress", "B1-Motion", "ButtonRelease")


class StickyView:
    """Follows whether ``text`` is at its bottom; ``on_move`` is told after each move by hand.

    That is a flag set when the reader moves and not a look at ``yview``, which an insertion or a
    smaller window has already changed, and which in a long text reads 0.99999 near the bottom.
    """

    def __init__(self, text: tk.Text, on_move: Callable[[], None]) -> None:
        self._text = text
        self._on_move = on_move
        self.at_bottom = True
        text.bind("<Configure>", lambda _event: self.settle(), add=True)
        # After the class bindings, which do the scrolling.
        after_all = f"moved{text}"
        text.bindtags((*text.bindtags(), after_all))
        # A key may have ended the program, and what is bound here is run all the same.
        command = f"catch {text.register(self.note)}"
        for move in _MOVES:
            text.tk.call("bind", after_all, f"<{move}>", command)
        text.bind("<Destroy>", lambda _event: self._unbind(after_all), add=True)

    @property
    def is_far(self) -> bool:
        """Whether there is about as much below what is in view as the view can hold."""
        text, height = self._text, self._text.winfo_height()
        # Some lines may not be measured yet; that is soon enough.
        below = text.tk.call(str(text), "count", "-ypixels", f"@0,{height}", "end")
        return not self.at_bottom and int(below or 0) > height * _FAR

    def scroll(self, *arguments: str) -> None:
        """Scroll as a scrollbar asks."""
        self._text.yview(*arguments)
        self.note()

    def note(self) -> None:
        """Take down whether the bottom is in view."""
        self.at_bottom = self._text.dlineinfo("end-1c") is not None
        self._on_move()

    def to_bottom(self) -> None:
        """Go to the bottom and stay there."""
        self.at_bottom = True
        self._text.see("end")
        self._on_move()

    def settle(self) -> None:
        """Go back to the bottom if something has moved it out of view."""
        if self.at_bottom:
            self._text.see("end")

    @contextmanager
    def kept(self, first: int, stop: int) -> Iterator[None]:
        """Change the lines from ``first`` up to ``stop`` within, without a visible jump."""
        text = self._text
        if self.at_bottom:
            yield
            text.see("end")
            return
        here = text.dlineinfo("@0,0")
        if here is None or text.compare(f"{first}.0", ">", "@0,0 linestart"):
            yield  # below the first line in view, or not on the screen at all
            return
        # The first display line in view, or the first that stays, if that is further down.
        text.mark_set(_ANCHOR, "@0,0" if text.compare(f"{stop}.0", "<", "@0,0") else f"{stop}.0")
        text.mark_gravity(_ANCHOR, "right")
        wanted = self.y_of(_ANCHOR)
        yield
        self.put(_ANCHOR, wanted)
        text.mark_unset(_ANCHOR)

    def y_of(self, index: str) -> int:
        """Return how many pixels a display line is below the upper edge, or above if negative."""
        text = self._text
        first = text.dlineinfo("@0,0")
        away = text.tk.call(str(text), "count", "-update", "-ypixels", "@0,0", index)
        return (first[1] if first else 0) + int(away or 0)

    def put(self, index: str, y: int) -> None:
        """Scroll so that `y_of` a display line becomes ``y``, as far as that is possible."""
        text = self._text
        text.yview(index)
        # It is at the top now, but for the end of a text, which cannot be scrolled up so far.
        there = text.dlineinfo(index)
        text.yview_scroll((there[1] if there else 0) - y, "pixels")

    def _unbind(self, tag: str) -> None:
        for move in _MOVES:
            self._text.tk.call("bind", tag, f"<{move}>", "")
