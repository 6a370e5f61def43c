"""What a click in a list of messages does: links, folds, quotes, reactions, unsent messages."""

import tkinter as tk
from collections.abc import Callable
from functools import partial

from tkchat.client.message import Message
from tkchat.gui.messages.block_view import BlockView
from tkchat.gui.messages.links import code_at, link_at
from tkchat.gui.messages.message_blocks import Block, Shape
from tkchat.gui.messages.message_menu import Deed, Deeds
from tkchat.gui.messages.message_tags import (
    CODE_COPY,
    DISCARD,
    EDIT,
    FOLD,
    LINK,
    QUOTE,
    REACTED,
    REACTION,
)
from tkchat.gui.messages.text_copy import copy
from tkchat.gui.widgets.sanitise import for_tk


class MessageClicks:
    """Knows what stands where in ``text``, and does what is asked for by a click there.

    Places are indices like ``@10,20``. ``on_fold`` gets the index of a block that is to be
    unfolded, or folded again.
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
            CODE_COPY: self._copy_code,
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
        """Return what was said at a place; None for anything else."""
        block, _ = self._block_at(place)
        if block is None or not block.messages or block.shape in (Shape.PRESENCE, Shape.GAP):
            return None
        return block.messages[0]

    def span_of(self, place: str) -> tuple[str, str]:
        """Return the indices at which the block at a place begins and ends."""
        block, line = self._block_at(place)
        return f"{line}.0", f"{line + (block.lines if block else 0)}.0"

    def link_at(self, place: str) -> str:
        """Return the address of the link at a place; empty if there is none."""
        block, line = self._block_at(place)
        return (link_at(self._text, block.links, line, place) or "") if block else ""

    def reaction_at(self, place: str) -> str:
        """Return the reaction whose pill is at a place; empty if there is none."""
        message = self.message_at(place)
        if message is None or not {REACTION, REACTED}.intersection(self._text.tag_names(place)):
            return ""
        # Which of the line's pills it is: each is a range of one of two tags.
        line, end = f"{place} linestart", f"{self._text.index(place)} +1c"
        number = -1
        for tag in (REACTION, REACTED):
            found = self._text.tag_nextrange(tag, line, end)
            while found:
                number += 1
                found = self._text.tag_nextrange(tag, found[1], end)
        return list(message.reactions)[number]

    def is_newest(self, message: Message) -> bool:
        """Tell whether nothing stands below ``message``."""
        blocks = self._drawn.blocks
        return bool(blocks) and message in blocks[-1].messages

    def _block_at(self, place: str) -> tuple[Block | None, int]:
        """Return the block at a place and the line at which it begins."""
        index = self._drawn.index_at(place)
        if index is None:
            return None, 1
        return self._drawn.blocks[index], self._drawn.line_of(index)

    def _clicked(self, click: Callable[[str], None], event: "tk.Event[tk.Misc]") -> None:
        if not self._text.tag_ranges("sel"):  # that would be the end of a drag
            click(f"@{event.x},{event.y}")

    def _with_message(self, place: str, act: Callable[[Message], None]) -> None:
        if (message := self.message_at(place)) is not None:
            act(message)

    def _open_link(self, place: str) -> None:
        if url := self.link_at(place):
            self._on_link(url)

    def _copy_code(self, place: str) -> None:
        block, line = self._block_at(place)
        if block and (code := code_at(self._text, block.codes, line, place)):
            copy(self._text, for_tk(code))

    def _fold(self, place: str) -> None:
        if (index := self._drawn.index_at(place)) is not None:
            self._on_fold(index)

    def _react(self, place: str) -> None:
        message, sequence = self.message_at(place), self.reaction_at(place)
        if message is not None and sequence and Deed.REACT in self._deeds.allowed(message):
            self._deeds.react(message, sequence)
