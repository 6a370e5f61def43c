"""Entries of one line: they take nothing which Tk could not draw, and have what Tk leaves out."""

from collections.abc import Callable
from tkinter import ttk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.shortcuts import ON_MAC, sequences
from tkchat.gui.widgets.edit_menu import Can, EditMenu
from tkchat.gui.widgets.undo import Undo


def keep_plain(entry: ttk.Entry, theme: Theme, emoji: Emoji) -> None:
    """Make of whatever is typed or pasted into ``entry`` what Tk may draw, before it is drawn.

    What a program puts in must have gone through `Emoji.plain` itself. The entry also gets undo,
    a context menu, and the keys for these that every desktop has.
    """
    _PlainEntry(entry, theme, emoji)


class _PlainEntry:
    """Watches an entry through its validation, which Tk calls before each change."""

    def __init__(self, entry: ttk.Entry, theme: Theme, emoji: Emoji) -> None:
        self._entry = entry
        self._emoji = emoji
        self._undo = Undo(entry.get())
        self._is_stepping = False
        check = entry.register(self._check)
        entry.configure(validate="key", validatecommand=(check, "%d", "%S", "%i", "%s", "%P"))
        edits: dict[str, Callable[[], None]] = {
            "<<Undo>>": lambda: self._step(self._undo.undo()),
            "<<Redo>>": lambda: self._step(self._undo.redo()),
            "<<SelectAll>>": self._select_all,
        }
        keys = {"<<Undo>>": "Z", "<<Redo>>": "Y", "<<SelectAll>>": "A"}
        for event, edit in edits.items():
            for sequence in (event, *sequences(f"Ctrl+{keys[event]}")):
                entry.bind(sequence, lambda _event, edit=edit: (edit(), "break")[1])  # type: ignore[misc]  # a lambda's default has no type
        for sequence in sequences("Ctrl+Shift+Z"):
            entry.bind(sequence, lambda _event: (edits["<<Redo>>"](), "break")[1])
        entry.bind(
            "<Option-BackSpace>" if ON_MAC else "<Control-BackSpace>",
            lambda _event: self._delete_word(),
        )
        EditMenu(entry, theme, emoji, self._can)

    def _check(self, action: str, inserted: str, index: str, before: str, after: str) -> bool:
        """Say whether a change may happen, as Tk asks: action 1 is an insertion."""
        if self._is_stepping:
            return True
        if before != self._undo.text:
            self._undo.reset(before)  # a program has changed it
        plain = self._emoji.plain(inserted) if action == "1" else inserted
        if plain == inserted:
            self._undo.changed(after)
            return True
        self._entry.insert(int(index), plain)  # Tk does not ask again meanwhile
        self._undo.changed(self._entry.get())
        return False

    def _step(self, step: tuple[str, int] | None) -> None:
        if step is None or self._entry.instate(["readonly"]):
            return
        text, cursor = step
        self._is_stepping = True
        try:
            self._entry.delete(0, "end")
            self._entry.insert(0, text)
        finally:
            self._is_stepping = False
        self._entry.icursor(cursor)

    def _select_all(self) -> None:
        self._entry.selection_range(0, "end")
        self._entry.icursor("end")

    def _delete_word(self) -> str:
        entry = self._entry
        if entry.selection_present():
            entry.delete("sel.first", "sel.last")
            return "break"
        end = entry.index("insert")
        start = end
        text = entry.get()
        while start and text[start - 1].isspace():
            start -= 1
        while start and not text[start - 1].isspace():
            start -= 1
        entry.delete(start, end)
        return "break"

    def _can(self) -> Can:
        has_selection = bool(self._entry.selection_present()) and not str(self._entry.cget("show"))
        return Can(self._undo.can_undo, self._undo.can_redo, has_selection)
