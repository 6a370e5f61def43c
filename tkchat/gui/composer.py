"""Where a person writes: a box that grows with its text, and the button that sends it."""

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import Any

from tkchat.gui.completion import Completion, word_start
from tkchat.gui.emoji import Emoji
from tkchat.gui.recall import Recall
from tkchat.gui.theme import Theme
from tkchat.wire.limits import MAX_TEXT_CHARS

MAX_LINES = 8  #: the box grows to this many lines, then scrolls
COUNT_FROM = MAX_TEXT_CHARS - 500  #: from here on, in characters, the counter shows


class Composer(ttk.Frame):
    """The box to write in.

    ``on_send`` gets the text and says whether it was taken; if not, it stays. ``on_change`` is
    called after each change. ``names`` gives the people that Tab completes. Only for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_send: Callable[[str], bool],
        on_change: Callable[[], None] = lambda: None,
        names: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._on_send = on_send
        self._on_change = on_change
        self._placeholder = "Message"
        self._gone = False
        self._field = ttk.Frame(self, style="Field.TFrame")
        self.entry = tk.Text(
            self._field, height=1, width=1, wrap="word", undo=True, maxundo=500, borderwidth=0,
            highlightthickness=0,
        )  # fmt: skip
        self._hint = tk.Label(self.entry, borderwidth=0, anchor="w", cursor="xterm")
        self._note = ttk.Label(self, style="Muted.TLabel")
        self.button = ttk.Button(self, text="Send", style="Accent.TButton", command=self.submit)
        self._lay_out()
        self._completion = Completion(self.entry, names, emoji)
        self._recall = Recall()
        self._bind_keys()
        self._restyle()
        self._unsubscribe = theme.subscribe(self._restyle)
        self.entry.bind("<Destroy>", lambda _event: self._close(), add=True)

    def text(self) -> str:
        """Return what is written, as it is."""
        return self.entry.get("1.0", "end-1c")

    def set_text(self, text: str) -> None:
        """Put ``text`` in place of what is written, with the cursor behind it; not to be undone."""
        self._enter(text)
        self.entry.edit_reset()

    def set_placeholder(self, text: str) -> None:
        """Show ``text`` while nothing is written: "Message #general"."""
        self._placeholder = self._emoji.plain(text)
        self._changed()

    def focus(self) -> None:
        """Give the box the keyboard."""
        self.entry.focus_set()

    focus_set = focus

    def submit(self) -> None:
        """Hand the text over, if there is one that may be sent."""
        text = self.text()
        if not self._may_send(text):
            self.bell()
        elif self._on_send(text) and not self._gone:
            self._recall.sent(text)
            if self.text() == text:  # and not that of another room, which the text led to
                self.set_text("")
        if not self._gone:  # what was sent may have closed the window
            self.entry.focus_set()

    def _may_send(self, text: str) -> bool:
        return bool(text.strip()) and len(text) <= MAX_TEXT_CHARS

    def _lay_out(self) -> None:
        self.columnconfigure(0, weight=1)
        self._field.grid(row=0, column=0, sticky="nsew")
        self.entry.pack(fill="both", expand=True)
        self.button.grid(row=0, column=1, sticky="se")
        self._note.grid(row=1, column=0, columnspan=2, sticky="e")
        self._note.grid_remove()

    def _bind_keys(self) -> None:
        entry = self.entry
        keys: dict[str, Callable[[], bool]] = {
            "<Return>": self._send_by_key,
            "<KP_Enter>": self._send_by_key,
            "<Tab>": self._complete_or_leave,
            "<Up>": lambda: self._recalled(self._recall.older),
            "<Down>": lambda: self._recalled(self._recall.newer),
            "<Control-a>": self._select_all,
            "<Control-A>": self._select_all,
            "<Control-y>": self._redo,  # to Tk on X11 this is paste
            "<Control-Y>": self._redo,
            "<Control-BackSpace>": self._delete_word,
            "<<Paste>>": self._paste,
        }
        for sequence, act in keys.items():
            entry.bind(sequence, lambda _event, act=act: "break" if act() else None)  # type: ignore[misc]  # a lambda's default has no type
        entry.bind("<Shift-Return>", lambda _event: None)  # Tk's own: a new line
        entry.bind("<Shift-Tab>", lambda _event: None)
        entry.bind("<KeyPress>", self._typed)
        entry.bind("<<PasteSelection>>", self._paste_where_clicked)
        entry.bind("<<Modified>>", lambda _event: self._on_modified())
        entry.bind("<Configure>", lambda _event: self._grow(), add=True)
        for event, state in (("<FocusIn>", "focus"), ("<FocusOut>", "!focus")):
            entry.bind(event, lambda _event, state=state: self._field.state([state]))  # type: ignore[misc]  # a lambda's default has no type
        for widget in (self._hint, self._field):
            widget.bind("<Button-1>", lambda _event: entry.focus_set())

    def _send_by_key(self) -> bool:
        self.submit()
        return True

    def _complete_or_leave(self) -> bool:
        following = None if self._completion.next() else self.entry.tk_focusNext()
        if following:
            following.focus_set()
        return True  # never a tab in the text, which would keep the keyboard in here

    def _typed(self, event: "tk.Event[tk.Misc]") -> str | None:
        """Keep from Tk what it cannot draw; an input method may well type emoji."""
        if not event.char or event.char.isascii():
            return None
        plain = self._emoji.plain(event.char)
        if plain == event.char:
            return None
        self._insert(plain)
        return "break"

    def _insert(self, text: str) -> None:
        entry = self.entry
        entry.configure(autoseparators=False)
        entry.edit_separator()
        if entry.tag_ranges("sel"):
            entry.delete("sel.first", "sel.last")
        entry.insert("insert", text)
        entry.edit_separator()
        entry.configure(autoseparators=True)
        entry.see("insert")

    def _enter(self, text: str) -> None:
        self.entry.delete("1.0", "end")
        self.entry.insert("1.0", self._emoji.plain(text))
        self.entry.mark_set("insert", "end-1c")
        self.entry.see("insert")
        self._changed()

    def _recalled(self, step: Callable[[str], str | None]) -> bool:
        found = step(self.text())
        if found is not None:
            self._enter(found)
        return found is not None

    def _select_all(self) -> bool:
        self.entry.tag_add("sel", "1.0", "end-1c")
        self.entry.mark_set("insert", "end-1c")
        return True

    def _redo(self) -> bool:
        if self.entry.edit("canredo"):  # type: ignore[no-untyped-call]  # the stubs leave it open
            self.entry.edit_redo()
        return True

    def _delete_word(self) -> bool:
        entry = self.entry
        if entry.tag_ranges("sel"):
            entry.delete("sel.first", "sel.last")
            return True
        start = word_start(entry, over_spaces=True)
        entry.edit_separator()
        entry.delete(start, "insert")
        return True

    def _paste(self, selection: str = "CLIPBOARD") -> bool:
        try:
            text = str(self.selection_get(selection=selection))  # type: ignore[no-untyped-call]  # the stubs leave it open
        except tk.TclError:  # nothing there, or no text
            return True
        self._insert(self._emoji.plain(text))
        return True

    def _paste_where_clicked(self, event: "tk.Event[tk.Misc]") -> str:
        self.entry.mark_set("insert", f"@{event.x},{event.y}")
        self.entry.tag_remove("sel", "1.0", "end")
        self._paste("PRIMARY")
        return "break"

    def _on_modified(self) -> None:
        if self.entry.edit_modified():
            self.entry.edit_modified(False)
            self._changed()
            self._on_change()

    def _changed(self) -> None:
        text = self.text()
        self._show_hint(text)
        self._show_note(len(text))
        can = len(text) <= MAX_TEXT_CHARS
        self.button.state(["!disabled" if can else "disabled"])
        self._grow()

    def _show_hint(self, text: str) -> None:
        if text:
            self._hint.place_forget()
            return
        self._hint.configure(text=self._placeholder)
        self._hint.place(x=self._theme.px(3), y=0, relwidth=1)

    def _show_note(self, count: int) -> None:
        """Say under the box what keeps the text from being sent, or soon will."""
        palette = self._theme.palette
        over = count > MAX_TEXT_CHARS
        note = ""
        if count >= COUNT_FROM:
            note = f"{count:,} of {MAX_TEXT_CHARS:,} characters"
            note += ": too long to send" if over else ""
        self._note.configure(text=note, foreground=palette.danger if over else palette.muted)
        if note:
            self._note.grid()
        else:
            self._note.grid_remove()

    def _grow(self) -> None:
        entry = self.entry
        counted = entry.tk.call(str(entry), "count", "-update", "-displaylines", "1.0", "end")
        lines = min(max(int(counted or 1), 1), MAX_LINES)
        if int(entry.cget("height")) != lines:
            entry.configure(height=lines)
            entry.see("insert")

    def _restyle(self) -> None:
        palette, px = self._theme.palette, self._theme.px
        both: dict[str, Any] = {"background": palette.surface, "font": self._theme.fonts.body}
        own: dict[str, Any] = {
            "foreground": palette.text,
            "insertbackground": palette.text,
            "insertwidth": max(px(2), 1),
            "selectbackground": palette.selection,
            "selectforeground": palette.text,
            "inactiveselectbackground": palette.selection,
            "spacing2": px(1),
            "spacing3": px(1),
        }
        self.entry.configure(both | own)
        self._hint.configure(both | {"foreground": palette.muted})
        self._field.configure(padding=(px(10), px(8)))
        self.button.grid_configure(padx=(px(8), 0), ipadx=px(6), ipady=px(2))
        self._note.grid_configure(pady=(px(4), 0))
        self._changed()

    def _close(self) -> None:
        self._gone = True
        self._unsubscribe()
