"""Copying out of a text widget in which pictures stand for words."""

import tkinter as tk

from tkchat.gui.theme import Theme


def text_between(text: tk.Text, start: str, end: str) -> str:
    """Return the text from ``start`` to ``end`` with what each picture in it stands for.

    A picture's name is a serial number, a colon and the words.
    """
    parts: list[str] = []

    def take(kind: str, value: str, _index: str) -> None:
        parts.append(value.partition(":")[2] if kind == "image" else value)

    text.dump(start, end, command=take, text=True, image=True)
    return "".join(parts)


def copy_selection(text: tk.Text) -> None:
    """Put what is selected on the clipboard; nothing happens without a selection."""
    if chosen := text.tag_ranges("sel"):
        text.clipboard_clear()
        text.clipboard_append(text_between(text, str(chosen[0]), str(chosen[-1])))


def select_all(text: tk.Text) -> None:
    """Select everything but Tk's own last newline."""
    text.tag_add("sel", "1.0", "end-1c")


class CopyMenu:
    """The context menu of a read-only text: by right click, the Menu key or Shift+F10."""

    def __init__(self, text: tk.Text, theme: Theme) -> None:
        self._text = text
        self._theme = theme
        self._menu = tk.Menu(text, tearoff=False)
        self._menu.add_command(label="Copy", command=lambda: copy_selection(text))
        self._menu.add_command(label="Select all", command=lambda: select_all(text))
        right = ["<Button-3>"]
        if text.tk.call("tk", "windowingsystem") == "aqua":
            right = ["<Button-2>", "<Control-Button-1>"]
        for sequence in right:
            text.bind(sequence, lambda event: self._post(event.x_root, event.y_root))
        for sequence in ("<Shift-F10>", "<Menu>" if _has_menu_key(text) else "<App>"):
            text.bind(sequence, lambda _event: self._post_in_text())

    def _post_in_text(self) -> str:
        corner = self._theme.px(40)
        return self._post(self._text.winfo_rootx() + corner, self._text.winfo_rooty() + corner)

    def _post(self, x: int, y: int) -> str:
        chosen = bool(self._text.tag_ranges("sel"))
        self._menu.entryconfigure("Copy", state="normal" if chosen else "disabled")
        try:
            self._menu.tk_popup(x, y)
        finally:
            self._menu.grab_release()
        return "break"


def _has_menu_key(widget: tk.Misc) -> bool:
    return bool(widget.tk.call("tk", "windowingsystem") == "x11")
