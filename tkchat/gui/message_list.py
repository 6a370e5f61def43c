"""The list of messages of one room: one read-only text widget that follows the newest message."""

import copy
import threading
import tkinter as tk
import webbrowser
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from tkinter import ttk

from tkchat.client.message import Delivery, Kind, Message
from tkchat.gui.block_view import BlockView
from tkchat.gui.delivery_marks import PATIENCE, is_late
from tkchat.gui.emoji import Emoji
from tkchat.gui.history_edge import Edge, HistoryEdge
from tkchat.gui.message_blocks import Shape
from tkchat.gui.message_clicks import MessageClicks
from tkchat.gui.message_draw import MessagePainter
from tkchat.gui.message_menu import Deeds, MessageMenu
from tkchat.gui.message_tags import FLASH, configure_tags
from tkchat.gui.pill import Pill
from tkchat.gui.sticky_view import StickyView
from tkchat.gui.text_copy import copy_selection, select_all, text_between
from tkchat.gui.theme import Theme

MAX_MESSAGES = 2_000  #: the oldest go when there are more
MAX_PICTURES = 2_000  #: avatars' halves and emoji; Tk looks at all of them for each new one
UNREAD = 5  #: so many times as much may be drawn while somebody reads further up
AT_ONCE = 200  #: of more messages only the newest are drawn; the others would be felt
FLASH_MS = 1_500
_NO_DEEDS = Deeds()


def open_in_browser(url: str) -> None:
    """Open ``url`` in the person's browser, without waiting for it to start."""
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()


def local_now() -> datetime:
    """Return the time on this person's clock."""
    return datetime.now().astimezone()


class MessageList(ttk.Frame):
    """Shows messages; keeps nothing of them but how they are drawn.

    Behind all others stand this person's own that are not on the host yet. ``on_top`` is called
    when the reader wants older ones than those drawn, ``on_newest`` when they want to leave the
    past, ``on_move`` after each move, ``on_link`` with the address of a link that was clicked. Only
    for Tk's thread.
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
        on_newest: Callable[[], None] = lambda: None,
        on_move: Callable[[], None] = lambda: None,
        on_link: Callable[[str], None] = open_in_browser,
        now: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_newest = on_newest
        self._on_move = on_move
        self._now = now
        self._tail: list[Message] = []  # the own ones at the end, as they are drawn
        self._fresh: dict[int, Message] = {}  # wait, but do not look so yet
        self._unseen = 0
        self._is_past = False  # newer messages than these are not drawn
        self._fresh_due = self._flash_due = self._top_due = ""
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
        ``is_past`` says that there are newer ones, to which the pill leads.
        """
        self._drawn.clear()
        self._edge.forget()
        self._tail = [copy.copy(message) for message in waiting]
        self._fresh.clear()
        self._unseen = 0
        self._is_past = is_past
        self._view.at_bottom = True
        recent = [*messages[-AT_ONCE:], *waiting]
        self._drawn.replace(0, 0, recent)
        self._await(recent)
        self._view.to_bottom()

    def show_edge(self, edge: Edge, room: str = "") -> None:
        """Say what there is before the oldest message; ``room`` is for a person: ``#general``."""
        self._edge.show(edge, room)
        self._look_up_soon()

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
        self._await(messages)
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
        first = _common(old, new)
        last = _common(old[first:][::-1], new[first:][::-1])  # so many at the end stay too
        stop = self._index_of(old[-last].key) if last else len(self._drawn.blocks)
        start = self._index_of(old[first].key) if first < len(old) - last else stop
        self._drawn.replace(start, stop, messages[first : len(new) - last])
        known = {message.key for message in old}
        self._tail = new
        self._await(messages)
        if any(message.key not in known for message in new):
            self.to_bottom()

    def prepend(self, messages: Sequence[Message]) -> None:
        """Add older messages above; what is in view stays where it is."""
        if messages:
            self._drawn.replace(0, 0, messages)
        self._edge.answered()
        self._look_up_soon()

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
        first = self._drawn.line_of(found[0])
        last = first + self._drawn.blocks[found[0]].lines
        text = self.text
        text.see(f"{last - 1}.0")
        text.yview(f"{first}.0")
        text.yview_scroll(-text.winfo_height() // 3, "pixels")
        self._stop_flash()
        text.tag_add(FLASH, f"{first}.0", f"{last}.0")
        self._flash_due = self.after(FLASH_MS, self._stop_flash)
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
        self._look_up()
        self._on_move()

    def _show_pill(self) -> None:
        if self._is_past:
            self._pill.show_way_back()
        else:
            self._pill.show(self._unseen)

    def _look_up_soon(self) -> None:
        """Look whether the reader is at the top, once everything is in its place."""
        if not self._top_due:
            self._top_due = self.after_idle(self._look_up)

    def _look_up(self) -> None:
        if self._top_due:
            self.after_cancel(self._top_due)
            self._top_due = ""
        if self.winfo_viewable() and self.text.dlineinfo("1.0") is not None:
            self._edge.reached()

    def _await(self, messages: Sequence[Message]) -> None:
        """See to it that those of the messages which wait look so after a while."""
        now = self._now()
        for message in messages:
            if message.delivery is Delivery.WAITING and not is_late(message, now):
                self._fresh[message.key] = message
        if self._fresh and not self._fresh_due:
            milliseconds = PATIENCE / timedelta(milliseconds=1)
            self._fresh_due = self.after(int(milliseconds), self._grow_late)

    def _grow_late(self) -> None:
        self._fresh_due = ""
        waiting = [m for m in self._fresh.values() if m.delivery is Delivery.WAITING]
        now = self._now()
        self._fresh.clear()
        self.redraw([message for message in waiting if is_late(message, now)])
        self._await(waiting)

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

    def _stop_flash(self) -> None:
        if self._flash_due:
            self.after_cancel(self._flash_due)
            self._flash_due = ""
        self.text.tag_remove(FLASH, "1.0", "end")

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
        for due in (self._midnight, self._fresh_due, self._flash_due, self._top_due):
            if due:
                self.after_cancel(due)


def _common(some: Sequence[Message], others: Sequence[Message]) -> int:
    """Return how many messages at the beginning of both are drawn alike."""
    pairs = zip(some, others, strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other), min(len(some), len(others))
    )
