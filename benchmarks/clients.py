"""Clients of the load: sockets in one process, and how all of them come in."""

import contextlib
import selectors
import socket
import ssl
import time
from collections import deque
from collections.abc import Iterator
from types import TracebackType
from typing import Self

from benchmarks.dialects import LAST_TEXT, Dialect
from tkchat.net.tls import client_context

BUFFER_BYTES = 262_144
TAIL_BYTES = 200  #: of what somebody heard; what is waited for is shorter
KEEP_ALIVE_SECONDS = 10.0
PATIENCE = 60.0  #: seconds without anything new until a server is given up


class ServerGaveUp(Exception):
    """A server hung up, or did not let somebody in."""


class Client:
    """A connection in a chat, and what a load knows of it."""

    __slots__ = ("heard", "is_speaker", "name", "rest", "sent", "socket")

    def __init__(self, port: int, name: bytes) -> None:
        self.name = name
        self.is_speaker = False
        self.heard = 0  #: lines
        self.sent = 0  #: messages
        self.rest = 0  #: bytes of a line of which the end has not come
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def receive_into(self, buffer: bytearray) -> int:
        """Put what has come into ``buffer``; return how much it is. To be called when ready."""
        return self.socket.recv_into(buffer)

    def send(self, data: bytes) -> None:
        """Send all of ``data``."""
        self.socket.sendall(data)

    def close(self) -> None:
        """Hang up."""
        self.socket.close()


class SecureClient(Client):
    """One over TLS, which decrypts from memory: so a read of the socket may be many records."""

    __slots__ = ("_incoming", "_object", "_outgoing", "_raw")

    def __init__(self, port: int, name: bytes, context: ssl.SSLContext) -> None:
        super().__init__(port, name)
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._object = context.wrap_bio(self._incoming, self._outgoing)
        while True:
            try:
                self._object.do_handshake()
            except ssl.SSLWantReadError:
                self.socket.sendall(self._outgoing.read())
                self._incoming.write(self.socket.recv(BUFFER_BYTES))
            else:
                self.socket.sendall(self._outgoing.read())
                return

    def receive_into(self, buffer: bytearray) -> int:
        """Put what has come into ``buffer``, which is no smaller than what is read at once."""
        filled = 0
        while not filled:  # of a record that has not come whole, the rest is on its way
            data = self.socket.recv(BUFFER_BYTES // 2)
            if not data:
                break
            self._incoming.write(data)
            with contextlib.suppress(ssl.SSLWantReadError):
                while text := self._object.read(BUFFER_BYTES):
                    buffer[filled : filled + len(text)] = text
                    filled += len(text)
        return filled

    def send(self, data: bytes) -> None:
        """Send all of ``data``."""
        self._object.write(data)
        self.socket.sendall(self._outgoing.read())


class Crowd:
    """``count`` clients of one server. The ``with`` has them come in, and hang up at the end.

    With a higher ``count``, `come_in` lets in those who are missing. What has been heard by the
    time it returns is read; nothing more is to come before somebody speaks.

    Raises:
        ServerGaveUp: not all were let in.
    """

    def __init__(self, port: int, dialect: Dialect, count: int) -> None:
        self.dialect = dialect
        self.clients: list[Client] = []
        self.count = count
        self.selector = selectors.DefaultSelector()
        self.buffer = bytearray(BUFFER_BYTES)
        self._port = port
        self._context = client_context() if dialect.is_encrypted else None

    def come_in(self) -> None:
        """Let everybody in, a few at a time."""
        tails: dict[Client, bytes] = {}  # of who is on the way in: the last that they heard
        steps: dict[Client, deque[tuple[bytes, bytes]]] = {}
        progress = refreshed = time.monotonic()
        while len(self.clients) < self.count or steps:
            if time.monotonic() - refreshed > KEEP_ALIVE_SECONDS:
                refreshed = time.monotonic()
                self._keep_alive()
            while len(self.clients) < self.count and len(steps) < self.dialect.at_once:
                client = self.connect()
                steps[client] = deque(self.dialect.steps(client.name))
                tails[client] = b""
                client.send(steps[client][0][0])
            for client, length in self.hear(progress):
                if client not in steps:
                    continue
                tail = tails[client] + bytes(self.buffer[:length])
                if reply := self.dialect.answer(tail):
                    client.send(reply)
                    tail = b""
                if steps[client][0][1] in tail:
                    tail = b""
                    steps[client].popleft()
                    progress = time.monotonic()
                    if steps[client]:
                        client.send(steps[client][0][0])
                    else:
                        del steps[client], tails[client]
                        continue
                tails[client] = tail[-TAIL_BYTES:]
        self._keep_alive()
        self._settle()

    def connect(self) -> Client:
        """Return one client more, who has said nothing yet."""
        name = b"s%05d" % len(self.clients)
        client = (
            SecureClient(self._port, name, self._context)
            if self._context
            else Client(self._port, name)
        )
        self.clients.append(client)
        self.selector.register(client.socket, selectors.EVENT_READ, client)
        return client

    def hear(self, progress: float) -> Iterator[tuple[Client, int]]:
        """Yield who has heard something, and how many bytes of the buffer that fills.

        ``progress`` is when things last got on, by the monotonic clock.
        """
        if time.monotonic() - progress > PATIENCE:
            raise ServerGaveUp(f"{len(self.clients)} came; nothing happened for {PATIENCE:.0f} s")
        for key, _ in self.selector.select(1.0):
            client: Client = key.data
            length = client.receive_into(self.buffer)
            if not length:
                raise ServerGaveUp(f"it hung up on {client.name.decode()}")
            yield client, length

    def _keep_alive(self) -> None:
        if self.dialect.keep_alive:
            for client in self.clients:
                client.send(self.dialect.keep_alive)

    def _settle(self) -> None:
        """Wait until everybody has heard one last message, since what came before is then read."""
        first, waiting = self.clients[0], set(self.clients)
        if not self.dialect.hears_itself:
            waiting.remove(first)
        first.send(self.dialect.say(first.name, LAST_TEXT))
        tails = dict.fromkeys(self.clients, b"")
        progress = time.monotonic()
        while waiting:
            for client, length in self.hear(progress):
                end = bytes(self.buffer[max(0, length - TAIL_BYTES) : length])
                tails[client] = (tails[client] + end)[-TAIL_BYTES:]
                if LAST_TEXT in tails[client] and tails[client].endswith(b"\n"):
                    waiting.discard(client)
                    progress = time.monotonic()

    def __enter__(self) -> Self:
        try:
            self.come_in()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up, all of them."""
        self.selector.close()
        for client in self.clients:
            client.close()
