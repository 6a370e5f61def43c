"""A host's log in miniature, and what becomes of it by the rules, worked out the long way."""

from dataclasses import dataclass, field

from tkchat.client.message import Message
from tkchat.client.pages import Cursor, Page
from tkchat.wire.entry import Entry, Kind
from tkchat.wire.names import GENERAL
from tkchat.wire.requests import Say
from tkchat.wire.tagged import Gap

Shown = tuple[int, str, str, bool, bool, dict[str, list[str]], tuple[str, str] | None]


def said(seq: int, text: str = "", author: str = "bob", room: str = GENERAL) -> Entry:
    """Return something that ``author`` said."""
    return Entry(seq, seq * 1000, room, author, text or f"text {seq}")


def done(seq: int, kind: Kind, target: int, text: str = "", author: str = "bob") -> Entry:
    """Return something that ``author`` did to an earlier message, or in answer to it."""
    return Entry(seq, seq * 1000, GENERAL, author, text, kind, target)


def mid(number: int) -> str:
    """Return the identity of an own message."""
    return f"{number:032x}"


def own(seq: int, say: Say, author: str = "alice") -> Entry:
    """Return the entry that accepts ``say``."""
    return Entry(seq, seq * 1000, say.room, author, say.text, say.kind, say.target, say.mid)


def page_of(
    entries: list[Entry], before: int = 0, count: int = 50, gaps: tuple[Gap, ...] = ()
) -> Page:
    """Return a page of a log of which everything is here."""
    earlier = [e for e in entries if e.kind.is_message and (not before or e.seq < before)]
    shown = earlier[-count:]
    seqs = {entry.seq for entry in shown}
    changes = [e for e in entries if not e.kind.is_message and e.target in seqs]
    everything = sorted([*shown, *changes], key=lambda entry: entry.seq)
    cursor = Cursor(1, shown[0].seq if shown else before)
    return Page(everything, list(gaps), cursor, False, len(shown) == len(earlier))


@dataclass
class Expected:
    """What a message must look like."""

    seq: int
    author: str
    text: str
    edited: bool = False
    deleted: bool = False
    answers: int = 0
    reactions: dict[str, list[str]] = field(default_factory=dict)


def expected(entries: list[Entry]) -> list[Shown]:
    """Return how the messages of a log look in the end."""
    messages: dict[int, Expected] = {}
    for entry in entries:
        if entry.kind.is_message:
            messages[entry.seq] = Expected(
                entry.seq, entry.author, entry.text, answers=entry.target
            )
            continue
        message = messages[entry.target]
        match entry.kind:
            case Kind.EDIT:
                message.text, message.edited = entry.text, True
            case Kind.DELETE:
                message.deleted = True
            case Kind.REACT:
                names = message.reactions.setdefault(entry.text, [])
                if entry.author in names:
                    names.remove(entry.author)
                else:
                    names.append(entry.author)
                if not names:
                    del message.reactions[entry.text]
    for message in messages.values():
        if message.deleted:
            message.text, message.edited, message.reactions = "", False, {}
    return [
        (
            each.seq,
            each.author,
            each.text,
            each.edited,
            each.deleted,
            each.reactions,
            _quote(messages[each.answers]) if each.answers else None,
        )
        for each in messages.values()
    ]


def shown(messages: list[Message]) -> list[Shown]:
    """Return how messages look."""
    return [(m.seq, m.author, m.text, m.edited, m.deleted, m.reactions, m.quote) for m in messages]


def _quote(message: Expected) -> tuple[str, str]:
    return message.author, message.text or "Message deleted"
