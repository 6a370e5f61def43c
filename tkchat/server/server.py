"""The server as a whole: it listens, gives each client a thread, and closes cleanly."""

import contextlib
import logging
import selectors
import socket
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from tkchat.net.address import DEFAULT_PORT, Address, is_loopback, listen
from tkchat.net.connection import Connection
from tkchat.net.drain import Drain
from tkchat.net.errors import ListenFailed
from tkchat.net.stream import PlainStream
from tkchat.server.announcement import Announcement, default_title
from tkchat.server.first_password import set_first_password
from tkchat.server.guard import Guard
from tkchat.server.host_code import end_former_hosts, host_code
from tkchat.server.hub import Hub
from tkchat.server.identity import Identity, IdentityError, given_identity, own_identity
from tkchat.server.limits import Limits
from tkchat.server.log import Log
from tkchat.server.log_records import LogError, StorageFailed
from tkchat.server.opening import hang_up
from tkchat.server.peer import Peer
from tkchat.wire import plain
from tkchat.wire.errors import RemoteError
from tkchat.wire.info import Info, one_title

FLUSH_SECONDS = 0.4  # how long close() waits for people to take the last lines
CLOSE_SECONDS = 1.0  # how long it then waits for the client threads, all together
DAY_SECONDS = 24 * 3600
TRIM_SECONDS = 3600.0  # how often the log is looked through for what is too old
INDEX_SECONDS = 0.5  # how often what was said since is put into the index of the search
INDEX_STEPS = 100  # at most, before it looks again whether there is a storm
INDEX_PAUSE_SECONDS = 0.002  # between two of them, for the hub's turn
STORM = 2_500  # so many events since the last time are one: it waits until that is over
ACCEPTED_AT_ONCE = 256  # of those who knock
SERVED_AT_ONCE = 16  # of them, before it looks who else does
FULL_PAUSE_SECONDS = 0.1  # between tries to accept while descriptors or threads are used up

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How a chat is hosted.

    ``echo``: plain clients hear what they say themselves. ``flood_limit``: fast senders are slowed.
    ``certificate`` and ``key`` are PEM files, both or none; else the host has its own, in ``data``.
    ``allow_plaintext``: unencrypted connections may come from other computers too. ``data`` is the
    folder of the log, by default one that ends with the server; ``keep_days`` is how old an event
    may get there, 0 for any age. ``stages`` is told of each commit, see `Log`, and ``on_crowd`` how
    many connections there are, when there is one more. ``announce``: people in the same network
    find the chat, by its ``title``: this computer's name, unless there is one.
    ``password`` is what whoever comes in has to know: empty for nothing, None for what it was when
    the chat was hosted last. ``asks_approval``: somebody has to let in whoever is new.
    """

    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    echo: bool = True
    flood_limit: bool = True
    allow_plaintext: bool = False
    data: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    keep_days: float = 0
    stages: Callable[[str], None] = lambda _: None
    on_crowd: Callable[[int], None] = lambda _: None
    announce: bool = False
    title: str = ""
    password: str | None = field(default=None, repr=False)
    asks_approval: bool = False
    limits: Limits = field(default_factory=Limits)


class Caller(NamedTuple):
    """A connection that nobody looks after yet, and why it is to be refused, if it is."""

    sock: socket.socket
    address: Address
    refusal: RemoteError | None


class Server:
    """A chat that is being hosted, from `start` to `close`; also a context manager."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._ending = contextlib.ExitStack()  # what is to be closed last
        self._log: Log | None = None
        self._hub: Hub | None = None
        self._drain = Drain()
        self._lock = threading.Lock()
        self._threads: dict[threading.Thread, Peer] = {}
        self._closing = threading.Event()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._acceptor: threading.Thread | None = None
        self._helpers: list[threading.Thread] = []  # which look after the log
        self._announcement: Announcement | None = None
        self._guard = Guard(options.limits)
        self._folder = options.data or self._temporary_folder()
        self.address = Address(options.host, options.port)  #: the true port once started
        self.identity: Identity  #: what is encrypted with, from `start` on

    def start(self) -> None:
        """Open the log and listen.

        Raises:
            ListenFailed: the address cannot be listened on.
            LogError: the log cannot be used.
            IdentityError: the certificate or its key cannot be used.
        """
        try:
            listener = listen(self.address)
        except ListenFailed:
            self.close()
            raise
        listener.setblocking(False)
        listener_host, port = listener.getsockname()[:2]
        self.address = Address(self._options.host, port)
        try:
            log = self._log = self._open_log()
            self.reload()
            options = self._options
            hub = self._hub = Hub(
                log,
                echo=options.echo,
                limits=options.limits,
                asks_approval=options.asks_approval,
            )
            hub.start()
            self._guard = Guard(options.limits, host_code(self._folder))
            end_former_hosts(hub, self._guard.host_code)
            if options.password is not None:
                set_first_password(hub, self._guard, options.password)
        except (LogError, IdentityError):
            listener.close()
            self.close()
            raise
        self._acceptor = threading.Thread(
            target=self._accept_all, args=(listener, hub, log), name="accept", daemon=True
        )
        self._acceptor.start()
        for look_after in [self._index, *([self._trim] if self._options.keep_days else [])]:
            name = look_after.__name__.strip("_")
            helper = threading.Thread(target=look_after, args=(log,), name=name, daemon=True)
            self._helpers.append(helper)
            helper.start()
        if self._options.announce and not is_loopback(listener_host):
            bound = Address(listener_host, self.address.port)
            self._announcement = Announcement(bound, self.describe)
            self._announcement.start()

    def describe(self) -> Info:
        """Return what whoever has not come in may know of this chat; for any thread."""
        now = time.time_ns() // 1_000_000
        if self._hub is None or self._log is None:
            return Info(now)
        if not self._options.announce:
            return Info(now, doors=self._hub.doors)
        title = one_title(self._options.title) or default_title()
        return Info(now, title, self._hub.people, self._log.id, self._hub.doors)

    def reload(self) -> None:
        """Read certificate and key again, for connections that begin from now on.

        Raises:
            IdentityError: they cannot be used; those in use stay.
        """
        certificate, key = self._options.certificate, self._options.key
        if certificate is not None and key is not None:
            self.identity = given_identity(certificate, key)
        else:
            self.identity = own_identity(self._folder)

    def _open_log(self) -> Log:
        log = Log(self._folder, self._options.stages)
        return self._ending.enter_context(contextlib.closing(log))

    def _temporary_folder(self) -> Path:
        temporary = tempfile.TemporaryDirectory(prefix="tkchat-", ignore_cleanup_errors=True)
        return Path(self._ending.enter_context(temporary))

    def _index(self, log: Log) -> None:
        """Have what was said found by the search, when there is time. In a thread of its own."""
        head, done, is_failing = log.head, -1, False
        while not self._closing.wait(INDEX_SECONDS):
            before, head = head, log.head
            if head == done or head - before > STORM:
                continue
            try:
                for _ in range(INDEX_STEPS):
                    if not log.index():
                        done = head
                        break
                    if self._closing.wait(INDEX_PAUSE_SECONDS):
                        break
                is_failing = False
            except StorageFailed as error:
                if not is_failing:
                    _log.warning("what was said last is not found by the search yet: %s", error)
                is_failing = True

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
        if self._announcement is not None:
            self._announcement.close()
        if self._acceptor is not None:
            self._acceptor.join()
        told = self._hub.close() if self._hub is not None else set()
        with self._lock:
            threads = dict(self._threads)
        peers = threads.values()
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
        for helper in self._helpers:
            helper.join()
        if self._announcement is not None:
            self._announcement.join(CLOSE_SECONDS)
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
        came: deque[Caller] = deque()
        with listener, selectors.DefaultSelector() as selector:
            selector.register(listener, selectors.EVENT_READ)
            selector.register(self._wake_reader, selectors.EVENT_READ)
            is_full = False
            while not self._closing.is_set():
                if not came:
                    selector.select()
                try:
                    try:
                        self._accept_waiting(listener, came)
                    finally:
                        for _ in range(min(len(came), SERVED_AT_ONCE)):
                            self._serve(came.popleft(), hub, log)
                    is_full = False
                except (OSError, RuntimeError) as error:
                    # Out of descriptors or threads: whoever knocks waits in the system's queue.
                    if not is_full:
                        _log.warning("cannot take in more people right now: %s", error)
                    is_full = True
                    self._closing.wait(FULL_PAUSE_SECONDS)
        for caller in came:
            caller.sock.close()

    def _accept_waiting(self, listener: socket.socket, came: deque[Caller]) -> None:
        """Accept whoever knocks, before anybody is served: the system's queue is short.

        Who finds it full tries again after a second, and may be turned away.

        Raises:
            OSError: there are no descriptors left.
        """
        connections = self._guard.connections
        for _ in range(ACCEPTED_AT_ONCE):
            try:
                sock, where = listener.accept()
            except BlockingIOError:
                return
            except ConnectionError:
                continue  # gone again before we answered
            address = Address(where[0], where[1])
            refusal = connections.enter(address.host)
            if refusal is not None:
                _log.info("%s was refused: %s", address, refusal)
                if not connections.may_explain():
                    hang_up(sock, str(refusal))
                    continue
            came.append(Caller(sock, address, refusal))

    def _serve(self, caller: Caller, hub: Hub, log: Log) -> None:
        sock, address, refusal = caller
        peer = Peer(
            Connection(PlainStream(sock), self._drain, self._guard.limits.backlog_bytes),
            address,
            hub,
            log,
            self.identity.context,
            allows_plain=self._options.allow_plaintext or is_loopback(address.host),
            flood_limit=self._options.flood_limit,
            describe=self.describe,
            guard=self._guard,
            refusal=refusal,
        )
        thread = threading.Thread(
            target=self._run,
            args=(peer, address.host, refusal is not None),
            name=f"client {address}",
            daemon=True,
        )
        with self._lock:
            self._threads[thread] = peer
            count = len(self._threads)
        self._options.on_crowd(count)
        try:
            thread.start()
        except RuntimeError:
            peer.connection.close()
            self._forget(thread, address.host, was_refused=refusal is not None)
            raise

    def _run(self, peer: Peer, host: str, was_refused: bool) -> None:
        try:
            peer.run()
        finally:
            self._forget(threading.current_thread(), host, was_refused=was_refused)

    def _forget(self, thread: threading.Thread, host: str, *, was_refused: bool) -> None:
        if was_refused:
            self._guard.connections.explained()
        else:
            self._guard.connections.leave(host)
        with self._lock:
            del self._threads[thread]
