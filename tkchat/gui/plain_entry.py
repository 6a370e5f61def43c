"""Entries of one line that take nothing which Tk could not draw."""

from tkinter import ttk

from tkchat.gui.emoji import Emoji


def keep_plain(entry: ttk.Entry, emoji: Emoji) -> None:
    """Make of whatever is typed or pasted into ``entry`` what Tk may draw, before it is drawn.

    What a program puts in must have gone through `Emoji.plain` itself.
    """

    def take(inserted: str, index: str) -> bool:
        plain = emoji.plain(inserted)
        if plain == inserted:
            return True
        entry.insert(int(index), plain)
        return False  # and not what was to be inserted

    def check(action: str, inserted: str, index: str) -> bool:
        return action != "1" or take(inserted, index)

    entry.configure(validate="key", validatecommand=(entry.register(check), "%d", "%S", "%i"))
