"""The emoji that a person used last. No tkinter."""

from collections.abc import Callable

MAX_RECENT = 27
USUAL = ("👍", "❤️", "😂", "🎉", "😮", "😢", "🙏", "👀", "✅")  #: before any was used


class RecentEmoji:
    """The emoji used, the last one first; kept in ``kept``, a list of the settings."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self._on_change: Callable[[], None] = lambda: None

    def keep_in(self, kept: list[str], on_change: Callable[[], None]) -> None:
        """Use ``kept`` from now on, and call ``on_change`` after each change of it."""
        self.kept = kept
        self._on_change = on_change

    def used(self, sequence: str) -> None:
        """Take note that an emoji was used."""
        others = [each for each in self.kept if each != sequence]
        self.kept[:] = [sequence, *others][:MAX_RECENT]
        self._on_change()

    def shown(self) -> list[str]:
        """Return what to offer first: those used, and the usual ones while these are few."""
        return list(dict.fromkeys([*self.kept, *USUAL]))[:MAX_RECENT]
