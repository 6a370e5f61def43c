"""A network that fails as planned: a TCP proxy between clients and a host, on this computer."""

import contextlib
import math
import queue
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tkchat.net.address import Address, listen
from tkchat.selftest.link import Link, Plan, Way, reset_on_close

MAX_LINKS = 256  #: connections at a time; who comes then waits until another has ended
CONNECT_SECONDS = 5


class FaultProxy:
    """Listens on `address` and connects each who comes to ``target``, with the faults of a plan.

    The first connection gets the first plan, and so on; those after the last plan have no faults.
    ``links`` are the connections so far. ``target`` can be set anew, for those who come later.
    One thread, which begins and ends with the ``with``, owns all sockets.
    """

    def __init__(self, target: Address, *plans: Plan) -> None:
        self.target = target
        self.links: list[Link] = []
        self._open: list[Link] = []  # with the copies
        self._plans = deque(plans)
        self._orders: queue.SimpleQueue[Callable[[Link], None]] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._listener = listen(Address("127.0.0.1", 0))
        self._listener.setblocking(False)
        self.address = Address("127.0.0.1", self._listener.getsockname()[1])
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._wake_reader.setblocking(False)
        self._wake_writer.setblocking(False)
        self._thread = threading.Thread(target=self._run, name="fault proxy")

    def plan(self, *plans: Plan) -> None:
        """Add plans for those who come next."""
        self._plans.extend(plans)

    def release(self) -> None:
        """Let the stalls of all connections so far end."""
        self._order(Link.release)

    def mend(self) -> None:
        """Let nothing go wrong for those who come from now on, and end the stalls so far."""
        self._plans.clear()
        self.release()

    def cut(self, *, reset: bool = False) -> None:
        """Cut all connections now."""
        self._order(lambda link: link.cut(reset=reset))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._closing.set()
        self._wake()
        self._thread.join()
        self._wake_writer.close()

    def _order(self, order: Callable[[Link], None]) -> None:
        """Have the proxy's thread do it, soon, with each open connection."""
        self._orders.put(order)
        self._wake()

    def _wake(self) -> None:
        with contextlib.suppress(OSError):  # it is awake, or over
            self._wake_writer.send(b"!")

    def _run(self) -> None:
        try:
            while not self._closing.is_set():
                self._wait()
                self._accept()
                self._obey()
                for link in self._open:
                    link.step(time.monotonic())
                self._open = [link for link in self._open if not link.is_over]
        finally:
            for link in self._open:
                link.close()
            self._listener.close()
            self._wake_reader.close()

    def _wait(self) -> None:
        """Wait until there is something to do."""
        now = time.monotonic()
        due = min((link.due(now) for link in self._open), default=math.inf)
        # A new one each time, since what a link waits for changes with almost every step.
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_reader, selectors.EVENT_READ)
            if len(self._open) < MAX_LINKS:
                selector.register(self._listener, selectors.EVENT_READ)
            for link in self._open:
                for sock, events in link.interests(now):
                    if events:
                        selector.register(sock, events)
            selector.select(None if due == math.inf else max(0.0, due - now))

    def _obey(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._wake_reader.recv(4_096)
        with contextlib.suppress(queue.Empty):
            while True:
                order = self._orders.get_nowait()
                for link in self._open:
                    order(link)

    def _accept(self) -> None:
        while len(self._open) < MAX_LINKS:
            try:
                client, _ = self._listener.accept()
            except (BlockingIOError, ConnectionError):  # nobody is there, or not any more
                return
            plan = self._plans.popleft() if self._plans else Plan()
            try:
                link = self._connect(client, plan)
            except OSError:  # as it would be without the proxy, only later
                reset_on_close(client)
                client.close()
                continue
            self.links.append(link)
            self._open += [link] if link.copy is None else [link, link.copy]

    def _connect(self, client: socket.socket, plan: Plan) -> Link:
        hosts: list[socket.socket] = []
        try:
            for _ in range(1 + plan.duplicate):
                where = (self.target.host, self.target.port)
                hosts.append(socket.create_connection(where, CONNECT_SECONDS))
            for sock in (client, *hosts):
                sock.setblocking(False)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except OSError:
            for host in hosts:
                host.close()
            raise
        link = Link(Way(client, hosts[0], plan.up), Way(hosts[0], client, plan.down))
        if plan.duplicate:
            link.duplicate(hosts[1])
        return link
