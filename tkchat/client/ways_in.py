"""How others get into the chat that this person is in: addresses, and codes that prove the host."""

import contextlib
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from tkchat.client import probes
from tkchat.client.trust import Trust
from tkchat.net.address import Address, connect, is_loopback, own_addresses
from tkchat.net.errors import ConnectFailed, ConnectionLost, NotEncrypted
from tkchat.net.identity import join_codes
from tkchat.wire.join_code import JoinCode

LOOK_SECONDS = 3.0  #: for each look, at a name or at one of this computer's addresses
_LOCAL_NAMES = frozenset({"localhost", "ip6-localhost"})


class Obstacle(Enum):
    """Why there is no join code."""

    NO_NETWORK = auto()  #: this computer has no address that others could reach
    ONLY_HERE = auto()  #: the host listens on this computer alone
    NOT_ENCRYPTED = auto()  #: so there is no key that a code could prove
    UNKNOWN_ADDRESS = auto()  #: nobody knows which number the host's name stands for


@dataclass(frozen=True, slots=True)
class WayIn:
    """One way in: what is typed for it, and the join code if there can be one."""

    address: Address
    code: JoinCode | None = None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """All ways in, the likeliest first; ``fingerprint`` is that of the host's key, if known."""

    ways: tuple[WayIn, ...] = ()
    fingerprint: bytes = b""
    obstacle: Obstacle | None = None


def ways_in(address: Address, trust: Trust, own: Callable[[], list[str]] = own_addresses) -> WaysIn:
    """Find out how others get into the chat at ``address``, where this person is.

    A host on this computer is looked at by the addresses that others would use, which also tells
    whether it can be reached by them; of another one the key is known since it was joined. Waits
    for the network and the disk.

    Raises:
        DatabaseError: the known keys cannot be read.
    """
    if _is_here(address):
        return _hosted_here(address.port, own())
    fingerprint = trust.known(address)
    if not fingerprint:
        return WaysIn((WayIn(address),), obstacle=Obstacle.NOT_ENCRYPTED)
    for host in _numbers(address.host):
        if codes := join_codes(Address(host, address.port), fingerprint):
            return WaysIn((WayIn(address, codes[0]),), fingerprint)
    return WaysIn((WayIn(address),), fingerprint, Obstacle.UNKNOWN_ADDRESS)


def for_others(address: Address, own: Callable[[], list[str]] = own_addresses) -> Address:
    """Return what others on the network type to join the chat at ``address``.

    Of a host on this computer that is the first of its addresses that leads there; if none does, it
    is for this computer alone. Waits for the network.
    """
    if not _is_here(address):
        return address
    for host in own():
        there = Address(host, address.port)
        with contextlib.suppress(ConnectFailed):
            connect(there, LOOK_SECONDS, threading.Event()).close()
            return there
    return address


def _is_here(address: Address) -> bool:
    return address.host.lower() in _LOCAL_NAMES or is_loopback(address.host)


def _hosted_here(port: int, hosts: list[str]) -> WaysIn:
    if not hosts:
        return WaysIn(obstacle=Obstacle.NO_NETWORK)
    found, fingerprint, is_reached = [], b"", False
    for host in hosts:
        with contextlib.suppress(ConnectFailed):
            knocked = probes.knock([host], port, LOOK_SECONDS, threading.Event())
            is_reached = True
            with contextlib.suppress(NotEncrypted, ConnectionLost):
                fingerprint = probes.ask_encrypted(knocked, LOOK_SECONDS).fingerprint
            codes = join_codes(Address(host, port), fingerprint) if fingerprint else []
            found.append(WayIn(Address(host, port), codes[0] if codes else None))
    if not is_reached:
        return WaysIn(obstacle=Obstacle.ONLY_HERE)
    return WaysIn(tuple(found), fingerprint, None if fingerprint else Obstacle.NOT_ENCRYPTED)


def _numbers(host: str) -> list[str]:
    try:
        return probes.look_up(host, LOOK_SECONDS)
    except ConnectFailed:
        return []
