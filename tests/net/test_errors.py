"""The one place where the system's errors get their meaning."""

import errno
import socket

import pytest

from tkchat.net.errors import Cause, connect_failed


@pytest.mark.parametrize(
    ("error", "cause", "words"),
    [
        (
            socket.gaierror(socket.EAI_NONAME, "Name or service not known"),
            Cause.UNKNOWN_HOST,
            "name is not known",
        ),
        (OSError(errno.ECONNREFUSED, "x"), Cause.REFUSED, "nothing listens"),
        (OSError(errno.ETIMEDOUT, "x"), Cause.TIMEOUT, "no answer"),
        (OSError(errno.ENETUNREACH, "x"), Cause.UNREACHABLE, "no way"),
        (OSError(errno.EHOSTUNREACH, "x"), Cause.UNREACHABLE, "no way"),
        (OSError(errno.EPERM, "Operation not permitted"), Cause.OTHER, "the system refused"),
        (OSError("no number"), Cause.OTHER, "the system refused"),
    ],
)
def test_causes(error: OSError, cause: Cause, words: str) -> None:
    failed = connect_failed(error)
    assert failed.cause is cause
    assert words in str(failed)


def test_an_unexpected_cause_says_what_the_system_said() -> None:
    assert str(connect_failed(OSError(errno.EPERM, "Operation not permitted"))) == (
        "the system refused: Operation not permitted"
    )
