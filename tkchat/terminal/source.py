"""Lines from standard input, read in a thread: nothing else can wait for them on every system."""

import contextlib
import io
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from tkchat.wire.buffer import LineBuffer, TooLong
from tkchat.wire.lines import decode_plain

READ_BYTES = 65_536
READ_AHEAD_LINES = 200


@dataclass(frozen=True, slots=True)
class Typed:
    """A line of the input; None is one that is too long to be kept."""

    text: str | None


@dataclass(frozen=True, slots=True)
class Ended:
    """The input has ended."""


class Source:
    """Hands on the lines of ``file``, standard input unless given, while in its ``with`` block.

    It reads no further than `READ_AHEAD_LINES` beyond what was said to be `used`.
    """

    def __init__(
        self, hand_on: Callable[[Typed | Ended], object], file: io.RawIOBase | None = None
    ) -> None:
        self._hand_on = hand_on
        self._file = file
        self._ahead = threading.Semaphore(READ_AHEAD_LINES)
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="source", daemon=True)

    def used(self) -> None:
        """Allow one more line to be read."""
        self._ahead.release()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        # Nothing can wake a thread that reads: it ends with the next line, or with the program.
        self._stopped = True
        self._ahead.release()

    def _run(self) -> None:
        buffer = LineBuffer()
        with contextlib.suppress(OSError):  # closed from the start, or a terminal that went away
            # Unbuffered: at exit, a thread that waits in sys.stdin holds a lock Python then needs.
            file = self._file or open(0, "rb", buffering=0, closefd=False)  # noqa: SIM115 (not ours to close)
            while data := file.read(READ_BYTES):
                self._hand_on_all(buffer.feed(data))
        self._hand_on_all(buffer.take_partial())
        self._hand_on(Ended())

    def _hand_on_all(self, lines: list[bytes | TooLong]) -> None:
        for raw in lines:
            self._ahead.acquire()
            if self._stopped:
                # Whoever uses the lines has gone.
                self._ahead.release()
                continue
            self._hand_on(Typed(None if isinstance(raw, TooLong) else decode_plain(raw)))
