"""Tags with a meaning: a number, or a name that must be there."""

import re

from tkchat.wire.errors import RemoteError
from tkchat.wire.lines import Line

_NUMBER = re.compile(r"[0-9]{1,18}\Z")  # any such fits into SQLite's 64 bits


def tag_number(line: Line, key: str) -> int:
    """Return the value of the tag ``key``, a whole number of at most 18 digits.

    Raises:
        RemoteError: ``bad-line``, when it is missing or something else.
    """
    value = line.tags.get(key, "")
    if not _NUMBER.match(value):
        raise RemoteError("bad-line", f"The tag {key} needs a number, not {value[:40]!r}.")
    return int(value)


def tag_name(line: Line, key: str) -> str:
    """Return the value of the tag ``key``, which is not empty.

    Raises:
        RemoteError: ``bad-line``, when it is.
    """
    value = line.tags.get(key, "")
    if not value:
        raise RemoteError("bad-line", f"The tag {key} is missing.")
    return value
