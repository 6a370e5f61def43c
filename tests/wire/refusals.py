"""What a reader says to a line that it may refuse."""

from collections.abc import Callable
from typing import TypeVar

from tkchat.wire.errors import RemoteError

T_ = TypeVar("T_")


def refusal(read: Callable[[T_], object], line: T_) -> str:
    """Return the code that ``read`` refuses ``line`` with; empty when it takes it."""
    try:
        read(line)
    except RemoteError as refused:
        return refused.code
    return ""
