"""Copying out of a text widget in which pictures stand for words."""

import tkinter as tk


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
