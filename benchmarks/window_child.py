"""A windowed client that measures itself; `benchmarks.window` starts it and reads its figures."""

import argparse
import gc
import json
import os
import statistics
import time
import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks.window_texts import ROOMS
from tkchat.client.profile import Profile
from tkchat.gui.app import App
from tkchat.gui.chat_window import ChatWindow
from tkchat.gui.garbage import GarbageCollector
from tkchat.gui.look.palette import DARK, LIGHT
from tkchat.gui.writing.composer import Composer
from tkchat.net.address import parse_address

KEY_MS = 40  # between two keys
CHECK_MS = 5
SWITCHES = 12

Figures = dict[str, float]


class Client:
    """The program, its window, and a watch on its event loop. Times are in milliseconds."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.root = tk.Tk(className="Tkchat")
        self.root.withdraw()
        self.app = App(self.root, Profile(Path(arguments.profile)), looks_nearby=False)
        GarbageCollector(self.root)
        self.gaps: list[float] = []
        self.keys: list[float] = []
        self._address = arguments.connect
        self._ticked = 0.0
        self._tick_due = self._key_due = ""
        self.app.open(parse_address(arguments.connect))

    @property
    def window(self) -> ChatWindow:
        """The chat window, which must be open."""
        assert self.app.window is not None
        return self.app.window

    def watch(self) -> None:
        """Note from now on for how long the event loop is away."""
        self.gaps.clear()
        self._ticked = time.perf_counter()
        self._tick()

    def rest(self) -> float:
        """Note it no longer; return the longest time."""
        self.root.after_cancel(self._tick_due)
        return max(self.gaps)

    def _tick(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._ticked) * 1000)
        self._ticked = now
        self._tick_due = self.root.after(1, self._tick)

    def type(self) -> None:
        """Press keys in the composer from now on, and note how long each takes to be drawn."""
        entry = composer(self.window).entry
        entry.focus_force()
        entry.bind("<KeyRelease-a>", lambda _: self._drawn(), add=True)
        self._press()

    def stop_typing(self) -> None:
        """Press no more keys."""
        self.root.after_cancel(self._key_due)

    def _press(self) -> None:
        self._key_due = self.root.after(KEY_MS, self._press)
        entry = composer(self.window).entry
        self._pressed = time.perf_counter()
        entry.event_generate("<Key-a>", when="tail")
        entry.event_generate("<KeyRelease-a>", when="tail")

    def _drawn(self) -> None:
        self.root.update_idletasks()
        self.keys.append((time.perf_counter() - self._pressed) * 1000)

    def run_until(self, condition: Callable[[], object], seconds: float = 120.0) -> None:
        """Run the event loop until ``condition``."""
        until = time.monotonic() + seconds

        def check() -> None:
            if condition() or time.monotonic() > until:
                self.root.quit()
            else:
                self.root.after(CHECK_MS, check)

        self.root.after(CHECK_MS, check)
        self.root.mainloop()
        if not condition():
            raise SystemExit(f"not within {seconds} s")

    def run_for(self, seconds: float) -> None:
        """Run the event loop."""
        self.root.after(int(seconds * 1000), self.root.quit)
        self.root.mainloop()

    def open_chat(self) -> None:
        """Join as the person at the dialog does; run until the chat window is on the screen."""
        assert self.app.dialog is not None
        self.app.dialog.fill("alice", [self._address], host_here=False)
        self.app.dialog.submit()
        self.run_until(lambda: self.app.window is not None and self.window.winfo_viewable())


def composer(widget: tk.Misc) -> Composer:
    """Return the composer somewhere within ``widget``."""
    waiting = [widget]
    for each in waiting:
        if isinstance(each, Composer):
            return each
        waiting += each.winfo_children()
    raise LookupError("no composer")


def rooms(client: Client, arguments: argparse.Namespace) -> Figures:
    """Open a chat with a room of many messages, then go from room to room."""
    client.run_for(arguments.settle)
    client.watch()
    client.open_chat()
    client.run_for(arguments.settle)
    opened = client.rest()
    gaps: list[float] = []
    for number in range(SWITCHES):
        room = ROOMS[(number + 1) % len(ROOMS)]
        client.watch()
        client.window._go_to(room)  # as a click in the sidebar does
        client.run_until(lambda room=room: client.window._model.room.name == room)  # type: ignore[misc]  # a lambda's default has no type
        client.run_for(0.3)
        gaps.append(client.rest())
    return {"opening gap": opened, "switch gap": max(gaps), "median": statistics.median(gaps)}


def flood(client: Client, arguments: argparse.Namespace) -> Figures:
    """Receive what others say, while somebody types."""
    client.open_chat()
    client.run_for(arguments.settle)
    print("ready", flush=True)
    timeline = client.window._model.room.timeline
    client.run_until(lambda: len(timeline.messages) > 1)
    client.watch()
    client.type()
    client.run_for(arguments.seconds)
    client.stop_typing()
    longest = client.rest()
    keys = sorted(client.keys)
    return {
        "longest gap": longest,
        "gap p99": _percentile(client.gaps, 0.99),
        "longest key": keys[-1],
        "key p99": _percentile(keys, 0.99),
        "keys": len(keys),
    }


def memory(client: Client, arguments: argparse.Namespace) -> Figures:
    """Receive a great many messages, and look how the memory grows."""
    client.open_chat()
    client.run_for(arguments.settle)
    print("ready", flush=True)
    sizes: list[tuple[int, float]] = []
    step = max(arguments.messages // 20, 1)
    for count in range(step, arguments.messages + 1, step):
        client.run_until(lambda count=count: _newest(client) >= count, 600)  # type: ignore[misc]  # a lambda's default has no type
        gc.collect()
        sizes.append((_newest(client), _resident_mb()))
    settled = sizes[len(sizes) // 3 :]  # the lists have their full length by then
    (first, small), (last, large) = settled[0], settled[-1]
    return {
        "MB at the end": large,
        "MB per 100,000": (large - small) / (last - first) * 100_000,
        "messages": last,
    }


def idle(client: Client, arguments: argparse.Namespace) -> Figures:
    """Do nothing in an open chat."""
    client.open_chat()
    client.run_for(arguments.settle * 2)
    before = time.process_time()
    client.run_for(arguments.seconds)
    return {"% of a processor": (time.process_time() - before) / arguments.seconds * 100}


def looks(client: Client, arguments: argparse.Namespace) -> Figures:
    """Change the theme and the zoom of a room with messages."""
    client.open_chat()
    client.run_for(arguments.settle)
    theme = client.app.theme
    themes, zooms = [], []
    for palette, zoom in ((DARK, 110), (LIGHT, 100), (DARK, 125), (LIGHT, 100)):
        themes.append(_milliseconds(client, partial(theme.use, palette)))
        zooms.append(_milliseconds(client, partial(theme.set_zoom, zoom)))
    return {"theme": statistics.median(themes), "zoom": statistics.median(zooms)}


def _milliseconds(client: Client, work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    client.root.update()
    return (time.perf_counter() - began) * 1000


def _newest(client: Client) -> int:
    return client.window._model.room.last_seq


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _percentile(values: list[float], share: float) -> float:
    return sorted(values)[int(len(values) * share)]


WHAT: dict[str, Callable[[Client, argparse.Namespace], Figures]] = {
    each.__name__: each for each in (rooms, flood, memory, idle, looks)
}


def main() -> None:
    """Measure one thing and print its figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=[*WHAT])
    parser.add_argument("--profile", required=True)
    parser.add_argument("--connect", required=True)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--settle", type=float, default=3.0)
    parser.add_argument("--messages", type=int, default=100_000)
    arguments = parser.parse_args()
    client = Client(arguments)
    figures = WHAT[arguments.what](client, arguments)
    client.app.quit()
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    main()
