"""One chat that the person is in: its window, and what goes on around it."""

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import replace

from tkchat.client.events import Event
from tkchat.client.settings import Settings
from tkchat.gui.chat_window import Actions, ChatWindow
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Entered
from tkchat.gui.invite.inviting import Inviting
from tkchat.gui.look.theme import Theme
from tkchat.gui.notifying import Notifying
from tkchat.gui.pump import Pump
from tkchat.gui.saving import Saving
from tkchat.gui.turns import InTurns
from tkchat.net.address import Address


class OpenChat:
    """Puts the window of a chat on the screen, lets it draw what happens, and tells of it.

    It takes several turns of the event loop to make the window; ``on_made`` is called right before
    that is shown. Only from then on may anything be asked of the window. ``on_events`` gets all
    that happens, before the window does.
    """

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        pump: Pump,
        settings: Settings,
        entered: Entered,
        actions: Actions,
        on_made: Callable[[], None],
        on_events: Callable[[list[Event]], None] = lambda _: None,
    ) -> None:
        self._theme = theme
        self._emoji = emoji
        self._pump = pump
        self._settings = settings
        self._entered = entered
        self._on_made = on_made
        self._on_events = on_events
        self.is_made = False
        actions = replace(actions, export=self._export, invite=self._invite)
        self.window = ChatWindow(
            root, theme, emoji, entered.session, entered.model, actions, entered.hosting
        )
        pump.forget(entered.session.events)  # until there is something to draw them
        self._making = InTurns(root, self._make())

    def close(self) -> None:
        """Take the window away, and those over it, however much of it is made."""
        self._making.stop()
        self.window.destroy()

    def follow_settings(self) -> None:
        """Take note that a setting was changed."""
        if self.is_made:
            self._notifying.follow()

    def _make(self) -> Iterator[None]:
        window, session, model = self.window, self._entered.session, self._entered.model
        self._theme.complete()
        yield
        yield from window.build()
        self._saving = Saving(
            window,
            self._theme,
            self._emoji,
            model,
            self._pump,
            host=str(session.address),
            history=lambda: session.history,
            hint=window.hint,
        )
        self._inviting = Inviting(window, self._theme, self._emoji, self._pump, session)
        self._notifying = Notifying(
            window, session, model, self._settings, self._pump, window.open_room
        )
        window.watch(self._notifying.take)
        yield
        self._take(self._entered.more)
        self._pump.watch(session.events, self._take)
        self.is_made = True
        self._on_made()
        window.show(self._settings.window)
        if self._entered.hosting is None:  # a window that hosts knows it
            self._pump.in_background(self._find_for_others, self._invite_to)

    def _find_for_others(self) -> Address:
        from tkchat.client.ways_in import for_others  # it knows how to look at hosts

        return for_others(self._entered.session.address)

    def _invite_to(self, address: Address) -> None:
        if self.window.winfo_exists():
            self.window.invite_to(str(address))

    def _take(self, events: list[Event]) -> None:
        self._on_events(events)
        self.window.take(events)

    def _export(self) -> None:
        self._saving.open()

    def _invite(self) -> None:
        self._inviting.open()
