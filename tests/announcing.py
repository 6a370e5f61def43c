"""Announcements on loopback: those of hosts, and those of anybody who makes some up."""

import contextlib
import queue
import socket
import uuid
from collections.abc import Callable, Iterator
from ipaddress import IPv4Interface
from typing import Any

from zeroconf import ServiceInfo, Zeroconf
from zeroconf._dns import DNSAddress, DNSPointer, DNSService, DNSText
from zeroconf._protocol.outgoing import DNSOutgoing

from tests.support import wait_until
from tkchat.client.nearby import Browser, Nearby
from tkchat.net.multicast import SERVICE

LOOPBACK = IPv4Interface("127.0.0.1/8")
MDNS = ("224.0.0.251", 5353)
CLASS_IN = 1
CLASS_UNIQUE = 0x8001  # RFC 6762's bit that says that nobody else has such a record
RESPONSE = 0x8400


def loopback() -> list[IPv4Interface]:
    """Return the only network of most tests."""
    return [LOOPBACK]


class Listening:
    """What a browser hears of this test's own chats: others may run at the same time.

    Theirs are told apart by the names of their logs, which begin with `mark`.
    """

    def __init__(self, networks: Callable[[], list[IPv4Interface]] = loopback) -> None:
        self.mark = uuid.uuid4().hex[:12]
        self.chats: tuple[Nearby, ...] = ()
        self.changes = 0
        self._heard: queue.SimpleQueue[tuple[Nearby, ...]] = queue.SimpleQueue()
        self.browser = Browser(self._heard, networks)

    def look(self) -> tuple[Nearby, ...]:
        """Return the chats that are heard of by now."""
        with contextlib.suppress(queue.Empty):
            while True:
                heard = self._heard.get_nowait()
                self.chats = tuple(chat for chat in heard if chat.log.startswith(self.mark))
                self.changes += 1
        return self.chats

    def wait_for(self, *titles: str, timeout: float = 15.0) -> tuple[Nearby, ...]:
        """Wait until chats with exactly these titles are heard of; return them."""
        wait_until(lambda: [chat.title for chat in self.look()] == [*titles], timeout, self.look)
        return self.chats

    def __enter__(self) -> "Listening":
        self.browser.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        self.browser.join(5)


@contextlib.contextmanager
def announced(
    name: str, properties: dict[str, Any], port: int = 4321, addresses: tuple[str, ...] = ()
) -> Iterator[None]:
    """Announce anything."""
    zeroconf = Zeroconf(["127.0.0.1"])
    try:
        info = ServiceInfo(
            SERVICE,
            f"{name}.{SERVICE}",
            port,
            properties=properties,
            server=f"{uuid.uuid4().hex}.local.",
            parsed_addresses=list(addresses or ("127.0.0.1",)),
        )
        zeroconf.register_service(info, cooperating_responders=True)
        yield
    finally:
        zeroconf.close()


def made_up(
    label: str,
    log: str,
    port: int = 4321,
    *,
    title: str = "",
    host: str = "127.0.0.1",
    seconds: int = 120,
) -> bytes:
    """Return a packet with all records, good for ``seconds``, of a chat that does not exist."""
    name, server = f"{label}.{SERVICE}", f"{label}.local."
    pairs = [b"v=1", f"log={log}".encode(), f"title={title or label}".encode()]
    text = b"".join(bytes([len(pair)]) + pair for pair in pairs)
    out = DNSOutgoing(RESPONSE)
    out.add_answer_at_time(DNSPointer(SERVICE, 12, CLASS_IN, seconds, name), 0)
    out.add_answer_at_time(DNSService(name, 33, CLASS_UNIQUE, seconds, 0, 0, port, server), 0)
    out.add_answer_at_time(DNSText(name, 16, CLASS_UNIQUE, seconds, text), 0)
    address = socket.inet_aton(host)
    out.add_answer_at_time(DNSAddress(server, 1, CLASS_UNIQUE, seconds, address), 0)
    (packet,) = out.packets()
    return packet


@contextlib.contextmanager
def shouting() -> Iterator[Callable[[bytes], object]]:
    """Return what sends a packet to everybody who listens on loopback."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("127.0.0.1"))
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 1)
        sock.bind(("127.0.0.1", 0))
        yield lambda packet: sock.sendto(packet, MDNS)
