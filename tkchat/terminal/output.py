"""Standard output and standard error, as a script sees them."""

import contextlib
import io
import os
import sys
from typing import TextIO

from tkchat.terminal.lines import safe


def tell(text: str) -> None:
    """Say one line on standard error."""
    with contextlib.suppress(OSError, ValueError):  # closed, or nobody listens
        print(f"tkchat: {safe(text)}", file=sys.stderr)


class Output:
    """Lines on standard output, each there at once; in UTF-8 unless it is a terminal."""

    def __init__(self) -> None:
        self._stream: TextIO | None = sys.stdout  # None if it was closed from the start
        if isinstance(self._stream, io.TextIOWrapper):
            self._stream.reconfigure(errors="replace", newline="\n")
            if not self._stream.isatty():
                self._stream.reconfigure(encoding="utf-8")

    def print(self, line: str) -> None:
        """Write ``line``.

        Raises:
            BrokenPipeError: whoever read has gone.
            OSError: it cannot be written for another reason.
        """
        if self._stream is not None:
            self._stream.write(f"{line}\n")
            self._stream.flush()

    def abandon(self) -> None:
        """Throw away what could not be written, which would make the program's exit fail too."""
        stream, self._stream = self._stream, None
        if stream is sys.__stdout__ and stream is not None:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
