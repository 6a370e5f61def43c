"""The thread that flushes what slow readers did not take at once."""

import contextlib
import queue
import selectors
import socket
import threading
from typing import Protocol

PAUSE_SECONDS = 0.001  # out of memory, the system calls a socket writable that takes nothing
TOO_MANY_PAUSE_SECONDS = 0.02


class Flushable(Protocol):
    """A connection, as the drain sees it."""

    def flush(self) -> bool:
        """Send what waits, without waiting; tell whether nothing waits any more."""


class Drain:
    """One thread that waits for the sockets with a backlog and flushes them.

    Only that thread touches the selector; `add` and `forget` reach it as orders in a queue, so a
    descriptor that was closed and reused is forgotten before it is added again.
    """

    def __init__(self) -> None:
        self._orders: queue.SimpleQueue[tuple[Flushable | None, int]] = queue.SimpleQueue()
        self._selector = selectors.DefaultSelector()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._selector.register(self._wake_reader, selectors.EVENT_READ)
        self._closing = threading.Event()
        # From the start: with the first backlog there may be no thread to be had.
        self._thread = threading.Thread(target=self._run, name="drain", daemon=True)
        self._thread.start()

    def add(self, connection: Flushable, fileno: int) -> None:
        """Flush ``connection`` whenever it can take more, until nothing waits."""
        self._orders.put((connection, fileno))
        self._wake()

    def forget(self, connection: Flushable, fileno: int) -> None:  # noqa: ARG002 (reads as a pair with add)
        """Stop flushing; to be called before the descriptor is closed."""
        self._orders.put((None, fileno))
        self._wake()

    def close(self) -> None:
        """End the thread and wait for it."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._wake()
        self._thread.join()
        self._selector.close()
        self._wake_reader.close()
        self._wake_writer.close()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # full: it wakes anyway; closed: nobody is left to wake
            self._wake_writer.send(b"\0")

    def _run(self) -> None:
        while not self._closing.is_set():
            has_more = False
            for key in self._ready():
                if key.fileobj is self._wake_reader:
                    continue
                if key.data.flush():
                    self._selector.unregister(key.fileobj)
                else:
                    has_more = True
            # Only now: an order would make the rest of what is ready stale.
            self._take_orders()
            if has_more:
                self._closing.wait(PAUSE_SECONDS)

    def _ready(self) -> list[selectors.SelectorKey]:
        try:
            return [key for key, _ in self._selector.select()]
        except OSError:  # Windows: one was closed just now, and the order to forget it has come
            return []
        except ValueError:  # Windows: more than 512 at once. We try all of them, ready or not
            self._closing.wait(TOO_MANY_PAUSE_SECONDS)
            return list(self._selector.get_map().values())

    def _take_orders(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while self._wake_reader.recv(4096):
                pass
        while not self._orders.empty():
            connection, fileno = self._orders.get()
            if fileno in self._selector.get_map():
                self._selector.unregister(fileno)
            if connection is not None and not connection.flush():
                # It may close right now: its descriptor is then gone, or will be forgotten next.
                with contextlib.suppress(OSError, ValueError):
                    self._selector.register(fileno, selectors.EVENT_WRITE, connection)
