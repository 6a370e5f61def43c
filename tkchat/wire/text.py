"""Text that is safe to show to somebody else."""

import re

from tkchat.wire.errors import RemoteError
from tkchat.wire.limits import MAX_STATUS_CHARS, MAX_TEXT_CHARS, MAX_TOPIC_CHARS

# C0 and C1 controls with DEL, but tab and LF; the bidi controls, which can make a line read as what
# it is not (Unicode TR 36, section 3.4); lone surrogates, which no encoder takes.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def clean(text: str) -> str:
    """Return ``text`` with each character that must not reach another client made U+FFFD.

    CRLF becomes LF; LF and tab stay.
    """
    return _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n"))


def check_message(text: str) -> None:
    """Refuse a message that is empty or too long.

    Raises:
        RemoteError: ``empty`` or ``too-long``.
    """
    if not text.strip():
        raise RemoteError("empty", "An empty message is not sent.")
    if len(text) > MAX_TEXT_CHARS:
        raise RemoteError(
            "too-long",
            f"That message has {len(text)} characters; at most {MAX_TEXT_CHARS} are allowed. "
            "It was not sent: please split it.",
        )


def check_topic(text: str) -> str:
    """Return the topic of a room as one line, without white space around it; empty for none.

    Raises:
        RemoteError: ``too-long``.
    """
    return _one_line(text, "A topic", MAX_TOPIC_CHARS)


def check_status(text: str) -> str:
    """Return what somebody says about their presence as one line, which may be empty.

    Raises:
        RemoteError: ``too-long``.
    """
    return _one_line(text, "A status", MAX_STATUS_CHARS)


def _one_line(text: str, what: str, limit: int) -> str:
    line = " ".join(text.split())
    if len(line) > limit:
        raise RemoteError("too-long", f"{what} has at most {limit} characters.")
    return line
