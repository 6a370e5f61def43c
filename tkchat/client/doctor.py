"""Why a chat cannot be joined, or one's own cannot be reached: looked for step by step."""

import queue
import socket
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

from tkchat.client import findings
from tkchat.client.findings import Finding
from tkchat.client.nearby import Browser, Nearby
from tkchat.client.probes import (
    Heard,
    Kind,
    answers_at,
    ask,
    ask_encrypted,
    heard_unencrypted,
    knock,
    look_up,
)
from tkchat.net.address import DEFAULT_PORT, Address, is_loopback
from tkchat.net.errors import Cause, ConnectFailed, ConnectionLost, NotEncrypted
from tkchat.net.multicast import own_networks
from tkchat.queues import next_within
from tkchat.wire.join_code import KEY_BYTES, JoinCode, encode

MOST_SECONDS = 12.0  #: that all steps together take
NAME_SECONDS = 3.0
CONNECT_SECONDS = 4.0
ANSWER_SECONDS = 3.0
LISTEN_SECONDS = 2.5  # for chats that are nearby, when this one cannot be reached
OWN_SECONDS = 1.0  # for one of this computer's own addresses
_LOOPBACK = "127.0.0.1"


def examine(
    address: Address,
    key: bytes = b"",
    pinned: bytes = b"",
    cancelled: threading.Event | None = None,
) -> Iterator[Finding]:
    """Yield what is found out about the chat at ``address``, as it is; takes up to 12 s.

    ``key`` is how its fingerprint begins by a join code, ``pinned`` the whole one that it had
    before. Soon after ``cancelled`` is set, nothing more comes.
    """
    return _Visit(address, key, pinned, cancelled or threading.Event()).run()


def examine_here(
    port: int = DEFAULT_PORT, cancelled: threading.Event | None = None
) -> Iterator[Finding]:
    """Yield whether others can reach the chat that this computer hosts on ``port``, and by what.

    Takes up to 12 s.
    """
    cancelled = cancelled or threading.Event()
    until = time.monotonic() + MOST_SECONDS
    own = [str(one.ip) for one in own_networks()]
    reached = []
    for host in own:
        left = min(OWN_SECONDS, until - time.monotonic() - ANSWER_SECONDS)
        if left > 0 and answers_at(host, port, left, cancelled):
            reached.append(host)
    if not own:
        yield findings.no_network()
    if not reached:
        is_loopback_only = answers_at(_LOOPBACK, port, OWN_SECONDS, cancelled)
        yield findings.only_from_here(port) if is_loopback_only else findings.nothing_here(port)
        return
    fingerprint = b""
    for host in own:
        if host not in reached:
            yield findings.not_by(Address(host, port))
            continue
        if not fingerprint:
            heard = _hear_own(host, port, until, cancelled)
            yield findings.host(heard)
            fingerprint = heard.fingerprint
        code = JoinCode(host, port, fingerprint[:KEY_BYTES])
        yield findings.reached_by(Address(host, port), encode(code) if fingerprint else "")
    yield findings.firewall_unknown(port)


def is_here(address: Address) -> bool:
    """Tell whether ``address`` is written as one of this computer's own numbers."""
    own = {str(one.ip) for one in own_networks()}
    return is_loopback(address.host) or address.host == "localhost" or address.host in own


def _hear_own(host: str, port: int, until: float, cancelled: threading.Event) -> Heard:
    left = max(0.1, min(ANSWER_SECONDS, until - time.monotonic()))
    try:
        return ask_encrypted(knock([host], port, OWN_SECONDS, cancelled), left)
    except (ConnectFailed, ConnectionLost):
        return Heard(Kind.SILENT)


class _Visit:
    """One examination of one address."""

    def __init__(
        self, address: Address, key: bytes, pinned: bytes, cancelled: threading.Event
    ) -> None:
        self._address = address
        self._key = key
        self._pinned = pinned
        self._cancelled = cancelled
        self._until = time.monotonic() + MOST_SECONDS
        self._networks = own_networks()

    def run(self) -> Iterator[Finding]:
        for finding in self._steps():
            if self._cancelled.is_set():
                return
            yield finding

    def _steps(self) -> Iterator[Finding]:
        if misspelt := findings.misspelt(self._address.host):
            yield misspelt
            return
        try:
            hosts = look_up(self._address.host, self._left(NAME_SECONDS))
        except ConnectFailed as failure:
            yield findings.unknown_name(self._address.host, failure.cause)
            yield from self._hint_nearby()
            return
        if self._address.host not in hosts:
            yield findings.name_is(self._address.host, hosts)
        began = time.monotonic()
        try:
            knock(hosts, self._address.port, self._left(CONNECT_SECONDS), self._cancelled).close()
        except ConnectFailed as failure:
            yield from self._why_no_way(hosts[0], failure.cause, time.monotonic() - began)
            yield from self._hint_nearby()
            return
        yield findings.reached(self._address)
        yield from self._meet(hosts)

    def _why_no_way(self, host: str, cause: Cause, seconds: float) -> Iterator[Finding]:
        """Say why nobody could be reached at ``host``, after so many seconds."""
        port = self._address.port
        is_own = is_loopback(host) or host in {str(one.ip) for one in self._networks}
        if not (is_own or self._networks):
            yield findings.no_network()
        elif cause is Cause.REFUSED and is_own and not is_loopback(host):
            only_here = answers_at(_LOOPBACK, port, self._left(OWN_SECONDS), self._cancelled)
            yield findings.only_from_here(port) if only_here else findings.nothing_here(port)
        elif cause is Cause.REFUSED and is_own:
            yield findings.nothing_here(port)
        else:
            is_near = self._is_near(host)
            yield findings.no_way(Address(host, port), cause, seconds, is_near=is_near)
            if not is_near:
                yield findings.elsewhere(host, [str(one.ip) for one in self._networks])

    def _is_near(self, host: str) -> bool:
        """Tell whether ``host`` is in one of the networks that this computer is in."""
        plain = ip_address(host.partition("%")[0])
        return plain.version == 6 or any(plain in one.network for one in self._networks)

    def _hint_nearby(self) -> Iterator[Finding]:
        """Say which chats can be heard of, if the one that was meant cannot be reached."""
        heard: queue.SimpleQueue[tuple[Nearby, ...]] = queue.SimpleQueue()
        browser = Browser(heard)
        browser.start()
        try:
            chats: tuple[Nearby, ...] = ()
            until = time.monotonic() + self._left(LISTEN_SECONDS)
            while (left := until - time.monotonic()) > 0 and not self._cancelled.is_set():
                try:
                    chats = next_within(heard, min(left, 0.1))
                except queue.Empty:
                    continue
        finally:
            browser.close()
            browser.join(OWN_SECONDS)
        others = [chat for chat in chats if chat.address != self._address]
        if others:
            yield findings.nearby(others)

    def _meet(self, hosts: list[str]) -> Iterator[Finding]:
        """Say what answers, and whether one could join it."""
        is_here = all(is_loopback(host) for host in hosts)
        heard, problem = self._ask(hosts, encrypted=not is_here or self._has_to_encrypt)
        yield findings.host(heard)
        if heard.kind not in (Kind.TKCHAT, Kind.OTHER_TKCHAT, Kind.CHAT):
            return
        if heard.fingerprint or not is_here or self._has_to_encrypt:
            yield findings.encryption(heard.fingerprint, self._key, self._pinned, problem)
        if heard.info is not None:
            yield from findings.about(heard.info, time.time_ns() // 1_000_000)

    def _ask(self, hosts: list[str], *, encrypted: bool) -> tuple[Heard, str]:
        """Ask what it is; return that, and why it could not be encrypted although it should be."""
        try:
            if encrypted:
                return ask_encrypted(self._knock(hosts), self._left(ANSWER_SECONDS)), ""
        except NotEncrypted as error:
            # Otherwise, what does it say unencrypted?
            if self._has_to_encrypt:
                return heard_unencrypted(error.said), ""
        except ConnectionLost as error:
            return Heard(Kind.OTHER_TKCHAT), str(error)
        except ConnectFailed:
            return Heard(Kind.HUNG_UP), ""
        try:
            return ask(self._knock(hosts), self._left(ANSWER_SECONDS)), ""
        except ConnectFailed:
            return Heard(Kind.HUNG_UP), ""

    @property
    def _has_to_encrypt(self) -> bool:
        return bool(self._key or self._pinned)

    def _knock(self, hosts: list[str]) -> socket.socket:
        return knock(hosts, self._address.port, self._left(CONNECT_SECONDS), self._cancelled)

    def _left(self, seconds: float) -> float:
        """Return ``seconds``, or what is left for everything."""
        return max(0.1, min(seconds, self._until - time.monotonic()))
