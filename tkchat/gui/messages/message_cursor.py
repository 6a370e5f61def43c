"""Marks one message of a list, from which keys go to the next, and on which they act."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.client.message import Message
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.block_view import BlockView
from tkchat.gui.messages.message_blocks import Block, Shape, can_unfold
from tkchat.gui.messages.message_menu import Deed, Deeds, MessageMenu
from tkchat.gui.messages.message_tags import CURSOR
from tkchat.gui.messages.sticky_view import StickyView
from tkchat.gui.messages.text_copy import copy
from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.sanitise import for_tk

BAR = 3  # of 96 dpi: how wide it is
LINES_AT_ONCE = 2  # a message that is higher than the view is scrolled by so many


class MessageCursor:
    """Stands on a message of ``drawn``, or on none; what is drawn anew keeps it.

    It also stands on those who came and went, where ``on_fold`` can show them one by one: that gets
    the index of the block which is to be unfolded, or folded again.

    It goes when ``text`` loses the keyboard to another part of the window, other than to ``menu``.
    """

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        drawn: BlockView,
        view: StickyView,
        menu: MessageMenu,
        deeds: Deeds,
        *,
        on_fold: Callable[[int], None],
    ) -> None:
        self._text = text
        self._theme = theme
        self._drawn = drawn
        self._view = view
        self._menu = menu
        self._deeds = deeds
        self._on_fold = on_fold
        self._chosen: Message | None = None
        self.bar = tk.Frame(text, takefocus=False)  # beside it: own words have a tint anyway
        unsubscribe = theme.subscribe(self.view_moved)
        self.bar.bind("<Destroy>", lambda _event: unsubscribe())
        drawn.on_drawn = self._mark
        menu.chosen_place = self.bring_into_view
        text.bind("<FocusOut>", lambda _event: self._lost_keyboard(), add=True)
        text.bind("<Button-1>", lambda _event: self.clear(), add=True)

    @property
    def message(self) -> Message | None:
        """What it stands on; None if it is on nothing that is drawn."""
        at = self._at()
        return None if at is None else self._drawn.blocks[at].messages[0]

    def bring_into_view(self) -> str:
        """Scroll to the message if it is out of view; return an index in it, empty without one."""
        at = self._at()
        if at is None:
            return ""
        if at not in self._in_view():
            self._see(at)
        last = f"{self._drawn.line_of(at + 1) - 1}.0"
        top = self._text.index("@0,0")
        if self._is_in_view(last) or self._drawn.index_at(top) != at:
            return last
        return top

    def clear(self) -> None:
        """Take it away."""
        if self._chosen is not None:
            self._chosen = None
            self._mark()

    def view_moved(self) -> None:
        """Keep what marks the message beside it: it is elsewhere in the view now."""
        if not self._text.tag_ranges(CURSOR):
            self.bar.place_forget()
            return
        self.bar.configure(background=self._theme.palette.accent)
        first, last = (self._text.dlineinfo(f"{CURSOR}.{end}") for end in ("first", "last -1c"))
        if not (first or last or CURSOR in self._text.tag_names("@0,0")):
            self.bar.place_forget()
            return
        top = first[1] if first else 0
        bottom = last[1] + last[3] if last else self._text.winfo_height()
        self.bar.place(x=0, y=top, width=self._theme.px(BAR), height=bottom - top)

    def step(self, step: int) -> None:
        """Go to the next message, or with -1 to the one before; scroll as far as that needs.

        Where it is out of view, or is on nothing, it begins with what is in view.
        """
        blocks, shown, at = self._drawn.blocks, self._in_view(), self._at()
        is_down = step > 0
        goes_on = False
        if at is None or at not in shown:
            is_from_top = is_down and not self._view.at_bottom
            beyond: Sequence[int] = shown if is_from_top else shown[::-1]
        else:
            beyond = range(at + 1, len(blocks)) if is_down else range(at - 1, -1, -1)
            line = self._drawn.line_of(at + 1) - 1 if is_down else self._drawn.line_of(at)
            goes_on = len(shown) == 1 and not self._is_in_view(f"{line}.{'end' if is_down else 0}")
        following = _nearest(blocks, beyond)
        if following is None or goes_on:
            self._text.yview_scroll(step * LINES_AT_ONCE, "units")  # there is more to read
        else:
            self._put(following)

    def follow(self, scroll: Callable[[], object], *, to_first: bool) -> None:
        """Scroll, and come along to the first or the last message in view; unless it is on none."""
        scroll()
        if self._chosen is not None:
            shown = self._in_view()
            self._put(_nearest(self._drawn.blocks, shown if to_first else shown[::-1]), see=False)

    def open(self) -> None:
        """Open the context menu of the message; of those who came and went, tell each or all."""
        at = self._at()
        if at is not None and self._drawn.blocks[at].shape is Shape.PRESENCE:
            self.fold(is_unfolded=not self._drawn.blocks[at].unfolded)
        elif place := self.bring_into_view():
            self._menu.post_at(place)

    def fold(self, *, is_unfolded: bool) -> None:
        """Show all of a long text or of those who came and went, or no longer."""
        at = self._at()
        if at is None or self._drawn.blocks[at].unfolded == is_unfolded:
            return
        if can_unfold(self._drawn.blocks[at]):
            self._on_fold(at)
            if at not in self._in_view() or self._height_of(at) <= self._text.winfo_height():
                self._see(at)

    def delete(self) -> None:
        """Take the message back, if that is possible; the deed itself asks before."""
        message = self._said()
        if message is not None and Deed.DELETE in self._deeds.allowed(message):
            self._deeds.do(Deed.DELETE, message)

    def copy(self) -> None:
        """Put what the message says on the clipboard."""
        message = self._said()
        if message is not None and message.text:
            copy(self._text, for_tk(message.text))

    def _said(self) -> Message | None:
        """Return the message that it is on, unless that only tells who came or went."""
        at = self._at()
        if at is None or self._drawn.blocks[at].shape is Shape.PRESENCE:
            return None
        return self._drawn.blocks[at].messages[0]

    def _at(self) -> int | None:
        """Return the block that it is on."""
        chosen = self._chosen
        found = self._drawn.find(chosen.key) if chosen is not None else None
        if chosen is None or found is None:
            return None
        here = self._drawn.blocks[found[0]].messages[found[1]]
        # A message of another room may have the same key.
        return found[0] if here is chosen or here.at == chosen.at else None

    def _put(self, at: int | None, *, see: bool = True) -> None:
        if at is None:
            return
        self._chosen = self._drawn.blocks[at].messages[0]
        self._mark()
        if see:
            self._see(at)

    def _see(self, at: int) -> None:
        """Scroll no more than it takes to have a block in view, or as much of it as fits."""
        line = f"{self._drawn.line_of(at)}.0"
        top = self._view.y_of(line)
        left = self._text.winfo_height() - self._height_of(at)  # below it, were it at the top
        # Of one that does not fit its beginning when coming from above, else its end.
        wanted = max(min(top, max(left, 0)), min(left, 0))
        if wanted != top:
            self._view.put(line, wanted)
        if at == len(self._drawn.blocks) - 1 and left >= 0:
            self._text.see("end")  # and follow from there

    def _height_of(self, at: int) -> int:
        """Return how many pixels a block takes."""
        first, stop = self._drawn.line_of(at), self._drawn.line_of(at + 1)
        return self._view.y_of(f"{stop}.0") - self._view.y_of(f"{first}.0")

    def _in_view(self) -> Sequence[int]:
        """Return the blocks of which anything is in view."""
        first = self._drawn.index_at("@0,0") or 0
        last = self._drawn.index_at(f"@0,{self._text.winfo_height()}")
        return range(first, -1 if last is None else last + 1)

    def _is_in_view(self, index: str) -> bool:
        """Tell whether a display line is in view as a whole."""
        box = self._text.dlineinfo(index)
        return box is not None and box[1] >= 0 and box[1] + box[3] <= self._text.winfo_height()

    def _mark(self) -> None:
        """Show it where it is now."""
        self._text.tag_remove(CURSOR, "1.0", "end")
        if (at := self._at()) is not None:
            first, stop = self._drawn.line_of(at), self._drawn.line_of(at + 1)
            self._text.tag_add(CURSOR, f"{first}.0", f"{stop}.0")
        self.view_moved()

    def _lost_keyboard(self) -> None:
        # The window itself may have lost it, to come back to the list.
        holder = self._text.tk.call("focus", "-lastfor", self._text)
        if str(holder) != str(self._text) and not is_inside(holder, self._menu.menu.panel):
            self.clear()


def _nearest(blocks: Sequence[Block], places: Sequence[int]) -> int | None:
    """Return the first of ``places`` at which there is something that keys can act on."""
    return next((at for at in places if _can_act_on(blocks[at])), None)


def _can_act_on(block: Block) -> bool:
    if block.shape is Shape.PRESENCE:
        return can_unfold(block)
    return bool(block.messages) and block.shape is not Shape.GAP
