"""A program that prints which chats are nearby, a line for each change, until its input ends."""

import json
import queue
import sys
import threading
from dataclasses import asdict

from tkchat.client.nearby import Browser, Nearby


def main() -> None:
    """Listen."""
    heard: queue.SimpleQueue[tuple[Nearby, ...]] = queue.SimpleQueue()
    browser = Browser(heard)
    browser.start()
    threading.Thread(target=_print, args=(heard,), daemon=True).start()
    sys.stdin.read()
    browser.close()
    browser.join(5)


def _print(heard: "queue.SimpleQueue[tuple[Nearby, ...]]") -> None:
    while True:
        chats = [asdict(chat) for chat in heard.get()]
        print(json.dumps(chats), flush=True)  # noqa: T201 (its purpose)


if __name__ == "__main__":
    main()
