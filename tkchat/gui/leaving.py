"""Ends a chat: whoever hosts it for others is asked first what is to become of it."""

import tkinter as tk
from collections.abc import Callable

from tkchat.client.hosting import Hosting
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import Option, Question
from tkchat.i18n import tr, trn


class Leaving:
    """Asks in ``window``. ``count_others`` tells how many others are in the chat.

    ``stop`` ends the host and then calls what it is given.
    """

    def __init__(
        self,
        window: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        hosting: Hosting | None,
        count_others: Callable[[], int],
        stop: Callable[[Hosting, Callable[[], None]], None],
    ) -> None:
        self._window = window
        self._theme = theme
        self._emoji = emoji
        self._hosting = hosting
        self._count_others = count_others
        self._stop = stop
        self._question: Question | None = None

    def ask_then(self, go: Callable[[], None]) -> None:
        """Call ``go`` once it is clear what becomes of the chat; never, if the person stays."""
        hosting = self._hosting
        if hosting is None:
            go()
            return
        if self._question is not None and self._question.winfo_exists():
            self._question.lift()  # a window manager can ask to close a window again
            return
        others = self._count_others()
        if not others:
            # We may not know of everybody: without us it ends by itself as soon as nobody is left.
            _let_go_on_then(hosting, go)
            return
        self._question = Question(
            self._window,
            self._theme,
            self._emoji,
            tr("You are hosting this chat"),
            trn(
                "One other person is in it. The chat can go on without this window until the last "
                "has left, or end for everybody.",
                "{count} others are in it. The chat can go on without this window until the last "
                "has left, or end for everybody.",
                others,
            ).format(count=others),
            [
                Option(tr("Keep it running"), lambda: _let_go_on_then(hosting, go)),
                Option(tr("End it for all"), lambda: self._stop(hosting, go), is_dangerous=True),
            ],
        )


def _let_go_on_then(hosting: Hosting, go: Callable[[], None]) -> None:
    hosting.leave_running()
    go()
