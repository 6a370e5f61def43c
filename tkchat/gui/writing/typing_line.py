"""The quiet line under the box to write in: what waits for the host, or else who is typing."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.clipped_label import ClippedLabel
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import grouped, join_names, tr, trn

_LOOK_MS = 1_000  # how often it looks whether somebody has stopped typing
_NAMES = 3


def typing_text(names: Sequence[str]) -> str:
    """Return "alice and bob are typing…"; empty if nobody is."""
    if not names:
        return ""
    if len(names) > _NAMES:
        return tr("Several people are typing…")
    if len(names) == 1:
        return tr("{name} is typing…").format(name=names[0])
    return tr("{names} are typing…").format(names=join_names(names))


def waiting_text(count: int) -> str:
    """Return what to say of ``count`` messages that cannot be sent now; empty for none."""
    if not count:
        return ""
    said = trn(
        "{count} message is waiting; it will be sent when the host is back",
        "{count} messages are waiting; they will be sent when the host is back",
        count,
    )
    return said.format(count=grouped(count))


class TypingLine(ClippedLabel):
    """Always takes its place, so that nothing moves. ``typists`` tells who is typing now."""

    def __init__(
        self, parent: tk.Misc, theme: Theme, emoji: Emoji, typists: Callable[[], Sequence[str]]
    ) -> None:
        super().__init__(parent, theme)
        self._emoji = emoji
        self._typists = typists
        self._waiting = ""
        self._due = ""
        self.bind("<Destroy>", lambda _event: self._stop(), add=True)

    def show_waiting(self, count: int) -> None:
        """Say how many messages wait for a host that is not there."""
        self._waiting = waiting_text(count)
        self.look()

    def look(self) -> None:
        """Show who is typing by now, and look again as long as somebody is."""
        self._stop()
        names = [one_line(name) for name in self._typists()]
        if names:
            self._due = self.after(_LOOK_MS, self.look)
        self.show(self._emoji.plain(self._waiting or typing_text(names)))

    def _stop(self) -> None:
        if self._due:
            self.after_cancel(self._due)
            self._due = ""
