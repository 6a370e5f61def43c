"""What can happen to a connection; the only place where an OSError gets its meaning."""

import errno
import socket
from enum import Enum

from tkchat.i18n import tr


class NetError(Exception):
    """Something happened to a connection."""


class ReceiveTimeout(NetError):
    """Nothing arrived in time; the connection is as good as before."""


class ConnectionLost(NetError):
    """The connection is gone: reset, broken or closed on this side."""


class NotEncrypted(ConnectionLost):
    """The peer does not encrypt; ``said`` is what came from it instead, as far as it came."""

    def __init__(self, said: bytes) -> None:
        super().__init__(tr("it does not encrypt"))
        self.said = said


class Cause(Enum):
    """Why no connection could be made."""

    UNKNOWN_HOST = "unknown host"
    REFUSED = "refused"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    CANCELLED = "cancelled"
    OTHER = "other"


class ConnectFailed(NetError):
    """No connection could be made, for ``cause``; the text says so in a few words."""

    def __init__(self, cause: Cause, detail: str = "") -> None:
        super().__init__(_in_words(cause, detail))
        self.cause = cause


class ListenFailed(NetError):
    """An address cannot be listened on; the text says which, why and what to do."""


def _in_words(cause: Cause, detail: str) -> str:
    match cause:
        case Cause.UNKNOWN_HOST:
            return tr("the name is not known")
        case Cause.REFUSED:
            return tr("nothing listens there")
        case Cause.TIMEOUT:
            return tr("no answer came")
        case Cause.UNREACHABLE:
            return tr("there is no way to that network")
        case Cause.CANCELLED:
            return tr("it was called off")
        case Cause.OTHER if detail:
            return tr("the system refused: {detail}").format(detail=detail)
        case Cause.OTHER:
            return tr("the system refused")


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
