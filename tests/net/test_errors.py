"""The one place where the system's errors get their meaning."""

import errno
import socket

import pytest

from tkchat.net.errors import Cause, connect_failed


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Cause.UNKNOWN_HOST),
        (OSError(errno.ECONNREFUSED, "x"), Cause.REFUSED),
        (OSError(errno.ETIMEDOUT, "x"), Cause.TIMEOUT),
        (OSError(errno.ENETUNREACH, "x"), Cause.UNREACHABLE),
        (OSError(errno.EHOSTUNREACH, "x"), Cause.UNREACHABLE),
        (OSError(errno.EPERM, "Operation not permitted"), Cause.OTHER),
        (OSError("no number"), Cause.OTHER),
    ],
)
def test_causes(error: OSError, cause: Cause) -> None:
    failed = connect_failed(error)
    assert failed.cause is cause
    assert str(failed).startswith(cause.value)


def test_an_unexpected_cause_says_what_the_system_said() -> None:
    assert str(connect_failed(OSError(errno.EPERM, "Operation not permitted"))) == (
        "the system refused: Operation not permitted"
    )
