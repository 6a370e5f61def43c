"""Where a person writes: a box that grows with its text, and the button that sends it."""

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import Any

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.emoji_button import EmojiButton
from tkchat.gui.emoji.emoji_picker import EmojiPicker
from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import ON_MAC, sequences
from tkchat.gui.widgets.clipped_label import clip
from tkchat.gui.widgets.edit_menu import Can, EditMenu
from tkchat.gui.widgets.modifiers import is_bare
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.writing.completing import Completing
from tkchat.gui.writing.completion import Completion, word_start
from tkchat.gui.writing.formatting import BOLD, CODE, ITALIC, STRIKE, toggle
from tkchat.gui.writing.offers import Sources
from tkchat.gui.writing.pasting import Pasting
from tkchat.gui.writing.recall import Recall
from tkchat.gui.writing.writing_box import WritingBox
from tkchat.i18n import grouped, tr, trn
from tkchat.wire.limits import MAX_TEXT_CHARS

MAX_LINES = 8  #: the box grows to this many lines, then scrolls
_EDGE = 2  # of 96 dpi: so much of the cursor is seen before the first letter
_HINT_EDGES = 4  # pixels of a label's width that Tk keeps for its padding
COUNT_FROM = MAX_TEXT_CHARS - 500  #: from here on, in characters, the counter shows


@dataclass(frozen=True, slots=True)
class Calls:
    """What the box asks of the program around it."""

    send: Callable[[str], bool]  #: gets the text and says whether it was taken; if not, it stays
    changed: Callable[[], None] = lambda: None  #: called after each change
    edit_last: Callable[[], bool] = lambda: False  #: Up in an empty box; says whether it did so
    emptied: Callable[[], bool] = lambda: False  #: Enter in an empty box; says whether it meant it


class Composer(ttk.Frame):
    """The box to write in; ``sources`` is what it completes. Only for Tk's thread."""

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        calls: Calls,
        *,
        names: Callable[[], Sequence[str]] = tuple,
        sources: Sources = Sources(),  # noqa: B008 - it cannot be changed
    ) -> None:
        """``names`` gives the people whom Tab completes, the likeliest first."""
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._calls = calls
        self._placeholder = ""
        self._refused = ("", "")  # what was not taken, and why
        self._gone = False
        self._texts_set = 0
        self._field = ttk.Frame(self, style="Field.TFrame")
        self.entry = WritingBox(self._field, emoji, self._written)
        self._hint = tk.Label(self.entry, borderwidth=0, padx=0, anchor="w", cursor="xterm")
        self._note = ttk.Label(self, style="Muted.TLabel")
        self._picker = EmojiPicker(self, theme, emoji, self._pick)
        self.emoji_button = EmojiButton(self, theme, self.pick_emoji)
        # Made after it, for Tab goes in that order.
        self.button = ttk.Button(self, text=tr("Send"), style="Accent.TButton", command=self.submit)
        self._lay_out()
        self._completion = Completion(self.entry, names, emoji)
        self.completing = Completing(self.entry, self._field, theme, emoji, sources)
        self._pasting = Pasting(self.entry, theme, emoji, self.refuse)
        self._recall = Recall()
        self._bind_keys()
        self._restyle()
        self._unsubscribe = theme.subscribe(self._restyle)
        self.entry.bind("<Destroy>", lambda _event: self._close(), add=True)

    def text(self) -> str:
        """Return what is written, as it is."""
        return self.entry.written()

    def set_text(self, text: str) -> None:
        """Put ``text`` in place of what is written, with the cursor behind it; not to be undone."""
        self._texts_set += 1
        self.completing.pause()
        self.entry.begin_with(text)

    def write(self, text: str) -> None:
        """Write ``text`` at the cursor, as if it had been typed."""
        self.entry.put(text)

    def set_placeholder(self, text: str) -> None:
        """Show ``text`` while nothing is written: "Message #general"."""
        self._placeholder = self._emoji.plain(text)
        self._redraw()

    def paste(self) -> None:
        """Paste what the clipboard holds, as if the box had the keyboard."""
        self._pasting.paste()

    def refuse(self, why: str) -> None:
        """Say under the box why what is written was not taken, until it changes."""
        self._refused = self.text(), self._emoji.plain(one_line(why))
        self._show_note(self.text())

    def focus(self) -> None:
        """Give the box the keyboard."""
        self.entry.focus_set()

    focus_set = focus

    def submit(self) -> None:
        """Hand the text over, if there is one that may be sent."""
        text = self.text()
        if len(text) > MAX_TEXT_CHARS:
            self.bell()
        elif not text.strip():
            if self._calls.emptied():
                return  # the keyboard is with a question
            self.bell()
        else:
            self._send(text)
        if not self._gone:  # what was sent may have closed the window
            self.entry.focus_set()

    def _send(self, text: str) -> None:
        before = self._texts_set
        if self._calls.send(text) and not self._gone:
            self._recall.sent(text)
            if self._texts_set == before:  # else another is there now: a draft, maybe the same
                self.set_text("")

    def pick_emoji(self) -> None:
        """Open the emoji picker, or close it."""
        if self._picker.is_open:
            self._picker.close()
        else:
            self.completing.close()
            self._picker.open(self._field)

    def _pick(self, sequence: str) -> None:
        self.entry.put(sequence)
        self.entry.focus_set()

    def _lay_out(self) -> None:
        self.columnconfigure(0, weight=1)
        self._field.grid(row=0, column=0, sticky="nsew")
        self._field.columnconfigure(0, weight=1)
        self._field.rowconfigure(0, weight=1)
        self.entry.grid(row=0, column=0, sticky="nsew")
        self.emoji_button.grid(in_=self._field, row=0, column=1, sticky="se")
        self.button.grid(row=0, column=1, sticky="se")
        self._note.grid(row=1, column=0, columnspan=2, sticky="ew")
        self._note.grid_remove()

    def _bind_keys(self) -> None:
        entry = self.entry
        bare: dict[str, Callable[[], bool]] = {
            "<Return>": self._take_or_send,
            "<KP_Enter>": self._take_or_send,
            "<Tab>": self._complete_or_leave,
            "<Escape>": self.completing.escape,
            "<Up>": self._up,
            "<Down>": lambda: self.completing.move(1) or self._recalled(self._recall.newer),
        }
        for sequence, act in bare.items():
            entry.bind(
                sequence,
                lambda event, act=act: (  # type: ignore[misc]  # a lambda's default has no type
                    "break" if is_bare(int(event.state)) and act() else None
                ),
            )
        combined: dict[str, Callable[[], object]] = {
            "Ctrl+Enter": self._take_or_send,
            "Ctrl+Up": lambda: self._recalled(self._recall.older),
            "Ctrl+Down": lambda: self._recalled(self._recall.newer),
            "Ctrl+A": entry.select_all,
            "Ctrl+Z": entry.undo,
            "Ctrl+Y": entry.redo,  # to Tk on X11 this is paste
            "Ctrl+Shift+Z": entry.redo,
            "Ctrl+Shift+V": self._pasting.paste,
            "Ctrl+B": lambda: self._format(BOLD),
            "Ctrl+I": lambda: self._format(ITALIC),
            "Ctrl+Shift+X": lambda: self._format(STRIKE),
            "Ctrl+E": lambda: self._format(CODE),
            "Ctrl+.": self.pick_emoji,
        }
        for combination, deed in combined.items():
            for sequence in sequences(combination):
                entry.bind(sequence, lambda _event, deed=deed: (deed(), "break")[1])  # type: ignore[misc]  # a lambda's default has no type
        entry.bind(
            "<Option-BackSpace>" if ON_MAC else "<Control-BackSpace>",
            lambda _event: self._delete_word(),
        )
        # Tk lets Shift+Tab do nothing in a text, except on X11, where it is a key of its own.
        entry.bind("<<PrevWindow>>", lambda _event: self._leave_backwards())
        entry.bind("<colon>", lambda _event: "break" if self.completing.colon() else None)
        entry.bind("<Configure>", lambda _event: self._resized(), add=True)
        for event, state in (("<FocusIn>", "focus"), ("<FocusOut>", "!focus")):
            entry.bind(event, lambda _event, state=state: self._field.state([state]), add=True)  # type: ignore[misc]  # a lambda's default has no type
        for widget in (self._hint, self._field):
            widget.bind("<Button-1>", lambda _event: entry.focus_set())
        EditMenu(
            entry,
            self._theme,
            self._emoji,
            lambda: Can(entry.can_undo, entry.can_redo, bool(entry.tag_ranges("sel"))),
        )

    def _take_or_send(self) -> bool:
        if not self.completing.take(by_return=True):
            self.completing.close()
            self.submit()
        return True

    def _complete_or_leave(self) -> bool:
        if self.completing.take() or self._completion.next():
            return True
        if following := self.entry.tk_focusNext():
            following.focus_set()
        return True  # never a tab in the text, which would keep the keyboard in here

    def _leave_backwards(self) -> str:
        if before := self.entry.tk_focusPrev():
            before.focus_set()
        return "break"

    def _up(self) -> bool:
        if self.completing.move(-1):
            return True
        if not self.text() and self._calls.edit_last():
            return True
        return self._recalled(self._recall.older)

    def _recalled(self, step: Callable[[str], str | None]) -> bool:
        found = step(self.text())
        if found is not None:
            self.entry.change(0, len(self.text()), found)
            self.completing.close()
        return found is not None

    def _format(self, mark: str) -> None:
        entry = self.entry
        text = self.text()
        marked, start, end = toggle(text, *entry.selected_stretch(), mark)
        entry.change(0, len(text), marked, (start, end))

    def _delete_word(self) -> str:
        entry = self.entry
        if entry.tag_ranges("sel"):
            entry.put("")
        else:
            entry.take_back(len(entry.written(word_start(entry, over_spaces=True), "insert")))
        return "break"

    def _written(self) -> None:
        self._redraw()
        self.completing.look()
        self._calls.changed()

    def _redraw(self) -> None:
        text = self.text()
        self._show_hint(text)
        self._show_note(text)
        can = len(text) <= MAX_TEXT_CHARS
        self.button.state(["!disabled" if can else "disabled"])
        self._grow()

    def _show_hint(self, text: str) -> None:
        if text:
            self._hint.place_forget()
            return
        left = int(self.entry.cget("insertwidth")) // 2  # not over the cursor
        room = self.entry.winfo_width() - 2 * self._theme.px(_EDGE) - left - _HINT_EDGES
        shown = clip(self._placeholder, self._theme.fonts.body, room) if room > 0 else ""
        self._hint.configure(text=shown)
        self._hint.place(x=left, y=0, relwidth=1, width=-left)

    def _show_note(self, text: str) -> None:
        """Say under the box what keeps the text from being sent, or soon will."""
        palette = self._theme.palette
        count = len(text)
        over = count - MAX_TEXT_CHARS
        if text != self._refused[0]:
            self._refused = ("", "")
        if why := self._refused[1]:
            self._note.configure(text=why, foreground=palette.danger, anchor="w")
        elif over > 0:
            self._note.configure(text=_too_long(over), foreground=palette.danger, anchor="e")
        elif count >= COUNT_FROM:
            said = tr("{count} of {most} characters")
            said = said.format(count=grouped(count), most=grouped(MAX_TEXT_CHARS))
            self._note.configure(text=said, foreground=palette.muted, anchor="e")
        else:
            self._note.grid_remove()
            return
        self._note.grid()

    def _resized(self) -> None:
        self._note.configure(wraplength=self.winfo_width() - self._theme.px(4))
        self._show_hint(self.text())
        self._grow()

    def _grow(self) -> None:
        entry = self.entry
        counted = entry.tk.call(str(entry), "count", "-update", "-displaylines", "1.0", "end")
        lines = min(max(int(counted or 1), 1), MAX_LINES)
        if int(entry.cget("height")) != lines:
            entry.configure(height=lines)
            entry.see("insert")

    def _restyle(self) -> None:
        palette, px, fonts = self._theme.palette, self._theme.px, self._theme.fonts
        both: dict[str, Any] = {"background": palette.surface, "font": fonts.body}
        own: dict[str, Any] = {
            "foreground": palette.text,
            "insertbackground": palette.text,
            "insertwidth": max(px(2), 1),
            "padx": px(_EDGE),
            "selectbackground": palette.selection,
            "selectforeground": palette.text,
            "inactiveselectbackground": palette.selection,
            "spacing2": px(1),
            "spacing3": px(1),
        }
        self.entry.configure(both | own)
        self.entry.set_picture_height(int(fonts.body.metrics("linespace")))
        self._hint.configure(both | {"foreground": palette.muted})
        self._field.configure(padding=(px(10 - _EDGE), px(8), px(10), px(8)))
        self.emoji_button.grid_configure(padx=(px(8), 0))
        self.button.grid_configure(padx=(px(8), 0), ipadx=px(6), ipady=px(3))
        self._note.grid_configure(pady=(px(4), 0))
        self._redraw()

    def _close(self) -> None:
        self._gone = True
        self._unsubscribe()


def _too_long(over: int) -> str:
    said = trn("{count} character too long to send", "{count} characters too long to send", over)
    return said.format(count=grouped(over))
