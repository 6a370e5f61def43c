"""The button at the top of the message list that leads to the first new message further up."""

from collections.abc import Callable
from tkinter import ttk

from tkchat.client.room import Room
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.i18n import tr

_BELOW_THE_EDGE = 10


class NewLineButton(ttk.Button):
    """Stands over ``shown`` until the "new" line was seen; a click calls ``on_click``."""

    def __init__(self, shown: MessageList, theme: Theme, on_click: Callable[[], None]) -> None:
        super().__init__(shown.text, style="Pill.TButton", command=on_click, takefocus=False)
        self.configure(cursor="hand2")
        self._shown = shown
        self._theme = theme
        self._line = ("", 0)  # the room and the seq of the message below the line
        self._is_seen = False

    def follow(self, room: Room, *, is_looking: bool) -> None:
        """Come or go, after the list has moved or changed. ``room`` is the one in it."""
        if self._line != (room.name, room.new_from):
            self._line = (room.name, room.new_from)
            self._is_seen = False
        first = self._shown.first_in_view
        is_above = first is not None and first.seq > room.new_from > 0
        if first is not None and not is_above and is_looking:
            self._is_seen = True
        if not is_above or self._is_seen:
            self.place_forget()
            return
        message = room.timeline.find(first.era, room.new_from) if first else None
        text = (
            tr("New messages since {time}").format(time=self._theme.clock(message.at))
            if message
            else tr("First new message")
        )
        self.configure(text=f"↑  {text}")
        self.place(relx=0.5, y=self._theme.px(_BELOW_THE_EDGE), anchor="n")
