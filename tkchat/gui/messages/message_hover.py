"""What shows up when the pointer rests on a message: who, when, where to, and what can be done."""

import tkinter as tk
from collections.abc import Sequence
from datetime import date

from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_blocks import day_name
from tkchat.gui.messages.message_clicks import MessageClicks
from tkchat.gui.messages.message_menu import Deeds, MessageMenu
from tkchat.gui.messages.message_toolbar import MessageToolbar
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.widgets.tooltip import Tooltip
from tkchat.i18n import grouped, join_names, tr, trn

SHOWN_NAMES = 12  #: of more people only so many are named
SHOWN_CHARS = 300  #: of an address
_HEAD = {"header", "beside", "time"}  # the tags of the avatar, the name and the time


class MessageHover:
    """Tool-tips and a small toolbar over a list of messages. Only for Tk's thread."""

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        emoji: Emoji,
        clicks: MessageClicks,
        deeds: Deeds,
        menu: MessageMenu,
        *,
        own_name: str,
    ) -> None:
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self._clicks = clicks
        self._deeds = deeds
        self._own_name = own_name
        self._place = ""  # what the pointer is on
        self._pointer = 0, 0
        self.tip = Tooltip(text, theme)
        self.toolbar = MessageToolbar(text, theme, clicks, deeds, menu)
        text.bind("<Motion>", self._moved, add=True)

    def words_at(self, place: str, *, is_margin: bool = False) -> str:
        """Return what there is to say about what stands at an index; empty for nothing.

        ``is_margin`` says that the pointer is to the left of it.
        """
        message = self._clicks.message_at(place)
        if message is None:
            return ""
        if url := self._clicks.link_at(place):
            shown = one_line(url)
            return self._emoji.plain(
                shown if len(shown) <= SHOWN_CHARS else f"{shown[:SHOWN_CHARS]}…"
            )
        if sequence := self._clicks.reaction_at(place):
            return self._names(message.reactions.get(sequence, ()))
        tags = self._text.tag_names(place)
        is_told = message.own or is_margin or _HEAD.intersection(tags)
        if not is_told:  # it would lie over words that somebody reads
            return ""
        told = [self._when(message)]
        is_asked = "time" not in tags and (message.own or self._clicks.is_newest(message))
        if is_asked and (readers := self._deeds.seen_by(message)):
            told.append(tr("Seen by {names}").format(names=self._names(readers)))
        return "\n".join(told)

    def _moved(self, event: "tk.Event[tk.Misc]") -> None:
        self._pointer = event.x, event.y
        place = self._text.index(f"@{event.x},{event.y}")
        if place == self._place:
            return
        self._place = place
        if self.tip.text and self.tip.text == self._words():
            return  # still over the same thing
        self.tip.show_soon(self._words)

    def _words(self) -> str:
        """Return what there is to say where the pointer is: by now that may be another message."""
        x, y = self._pointer
        place = self._text.index(f"@{x},{y}")
        box = self._text.bbox(place)
        if box is None or x > box[0] + box[2] or y > box[1] + box[3]:
            return ""
        return self.words_at(place, is_margin=x < box[0])

    def _when(self, message: Message) -> str:
        day = day_name(message.at.date(), date.max)  # in full, with the year
        return tr("{day}, {time}").format(day=day, time=self._theme.clock(message.at))

    def _names(self, names: Sequence[str]) -> str:
        """Return "alice, bob and you"."""
        others = [self._emoji.plain(one_line(name)) for name in names if name != self._own_name]
        shown = others[:SHOWN_NAMES]
        if len(others) < len(names):
            shown.append(tr("you"))
        if (left := len(others) - SHOWN_NAMES) > 0:
            shown.append(trn("{count} other", "{count} others", left).format(count=grouped(left)))
        return join_names(shown)
