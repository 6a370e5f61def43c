"""Hosts of other makes: a real socket that does what a test's script says."""

import contextlib
import queue
import socket
import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

from tests.support import PATIENCE, wait_until
from tkchat.client.events import Event
from tkchat.client.session import Session
from tkchat.net.address import Address
from tkchat.wire import requests, tagged
from tkchat.wire.entry import Entry
from tkchat.wire.lines import decode_tagged

ACCEPT_SECONDS = 0.05
E_ = TypeVar("E_")


class ScriptedHost:
    """Runs ``script`` with the socket of each who connects, and hangs up when that returns."""

    def __init__(self, script: Callable[[socket.socket], object], port: int = 0) -> None:
        self._script = script
        self._listener = socket.create_server(("127.0.0.1", port))
        self._listener.settimeout(ACCEPT_SECONDS)
        self._stopped = threading.Event()
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept)]
        self.address = Address("127.0.0.1", self._listener.getsockname()[1])

    def __enter__(self) -> Self:
        self._threads[0].start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._threads[0].join()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        with self._listener:
            while not self._stopped.is_set():
                with contextlib.suppress(TimeoutError):
                    sock, _ = self._listener.accept()
                    sock.settimeout(PATIENCE)
                    self._sockets.append(sock)
                    self._threads.append(threading.Thread(target=self._serve, args=(sock,)))
                    self._threads[-1].start()

    def _serve(self, sock: socket.socket) -> None:
        # The test is over, or the client has had enough.
        with sock, contextlib.suppress(OSError):
            self._script(sock)


def read_line(sock: socket.socket) -> str:
    """Return the next line without its end; empty at the end of the stream."""
    line = b""
    while not line.endswith(b"\n"):
        byte = sock.recv(1)
        if not byte:
            break
        line += byte
    return line.decode().removesuffix("\n")


def welcome(sock: socket.socket, head: int = 0, log: str = "log") -> requests.Hello:
    """Let a client of the tagged dialect in, as a host that has nothing to tell."""
    line = read_line(sock)
    if not line:
        raise ConnectionError("it hung up")
    hello = requests.decode_hello(decode_tagged(line.encode()))
    sock.sendall(tagged.encode(tagged.Welcome(hello.user, log, head, "token")))
    sock.sendall(tagged.encode(tagged.Live(head)))
    return hello


def read_request(sock: socket.socket) -> requests.Request | None:
    """Return the next request of a client of the tagged dialect; None at the end of the stream."""
    line = read_line(sock)
    return requests.decode(decode_tagged(line.encode())) if line else None


def read_said(sock: socket.socket) -> requests.Say | None:
    """Return the next lasting event of a client; None at the end of the stream."""
    while request := read_request(sock):
        if isinstance(request, requests.Say):
            return request
    return None


def accept(sock: socket.socket, seq: int, say: requests.Say, user: str = "alice") -> None:
    """Give ``say`` back with a place in the log."""
    entry = Entry(seq, 0, say.room, user, say.text, say.kind, say.target, say.mid)
    sock.sendall(tagged.encode(entry))


def wait_for_end(sock: socket.socket) -> None:
    """Read until the client hangs up."""
    while sock.recv(65_536):
        pass


class Watched:
    """A session, from start to the end of its thread, with the events that it tells."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.events: list[Event] = []

    def __enter__(self) -> Self:
        self.session.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.session.close()
        self.session.join(PATIENCE)

    def next(self, kind: type[E_]) -> E_:
        """Return the next event of ``kind``; those before it are in ``events``."""
        while True:
            try:
                event = self.session.events.get(timeout=PATIENCE)
            except queue.Empty:
                raise AssertionError(f"no {kind.__name__} after {self.events[-20:]}") from None
            self.events.append(event)
            if isinstance(event, kind):
                return event

    def wait_for(self, event: Event) -> None:
        """Wait for exactly ``event``."""
        while self.next(type(event)) != event:
            pass

    def wait_until_over(self) -> None:
        """Wait until the session has ended by itself, or after `close`."""
        wait_until(lambda: not self.is_running, describe=lambda: self.events)

    @property
    def is_running(self) -> bool:
        """Whether the session's thread is there."""
        name = f"session {self.session.address}"
        return any(thread.name == name for thread in threading.enumerate())
