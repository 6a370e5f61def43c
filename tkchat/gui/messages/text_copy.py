"""Copying out of a text widget in which pictures stand for words, and captions stand between."""

import re
import tkinter as tk
from collections.abc import Callable, Iterator
from datetime import datetime

from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import name_of
from tkchat.gui.messages.message_blocks import is_action
from tkchat.gui.messages.message_tags import DISCARD, EDIT, QUOTE, REACTED, REACTION
from tkchat.gui.widgets.sanitise import one_line

#: Tags of what a list of messages shows around their words: nobody said it.
CAPTIONS = frozenset(
    {
        *("day", "edge", "gap", "new", "presence", "caption", "header", "name", "time"),
        *("mark", "deleted", "refused", "hint", "more", "reactions"),
        *(QUOTE, REACTION, REACTED, EDIT, DISCARD),
    }
)


PART_BYTES = 4_000  #: of a selection, which Tk asks for at once
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def text_between(text: tk.Text, start: str, end: str) -> str:
    """Return the text from ``start`` to ``end`` with what each picture in it stands for.

    A picture's name is a serial number, a colon and the words.
    """
    return "".join(part for part, _ in _parts(text, start, end))


def words_between(text: tk.Text, start: str, end: str) -> str:
    """Return the same without `CAPTIONS`: what was said, and nothing else."""
    said = [part for part, is_caption in _parts(text, start, end) if not is_caption]
    return "".join(said).strip("\n")


def copy_selection(text: tk.Text) -> None:
    """Put what is selected on the clipboard; nothing happens without a selection.

    That is what was said; a caption is copied if nothing else is selected.
    """
    if _selection(text):
        copy(text, _selected(text))


def offer_selection(text: tk.Text) -> None:
    """Let X11's middle button paste elsewhere what `copy_selection` would copy.

    In a long text emoji are spelled out: Tk hands it over in parts, and would cut them in two.
    """
    words = ""

    def portion(offset: str, length: str) -> str:
        nonlocal words
        if int(offset) == 0:  # the other parts follow at once
            words = _selected(text)
        if len(words.encode()) > PART_BYTES:
            words = _ASTRAL.sub(lambda found: name_of(found[0]), words)
        return words[int(offset) : int(offset) + int(length)]

    for kind in ("STRING", "UTF8_STRING"):
        text.selection_handle(portion, selection="PRIMARY", type=kind)


def copy_with_names(
    text: tk.Text, find: Callable[[str], Message | None], clock: Callable[[datetime], str]
) -> None:
    """Put the messages of the selection on the clipboard, each as ``[12:01] alice: words``.

    ``find`` returns the message at an index. Of the first and last only what is selected counts.
    Where messages of several days are among them, each has its date too.
    """
    if not (chosen := _selection(text)):
        return
    said = list(_said_between(text, *chosen, find))
    days = {message.at.date() for message, _ in said}
    lines = [
        line_of(message, words, clock, dated=len(days) > 1) for message, words in said if words
    ]
    if lines:
        copy(text, "\n".join(lines))


def line_of(
    message: Message, words: str, clock: Callable[[datetime], str], *, dated: bool = False
) -> str:
    """Return ``[12:01] alice: words``, with the date before the time if ``dated``."""
    when = f"{message.at:%Y-%m-%d} {clock(message.at)}" if dated else clock(message.at)
    who = "" if is_action(message) or not message.author else f"{one_line(message.author)}: "
    return f"[{when}] {who}{words}"


def copy(widget: tk.Misc, words: str) -> None:
    """Put ``words`` on the clipboard."""
    widget.clipboard_clear()
    widget.clipboard_append(words)


def select_all(text: tk.Text) -> None:
    """Select everything but Tk's own last newline."""
    text.tag_add("sel", "1.0", "end-1c")


def _selected(text: tk.Text) -> str:
    chosen = _selection(text)
    return (words_between(text, *chosen) or text_between(text, *chosen)) if chosen else ""


def _selection(text: tk.Text) -> tuple[str, str] | None:
    chosen = text.tag_ranges("sel")
    return (str(chosen[0]), str(chosen[-1])) if chosen else None


def _said_between(
    text: tk.Text, start: str, end: str, find: Callable[[str], Message | None]
) -> Iterator[tuple[Message, str]]:
    """Yield each message from ``start`` to ``end`` with those of its words that are there."""
    first, last = (int(index.split(".")[0]) for index in (start, end))
    found = [(line, find(f"{line}.0")) for line in range(first, last + 1)]
    at = 0
    while at < len(found):
        line, message = found[at]
        while at < len(found) and found[at][1] is message:
            at += 1
        if message is not None:
            begin = start if line == first else f"{line}.0"
            stop = found[at][0] if at < len(found) else 0
            yield message, words_between(text, begin, f"{stop}.0" if stop else end)


def _parts(text: tk.Text, start: str, end: str) -> Iterator[tuple[str, bool]]:
    """Yield the text in pieces, each with whether it is a caption."""
    captions = CAPTIONS.intersection(text.tag_names(start))
    parts: list[tuple[str, bool]] = []

    def take(kind: str, value: str, _index: str) -> None:
        nonlocal captions
        if kind == "tagon":
            captions |= CAPTIONS & {value}
        elif kind == "tagoff":
            captions -= {value}
        else:
            words = value.partition(":")[2] if kind == "image" else value
            parts.append((words, bool(captions)))

    text.dump(start, end, command=take, text=True, image=True, tag=True)
    yield from parts
