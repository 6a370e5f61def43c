"""The blocks of a message list as lines of its text widget, in the same order."""

import tkinter as tk
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from tkchat.client.message import Kind, Message
from tkchat.gui.message_blocks import Block, Shape, arrange
from tkchat.gui.message_draw import MessagePainter
from tkchat.gui.sticky_view import StickyView


class BlockView:
    """Draws blocks into ``text`` and removes them, without moving what its reader looks at.

    Above the first block there is room for lines of something else. ``now`` tells an aware time.
    """

    def __init__(
        self,
        text: tk.Text,
        painter: MessagePainter,
        sticky: StickyView,
        now: Callable[[], datetime],
    ) -> None:
        self._text = text
        self._painter = painter
        self._sticky = sticky
        self._now = now
        self.blocks: list[Block] = []
        self.messages = 0  #: how many are drawn
        self.pictures = 0  #: how many of them are drawn
        self.new_from = 0  #: the seq of the message that the "new" line stands above; 0 for none
        self._above = 0  # lines above the first block

    def clear(self) -> None:
        """Remove everything, what is above the blocks too; but keep the pictures for the next."""
        with self._writable():
            self._text.delete("1.0", "end")
        self.blocks.clear()
        self.messages = self.pictures = self._above = 0

    def replace(self, start: int, stop: int, messages: Sequence[Message]) -> None:
        """Put ``messages`` in the place of the blocks from ``start`` up to ``stop``.

        Their neighbours follow: a date line or header may be needed now, or no longer.
        """
        blocks = self.blocks
        last = stop
        while last < len(blocks) and not blocks[last].messages:
            last += 1
        after = blocks[stop : last + 1]
        wanted = [*messages, *(message for block in after for message in block.messages)]
        while start and not blocks[start - 1].messages:
            start -= 1
        if start and wanted and _goes_on(blocks[start - 1], wanted[0]):
            start -= 1
            wanted = [*blocks[start].messages, *wanted]
        stop += len(after)
        spread = {m.key for block in blocks[start:stop] if block.unfolded for m in block.messages}
        new = arrange(wanted, blocks[start - 1] if start else None, self.new_from)
        for block in new if spread else ():
            block.unfolded = any(message.key in spread for message in block.messages)
        self._splice(start, stop, new)

    def all_messages(self) -> list[Message]:
        """Return what is drawn, from the first to the last."""
        return [message for block in self.blocks for message in block.messages]

    def redraw(self, index: int) -> None:
        """Draw a block anew in its place."""
        block = self.blocks[index]
        first = index
        while first and not self.blocks[first - 1].messages:
            first -= 1
        # Another text may need another shape: the author may be said to do something now. And the
        # "new" line may have come or gone.
        before = self.blocks[first - 1] if first else None
        wanted = arrange(block.messages[:1], before, self.new_from)
        is_like_that = [each.shape for each in self.blocks[first : index + 1]]
        if block.messages and [each.shape for each in wanted] != is_like_that:
            self.replace(index, index + 1, block.messages)
        else:
            self._splice(index, index + 1, [block])

    def drop_oldest(self, most_messages: int, most_pictures: int) -> bool:
        """Remove the oldest messages over these limits; tell whether there were any."""
        many = self.messages - most_messages
        pictures = self.pictures - most_pictures
        if many <= 0 and pictures <= 0:
            return False
        gone = stop = 0
        last = len(self.blocks) - 1  # stays, whatever is in it
        while gone < many or (pictures > 0 and stop < last):
            gone += len(self.blocks[stop].messages)
            pictures -= self.blocks[stop].pictures
            stop += 1
        # Of several messages in one block, none of which has a picture, not all need to go.
        left: list[Message] = []
        if 0 < many < gone and not self.blocks[stop - 1].pictures:
            left = self.blocks[stop - 1].messages[many - gone :]
        self.replace(0, stop, left)
        return True

    def drop_newest(self, most_messages: int) -> bool:
        """Remove about as many of the newest as there are too many; tell whether there were any."""
        many = self.messages - most_messages
        if many <= 0:
            return False
        gone, start = 0, len(self.blocks)
        while gone < many:
            start -= 1
            gone += len(self.blocks[start].messages)
        self.replace(start, len(self.blocks), [])
        return True

    def set_above(self, *pieces: str | tuple[str, ...]) -> None:
        """Draw lines above the first block: texts that end in newlines, each with its tags."""
        old = self._above
        self._above = sum(text.count("\n") for text in pieces[::2] if isinstance(text, str))
        with self._sticky.kept(1, 1 + old), self._writable():
            if old:
                self._text.delete("1.0", f"{1 + old}.0")
            if pieces:
                self._text.insert("1.0", *pieces)  # type: ignore[arg-type]  # narrower in the stubs

    def line_of(self, index: int) -> int:
        """Return the line at which a block begins."""
        return 1 + self._above + sum(block.lines for block in self.blocks[:index])

    def index_at(self, place: str) -> int | None:
        """Return which block stands at a place like ``@10,20``; None above the first one."""
        left = int(self._text.index(place).split(".")[0]) - 1 - self._above
        if left < 0:
            return None
        for index, block in enumerate(self.blocks):
            if left < block.lines:
                return index
            left -= block.lines
        return len(self.blocks) - 1 if self.blocks else None

    def find(self, key: int) -> tuple[int, int] | None:
        """Return which block the message ``key`` is in and its place there, None if it is not."""
        for index in range(len(self.blocks) - 1, -1, -1):
            for place, message in enumerate(self.blocks[index].messages):
                if message.key == key:
                    return index, place
        return None

    def _splice(self, start: int, stop: int, new: list[Block]) -> None:
        """Draw ``new`` in the place of the blocks from ``start`` up to ``stop``."""
        line = self.line_of(start)
        after = line + sum(block.lines for block in self.blocks[start:stop])
        self._count(self.blocks[start:stop], -1)
        # What is above moves with the first block, or a reader at the very top would lose it.
        with self._sticky.kept(line if start else 1, after), self._writable():
            if after > line:
                self._text.delete(f"{line}.0", f"{after}.0")
            self._painter.insert(line, new, self._now())
            self.blocks[start:stop] = new
        self._count(new, 1)

    def _count(self, blocks: Sequence[Block], sign: int) -> None:
        self.messages += sign * sum(len(block.messages) for block in blocks)
        self.pictures += sign * sum(block.pictures for block in blocks)

    @contextmanager
    def _writable(self) -> Iterator[None]:
        self._text.configure(state="normal")
        try:
            yield
        finally:
            self._text.configure(state="disabled")


def _goes_on(run: Block, message: Message) -> bool:
    """Say whether ``message`` belongs into the run of presence that stands before it."""
    is_presence = run.shape is Shape.PRESENCE and message.kind is Kind.PRESENCE
    return is_presence and message.at.date() == run.day
