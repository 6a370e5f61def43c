"""What a click in a list of messages does: links, folds, quotes, reactions, unsent messages."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.client.message import Message
from tkchat.gui.block_view import BlockView
from tkchat.gui.message_blocks import Shape
from tkchat.gui.message_menu import Deed, Deeds
from tkchat.gui.message_tags import DISCARD, EDIT, FOLD, LINK, QUOTE, REACTED, REACTION
from tkchat.gui.text_copy import text_between


class MessageClicks:
    """Knows what stands where in ``text``, and does what is asked for by a click there.

    ``on_fold`` gets the index of a block that is to be unfolded, or folded again.
    """

    def __init__(
        self,
        text: tk.Text,
        drawn: BlockView,
        deeds: Deeds,
        *,
        on_link: Callable[[str], None],
        on_fold: Callable[[int], None],
    ) -> None:
        self._text = text
        self._drawn = drawn
        self._deeds = deeds
        self._on_link = on_link
        self._on_fold = on_fold
        clicks: dict[str, Callable[[str], None]] = {
            LINK: self._open_link,
            FOLD: self._fold,
            QUOTE: lambda place: self._with_message(place, deeds.go_to_answered),
            EDIT: lambda place: self._with_message(place, lambda m: deeds.do(Deed.EDIT, m)),
            DISCARD: lambda place: self._with_message(place, lambda m: deeds.do(Deed.DISCARD, m)),
            REACTION: self._react,
            REACTED: self._react,
        }
        for tag, click in clicks.items():
            text.tag_bind(tag, "<ButtonRelease-1>", partial(self._clicked, click))
            text.tag_bind(tag, "<Enter>", lambda _event: text.configure(cursor="hand2"))
            text.tag_bind(tag, "<Leave>", lambda _event: text.configure(cursor=""))

    def message_at(self, place: str) -> Message | None:
        """Return what was said at a place like ``@10,20``; None for anything else."""
        index = self._drawn.index_at(place)
        block = None if index is None else self._drawn.blocks[index]
        if block is None or block.shape in (Shape.DAY, Shape.PRESENCE, Shape.GAP):
            return None
        return block.messages[0]

    def _clicked(self, click: Callable[[str], None], event: "tk.Event[tk.Misc]") -> None:
        if not self._text.tag_ranges("sel"):  # that would be the end of a drag
            click(f"@{event.x},{event.y}")

    def _with_message(self, place: str, act: Callable[[Message], None]) -> None:
        if (message := self.message_at(place)) is not None:
            act(message)

    def _open_link(self, place: str) -> None:
        if found := self._text.tag_prevrange(LINK, f"{place} +1c"):
            self._on_link(text_between(self._text, *found))

    def _fold(self, place: str) -> None:
        if (index := self._drawn.index_at(place)) is not None:
            self._on_fold(index)

    def _react(self, place: str) -> None:
        message = self.message_at(place)
        if message is None or Deed.REACT not in self._deeds.allowed(message):
            return
        # Which of the line's pills it is: each is a range of one of two tags.
        line = f"{place} linestart"
        number = 0
        for tag in (REACTION, REACTED):
            starts = [str(index) for index in self._text.tag_ranges(tag)[::2]]
            number += sum(
                self._text.compare(line, "<=", start) and self._text.compare(start, "<=", place)
                for start in starts
            )
        self._deeds.react(message, list(message.reactions)[number - 1])
