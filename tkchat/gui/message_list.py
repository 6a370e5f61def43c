"""The list of messages of one room: one read-only text widget that follows the newest message."""

import copy
import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from tkinter import ttk

from tkchat.client.message import Delivery, Kind, Message
from tkchat.gui.block_view import BlockView
from tkchat.gui.emoji import Emoji
from tkchat.gui.flash import Flash
from tkchat.gui.history_edge import Edge, HistoryEdge
from tkchat.gui.late_messages import LateMessages
from tkchat.gui.links import open_in_browser
from tkchat.gui.message_blocks import Shape, common
from tkchat.gui.message_clicks import MessageClicks
from tkchat.gui.message_draw import MessagePainter
from tkchat.gui.message_menu import Deeds, MessageMenu
from tkchat.gui.message_tags import configure_tags
from tkchat.gui.pill import Pill
from tkchat.gui.sticky_view import StickyView
from tkchat.gui.text_copy import copy_selection, select_all, text_between
from tkchat.gui.theme import Theme

MAX_MESSAGES = 2_000  #: the oldest go when there are more
MAX_PICTURES = 2_000  #: avatars' halves and emoji; Tk looks at all of them for each new one
UNREAD = 5  #: so many times as much may be drawn while somebody reads further up
AT_ONCE = 200  #: of more messages only the newest are drawn; the others would be felt
_NO_DEEDS = Deeds()


def local_now() -> datetime:
    """Return the time on this person's clock."""
    return datetime.now().astimezone()


class MessageList(ttk.Frame):
    """Shows messages; keeps nothing of them but how they are drawn.

    Behind all others stand this person's own that are not on the host yet. ``on_top`` is called
    when the reader wants older ones than those drawn, ``on_end`` when they have come to the end of
    a stretch of the past, ``on_newest`` when they want to leave the past, ``on_move`` after each
    move, ``on_link`` with the address of a link that was clicked. Only for Tk's thread.
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
        self._unseen = 0
        self._is_past = False  # newer messages than these are not drawn
        self._look_due = ""
        # It asks for no room, so that in a small window its neighbours keep theirs.
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", takefocus=True, borderwidth=0,
            padx=0, cursor="",
        )  # fmt: skip
        bar = ttk.Scrollbar(self, orient="vertical")
        bar.pack(side="right", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self._painter = MessagePainter(self.text, theme, emoji, own_name)
        self._pill = Pill(self.text, theme, self.to_bottom)
        self._view = StickyView(self.text, self._moved)
        self._drawn = BlockView(self.text, self._painter, self._view, now)
        self._edge = HistoryEdge(self._drawn, on_top)
        self._flash = Flash(self.text, self._drawn)
        self._late = LateMessages(self, now, self.redraw)
        clicks = MessageClicks(self.text, self._drawn, deeds, on_link=on_link, on_fold=self._fold)
        self.menu = MessageMenu(self.text, theme, emoji, clicks.message_at, deeds)
        self.text.configure(yscrollcommand=bar.set)
        bar.configure(command=self._view.scroll)
        self._bind_keys()
        self._restyle()
        self._unsubscribe = theme.subscribe(self._restyle)
        self._midnight = self._wait_for_midnight()
        self.text.bind("<Destroy>", lambda _event: self._close(), add=True)

    @property
    def unseen(self) -> int:
        """How many messages arrived below what is in view."""
        return self._unseen

    @property
    def at_bottom(self) -> bool:
        """Whether the list follows new messages."""
        return self._view.at_bottom and not self._is_past

    @property
    def oldest(self) -> int | None:
        """The key of the oldest message that is drawn, None if none is."""
        return next((b.messages[0].key for b in self._drawn.blocks if b.messages), None)

    @property
    def first_in_view(self) -> int | None:
        """The key of the first message in view, None if there is none."""
        index = self._drawn.index_at("@0,0")
        following = self._drawn.blocks[index or 0 :]
        return next((block.messages[0].key for block in following if block.messages), None)

    def show(
        self,
        messages: Sequence[Message],
        waiting: Sequence[Message] = (),
        *,
        is_past: bool = False,
    ) -> None:
        """Show these messages in place of all others, the newest in view.

        Of many only the newest are drawn; ``on_top`` asks for the others when somebody scrolls up.
        ``is_past`` says that there are newer ones, to which the pill leads; the oldest is in view.
        """
        self._drawn.clear()
        self._edge.forget()
        self._tail = [copy.copy(message) for message in waiting]
        self._late.forget()
        self._unseen = 0
        self._is_past = is_past
        self._view.at_bottom = not is_past
        recent = [*messages[-AT_ONCE:], *waiting]
        self._drawn.replace(0, 0, recent)
        self._late.watch(recent)
        if is_past:
            self._show_pill()
        else:
            self._view.to_bottom()

    def show_edge(self, edge: Edge, room: str = "") -> None:
        """Say what there is before the oldest message; ``room`` is for a person: ``#general``."""
        self._edge.show(edge, room)
        self._look_soon()

    def append(self, messages: Sequence[Message]) -> None:
        """Add newer messages, before those that wait.

        The view stays where its reader is, and the pill counts; unless that is the bottom, or one
        of the messages was just written here.
        """
        if not messages:
            return
        start = end = self._tail_start()
        if self._view.at_bottom and len(messages) > AT_ONCE:  # what is above is not seen anyway
            start, messages = 0, messages[-AT_ONCE:]
            self._edge.show(Edge.MORE)
        self._drawn.replace(start, end, messages)
        self._late.watch(messages)
        if any(m.own and m.delivery is Delivery.WAITING for m in messages):
            self.to_bottom()
        elif not self._view.at_bottom:
            self._unseen += sum(m.kind is not Kind.PRESENCE and not m.own for m in messages)
            self._show_pill()
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
        self._edge.answered()
        self._look_soon()

    def redraw(self, messages: Sequence[Message]) -> None:
        """Draw messages anew that have the keys of some that are shown; others are ignored."""
        wanted = {message.key: message for message in messages}
        blocks = self._drawn.blocks
        for index in range(len(blocks) - 1, -1, -1):
            if not wanted:
                return
            changed = False
            for place, shown in enumerate(blocks[index].messages):
                if (message := wanted.pop(shown.key, None)) is not None:
                    blocks[index].messages[place] = message
                    changed = True
            if changed:
                self._drawn.redraw(index)

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
        found = self._drawn.find(key)
        return self._view.y_of(f"{self._drawn.line_of(found[0] + 1) - 1}.0") if found else 0

    def put(self, key: int, y: int) -> bool:
        """Scroll a message to where it was before; tell whether it is drawn at all."""
        found = self._drawn.find(key)
        if found is None:
            return False
        self._view.put(f"{self._drawn.line_of(found[0] + 1) - 1}.0", y)
        self._flash.go_on()
        self._view.note()
        return True

    def to_bottom(self) -> None:
        """Go to the newest message and follow from there."""
        if self._is_past:
            self._on_newest()
        else:
            self._view.to_bottom()

    def page(self, pages: int) -> None:
        """Scroll by so many windowfuls, upwards if negative; for keys pressed elsewhere."""
        self._act(lambda: self.text.yview_scroll(pages, "pages"))

    def selected_text(self) -> str:
        """Return what is selected, emoji included; empty if nothing is."""
        chosen = self.text.tag_ranges("sel")
        return text_between(self.text, str(chosen[0]), str(chosen[-1])) if chosen else ""

    def _tail_start(self) -> int:
        """Return the index of the first block of those that wait."""
        return self._index_of(self._tail[0].key) if self._tail else len(self._drawn.blocks)

    def _index_of(self, key: int) -> int:
        found = self._drawn.find(key)
        return found[0] if found else len(self._drawn.blocks)

    def _trim(self) -> None:
        """Drop the oldest messages over the limits, which are wider while somebody reads there."""
        drawn = self._drawn
        room = 1 if self._view.at_bottom else UNREAD
        many = drawn.messages - room * MAX_MESSAGES
        pictures = drawn.pictures - room * MAX_PICTURES
        if many <= 0 and pictures <= 0:
            return
        gone = stop = 0
        last = len(drawn.blocks) - 1  # stays, whatever is in it
        while gone < many or (pictures > 0 and stop < last):
            gone += len(drawn.blocks[stop].messages)
            pictures -= drawn.blocks[stop].pictures
            stop += 1
        # Of several messages in one block, none of which has a picture, not all need to go.
        left: list[Message] = []
        if 0 < many < gone and not drawn.blocks[stop - 1].pictures:
            left = drawn.blocks[stop - 1].messages[many - gone :]
        drawn.replace(0, stop, left)
        self._edge.show(Edge.MORE)

    def _moved(self) -> None:
        if self._view.at_bottom and self._unseen:
            self._unseen = 0
        self._show_pill()
        self._look()
        self._on_move()

    def _show_pill(self) -> None:
        if self._is_past:
            self._pill.show_way_back()
        else:
            self._pill.show(self._unseen)

    def _look_soon(self) -> None:
        """Look whether the reader is at an end, once everything is in its place."""
        if not self._look_due:
            self._look_due = self.after_idle(self._look)

    def _look(self) -> None:
        if self._look_due:
            self.after_cancel(self._look_due)
            self._look_due = ""
        if not self.winfo_viewable():
            return
        if self.text.dlineinfo("1.0") is not None:
            self._edge.reached()
        if self._is_past and self._view.at_bottom:
            self._on_end()

    def _bind_keys(self) -> None:
        text = self.text
        keys: dict[str, Callable[[], None]] = {
            "<Prior>": lambda: self.page(-1),
            "<Next>": lambda: self.page(1),
            "<Up>": lambda: text.yview_scroll(-2, "units"),
            "<Down>": lambda: text.yview_scroll(2, "units"),
            "<Home>": lambda: text.yview_moveto(0),
            "<End>": self.to_bottom,
            "<<Copy>>": lambda: copy_selection(text),
            "<<SelectAll>>": lambda: select_all(text),
            "<Control-a>": lambda: select_all(text),  # to Tk on X11: to the start of the line
        }
        for sequence, act in keys.items():
            text.bind(sequence, lambda _event, act=act: self._act(act))  # type: ignore[misc]  # a lambda's default has no type
        text.bind("<Button-1>", lambda _event: text.focus_set(), add=True)

    def _act(self, act: Callable[[], None]) -> str:
        act()
        self._view.note()
        return "break"  # and not what Tk would do as well

    def _fold(self, index: int) -> None:
        block = self._drawn.blocks[index]
        block.unfolded = not block.unfolded
        top = self.text.index("@0,0")
        self._view.at_bottom = False  # the reader goes on from here
        self._drawn.redraw(index)
        self.text.yview(top)
        self._view.note()

    def _restyle(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        top = self.text.index("@0,0")
        self.text.configure(
            background=palette.window,
            foreground=palette.text,
            font=self._theme.fonts.body,
            selectbackground=palette.selection,
            inactiveselectbackground=palette.selection,
            highlightthickness=max(px(1), 1),
            highlightbackground=palette.window,
            highlightcolor=palette.accent,
            pady=px(6),
        )
        configure_tags(self.text, self._theme, self._painter.avatars.width())
        self._painter.restyle()
        if self._view.at_bottom:
            self.text.see("end")
        else:
            self.text.yview(top)

    def _wait_for_midnight(self) -> str:
        now = local_now()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        milliseconds = int((tomorrow - now).total_seconds() * 1000) + 1000
        return self.after(milliseconds, self._new_day)

    def _new_day(self) -> None:
        """Yesterday is no longer Today."""
        self._midnight = self._wait_for_midnight()
        for index, block in enumerate(self._drawn.blocks):
            if block.shape is Shape.DAY:
                self._drawn.redraw(index)

    def _close(self) -> None:
        self._unsubscribe()
        self._late.close()
        self._flash.close()
        for due in (self._midnight, self._look_due):
            if due:
                self.after_cancel(due)
