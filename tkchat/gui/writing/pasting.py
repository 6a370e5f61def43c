"""Pastes into the box to write in; many lines at once may be meant as code, so that is asked."""

import tkinter as tk
from collections.abc import Callable

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.emoji.shortcodes import is_in_code
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.ask import Option, Question
from tkchat.gui.widgets.sanitise import for_tk
from tkchat.gui.writing.formatting import as_code
from tkchat.gui.writing.writing_box import WritingBox
from tkchat.i18n import grouped, tr, trn
from tkchat.wire.limits import MAX_TEXT_CHARS

MANY_LINES = 10  #: who pastes more is asked
MOST_CHARS = 5 * MAX_TEXT_CHARS  #: Tk takes a second for each key in 100,000


class Pasting:
    """Binds what pastes to ``box``; ``hint`` tells the person something. Only for Tk's thread."""

    def __init__(
        self, box: WritingBox, theme: Theme, emoji: Emoji, hint: Callable[[str], None]
    ) -> None:
        self._box = box
        self._theme = theme
        self._emoji = emoji
        self._hint = hint
        box.bind("<<Paste>>", lambda _event: self.paste())
        box.bind("<<PasteSelection>>", self._paste_where_clicked)

    def paste(self) -> str:
        """Paste what the clipboard holds."""
        self._take(self._held_by("CLIPBOARD"))
        return "break"

    def _held_by(self, selection: str) -> str:
        """Return the text of one of X11's selections, or the clipboard; empty without one."""
        try:
            return str(self._box.selection_get(selection=selection))  # type: ignore[no-untyped-call]  # the stubs leave it open
        except tk.TclError:  # nothing there, or no text
            return ""

    def _take(self, text: str) -> None:
        """Write ``text``, unless it is too much; of many lines ask first what they are."""
        box = self._box
        if len(text) > MOST_CHARS:
            said = tr("Not pasted: {count} characters are too many for a message.")
            self._hint(said.format(count=grouped(len(text))))
            return
        text = for_tk(text)
        if not text:
            return
        count = len(text.strip("\n").split("\n"))
        before = box.before_cursor
        if count <= MANY_LINES or text.lstrip().startswith("```") or is_in_code(before):
            box.put(text)
        else:
            self._ask(text, count)

    def _ask(self, text: str, count: int) -> None:
        said = trn(
            "It is {count} line. As code it keeps its shape.",
            "These are {count} lines. As code they keep their shape.",
            count,
        )
        Question(
            self._box,
            self._theme,
            self._emoji,
            tr("Paste as code?"),
            said.format(count=grouped(count)),
            [
                Option(tr("Paste as code"), lambda: self._put_code(text)),
                Option(tr("Paste"), lambda: self._put(text)),
            ],
        )

    def _put_code(self, text: str) -> None:
        start, _ = self._box.selected_stretch()
        self._put(as_code(text, self._box.written()[:start]))

    def _put(self, text: str) -> None:
        self._box.put(text)
        self._box.focus_set()

    def _paste_where_clicked(self, event: "tk.Event[tk.Misc]") -> str:
        text = self._held_by("PRIMARY")  # maybe what is selected in the box itself
        self._box.mark_set("insert", f"@{event.x},{event.y}")
        self._box.tag_remove("sel", "1.0", "end")
        self._take(text)
        return "break"
