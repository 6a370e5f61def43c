"""Offers what a word may become while it is written, and completes it."""

import tkinter as tk

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.shortcodes import typed_shortcode
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.completion_popup import CompletionPopup
from tkchat.gui.writing.offers import Offer, Sources, offers_for, word_before
from tkchat.gui.writing.writing_box import WritingBox


class Completing:
    """The offers for the word before the cursor of ``box``; they open above ``field``.

    The methods for keys tell whether the key has been used up. Only for Tk's thread.
    """

    def __init__(
        self, box: WritingBox, field: tk.Misc, theme: Theme, emoji: Emoji, sources: Sources
    ) -> None:
        self._box = box
        self._emoji = emoji
        self._sources = sources
        self._word = ""  # what offers were made for
        self._refused = ""  # what the person wants no offers for
        self._pauses = False
        self.popup = CompletionPopup(field, theme, emoji, self._take)
        box.bind("<FocusOut>", lambda _event: self.close(), add=True)
        box.bind("<ButtonRelease-1>", lambda _event: self._look_elsewhere(), add=True)
        for key in ("Left", "Right", "Home", "End"):
            box.bind(f"<{key}>", lambda _event: self.close(), add=True)

    def look(self) -> None:
        """Make offers for what has just been written."""
        if self._pauses:
            self._pauses = False
            return
        box = self._box
        word = "" if box.tag_ranges("sel") else word_before(box.before_cursor)
        if not (word and self._refused and word.startswith(self._refused)):
            self._refused = ""
        if not word or self._refused:
            self.close()
            return
        self._word = word
        self.popup.show(offers_for(word, self._sources))

    def pause(self) -> None:
        """Make no offers for the next change: nobody types it."""
        self.close()
        self._pauses = True

    def close(self) -> None:
        """Take the offers away."""
        self._word = ""
        self.popup.close()

    def escape(self) -> bool:
        """Take the offers away until another word is written."""
        if not self.popup.is_open:
            return False
        self._refused = self._word
        self.close()
        return True

    def move(self, step: int) -> bool:
        """Select another offer."""
        if self.popup.is_open:
            self.popup.move(step)
        return self.popup.is_open

    def take(self, *, by_return: bool = False) -> bool:
        """Take what is selected; with Return not what is written in full, which is to be sent."""
        offer = self.popup.selected
        if offer is None or (by_return and offer.text.strip() == self._word):
            return False
        self._take(offer)
        return True

    def colon(self) -> bool:
        """Write a colon, and turn it and the name before it into the emoji of that name."""
        box, codes = self._box, self._sources.shortcodes
        if codes is None or box.tag_ranges("sel"):
            return False
        name = typed_shortcode(f"{box.before_cursor}:")
        sequence = codes.emoji_named(name) if name else ""
        if not sequence:
            return False
        box.insert("insert", ":")  # a step of its own: to undo gives the name back
        end = len(box.before_cursor)
        box.change(end - len(name) - 2, end, sequence)
        self._emoji.recent.used(sequence)
        return True

    def _take(self, offer: Offer) -> None:
        box = self._box
        end = len(box.before_cursor)
        start = end - len(self._word)
        if offer.text.endswith(" ") and box.written("insert", "insert +1c") == " ":
            end += 1
        self.close()
        box.change(start, end, offer.text)
        if offer.emoji:
            self._emoji.recent.used(offer.emoji)
        box.focus_set()

    def _look_elsewhere(self) -> None:
        if self.popup.is_open and word_before(self._box.before_cursor) != self._word:
            self.close()
