"""How a lasting event looks in each dialect. The plain spellings are in docs/protocol.md."""

from tkchat.server.log_records import Record
from tkchat.wire import plain, tagged
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.errors import LocalError, RemoteError

QUOTED_CHARS = 40  # of the message that a reply or a reaction is about
LONG_CHARS = 3_000  # no quote stands before so long a text: both might not fit into a line


def entry(record: Record, room: str, *, own: bool) -> Entry:
    """Return ``record`` as somebody sees it who calls its room ``room``."""
    return Entry(
        record.seq,
        record.time_ms,
        room,
        record.author,
        record.text,
        record.kind,
        record.target,
        record.mid if own else "",
    )


class Spelling:
    """The line of an event for those in ``room`` who did not send it, in the dialects heard there.

    ``target`` is the event that it is about; ``taken_back`` says that a reaction ends. Each dialect
    is spelled when it is heard first: in most rooms only one is.

    Raises:
        RemoteError: ``too-long``, when it does not fit.
    """

    def __init__(
        self, record: Record, room: str, target: Record | None, *, taken_back: bool = False
    ) -> None:
        self._record = record
        self._room = room
        self._target = target
        self._is_taken_back = taken_back
        self._plain = self._tagged = b""
        if len(record.text) >= LONG_CHARS:  # a shorter one fits into a line, whatever its letters
            try:
                _ = self.plain, self.own
            except LocalError as error:
                raise RemoteError("too-long", "That is too long for one line.") from error

    @property
    def plain(self) -> bytes:
        """A line for each line of the text."""
        if not self._plain:
            text = plain_text(self._record, self._target, taken_back=self._is_taken_back)
            self._plain = spell_plain(self._record.author, text)
        return self._plain

    @property
    def tagged(self) -> bytes:
        """The line of the tagged dialect."""
        if not self._tagged:
            self._tagged = spell_line(self._record, self._room, own=False)
        return self._tagged

    @property
    def own(self) -> bytes:
        """The same for who sent it in that dialect, and knows its mid."""
        return tagged.with_mid(self.tagged, self._record.mid)


def spell_line(record: Record, room: str, *, own: bool) -> bytes:
    """Return the line for one person's tagged connections; the author's own bears the mid."""
    return tagged.encode(entry(record, room, own=own))


def spell_plain(author: str, text: str) -> bytes:
    """Return a plain line for each line of ``text``."""
    if "\n" not in text:
        return plain.said(author, text)
    return b"".join(plain.said(author, line) for line in text.split("\n"))


def plain_text(record: Record, target: Record | None, *, taken_back: bool = False) -> str:
    """Return what plain clients read of ``record``."""
    about = "an earlier message" if target is None else target.author
    if target is not None and len(record.text) < LONG_CHARS:
        about += f": {_excerpt(target.text)}"
    match record.kind:
        case Kind.MESSAGE:
            return record.text
        case Kind.REPLY:
            return f"(to {about}) {record.text}"
        case Kind.EDIT:
            return f"(edited) {record.text}"
        case Kind.DELETE if target is not None and target.author_id != record.author_id:
            return f"(removed a message of {target.author})"
        case Kind.DELETE:
            return "(took back an earlier message)"
        case Kind.REACT:
            verb = "no longer reacts with" if taken_back else "reacts with"
            return f"({verb} {record.text} to {about})"


def direct(record: Record, to: str, target: Record | None) -> bytes:
    """Return what a plain client reads of a conversation of two.

    Raises:
        RemoteError: ``too-long``, when it does not fit.
    """
    texts = plain_text(record, target).split("\n")
    try:
        return b"".join(plain.encode(plain.direct(record.author, to, text)) for text in texts)
    except LocalError as error:
        raise RemoteError("too-long", "That is too long for one line.") from error


def _excerpt(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= QUOTED_CHARS else f"{line[: QUOTED_CHARS - 1]}…"
