"""What was decided in this chat, who is kept out of it, and its password."""

import tkinter as tk
from collections.abc import Sequence
from datetime import UTC, date, datetime
from functools import partial
from tkinter import ttk

from tkchat.client.order import Audit, Banned, CommandAnswered
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.order_words import ban_reason, decision_reason, decision_text
from tkchat.gui.order.ordering import Ordering
from tkchat.gui.search.found_words import moment
from tkchat.gui.widgets.keyboard import keyboard_holder
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.widgets.scrolled import ScrolledFrame
from tkchat.gui.widgets.side_window import SideWindow
from tkchat.i18n import tr

WIDTH, HEIGHT = 560, 520  # of 96 dpi, like all sizes here
_SIDE = 28
_TIME_WIDTH = 110
_MOST = 100  #: of the latest decisions


class DecisionsWindow(SideWindow):
    """Asks the host as soon as it is made, and again after what is decided in it."""

    def __init__(self, over: tk.Misc, theme: Theme, emoji: Emoji, ordering: Ordering) -> None:
        super().__init__(over, theme, tr("What was decided"))
        self._emoji = emoji
        self._ordering = ordering
        self._decisions: Sequence[Audit] = ()
        self._bans: Sequence[Banned] = ()
        self._said = tr("Asking the host…")
        self._wrapped: list[ttk.Label] = []
        self._title = ttk.Label(self, text=tr("What was decided"), style="Title.TLabel")
        self._frame = ScrolledFrame(self, theme)
        self._content = ttk.Frame(self._frame.inner)
        self.lift_buttons: dict[str, ttk.Button] = {}  #: by whose ban each lifts
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self._title.grid(row=0, column=0, sticky="w")
        self._frame.grid(row=1, column=0, sticky="nsew")
        self._frame.inner.columnconfigure(0, weight=1)
        self._frame.bind("<Configure>", lambda _event: self._wrap())
        for key, pixels in (("<Up>", -1), ("<Down>", 1)):
            self.bind(key, lambda _, by=pixels: self._frame.scroll(by * theme.px(40)))  # type: ignore[misc]  # it cannot tell the default's type
        for key, pages in (("<Prior>", -1), ("<Next>", 1)):
            self.bind(key, lambda _, by=pages: self._frame.page(by))  # type: ignore[misc]  # likewise
        unsubscribe = theme.subscribe(self._restyle)
        self.bind("<Destroy>", lambda event: event.widget is self and unsubscribe())
        self._restyle()
        self.ask()

    def open(self) -> None:
        """Put it on the screen."""
        self.show(self, (self.theme.px(WIDTH), self.theme.px(HEIGHT)))

    def ask(self) -> None:
        """Ask the host for what it shows."""
        self._ordering.carry_out(f"/audit {_MOST}", answered=self._take_decisions)
        self._ordering.carry_out("/bans", answered=self._take_bans)

    def _take_decisions(self, answer: CommandAnswered) -> None:
        self._decisions = answer.audit[::-1]
        self._take(answer)

    def _take_bans(self, answer: CommandAnswered) -> None:
        self._bans = answer.banned
        self._take(answer)

    def _take(self, answer: CommandAnswered) -> None:
        if self.winfo_exists():
            self._said = answer.text if answer.code else ""
            self._draw()

    def _draw(self) -> None:
        px = self.theme.px
        had_keyboard = keyboard_holder(self).startswith(f"{self._content}.")
        self._content.destroy()
        self._wrapped.clear()
        self.lift_buttons.clear()
        content = self._content = ttk.Frame(self._frame.inner)
        content.grid(sticky="nsew", padx=(px(_SIDE), px(_SIDE)), pady=(0, px(20)))
        content.columnconfigure(0, weight=1)
        if self._said:
            ttk.Label(content, text=self._emoji.plain(self._said)).grid(sticky="w")
        if self._ordering.is_host:
            button = ttk.Button(
                content, text=tr("Change the password of the chat…"),
                command=partial(self._ordering.ask_password, self),
            )  # fmt: skip
            button.bind("<Return>", lambda event: event.widget.invoke())
            button.grid(sticky="w", pady=(0, px(6)))
        if self._bans:
            self._caption(content, tr("Kept out"))
            for ban in self._bans:
                self._draw_ban(content, ban)
        if self._decisions:
            self._caption(content, tr("Decisions"))
        today = datetime.now().astimezone().date()
        for decision in self._decisions:
            reason = decision_reason(decision)
            self._draw_line(content, decision.time_ms, decision_text(decision), reason, today)
        if not (self._said or self._bans or self._decisions):
            ttk.Label(content, text=tr("Nothing was decided yet.")).grid(sticky="w")
        self._wrap()
        if had_keyboard:
            self.focus_set()

    def _caption(self, parent: ttk.Frame, text: str) -> None:
        px = self.theme.px
        ttk.Label(parent, text=text, style="Bold.TLabel").grid(sticky="w", pady=(px(10), px(4)))

    def _draw_ban(self, parent: ttk.Frame, ban: Banned) -> None:
        said = tr("{name}, by {by}").format(name=ban.user, by=ban.by)
        today = datetime.now().astimezone().date()
        row = self._draw_line(parent, ban.time_ms, said, ban_reason(ban), today)
        button = ttk.Button(row, text=tr("Lift"), command=partial(self._lift, ban.user))
        button.bind("<Return>", lambda event: event.widget.invoke())
        button.grid(row=0, column=2, rowspan=2, sticky="e", padx=(self.theme.px(12), 0))
        self.lift_buttons[ban.user] = button

    def _draw_line(
        self, parent: ttk.Frame, time_ms: int, said: str, why: str, today: date
    ) -> ttk.Frame:
        px, plain = self.theme.px, self._emoji.plain
        row = ttk.Frame(parent)
        row.grid(sticky="ew", pady=px(4))
        row.columnconfigure(0, minsize=px(_TIME_WIDTH))
        row.columnconfigure(1, weight=1)
        at = datetime.fromtimestamp(time_ms / 1000, UTC).astimezone()
        when = moment(at, today, self.theme.clock)
        ttk.Label(row, text=when, style="Muted.TLabel").grid(row=0, column=0, sticky="nw")
        for line, (text, style) in enumerate(((said, "TLabel"), (why, "Muted.TLabel"))):
            if text:
                label = ttk.Label(row, text=plain(one_line(text)), style=style, justify="left")
                label.grid(row=line, column=1, sticky="w")
                self._wrapped.append(label)
        return row

    def _lift(self, name: str) -> None:
        def lifted(answer: CommandAnswered) -> None:
            if self.winfo_exists():
                self._said = answer.text if answer.code else ""
                self.ask()

        self._ordering.carry_out(f"/unban {name}", answered=lifted)

    def _wrap(self) -> None:
        px = self.theme.px
        least = px(160)
        for label in self._wrapped:
            beside = sum(each.winfo_reqwidth() for each in label.master.grid_slaves(column=2))
            room = self._frame.winfo_width() - px(2 * _SIDE + _TIME_WIDTH + 24) - beside
            label.configure(wraplength=max(room, least))

    def _restyle(self) -> None:
        px = self.theme.px
        self._title.grid_configure(padx=px(_SIDE), pady=(px(22), px(12)))
        self._draw()
