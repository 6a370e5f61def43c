"""A message list with everything that shows up under the pointer."""

import tkinter as tk

from tests.gui.driving import show
from tests.gui.sample_messages import index_of
from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_clicks import MessageClicks
from tkchat.gui.messages.message_hover import MessageHover
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.message_menu import Deed, Deeds, MessageMenu


class Hovering:
    """Takes down what is ``asked`` for, and says who has ``seen`` what."""

    def __init__(self, root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
        self.root = root
        self.asked: list[str] = []
        self.seen: dict[str, list[str]] = {}
        self.allowed = list(Deed)
        self.deeds = Deeds(
            allowed=lambda _message: self.allowed,
            do=lambda deed, message: self.asked.append(f"{deed.value} {message.text}"),
            react=lambda message, sequence: self.asked.append(f"{sequence} {message.text}"),
            go_to_answered=lambda message: self.asked.append(f"go to {message.answers}"),
            seen_by=lambda message: self.seen.get(message.text, []),
            more=lambda message, _near: self.asked.append(f"choose for {message.text}"),
        )
        self.chat = MessageList(root, theme, emoji, own_name="me")
        self.chat.pack(fill="both", expand=True)
        self.text = self.chat.text
        self.clicks = MessageClicks(
            self.text,
            self.chat._drawn,
            self.deeds,
            on_link=self.asked.append,
            on_fold=lambda index: self.asked.append(f"fold {index}"),
        )
        find, link_at = self.clicks.message_at, self.clicks.link_at
        self.menu = MessageMenu(self.text, theme, emoji, find, self.deeds, link_at)
        self.hover = MessageHover(
            self.text, theme, emoji, self.clicks, self.deeds, self.menu, own_name="me"
        )
        self.toolbar = self.hover.toolbar
        show(self.chat)

    def show(self, *messages: Message) -> None:
        """Show these messages, drawn and laid out."""
        self.chat.show(list(messages))
        self.chat.update()

    def place(self, words: str) -> tuple[int, int]:
        """Return where the second letter of ``words`` is, in pixels."""
        return self.place_of(f"{index_of(self.chat, words)} +1c")

    def place_of(self, index: str) -> tuple[int, int]:
        """Return where the middle of what stands at an index is, in pixels."""
        box = self.text.bbox(index)
        assert box
        return box[0] + box[2] // 2, box[1] + box[3] // 2

    def point_at(self, x: int, y: int, state: int = 0) -> None:
        """Move the pointer within the list, as far as the list knows."""
        self.text.event_generate("<Motion>", x=x, y=y, state=state)
        self.text.update()
