"""The blocks of a message list as lines of its text widget, in the same order."""

import tkinter as tk
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import accumulate, islice

from tkchat.client.message import Kind, Message
from tkchat.gui.messages.message_blocks import Block, Shape, arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.sticky_view import StickyView


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
        self.on_drawn: Callable[[], None] = lambda: None  #: told after each change
        self._above = 0  # lines above the first block
        # At which line below those each block begins, and the end of the last; empty if unknown.
        self._starts: list[int] = []

    def clear(self) -> None:
        """Remove everything, what is above the blocks too; but keep the pictures for the next."""
        with self._writable():
            self._text.delete("1.0", "end")
        self.blocks.clear()
        self._starts = []
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

    def update(self, messages: Sequence[Message]) -> None:
        """Draw messages anew that have the keys of some that are shown; others are ignored."""
        wanted = {message.key: message for message in messages}
        for index in range(len(self.blocks) - 1, -1, -1):
            if not wanted:
                return
            shown = self.blocks[index].messages
            places = [place for place, each in enumerate(shown) if each.key in wanted]
            for place in places:
                shown[place] = wanted.pop(shown[place].key)
            if places:
                self.redraw(index)

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
        """Return the line at which a block begins, or would as the next one."""
        return 1 + self._above + self._all_starts()[index]

    def index_at(self, place: str) -> int | None:
        """Return which block stands at a place like ``@10,20``; None above the first one."""
        line = int(self._text.index(place).split(".")[0]) - 1 - self._above
        if line < 0 or not self.blocks:
            return None
        return min(bisect_right(self._all_starts(), line), len(self.blocks)) - 1

    def last_line_of(self, key: int) -> str:
        """Return the index of the last line of the message ``key``; empty if it is not drawn."""
        found = self.find(key)
        return f"{self.line_of(found[0] + 1) - 1}.0" if found else ""

    def messages_from(self, place: str) -> Iterator[Message]:
        """Yield what is drawn at a place like ``@0,0`` and below it."""
        following = self.blocks[self.index_at(place) or 0 :]
        return (message for block in following for message in block.messages)

    def find(self, key: int) -> tuple[int, int] | None:
        """Return which block the message ``key`` is in and its place there, None if it is not."""
        for index in range(len(self.blocks) - 1, -1, -1):
            for place, message in enumerate(self.blocks[index].messages):
                if message.key == key:
                    return index, place
        return None

    @contextmanager
    def place_kept(self) -> Iterator[None]:
        """Change the look of everything within; the first message in view stays where it was."""
        kept = self._first_to_keep()
        y = self._sticky.y_of(self.last_line_of(kept.key)) if kept else 0
        yield
        if self._sticky.at_bottom:
            self._text.see("end")
        elif kept is not None:
            self._sticky.put(self.last_line_of(kept.key), y)
            self._sticky.note()

    def _first_to_keep(self) -> Message | None:
        """Return the first message in view whose last line is there too, else the very first."""
        found = list(islice(self.messages_from("@0,0"), 2))
        ys = [self._sticky.y_of(self.last_line_of(message.key)) for message in found]
        if len(found) > 1 and ys[0] < 0 and ys[1] < self._text.winfo_height():
            return found[1]
        return found[0] if found else None

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
            self._starts = []
        self._count(new, 1)
        self.on_drawn()

    def _all_starts(self) -> list[int]:
        if not self._starts:
            self._starts = list(accumulate((block.lines for block in self.blocks), initial=0))
        return self._starts

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
