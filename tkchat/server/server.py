"""The server as a whole: it listens, gives each client a thread, and closes cleanly."""

import contextlib
import logging
import selectors
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from tkchat.net.address import DEFAULT_PORT, Address, is_loopback, listen
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import ListenFailed
from tkchat.net.stream import PlainStream
from tkchat.server.hub import Hub
from tkchat.server.log import Log
from tkchat.server.log_records import LogError, StorageFailed
from tkchat.server.peer import Peer
from tkchat.wire import plain

FLUSH_SECONDS = 0.4  # how long close() waits for people to take the last lines
CLOSE_SECONDS = 1.0  # how long it then waits for the client threads, all together
REFUSAL_SECONDS = 0.5  # how long somebody who is turned away has to hang up first
REFUSAL_READS = 16
DAY_SECONDS = 24 * 3600
TRIM_SECONDS = 3600.0  # how often the log is looked through for what is too old
FULL_PAUSE_SECONDS = 0.1  # between tries to accept while descriptors or threads are used up

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How a chat is hosted.

    ``echo``: plain clients hear what they say themselves. ``flood_limit``: fast senders are slowed.
    ``allow_plaintext``: unencrypted connections may come from other computers too. ``data`` is the
    folder of the log, by default one that ends with the server; ``keep_days`` is how old an event
    may get there, 0 for any age. ``stages`` is told of each commit, see `Log`.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    echo: bool = True
    flood_limit: bool = True
    allow_plaintext: bool = False
    data: Path | None = None
    keep_days: float = 0
    stages: Callable[[str], None] = lambda _: None


class Server:
    """A chat that is being hosted, from `start` to `close`; also a context manager."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ending = contextlib.ExitStack()  # what is to be closed last
        self._log: Log | None = None
        self._hub: Hub | None = None
        self._drain = Drain()
        self._lock = threading.Lock()
        self._threads: dict[threading.Thread, Peer | None] = {}  # None is turned away
        self._closing = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._acceptor: threading.Thread | None = None
        self._janitor: threading.Thread | None = None
        self.address = Address(options.host, options.port)  #: the true port once started

    def start(self) -> None:
        """Open the log and listen.

        Raises:
            ListenFailed: the address cannot be listened on.
            LogError: the log cannot be used.
        """
        try:
            listener = listen(self.address)
        except ListenFailed:
            self.close()
            raise
        listener.setblocking(False)
        self.address = Address(self._options.host, listener.getsockname()[1])
        try:
            log = self._log = self._open_log()
            hub = self._hub = Hub(log, echo=self._options.echo)
        except LogError:
            listener.close()
            self.close()
            raise
        hub.start()
        self._acceptor = threading.Thread(
            target=self._accept_all, args=(listener, hub, log), name="accept", daemon=True
        )
        self._acceptor.start()
        if self._options.keep_days:
            self._janitor = threading.Thread(
                target=self._trim, args=(log,), name="janitor", daemon=True
            )
            self._janitor.start()

    def _open_log(self) -> Log:
        folder = self._options.data
        if folder is None:
            temporary = tempfile.TemporaryDirectory(prefix="tkchat-", ignore_cleanup_errors=True)
            folder = Path(self._ending.enter_context(temporary))
        return self._ending.enter_context(contextlib.closing(Log(folder, self._options.stages)))

    def _trim(self, log: Log) -> None:
        """Forget events that are too old, now and then. Runs in a thread of its own."""
        while not self._closing.is_set():
            oldest = time.time() - self._options.keep_days * DAY_SECONDS
            try:
                trimmed = log.trim(round(oldest * 1000))
            except StorageFailed as error:
                _log.warning("old events could not be removed: %s", error)
            else:
                if trimmed:
                    _log.info("events %d to %d were too old to be kept", *trimmed)
            self._closing.wait(TRIM_SECONDS)

    def close(self) -> None:
        """Tell everybody that the chat is closing, and end all threads."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._wake_writer.send(b"\0")
        if self._acceptor is not None:
            self._acceptor.join()
        told = self._hub.close() if self._hub is not None else set()
        with self._lock:
            threads = dict(self._threads)
        peers = [peer for peer in threads.values() if peer is not None]
        for peer in peers:
            if peer.connection not in told:  # the hub does not know who is on the way in
                peer.connection.send(plain.encode(plain.Notice(plain.CLOSING)))
            peer.connection.finish()
        deadline = time.monotonic() + FLUSH_SECONDS
        for peer in peers:
            peer.connection.closed.wait(max(0.0, deadline - time.monotonic()))
            peer.connection.close()
        deadline = time.monotonic() + CLOSE_SECONDS
        for thread in threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        if self._janitor is not None:
            self._janitor.join()
        self._drain.close()
        self._wake_reader.close()
        self._wake_writer.close()
        self._ending.close()

    @property
    def connections(self) -> int:
        """How many clients are connected, in the chat or on their way in."""
        with self._lock:
            return len(self._threads)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _accept_all(self, listener: socket.socket, hub: Hub, log: Log) -> None:
        with listener, selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            is_full = False
            while not self._closing.is_set():
                selector.select()
                try:
                    while not self._closing.is_set():
                        sock, where = listener.accept()
                        self._serve(sock, Address(where[0], where[1]), hub, log)
                        is_full = False
                except (BlockingIOError, ConnectionError):
                    continue  # nobody more for now; or gone again before we answered
                except (OSError, RuntimeError) as error:
                    # Out of descriptors or threads: whoever knocks waits in the system's queue.
                    if not is_full:
                        _log.warning("cannot take in more people right now: %s", error)
                    is_full = True
                    self._closing.wait(FULL_PAUSE_SECONDS)

    def _serve(self, sock: socket.socket, address: Address, hub: Hub, log: Log) -> None:
        peer: Peer | None = None
        if self._options.allow_plaintext or is_loopback(address.host):
            connection = Connection(PlainStream(sock), self._drain)
            flood_limit = self._options.flood_limit
            peer = Peer(connection, address, hub, log, flood_limit=flood_limit)
        else:
            _log.info("%s was refused: it is another computer and does not encrypt", address)
        thread = threading.Thread(
            target=self._run, args=(sock, peer), name=f"client {address}", daemon=True
        )
        with self._lock:
            self._threads[thread] = peer
        try:
            thread.start()
        except RuntimeError:
            if peer is None:
                sock.close()
            else:
                peer.connection.close()
            with self._lock:
                del self._threads[thread]
            raise

    def _run(self, sock: socket.socket, peer: Peer | None) -> None:
        try:
            if peer is None:
                _turn_away(sock)
            else:
                peer.run()
        finally:
            with self._lock:
                del self._threads[threading.current_thread()]


def _turn_away(sock: socket.socket) -> None:
    """Say why and hang up, so that it is heard: a close over unread data is a reset."""
    deadline = time.monotonic() + REFUSAL_SECONDS
    with sock, contextlib.suppress(OSError):
        sock.settimeout(REFUSAL_SECONDS)
        sock.sendall(plain.encode(plain.Notice(_NOT_FROM_ELSEWHERE)))
        sock.shutdown(socket.SHUT_WR)
        for _ in range(REFUSAL_READS):
            sock.settimeout(max(0.001, deadline - time.monotonic()))
            if not sock.recv(65_536):
                return


_NOT_FROM_ELSEWHERE = (
    "This chat takes unencrypted connections from its own computer only. "
    "Whoever hosts it can allow them with --allow-plaintext."
)
