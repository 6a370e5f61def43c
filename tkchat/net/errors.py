"""What can happen to a connection; the only place where an OSError gets its meaning."""

import errno
import socket
from enum import Enum


class NetError(Exception):
    """Something happened to a connection."""


class ReceiveTimeout(NetError):
    """Nothing arrived in time; the connection is as good as before."""


class ConnectionLost(NetError):
    """The connection is gone: reset, broken or closed on this side."""


class Cause(Enum):
    """Why no connection could be made."""

    UNKNOWN_HOST = "the name is not known"
    REFUSED = "nothing listens there"
    TIMEOUT = "no answer came"
    UNREACHABLE = "there is no way to that network"
    CANCELLED = "it was called off"
    OTHER = "the system refused"


class ConnectFailed(NetError):
    """No connection could be made, for ``cause``."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(f"{cause.value}{': ' if detail else ''}{detail}")
        self.cause = cause


class ListenFailed(NetError):
    """An address cannot be listened on; the text says which, why and what to do."""


def connect_failed(error: OSError) -> ConnectFailed:
    """Say why a connection attempt ended in ``error``."""
    if isinstance(error, socket.gaierror):
        return ConnectFailed(Cause.UNKNOWN_HOST)
    if isinstance(error, ConnectionRefusedError):
        return ConnectFailed(Cause.REFUSED)
    if isinstance(error, TimeoutError):
        return ConnectFailed(Cause.TIMEOUT)
    if error.errno in {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.EADDRNOTAVAIL}:
        return ConnectFailed(Cause.UNREACHABLE)
    return ConnectFailed(Cause.OTHER, error.strerror or str(error))
