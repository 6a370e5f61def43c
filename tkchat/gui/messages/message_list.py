"""The list of messages of one room: one read-only text widget that follows the newest message."""

import copy
import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from tkinter import ttk

from tkchat.client.message import Delivery, Kind, Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.block_view import BlockView
from tkchat.gui.messages.filling import enough
from tkchat.gui.messages.flash import EditedMark, Flash
from tkchat.gui.messages.history_edge import Edge, HistoryEdge
from tkchat.gui.messages.late_messages import LateMessages
from tkchat.gui.messages.links import open_in_browser
from tkchat.gui.messages.list_keys import bind_list_keys
from tkchat.gui.messages.message_blocks import Shape, common
from tkchat.gui.messages.message_clicks import MessageClicks
from tkchat.gui.messages.message_cursor import MessageCursor
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_hover import MessageHover
from tkchat.gui.messages.message_menu import Deeds, MessageMenu
from tkchat.gui.messages.message_tags import configure_tags, configure_text
from tkchat.gui.messages.midnight import Midnight
from tkchat.gui.messages.sticky_view import StickyView
from tkchat.gui.widgets.focus_ring import FocusRing
from tkchat.gui.widgets.pill import Pill

MAX_MESSAGES = 2_000  #: the oldest go when there are more
MAX_PICTURES = 2_000  #: avatars' halves and emoji; Tk looks at all of them for each new one
UNREAD = 5  #: so many times as much may be drawn while somebody reads further up
LEAST_ROWS, LEAST_COLUMNS = 10, 20  # before it has a size
LOOK_MS = 5  # so that what was drawn is on the screen before more is
_NO_DEEDS = Deeds()


def local_now() -> datetime:
    """Return the time on this person's clock."""
    return datetime.now().astimezone()


class MessageList(ttk.Frame):
    """Shows messages; keeps nothing of them but how they are drawn.

    Behind all others stand this person's own that are not on the host yet. It may be behind: then
    there are newer ones that are not drawn. ``on_top`` is called when the reader wants older ones
    than those drawn, ``on_end`` when they have come to the end of a list that is behind,
    ``on_newest`` when they want the newest in such a list, ``on_move`` after each move,
    ``on_link`` with the address of a link that was clicked. Only for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        own_name: str,
        deeds: Deeds = _NO_DEEDS,
        on_top: Callable[[], None] = lambda: None,
        on_end: Callable[[], None] = lambda: None,
        on_newest: Callable[[], None] = lambda: None,
        on_move: Callable[[], None] = lambda: None,
        on_link: Callable[[str], None] = open_in_browser,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_end = on_end
        self._on_newest = on_newest
        self._on_move = on_move
        self._now = now
        self._tail: list[Message] = []  # the own ones at the end, as they are drawn
        self._named: set[str] = set()  # whose names stand out
        self._unseen = 0
        self._is_behind = False
        self._taste = theme.taste
        self._look_due = ""
        bar = ttk.Scrollbar(self, orient="vertical")
        # It asks for no room, so that in a small window its neighbours keep theirs.
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", takefocus=True, borderwidth=0,
            padx=0, pady=0, highlightthickness=0, cursor="",
        )  # fmt: skip
        bar.pack(side="right", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self.painter = MessagePainter(self.text, theme, emoji, own_name)
        FocusRing(self.text, theme)
        self._pill = Pill(self.text, theme, self.to_bottom)
        self._view = StickyView(self.text, self._moved)
        self._drawn = BlockView(self.text, self.painter, self._view, now)
        self._edge = HistoryEdge(self._drawn, on_top)
        self._flash = Flash(self.text, self._drawn)
        self.edited = EditedMark(self.text, self._drawn, self.painter)
        self._late = LateMessages(self, now, self.redraw)
        clicks = MessageClicks(self.text, self._drawn, deeds, on_link=on_link, on_fold=self._fold)
        self.menu = MessageMenu(self.text, theme, emoji, clicks.message_at, deeds, clicks.link_at)
        self.hover = MessageHover(
            self.text, theme, emoji, clicks, deeds, self.menu, own_name=own_name
        )
        self.cursor = MessageCursor(
            self.text, theme, self._drawn, self._view, self.menu, deeds, on_fold=self._fold
        )
        bar.configure(command=self._view.scroll)
        self.text.configure(yscrollcommand=partial(self._scrolled, bar))
        bind_list_keys(self.text, self._view, self.cursor, self.to_bottom, lambda: self.at_bottom)
        self._restyle()
        self._unsubscribe = theme.subscribe(self._restyle)
        self._midnight = Midnight(self, self._new_day)
        self.text.bind("<Destroy>", lambda _event: self._close(), add=True)

    @property
    def at_bottom(self) -> bool:
        """Whether the list follows new messages."""
        return self._view.at_bottom and not self._is_behind

    @property
    def is_behind(self) -> bool:
        """Whether there are newer messages that are not drawn."""
        return self._is_behind

    @is_behind.setter
    def is_behind(self, is_behind: bool) -> None:
        self._is_behind = is_behind
        self._show_pill()

    def name_people(self, names: Collection[str], *, redraws: bool = False) -> None:
        """Let these names stand out where messages mention them.

        Messages that are drawn already stay as they are, unless ``redraws``.
        """
        before, self._named = self._named, {name.casefold() for name in names}
        new = self._named - before
        self.painter.people = names
        if redraws and new:
            shown = self._drawn.all_messages()
            self.redraw(
                [each for each in shown if any(f"@{n}" in each.text.casefold() for n in new)]
            )

    @property
    def drawn(self) -> int:
        """How many messages are drawn."""
        return self._drawn.messages

    @property
    def oldest(self) -> int | None:
        """The key of the oldest message that is drawn, None if none is."""
        return next((b.messages[0].key for b in self._drawn.blocks if b.messages), None)

    @property
    def newest(self) -> int | None:
        """The key of the newest message that is drawn before those that wait, None if none is."""
        blocks = self._drawn.blocks[: self._tail_start()]
        return next((b.messages[-1].key for b in reversed(blocks) if b.messages), None)

    @property
    def first_in_view(self) -> Message | None:
        """The first message in view that the host has, None if there is none."""
        following = self._drawn.blocks[self._drawn.index_at("@0,0") or 0 :]
        return next((each for block in following for each in block.messages if each.seq), None)

    def enough(self, messages: Sequence[Message]) -> int:
        """Return how many of the newest of ``messages`` fill the view, or all of them."""
        line = self._theme.fonts.body.metrics("linespace")
        rows = self.text.winfo_height() // line
        columns = 3 * self.text.winfo_width() // line  # a letter is at least so narrow
        return enough(
            messages,
            max(rows, LEAST_ROWS) + 2,
            max(columns, LEAST_COLUMNS),
            has_headers=not self._theme.compact,
        )

    def show(
        self,
        messages: Sequence[Message],
        waiting: Sequence[Message] = (),
        *,
        new_from: int = 0,
        is_behind: bool = False,
    ) -> None:
        """Show these messages in place of all others: the newest in view, or if behind the oldest.

        ``new_from`` is the seq of the message that the "new" line stands above.
        """
        self._drawn.clear()
        self._drawn.new_from = new_from
        self._edge.forget()
        self._tail = [copy.copy(message) for message in waiting]
        self._late.forget()
        self._unseen = 0
        self._is_behind = is_behind
        self._view.at_bottom = not is_behind
        shown = [*messages, *waiting]
        self._drawn.replace(0, 0, shown)
        self._late.watch(shown)
        if is_behind:
            self.text.yview("1.0")
            self._show_pill()
        else:
            self._view.to_bottom()

    def move_new_line(self, new_from: int) -> None:
        """Put the "new" line elsewhere; the messages around it are to be drawn anew after that."""
        self._drawn.new_from = new_from

    def show_edge(self, edge: Edge, room: str = "", *, answered: bool = False) -> None:
        """Say what there is before the oldest message; ``room`` is for a person: ``#general``."""
        self._edge.show(edge, room)
        if answered:
            self._edge.answered()
        self._look_soon()

    def append(self, messages: Sequence[Message]) -> None:
        """Add newer messages, before those that wait.

        The view stays where its reader is, and the pill counts; unless that is the bottom, or one
        of the messages was just written here.
        """
        if not messages:
            return
        start = end = self._tail_start()
        count = self.enough(messages) if self._view.at_bottom else len(messages)
        if count < len(messages):  # what is above is not seen anyway
            start, messages = 0, messages[-count:]
            self._edge.show(Edge.MORE)
        self._drawn.replace(start, end, messages)
        self._late.watch(messages)
        if any(m.own and m.delivery is Delivery.WAITING for m in messages):
            self.to_bottom()
        elif not self._view.at_bottom:
            self.miss(messages)
        self._trim()

    def miss(self, messages: Sequence[Message]) -> None:
        """Count messages that are not seen, drawn or not."""
        self._unseen += sum(m.kind is not Kind.PRESENCE and not m.own for m in messages)
        self._show_pill()

    def go_on(self, messages: Sequence[Message]) -> None:
        """Draw the next ones of a list that is behind; what is in view stays where it is."""
        self._view.at_bottom = False
        end = len(self._drawn.blocks)
        self._drawn.replace(end, end, messages)
        self._late.watch(messages)
        self._trim()

    def show_waiting(self, messages: Sequence[Message]) -> None:
        """Show this person's messages that are not on the host yet, in place of those before.

        To be called before `append` when one of them has become an ordinary one.
        """
        old, new = self._tail, [copy.copy(message) for message in messages]
        first = common(old, new)
        last = common(old[first:][::-1], new[first:][::-1])  # so many at the end stay too
        stop = self._index_of(old[-last].key) if last else len(self._drawn.blocks)
        start = self._index_of(old[first].key) if first < len(old) - last else stop
        self._drawn.replace(start, stop, messages[first : len(new) - last])
        known = {message.key for message in old}
        self._tail = new
        self._late.watch(messages)
        if any(message.key not in known for message in new):
            self.to_bottom()

    def prepend(self, messages: Sequence[Message]) -> None:
        """Add older messages above; what is in view stays where it is."""
        if messages:
            self._drawn.replace(0, 0, messages)
            if self._drawn.drop_newest(UNREAD * MAX_MESSAGES):
                self._tail = []
                self.is_behind = True
        self._edge.answered()
        self._look_soon()

    def redraw(self, messages: Sequence[Message]) -> None:
        """Draw messages anew that have the keys of some that are shown; others are ignored."""
        self._drawn.update(messages)

    def go_to(self, key: int) -> bool:
        """Bring a message into view and let it flash; tell whether it is drawn at all."""
        found = self._drawn.find(key)
        if found is None:
            return False
        self._view.put(f"{self._drawn.line_of(found[0])}.0", self.text.winfo_height() // 3)
        self._flash.start(found[0])
        self._view.note()
        return True

    def y_of(self, key: int) -> int:
        """Return where the last line of a message is, for `put`; 0 if it is not drawn."""
        line = self._drawn.last_line_of(key)
        return self._view.y_of(line) if line else 0

    def put(self, key: int, y: int) -> bool:
        """Scroll a message to where it was before; tell whether it is drawn at all."""
        line = self._drawn.last_line_of(key)
        if not line:
            return False
        self._view.put(line, y)
        self._flash.go_on()
        self._view.note()
        return True

    def to_bottom(self) -> None:
        """Go to the newest message and follow from there."""
        if self._is_behind:
            self._on_newest()
        else:
            self._view.to_bottom()

    def page(self, pages: int) -> None:
        """Scroll by so many windowfuls, upwards if negative; for keys pressed elsewhere."""
        self.text.yview_scroll(pages, "pages")
        self._view.note()

    def _tail_start(self) -> int:
        """Return the index of the first block of those that wait."""
        return self._index_of(self._tail[0].key) if self._tail else len(self._drawn.blocks)

    def _index_of(self, key: int) -> int:
        found = self._drawn.find(key)
        return found[0] if found else len(self._drawn.blocks)

    def _trim(self) -> None:
        """Drop the oldest messages over the limits, which are wider while somebody reads there."""
        room = 1 if self._view.at_bottom else UNREAD
        if self._drawn.drop_oldest(room * MAX_MESSAGES, room * MAX_PICTURES):
            self._edge.show(Edge.MORE)

    def _moved(self) -> None:
        if self.at_bottom:
            self._unseen = 0
        self._show_pill()
        self._look()
        self._on_move()

    def _scrolled(self, bar: ttk.Scrollbar, first: str, last: str) -> None:
        bar.set(first, last)
        self.cursor.view_moved()

    def _show_pill(self) -> None:
        if not self._unseen and (self._is_behind or self._view.is_far):
            self._pill.show_way_back()
        else:
            self._pill.show(self._unseen)

    def _look_soon(self) -> None:
        """Look whether the reader is at an end, once everything is in its place."""
        if not self._look_due:
            self._look_due = self.after(LOOK_MS, self._look)

    def _look(self) -> None:
        if self._look_due:
            self.after_cancel(self._look_due)
            self._look_due = ""
        if not self.winfo_viewable():
            return
        if self.text.dlineinfo("1.0") is not None:
            self._edge.reached()
        if self._is_behind and self._view.at_bottom:
            self._on_end()

    def _fold(self, index: int) -> None:
        block = self._drawn.blocks[index]
        block.unfolded = not block.unfolded
        top = self.text.index("@0,0")
        self._view.at_bottom = False  # the reader goes on from here
        self._drawn.redraw(index)
        self.text.yview(top)
        self._view.note()

    def _restyle(self) -> None:
        with self._drawn.place_kept():
            configure_text(self.text, self._theme)
            configure_tags(self.text, self._theme, self.painter.avatars.width())
            self.painter.restyle()
            if self._theme.taste != self._taste:  # other words are drawn, not only in another look
                self._taste = self._theme.taste
                self._drawn.replace(0, len(self._drawn.blocks), self._drawn.all_messages())
        self._flash.go_on()
        self._look_soon()  # all of it may fit into the view now

    def _new_day(self) -> None:
        """Yesterday is no longer Today."""
        for index, block in enumerate(self._drawn.blocks):
            if block.shape is Shape.DAY:
                self._drawn.redraw(index)

    def _close(self) -> None:
        self._unsubscribe()
        self._late.close()
        self._flash.close()
        self._midnight.close()
        if self._look_due:
            self.after_cancel(self._look_due)
