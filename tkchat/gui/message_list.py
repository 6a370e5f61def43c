"""The list of messages of one room: one read-only text widget that follows the newest message."""

import threading
import tkinter as tk
import webbrowser
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from tkinter import ttk

from tkchat.client.message import Delivery, Kind, Message
from tkchat.gui.emoji import Emoji
from tkchat.gui.message_blocks import Block, Shape, arrange
from tkchat.gui.message_draw import MessagePainter
from tkchat.gui.message_tags import FOLD, LINK, configure_tags
from tkchat.gui.pill import Pill
from tkchat.gui.sticky_view import StickyView
from tkchat.gui.text_copy import CopyMenu, copy_selection, select_all, text_between
from tkchat.gui.theme import Theme

MAX_MESSAGES = 2_000  #: the oldest go when there are more
MAX_PICTURES = 2_000  #: avatars' halves and emoji; Tk looks at all of them for each new one
UNREAD = 2  #: so many times as much may be drawn while somebody reads further up
AT_ONCE = 300  #: so many of the newest are drawn before anything else; more would be felt
SLICE = 100  #: of the older ones, so many at a time
SLICE_PAUSE_MS = 10


def open_in_browser(url: str) -> None:
    """Open ``url`` in the person's browser, without waiting for it to start."""
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()


def local_today() -> date:
    """Return the date on this person's calendar."""
    return datetime.now().astimezone().date()


class MessageList(ttk.Frame):
    """Shows messages; keeps nothing of them but how they are drawn.

    ``on_link`` is called with the address of a link that was clicked. Only for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        own_name: str,
        on_link: Callable[[str], None] = open_in_browser,
        today: Callable[[], date] = local_today,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_link = on_link
        self._today = today
        self._blocks: list[Block] = []
        self._count = 0  # of messages drawn
        self._waiting: list[Message] = []  # older than those drawn, and still to be
        self._slicing = ""
        self._unseen = 0
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
        self.text.configure(yscrollcommand=bar.set)
        bar.configure(command=self._view.scroll)
        self._menu = CopyMenu(self.text, theme)
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
        return self._view.at_bottom

    def show(self, messages: Sequence[Message]) -> None:
        """Show these messages in place of all others, the newest in view.

        Of many, the older ones are drawn bit by bit, so that the window never stops.
        """
        with self._writable():
            self.text.delete("1.0", "end")
            self._blocks.clear()
            self._painter.forget()
            self._count = 0
        self._unseen = 0
        self._view.at_bottom = True
        self._add_at_end(messages[-AT_ONCE:])
        self.to_bottom()
        self._waiting = list(messages[-MAX_MESSAGES:-AT_ONCE])
        self._draw_later()

    def append(self, messages: Sequence[Message]) -> None:
        """Add newer messages.

        The view stays where its reader is, and the pill counts; unless that is the bottom, or one
        of the messages was just written here.
        """
        if not messages:
            return
        just_written = any(m.own and m.delivery is Delivery.WAITING for m in messages)
        self._add_at_end(messages)
        if just_written:
            self.to_bottom()
        elif not self._view.at_bottom:
            self._unseen += sum(m.kind is not Kind.PRESENCE and not m.own for m in messages)
            self._pill.show(self._unseen)
        self._trim()

    def prepend(self, messages: Sequence[Message]) -> None:
        """Add older messages above; what is in view stays where it is."""
        if self._waiting:
            self._waiting[:0] = messages
        elif messages:
            self._add_above(messages)

    def _add_above(self, messages: Sequence[Message]) -> None:
        self._count += len(messages)
        self._begin_anew(0, messages)

    def _begin_anew(self, stop: int, messages: Sequence[Message]) -> None:
        """Put ``messages`` in the place of the blocks before ``stop``, at the top of the list.

        The first block after them may lose its date line and header to what now stands before it,
        or need them now.
        """
        head = self._blocks[stop : stop + 1]
        if head and head[0].shape is Shape.DAY:
            head = self._blocks[stop : stop + 2]
        new = arrange([*messages, *(message for block in head for message in block.messages)])
        if head:
            new[-1].unfolded = head[-1].unfolded
        self._splice(0, stop + len(head), new)

    def update_delivery(self, message: Message) -> None:
        """Draw a message anew that has the key of one shown; nothing happens if none has it."""
        for index in range(len(self._blocks) - 1, -1, -1):
            block = self._blocks[index]
            for place, shown in enumerate(block.messages):
                if shown.key == message.key:
                    block.messages[place] = message
                    self._splice(index, index + 1, [block])
                    return
        self._waiting = [message if m.key == message.key else m for m in self._waiting]

    def to_bottom(self) -> None:
        """Go to the newest message and follow from there."""
        self._view.to_bottom()

    def page(self, pages: int) -> None:
        """Scroll by so many windowfuls, upwards if negative; for keys pressed elsewhere."""
        self._act(lambda: self.text.yview_scroll(pages, "pages"))

    def selected_text(self) -> str:
        """Return what is selected, emoji included; empty if nothing is."""
        chosen = self.text.tag_ranges("sel")
        return text_between(self.text, str(chosen[0]), str(chosen[-1])) if chosen else ""

    def _add_at_end(self, messages: Sequence[Message]) -> None:
        self._count += len(messages)
        keep = len(self._blocks)
        last = self._blocks[-1] if self._blocks else None
        if last and messages and last.shape is Shape.PRESENCE and _continues(last, messages[0]):
            keep -= 1
            before = self._blocks[keep - 1]
            new = arrange([*last.messages, *messages], before)
            new[0].unfolded = last.unfolded
        else:
            new = arrange(messages, last)
        self._splice(keep, len(self._blocks), new)

    def _draw_later(self) -> None:
        if self._slicing:
            self.after_cancel(self._slicing)
        self._slicing = self.after(SLICE_PAUSE_MS, self._draw_slice) if self._waiting else ""

    def _draw_slice(self) -> None:
        self._slicing = ""
        if self._pictures() >= MAX_PICTURES:
            self._waiting.clear()
        if not self._waiting:
            return
        messages, self._waiting = self._waiting[-SLICE:], self._waiting[:-SLICE]
        self._draw_later()
        self._add_above(messages)

    def _pictures(self) -> int:
        return sum(block.pictures for block in self._blocks)

    def _trim(self) -> None:
        """Drop the oldest messages over the limits, which are wider while somebody reads there."""
        del self._waiting[: max(self._count + len(self._waiting) - MAX_MESSAGES, 0)]
        room = 1 if self._view.at_bottom else UNREAD
        many = self._count - room * MAX_MESSAGES
        pictures = self._pictures() - room * MAX_PICTURES
        if many <= 0 and pictures <= 0:
            return
        gone = stop = 0
        last = len(self._blocks) - 1  # stays, whatever is in it
        while gone < many or (pictures > 0 and stop < last):
            gone += len(self._blocks[stop].messages)
            pictures -= self._blocks[stop].pictures
            stop += 1
        # Of several messages in one block, none of which has a picture, not all need to go.
        left: list[Message] = []
        if 0 < many < gone and not self._blocks[stop - 1].pictures:
            left = self._blocks[stop - 1].messages[many - gone :]
        self._count -= gone - len(left)
        self._waiting.clear()
        self._begin_anew(stop, left)

    def _splice(self, start: int, stop: int, new: list[Block]) -> None:
        """Draw ``new`` in the place of the blocks from ``start`` up to ``stop``."""
        line = 1 + sum(block.lines for block in self._blocks[:start])
        after = line + sum(block.lines for block in self._blocks[start:stop])
        with self._view.kept(line, after), self._writable():
            if after > line:
                self.text.delete(f"{line}.0", f"{after}.0")
            self._painter.insert(line, new, self._today())
            self._blocks[start:stop] = new

    @contextmanager
    def _writable(self) -> Iterator[None]:
        self.text.configure(state="normal")
        try:
            yield
        finally:
            self.text.configure(state="disabled")

    def _moved(self) -> None:
        if self._view.at_bottom and self._unseen:
            self._unseen = 0
        self._pill.show(self._unseen)

    def _bind_keys(self) -> None:
        text = self.text
        keys: dict[str, Callable[[], None]] = {
            "<Prior>": lambda: self.page(-1),
            "<Next>": lambda: self.page(1),
            "<Up>": lambda: text.yview_scroll(-2, "units"),
            "<Down>": lambda: text.yview_scroll(2, "units"),
            "<Home>": lambda: text.yview_moveto(0),
            "<End>": lambda: text.see("end"),
            "<<Copy>>": lambda: copy_selection(text),
            "<<SelectAll>>": lambda: select_all(text),
            "<Control-a>": lambda: select_all(text),  # to Tk on X11: to the start of the line
        }
        for sequence, act in keys.items():
            text.bind(sequence, lambda _event, act=act: self._act(act))  # type: ignore[misc]  # a lambda's default has no type
        text.bind("<Button-1>", lambda _event: text.focus_set(), add=True)
        for tag, click in ((LINK, self._open_link), (FOLD, self._unfold)):
            text.tag_bind(tag, "<ButtonRelease-1>", click)
            text.tag_bind(tag, "<Enter>", lambda _event: text.configure(cursor="hand2"))
            text.tag_bind(tag, "<Leave>", lambda _event: text.configure(cursor=""))

    def _act(self, act: Callable[[], None]) -> str:
        act()
        self._view.note()
        return "break"  # and not what Tk would do as well

    def _open_link(self, event: "tk.Event[tk.Misc]") -> None:
        if self.text.tag_ranges("sel"):  # the end of a drag, not a click
            return
        if found := self.text.tag_prevrange(LINK, f"@{event.x},{event.y} +1c"):
            self._on_link(text_between(self.text, *found))

    def _unfold(self, event: "tk.Event[tk.Misc]") -> None:
        if self.text.tag_ranges("sel"):
            return
        line = int(self.text.index(f"@{event.x},{event.y}").split(".")[0])
        index = 0
        while line > self._blocks[index].lines:
            line -= self._blocks[index].lines
            index += 1
        self._blocks[index].unfolded = not self._blocks[index].unfolded
        top = self.text.index("@0,0")
        self._view.at_bottom = False  # the reader goes on from here
        self._splice(index, index + 1, [self._blocks[index]])
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
        now = datetime.now().astimezone()
        tomorrow = datetime.combine(now.date() + timedelta(days=1), time(), now.tzinfo)
        milliseconds = int((tomorrow - now).total_seconds() * 1000) + 1000
        return self.after(milliseconds, self._new_day)

    def _new_day(self) -> None:
        """Yesterday is no longer Today."""
        self._midnight = self._wait_for_midnight()
        for index, block in enumerate(self._blocks):
            if block.shape is Shape.DAY:
                self._splice(index, index + 1, [block])

    def _close(self) -> None:
        self._unsubscribe()
        self.after_cancel(self._midnight)
        if self._slicing:
            self.after_cancel(self._slicing)


def _continues(run: Block, message: Message) -> bool:
    return message.kind is Kind.PRESENCE and message.at.date() == run.day
