"""Writes into the box whatever is typed or pasted elsewhere in the window, as people expect."""

import tkinter as tk

from tkchat.gui.shortcuts import sequences
from tkchat.gui.widgets.modifiers import writes_text
from tkchat.gui.writing.composer import Composer


def bind_type_anywhere(window: tk.Toplevel, composer: Composer) -> None:
    """Let ``composer`` have what is typed and pasted in ``window``, but for other fields."""

    def is_field(widget: tk.Misc) -> bool:
        return isinstance(widget, tk.Entry) or widget is composer.entry

    def typed(event: "tk.Event[tk.Misc]") -> str | None:
        is_text = len(event.char) == 1 and event.char.isprintable() and event.char != " "
        is_text = is_text and writes_text(int(event.state))
        if not is_text or is_field(event.widget):
            return None
        composer.focus()
        composer.write(event.char)
        return "break"

    def pasted(event: "tk.Event[tk.Misc]") -> str | None:
        if is_field(event.widget):
            return None
        composer.focus()
        composer.paste()
        return "break"

    window.bind("<Key>", typed)
    # Not Tk's <<Paste>>, which on X11 is Ctrl+Y as well.
    for keys in (*sequences("Ctrl+V"), *sequences("Ctrl+Shift+V")):
        window.bind(keys, pasted)
