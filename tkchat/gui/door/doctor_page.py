"""The page that finds out why a chat cannot be joined, and says so step by step."""

import threading
import tkinter as tk
from collections.abc import Callable, Iterator
from functools import partial
from queue import SimpleQueue
from tkinter import ttk

from tkchat.client.findings import Finding, State
from tkchat.client.nearby import Nearby
from tkchat.gui.door.page import WIDTH, Page, on_return
from tkchat.gui.door.signs import caution, check, cross
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import tr

SIGNS = {State.OK: "✓", State.WARN: "!", State.BAD: "✗"}  #: in what is copied
_PICTURES = {State.OK: check, State.WARN: caution, State.BAD: cross}
_SIGN = 16  # of 96 dpi
_MOST_OFFERED = 3

#: Looks, until the event is set.
Examine = Callable[[threading.Event], Iterator[Finding]]


def doctor_title() -> str:
    """Return the title of the page."""
    return tr("Why it does not work")


class DoctorPage(Page):
    """Shows findings as ``examine`` makes them, in a thread; ``choose`` gets a chat nearby.

    It looks no further once the page is gone.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        pump: Pump,
        examine: Examine,
        cancel: Callable[[], None],
        choose: Callable[[Nearby], None],
    ) -> None:
        super().__init__(parent, theme, emoji, cancel)
        self._pump = pump
        self._choose = choose
        self._findings: list[Finding] = []
        self._shown: list[tuple[ttk.Label, ttk.Frame, list[ttk.Label], State]] = []
        self._photos: list[tk.PhotoImage] = []
        self._offers: list[ttk.Button] = []
        self._list = ttk.Frame(self)
        self._list.grid(sticky="ew", row=len(self.grid_slaves()))
        self._list.columnconfigure(1, weight=1)
        self._looking = self.say(tr("Looking…"), "Muted.TLabel")
        self._copy = self.offer(tr("Copy"), self._copy_all)
        self._copy.state(["disabled"])
        self.call_cancel(tr("Back"))
        self._cancelled = threading.Event()
        self._heard: SimpleQueue[Finding | None] = SimpleQueue()
        pump.watch(self._heard, self._take)
        self._unsubscribe = theme.subscribe(self._follow)
        self._list.bind("<Destroy>", self._end)
        pump.in_background(partial(_look, examine, self._cancelled, self._heard), lambda _: None)

    def as_text(self) -> str:
        """Return all that was found so far, to be sent to somebody who helps."""
        lines = []
        for found in self._findings:
            lines.append(f"{SIGNS[found.state]} {found.text}")
            lines += [f"  {found.advice}"] if found.advice else []
        return "\n".join(lines)

    def _take(self, findings: list[Finding | None]) -> None:
        for found in findings:
            if found is None:
                self._looking.grid_remove()
                if not self._findings:
                    self._looking.configure(text=tr("Nothing was found."))
                    self._looking.grid()
            else:
                self._add(found)

    def _add(self, found: Finding) -> None:
        self._findings.append(found)
        self._copy.state(["!disabled"])
        row = len(self._shown)
        sign = ttk.Label(self._list)
        sign.grid(row=row, column=0, sticky="n")
        words = ttk.Frame(self._list)
        words.grid(row=row, column=1, sticky="ew")
        labels = [ttk.Label(words, text=self._fit_for_tk(found.text), justify="left")]
        if found.advice:
            advice = self._fit_for_tk(found.advice)
            labels.append(ttk.Label(words, text=advice, style="Muted.TLabel", justify="left"))
        for label in labels:
            label.grid(sticky="w")
        for chat in found.nearby[:_MOST_OFFERED]:
            self._offer_chat(words, chat)
        self._shown.append((sign, words, labels, found.state))
        self._follow()

    def _offer_chat(self, words: ttk.Frame, chat: Nearby) -> None:
        title = self._fit_for_tk(chat.title or str(chat.address))
        button = ttk.Button(
            words,
            text=tr("Join {title}").format(title=title),
            command=partial(self._choose, chat),
        )
        on_return(button, button.invoke)
        button.grid(sticky="w")
        self._offers.append(button)

    def _fit_for_tk(self, text: str) -> str:
        return self.emoji.plain(one_line(text))

    def _copy_all(self) -> None:
        self.clipboard_clear()
        self.clipboard_append(self.as_text())
        self._status.configure(text=tr("Copied."))

    def _follow(self) -> None:
        px, palette = self.theme.px, self.theme.palette
        colours = {State.OK: palette.ok, State.WARN: palette.warning, State.BAD: palette.danger}
        photos = {
            state: to_photo(self, draw(px(_SIGN), colours[state]))
            for state, draw in _PICTURES.items()
        }
        for sign, words, labels, state in self._shown:
            sign.configure(image=photos[state])
            sign.grid_configure(padx=(0, px(10)), pady=(px(12), 0))
            words.grid_configure(pady=(px(10), 0))
            for label in labels:
                label.configure(wraplength=px(WIDTH - _SIGN - 14))
        for button in self._offers:
            button.grid_configure(pady=(px(6), 0))
        self._photos = list(photos.values())

    def _end(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._list:
            self._cancelled.set()
            self._pump.forget(self._heard)
            self._unsubscribe()


def _look(
    examine: Examine, cancelled: threading.Event, heard: "SimpleQueue[Finding | None]"
) -> None:
    """Put what is found on ``heard``, and None at the end."""
    try:
        for found in examine(cancelled):
            heard.put(found)
    finally:
        heard.put(None)
