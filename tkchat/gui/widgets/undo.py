"""What undo and redo bring back, a word at a time. No tkinter."""

from dataclasses import dataclass

MAX_STEPS = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """At ``start``, in characters, ``inserted`` took the place of ``removed``."""

    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """Where what was inserted ends."""
        return self.start + len(self.inserted)


def difference(old: str, new: str) -> Difference:
    """Return how ``new`` differs from ``old``, as one stretch."""
    most = min(len(old), len(new))
    start = 0
    while start < most and old[start] == new[start]:
        start += 1
    end = 0
    while end < most - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return Difference(start, old[start : len(old) - end], new[start : len(new) - end])


class Undo:
    """The states of a text, one for each word written or deleted and for all else done to it."""

    def __init__(self, text: str = "") -> None:
        self.text = text  #: as it is now
        self._past: list[str] = []
        self._future: list[str] = []
        self._last: Difference | None = None  # None: the next change is a step of its own

    @property
    def can_undo(self) -> bool:
        """Whether there is something to go back to."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether something was undone, and nothing written since."""
        return bool(self._future)

    def reset(self, text: str) -> None:
        """Begin anew with ``text``: what was before is not to be brought back."""
        self.text = text
        self._past.clear()
        self._future.clear()
        self._last = None

    def changed(self, text: str) -> None:
        """Take note that the text is this now."""
        if text == self.text:
            return
        change = difference(self.text, text)
        if self._last is None or not _goes_on(self._last, change, text):
            self._past = [*self._past, self.text][-MAX_STEPS:]
        self._future.clear()
        self._last = change
        self.text = text

    def apart(self) -> None:
        """Let the next change be a step of its own."""
        self._last = None

    def undo(self) -> tuple[str, int] | None:
        """Go a step back: the text as it was, and where the cursor belongs; None if at the end."""
        return self._go(self._past, self._future)

    def redo(self) -> tuple[str, int] | None:
        """Take the last `undo` back; None if there is none."""
        return self._go(self._future, self._past)

    def _go(self, there: list[str], back: list[str]) -> tuple[str, int] | None:
        if not there:
            return None
        back.append(self.text)
        change = difference(self.text, there[-1])
        self.text = there.pop()
        self._last = None
        return self.text, change.end


def _goes_on(last: Difference, change: Difference, text: str) -> bool:
    """Tell whether ``change``, which led to ``text``, belongs to the same step as ``last``."""
    if change.removed and change.inserted:
        return False
    if change.inserted:
        if len(change.inserted) > 1 or change.inserted == "\n" or change.start != last.end:
            return False
        begins_word = text[max(change.start - 1, 0)].isspace() and not change.inserted.isspace()
        return (not last.removed or len(last.removed) > 1) and not begins_word
    is_next_to_last = change.start + len(change.removed) == last.start or change.start == last.start
    return len(change.removed) == 1 and len(last.removed) == 1 and is_next_to_last
