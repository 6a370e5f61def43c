"""The line at the bottom: how this person is connected, and what to do when not."""

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from tkchat.client.model import Link
from tkchat.gui.door.signs import lock, open_lock
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.link_text import Safety
from tkchat.gui.look.elements import dot, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.clipped_label import clip
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.widgets.tooltip import explain
from tkchat.i18n import tr

_AROUND = 74  # of 96 dpi: the spaces beside and between all that stands in the line
_LOCK = 13
UNKNOWN = Safety()
HINT_MS = 8_000  #: how long a hint is shown


class StatusBar(ttk.Frame):
    """Shows the link as a coloured dot and a sentence; ``on_retry`` is behind its button.

    The button stands right behind what it is about, which leaves room for it. A hint goes after
    ``hint_ms``.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_retry: Callable[[], None],
        hint_ms: int = HINT_MS,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._link = Link.CONNECTING
        self._hint_ms = hint_ms
        self._hint_due = ""
        self._line = tk.Frame(self, height=1)
        self._dot = ttk.Label(self)
        self._sentences: list[str] = []  # the same, shorter and shorter
        self._safety = UNKNOWN
        self._lock = ttk.Label(self, style="Muted.TLabel", compound="left", takefocus=False)
        explain(self._lock, theme, self._explain_lock)
        self._text = ttk.Label(self, style="Muted.TLabel", takefocus=False)
        explain(self._text, theme, self._hidden)
        self._retry = ttk.Button(self, text=tr("Try now"), style="Link.TButton", command=on_retry)
        self._hint = ttk.Label(self, style="Muted.TLabel")
        self.columnconfigure(4, weight=1)
        self._line.grid(row=0, columnspan=6, sticky="ew")
        self._dot.grid(row=1, column=0)
        self._lock.grid(row=1, column=1)
        self._text.grid(row=1, column=2)
        self._retry.grid(row=1, column=3)
        self._hint.grid(row=1, column=5)
        self._retry.grid_remove()
        self._lock.grid_remove()
        self.bind("<Configure>", lambda _event: self._fit())
        unsubscribe = theme.subscribe(self._restyle)
        self._line.bind("<Destroy>", lambda _: self._end(unsubscribe))
        self._restyle()

    def show(self, link: Link, text: str, longer: str = "", safety: Safety = UNKNOWN) -> None:
        """Say how the person is connected; while lost there is a button to try at once.

        ``longer`` says more than ``text``, and is shown instead where there is room. A lock stands
        before it where that means anything: open where others can read along.
        """
        self._link = link
        if safety != self._safety:
            self._safety = safety
            self._show_lock()
        self._sentences = [self._emoji.plain(one_line(each)) for each in (longer, text) if each]
        if link is Link.LOST:
            self._retry.grid(padx=(self._theme.px(4), 0))
        else:
            self._retry.grid_remove()
        self._fit()
        self._paint_dot()

    def show_hint(self, text: str) -> None:
        """Say something at the right-hand end, for a while or until the next; empty for nothing."""
        self._keep_hint()
        self._hint.configure(text=self._emoji.plain(one_line(text)))
        self._fit()
        if text:
            self._hint_due = self.after(self._hint_ms, self.show_hint, "")

    def _keep_hint(self) -> None:
        if self._hint_due:
            self.after_cancel(self._hint_due)
            self._hint_due = ""

    def _end(self, unsubscribe: Callable[[], None]) -> None:
        unsubscribe()
        self._keep_hint()

    def _fit(self) -> None:
        """Say as much as there is room for."""
        if not self._sentences:
            return
        px, font = self._theme.px, self._theme.fonts.small
        others = [self._dot, self._hint, *([self._retry] if self._link is Link.LOST else [])]
        others += [self._lock] if self._safety != UNKNOWN else []
        taken = sum(each.winfo_reqwidth() for each in others) + px(_AROUND)
        room = self.winfo_width() - taken
        fitting = (each for each in self._sentences if font.measure(each) <= room)
        shown = next(fitting, None) or clip(self._sentences[-1], font, room)
        if str(self._text.cget("text")) != shown:
            self._text.configure(text=shown)

    def _show_lock(self) -> None:
        safety, px, palette = self._safety, self._theme.px, self._theme.palette
        if not (safety.words or safety.is_readable):
            self._lock.grid_remove()
            return
        draw, colour = (lock, palette.muted) if safety.words else (open_lock, palette.danger)
        self._lock_photo = to_photo(self, draw(px(_LOCK), colour))
        said = "" if safety.words else " " + tr("Not encrypted")
        style = "Muted.TLabel" if safety.words else "Error.TLabel"
        self._lock.configure(image=self._lock_photo, text=said, style=style)
        self._lock.configure(font=self._theme.fonts.small)
        self._lock.grid(padx=(0, px(6)))

    def _explain_lock(self) -> str:
        if self._safety.words:
            said = tr(
                "Nobody else can read along. The host's key is {words}: whoever hosts the chat "
                "sees the same words, unless somebody is in between."
            )
            return said.format(words=self._safety.words)
        return tr("Anybody in the network can read along.")

    def _hidden(self) -> str:
        """Return the whole of what is said if there was no room for it."""
        whole = next(iter(self._sentences), "")
        return whole if whole != str(self._text.cget("text")) else ""

    def _paint_dot(self) -> None:
        palette = self._theme.palette
        colours = {
            Link.ONLINE: palette.ok,
            Link.CONNECTING: palette.warning,
            Link.LOST: palette.danger,
        }
        self._photo = to_photo(self, dot(self._theme.px(8), colours[self._link]))
        self._dot.configure(image=self._photo)

    def _restyle(self) -> None:
        px = self._theme.px
        self._line.configure(background=self._theme.palette.line)
        self._dot.grid_configure(padx=(px(20), px(8)), pady=px(8))
        self._hint.grid_configure(padx=(px(8), px(20)))
        line_height = int(self._theme.fonts.body.metrics("linespace"))
        self.rowconfigure(1, minsize=line_height + px(16))  # room for the button while it is hidden
        self._show_lock()
        self._paint_dot()
