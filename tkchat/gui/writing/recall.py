"""Brings back what was sent before. No tkinter."""

MAX_RECALLED = 100


class Recall:
    """The texts sent, which Up in an empty box brings back."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._at = 0  # len(self._texts): not in the past

    def sent(self, text: str) -> None:
        """Take down what was sent."""
        if not self._texts or self._texts[-1] != text:
            self._texts = [*self._texts, text][-MAX_RECALLED:]
        self._at = len(self._texts)

    def older(self, now: str) -> str | None:
        """Return the text before; None if ``now`` is the person's own writing, or at the oldest."""
        if not self._is_recalled(now) or self._at == 0:
            return None
        self._at -= 1
        return self._texts[self._at]

    def newer(self, now: str) -> str | None:
        """Return the text after, at last an empty one; None outside the past."""
        if not now or not self._is_recalled(now):
            return None
        self._at += 1
        return self._texts[self._at] if self._at < len(self._texts) else ""

    def _is_recalled(self, now: str) -> bool:
        if not now:
            self._at = len(self._texts)
            return True
        return self._at < len(self._texts) and self._texts[self._at] == now
