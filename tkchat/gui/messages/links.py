"""Finds out which link, or which block of code, stands somewhere in a list; opens links."""

import threading
import tkinter as tk
import webbrowser
from collections.abc import Sequence

from tkchat.gui.messages.message_tags import CODE_COPY, LINK, LINKS


def link_at(text: tk.Text, links: Sequence[str], line: int, place: str) -> str | None:
    """Return the address of the link at ``place``, None if there is none.

    ``links`` are those of the block that is drawn there, and ``line`` is where the block begins.
    """
    return _nth(text, links, LINKS, line, place) if _has(text, LINK, place) else None


def code_at(text: tk.Text, codes: Sequence[str], line: int, place: str) -> str | None:
    """Return the code that the word "Copy" at ``place`` is about; like `link_at`."""
    return _nth(text, codes, (CODE_COPY,), line, place) if _has(text, CODE_COPY, place) else None


def open_in_browser(url: str) -> None:
    """Open ``url`` in the person's browser, without waiting for it to start."""
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()


def _has(text: tk.Text, tag: str, place: str) -> bool:
    return tag in text.tag_names(place)


def _nth(
    text: tk.Text, values: Sequence[str], tags: Sequence[str], line: int, place: str
) -> str | None:
    """Return that of ``values`` to whose range of one of ``tags`` the ``place`` belongs."""
    end = f"{text.index(place)} +1c"
    begun = 0
    for tag in tags:
        found = text.tag_nextrange(tag, f"{line}.0", end)
        while found:
            begun += 1
            found = text.tag_nextrange(tag, found[1], end)
    return values[begun - 1] if 0 < begun <= len(values) else None
