"""Host and port as people write them, and the sockets at either end."""

import contextlib
import errno
import os
import selectors
import socket
import sys
import threading
import time
from dataclasses import dataclass

from tkchat.i18n import tr
from tkchat.net.errors import Cause, ConnectFailed, ListenFailed, connect_failed

DEFAULT_PORT = 12345
LISTEN_BACKLOG = 4096  # 128 made 5,000 simultaneous connects take 25 s, in SYN retransmits
_CANCEL_POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Address:
    """Where a host listens."""

    host: str
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_address(written: str) -> Address:
    """Read ``HOST``, ``HOST:PORT``, ``[IPV6]:PORT`` or a bare IPv6 address.

    Raises:
        ValueError: with what is wrong, for a person to read.
    """
    text = written.strip()
    host, port = text, ""
    if text.startswith("["):
        host, bracket, rest = text[1:].partition("]")
        if not bracket or (rest and not rest.startswith(":")):
            told = tr("{address} is not an address; an IPv6 address is written {example}.")
            raise ValueError(told.format(address=text, example="[::1]:12345"))
        port = rest[1:]
    elif text.count(":") == 1:
        host, _, port = text.partition(":")
        if not port:
            raise ValueError(tr("A port number is missing after the colon."))
    if not host or any(char.isspace() or char in "/@" for char in host):
        told = tr("An address looks like {number} or {name}.")
        raise ValueError(told.format(number="192.168.1.20:12345", name="classroom-pc:12345"))
    if not port:
        return Address(host)
    digits = port.lstrip("0")  # not all of them to int(): it refuses thousands, and slowly
    is_number = port.isascii() and port.isdigit() and 1 <= len(digits) <= 5
    if not (is_number and int(digits) < 65_536):
        told = tr("{port} is not a port number; one is from 1 to 65535.")
        raise ValueError(told.format(port=port))
    return Address(host, int(digits))


def is_loopback(host: str) -> bool:
    """Tell whether the numeric address ``host`` is this computer's own."""
    return host.startswith(("127.", "::ffff:127.")) or host == "::1"


def listen(address: Address) -> socket.socket:
    """Return a listening socket; port 0 picks a free one.

    Raises:
        ListenFailed: with one line that says what to do.
    """
    try:
        family, kind, protocol, _, where = socket.getaddrinfo(
            address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise ListenFailed(f"{address.host} is not an address of this computer.") from error
    try:
        if sys.platform == "win32":
            # There SO_REUSEADDR would let two servers share a port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(where)
        listener.listen(LISTEN_BACKLOG)
    except OSError as error:
        listener.close()
        raise ListenFailed(_why_not(address, error)) from error
    return listener


def _why_not(address: Address, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {address.port} is already in use on this computer. "
            "Join the chat that runs there, or choose another port with --port."
        )
    if error.errno == errno.EACCES and sys.platform == "win32":
        # It says the same of a port that somebody has for themselves alone.
        return (
            f"Port {address.port} is already in use on this computer, or Windows keeps it for "
            "itself. Join the chat that runs there, or choose another port with --port."
        )
    if error.errno == errno.EACCES:
        return f"Port {address.port} needs an administrator. Choose one above 1023 with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{address.host} is not an address of this computer. Choose one of its own."
    return f"{address} cannot be listened on: {error.strerror or error}."


def connect(address: Address, timeout: float, cancelled: threading.Event) -> socket.socket:
    """Connect within ``timeout`` seconds, trying each address that the name stands for.

    Each gets its share of the time that is left, so that one without an answer (an IPv6 address in
    a network that has no IPv6) leaves time for the next.
    Looking the name up cannot be interrupted; all else ends soon after ``cancelled`` is set.

    Raises:
        ConnectFailed: with the cause of the last try.
    """
    deadline = time.monotonic() + timeout
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # an impossible name, such as one with an empty label
        raise ConnectFailed(Cause.UNKNOWN_HOST) from error
    except OSError as error:
        raise connect_failed(error) from error
    failure = ConnectFailed(Cause.UNKNOWN_HOST)
    for number, (family, kind, protocol, _, where) in enumerate(found):
        now = time.monotonic()
        until = now + (deadline - now) / (len(found) - number)
        try:
            sock = socket.socket(family, kind, protocol)
        except OSError as error:  # a family that this computer does not have
            failure = connect_failed(error)
            continue
        try:
            _connect(sock, where, until, cancelled)
        except OSError as error:
            sock.close()
            failure = connect_failed(error)
        except ConnectFailed as error:
            sock.close()
            if error.cause is Cause.CANCELLED:
                raise
            failure = error
        else:
            return sock
    raise failure


def _connect(
    sock: socket.socket,
    where: tuple[str | int, ...] | tuple[int, bytes],
    deadline: float,
    cancelled: threading.Event,
) -> None:
    sock.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        sock.connect(where)
    with selectors.DefaultSelector() as selector:
        selector.register(sock, selectors.EVENT_WRITE)
        while not selector.select(_CANCEL_POLL_SECONDS):
            if cancelled.is_set():
                raise ConnectFailed(Cause.CANCELLED)
            if time.monotonic() > deadline:
                raise ConnectFailed(Cause.TIMEOUT)
    code = sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
    if code:
        raise OSError(code, os.strerror(code))
    if sock.getsockname() == sock.getpeername():
        # Nothing listens, and the system chose that very port for our end: TCP then meets itself.
        raise ConnectFailed(Cause.REFUSED)


def own_addresses() -> list[str]:
    """Return the IPv4 addresses by which others on the network may reach this computer.

    The likeliest is first. Nothing is sent: connecting a UDP socket only asks the routing table.
    """
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # TEST-NET-1 (RFC 5737): never a real host
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        entries = socket.getaddrinfo(socket.gethostname(), None, family=socket.AF_INET)
        found.extend(str(entry[4][0]) for entry in entries)
    return [host for host in dict.fromkeys(found) if not is_loopback(host)]
