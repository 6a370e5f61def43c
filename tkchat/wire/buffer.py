"""Bytes in, lines out, with a hard cap on what is kept."""

from dataclasses import dataclass, field

from tkchat.wire.limits import MAX_LINE_BYTES

START_BYTES = 512  #: of a line that was too long: enough to tell what it was


@dataclass(frozen=True, slots=True)
class TooLong:
    """Stands in the place of a line that was longer than the limit; only its start is left."""

    start: bytes = field(default=b"", compare=False)


class LineBuffer:
    """Cuts a byte stream into lines, however it arrives.

    The same stream gives the same lines for any split of it. Never holds more than ``limit`` bytes:
    a longer line is reported once, as `TooLong`, and thrown away up to its end.
    """

    def __init__(self, limit: int = MAX_LINE_BYTES) -> None:
        self._limit = limit
        self._partial = b""
        self._skipping = False
        self.framed = False  #: whether an LF was ever seen

    @property
    def unfinished(self) -> bool:
        """Whether a line has begun and not ended."""
        return self._skipping or bool(self._partial)

    @property
    def is_skipping(self) -> bool:
        """Whether what comes is the rest of a line that is too long."""
        return self._skipping

    @property
    def begins_tagged(self) -> bool:
        """Whether what has begun looks like a line with tags."""
        return self._partial.startswith(b"@")

    def feed(self, data: bytes) -> list[bytes | TooLong]:
        """Take what was read and return the lines that it completes, without LF or CRLF."""
        *complete, rest = data.split(b"\n")
        lines: list[bytes | TooLong] = []
        if complete:
            self.framed = True
            first = self._partial + complete[0]
            self._partial = b""
            if not self._skipping:
                lines.append(self._line(first))
            self._skipping = False
            # Of blank lines, 65,536 may come at once: they are to cost next to nothing.
            lines += [piece and self._line(piece) for piece in complete[1:]]
        if not self._skipping:
            self._partial += rest
            if len(self._partial) + 1 > self._limit:
                lines.append(TooLong(self._partial[:START_BYTES]))
                self._partial = b""
                self._skipping = True
        return lines

    def _line(self, line: bytes) -> bytes | TooLong:
        if len(line) + 1 > self._limit:
            return TooLong(line[:START_BYTES])
        return line[:-1] if line.endswith(b"\r") else line

    def take_partial(self) -> list[bytes | TooLong]:
        """Treat what was read since the last line end as a line: for peers that never send one."""
        self._skipping = False
        line, self._partial = self._partial, b""
        return [line.removesuffix(b"\r")] if line else []
