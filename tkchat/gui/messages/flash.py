"""Marks a message so that the eye finds it: the one that was gone to, the one being changed."""

import tkinter as tk

from tkchat.gui.messages.block_view import BlockView
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_tags import FLASH

FLASH_MS = 1_500


class Flash:
    """Marks one block of ``drawn`` for a moment."""

    def __init__(self, text: tk.Text, drawn: BlockView) -> None:
        self._text = text
        self._drawn = drawn
        self._place = (0, 0)  # the era and seq of the message
        self._due = ""

    def start(self, index: int) -> None:
        """Let the block at ``index`` flash, and no other."""
        self.stop()
        message = self._drawn.blocks[index].messages[0]
        self._place = (message.era, message.seq)
        self._mark(index)
        self._due = self._text.after(FLASH_MS, self.stop)

    def go_on(self) -> None:
        """Mark the same message again, if it still flashes: all was drawn anew."""
        for index, block in enumerate(self._drawn.blocks if self._due else ()):
            if any((each.era, each.seq) == self._place for each in block.messages):
                self._mark(index)

    def stop(self) -> None:
        """End it."""
        self.close()
        self._text.tag_remove(FLASH, "1.0", "end")

    def close(self) -> None:
        """Leave it as it is: the text is about to go."""
        if self._due:
            self._text.after_cancel(self._due)
            self._due = ""

    def _mark(self, index: int) -> None:
        first = self._drawn.line_of(index)
        stop = first + self._drawn.blocks[index].lines
        self._text.tag_add(FLASH, f"{first}.0", f"{stop}.0")


class EditedMark:
    """Marks the message that is being changed, however often ``painter`` draws it anew."""

    def __init__(self, text: tk.Text, drawn: BlockView, painter: MessagePainter) -> None:
        self._text = text
        self._drawn = drawn
        self._painter = painter

    def show(self, key: int | None) -> None:
        """Mark the message ``key``, and no other; None for no message at all."""
        before, self._painter.edited = self._painter.edited, key
        for each in (before, key):
            found = self._drawn.find(each) if each is not None else None
            if found is not None:
                self._drawn.redraw(found[0])

    def is_in_view(self) -> bool:
        """Tell whether all of it can be seen."""
        key = self._painter.edited
        found = self._drawn.find(key) if key is not None else None
        if found is None:
            return False
        first, last = self._drawn.line_of(found[0]), self._drawn.line_of(found[0] + 1) - 1
        return all(self._text.dlineinfo(f"{line}.0") is not None for line in (first, last))
