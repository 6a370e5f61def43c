"""All of keeping order that is in the chat window: two bars, the menus' lines, the lists."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.client.session import Session
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.ordering import Ordering
from tkchat.gui.widgets.menu import Entry
from tkchat.i18n import tr

if TYPE_CHECKING:  # in most chats nobody ever needs them
    from tkchat.gui.order.decisions_window import DecisionsWindow
    from tkchat.gui.order.knock_bar import KnockBar
    from tkchat.gui.order.muted_bar import MutedBar

KNOCKS_ROW, MUTED_ROW = 1, 3  #: of the grid: over the messages, and below them


class Keeping:
    """What of it is to be seen is made when it is first needed, in ``main``.

    There, who asks to be let in stands over ``above``, and below that why this person may say
    nothing; both have a row of the grid. Only for Tk's thread.
    """

    def __init__(
        self,
        window: tk.Misc,
        main: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        session: Session,
        model: Model,
        *,
        above: tk.Misc,
        hint: Callable[[str], None],
        focus_box: Callable[[], None],
    ) -> None:
        self._window = window
        self._main = main
        self._theme = theme
        self._emoji = emoji
        self._model = model
        self._above = above
        self._focus_box = focus_box
        self._knocks: KnockBar | None = None
        self._muted: MutedBar | None = None
        self._decisions: DecisionsWindow | None = None
        self.ordering = Ordering(window, theme, emoji, session, model, hint)

    def regions(self) -> list[tuple[tk.Misc, tk.Misc]]:
        """Return the bar of who asks to be let in with its first button, while there is one."""
        bar = self._knocks
        return [(bar, bar.first)] if bar is not None and bar.first is not None else []

    def take(self, changes: Changes) -> None:
        """Draw what has changed."""
        self.ordering.take(changes)
        if changes.order or changes.link:
            self._show_knocks()
            self._show_muted()

    def menu_entries(self) -> list[Entry]:
        """Return the lines of the window's menu."""
        found = []
        if self.ordering.keeps_order:
            found.append(Entry(tr("What was decided…"), self.show_decisions))
        if self.ordering.is_host:
            found.append(Entry(tr("Password of the chat…"), self.ordering.ask_password))
        if self.ordering.can_ask:
            said = tr("Register my name with a password…")
            found.append(Entry(said, self.ordering.ask_register))
        return found

    def show_decisions(self) -> None:
        """Open the list of decisions, or bring it to the front, up to date."""
        from tkchat.gui.order.decisions_window import DecisionsWindow

        shown = self._decisions
        if shown is not None and shown.winfo_exists():
            shown.ask()
            shown.take_keyboard()
            return
        self._decisions = DecisionsWindow(self._window, self._theme, self._emoji, self.ordering)
        self._decisions.open()

    def _show_knocks(self) -> None:
        names = self._model.order.knocks if self.ordering.keeps_order else []
        if self._knocks is None and names:
            from tkchat.gui.order.knock_bar import KnockBar

            self._knocks = KnockBar(
                self._main,
                self._theme,
                self._emoji,
                let_in=self.ordering.let_in,
                refuse=self.ordering.refuse,
                to_box=self._focus_box,
            )
            self._knocks.grid(row=KNOCKS_ROW, sticky="ew")
            self._knocks.lower(self._above)  # which Tab leads to afterwards
        if self._knocks is not None:
            self._knocks.show(names)

    def _show_muted(self) -> None:
        if self._muted is None and self._model.order.is_muted:
            from tkchat.gui.order.muted_bar import MutedBar

            self._muted = MutedBar(self._main, self._theme, self._emoji, self._model)
            self._muted.grid(row=MUTED_ROW, sticky="ew", padx=(self._theme.px(16), 0))
        if self._muted is not None:
            self._muted.look()
