"""The first byte of a connection: whether it encrypts, and what becomes of it if it does not."""

import contextlib
import logging
import socket
import ssl
import time

from tkchat.net.address import Address
from tkchat.net.connection import Connection
from tkchat.net.errors import ConnectionLost, ReceiveTimeout
from tkchat.net.tls import HANDSHAKE_BYTE
from tkchat.wire import plain

QUIET_SECONDS = 0.1  # of somebody who is turned away: then nothing is on its way from there
REFUSAL_READS = 16

NOT_FROM_ELSEWHERE = (
    "This chat takes encrypted connections only. Join it with tkchat; or whoever hosts it can let "
    "other programs in with --allow-plaintext."
)

_log = logging.getLogger(__name__)


def open_up(
    connection: Connection,
    address: Address,
    context: ssl.SSLContext,
    silent_until: float,
    deadline: float,
    *,
    allows_plain: bool,
) -> bool:
    """Agree on keys with whoever begins with TLS; tell whether the connection may be used.

    Who says nothing until ``silent_until``, of the monotonic clock like ``deadline``, is taken for
    one that does not encrypt. Whoever is turned away was told why.

    Raises:
        ConnectionLost: it is gone, or TLS failed.
    """
    patience = min(silent_until, deadline) - time.monotonic()
    try:
        first = connection.receive(max(0.0, patience))
    except ReceiveTimeout:
        first = b""
    connection.put_back(first)
    if first[:1] == HANDSHAKE_BYTE:
        try:
            connection.encrypt(context, deadline, is_host=True)
        except ReceiveTimeout:
            _log.info("%s did not agree on keys in time", address)
            return False
        return True
    if not allows_plain:
        _log.info("%s was refused: it is another computer and does not encrypt", address)
        turn_away(connection, NOT_FROM_ELSEWHERE)
    return allows_plain


def hang_up(sock: socket.socket, why: str) -> None:
    """Say why if that takes no time, and close at once."""
    with sock, contextlib.suppress(OSError):
        sock.setblocking(False)
        sock.send(plain.encode(plain.Notice(why)))


def turn_away(connection: Connection, why: str) -> None:
    """Say why, so that it is heard: to close over what was not read yet would be a reset."""
    connection.send(plain.encode(plain.Notice(why)))
    with contextlib.suppress(ConnectionLost, ReceiveTimeout):
        for _ in range(REFUSAL_READS):
            if not connection.receive(QUIET_SECONDS):
                return
