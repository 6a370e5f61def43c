"""One chat that the person is in: its window, and what goes on around it."""

import tkinter as tk
from dataclasses import replace

from tkchat.client.settings import Settings
from tkchat.gui.chat_window import Actions, ChatWindow
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.entering import Entered
from tkchat.gui.look.theme import Theme
from tkchat.gui.notifying import Notifying
from tkchat.gui.pump import Pump
from tkchat.gui.saving import Saving


class OpenChat:
    """Puts the window of a chat on the screen, lets it draw what happens, and tells of it."""

    def __init__(
        self,
        root: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        pump: Pump,
        settings: Settings,
        entered: Entered,
        actions: Actions,
    ) -> None:
        session, model = entered.session, entered.model
        actions = replace(actions, export=self._export)
        self.window = ChatWindow(root, theme, emoji, session, model, actions, entered.hosting)
        self._saving = Saving(
            self.window,
            theme,
            emoji,
            model,
            pump,
            host=str(session.address),
            history=lambda: session.history,
            hint=self.window.hint,
        )
        self._notifying = Notifying(
            self.window, session, model, settings, pump, self.window.open_room
        )
        self.window.watch(self._notifying.take)
        pump.watch(session.events, self.window.take)
        self.window.take(entered.more)
        self.window.show(settings.window)

    def follow_settings(self) -> None:
        """Take note that a setting was changed."""
        self._notifying.follow()

    def _export(self) -> None:
        self._saving.open()
