"""Finds web addresses in text, and opens them."""

import re
import threading
import webbrowser
from collections.abc import Iterator

MAX_LINK_CHARS = 2_000
_LINK = re.compile(rf"(?<![A-Za-z0-9])https?://[^\s<>\"“”`]{{1,{MAX_LINK_CHARS}}}", re.IGNORECASE)
_AFTERWORD = ".,;:!?'’…*_~"
_BRACKETS = {")": "(", "]": "[", "}": "{"}


def split_links(text: str) -> Iterator[tuple[str, bool]]:
    """Yield ``text`` in pieces, each with whether it is an http or https address."""
    done = 0
    for found in _LINK.finditer(text):
        address = _without_afterword(found[0])
        if address.endswith("//"):
            continue
        if done < found.start():
            yield text[done : found.start()], False
        yield address, True
        done = found.start() + len(address)
    if done < len(text):
        yield text[done:], False


def _without_afterword(address: str) -> str:
    """Drop what belongs to the sentence: a full stop, or a bracket that was opened before it."""
    while True:
        last = address[-1]
        opener = _BRACKETS.get(last)
        if last not in _AFTERWORD and (not opener or address.count(last) <= address.count(opener)):
            return address
        address = address[:-1]


def open_in_browser(url: str) -> None:
    """Open ``url`` in the person's browser, without waiting for it to start."""
    threading.Thread(target=webbrowser.open, args=(url,), name="browser", daemon=True).start()
