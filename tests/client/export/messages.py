"""Messages for transcripts, hostile ones too."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tkchat.client.export.about import About
from tkchat.client.message import Kind, Message

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ABOUT = About("design", "192.0.2.1:12345", "alice", NOON)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [x](javascript:alert(1)) "
    "javascript:alert(1) \"'>&amp; \x1b[31m \x00 \u202e ]]> --> </style>"
)
_keys = count(1)


def said(text: str, author: str = "bob", minutes: float = 0, **more: object) -> Message:
    """Return what ``author`` said so many minutes after noon; ``more`` are fields of a message."""
    key = next(_keys)
    message = Message(key, Kind.SAID, author, text, NOON + timedelta(minutes=minutes), seq=key)
    for name, value in more.items():
        setattr(message, name, value)
    return message


def gap(text: str) -> Message:
    """Return the mark for messages that are missing."""
    return Message(next(_keys), Kind.GAP, "", text, NOON)


def conversation() -> list[Message]:
    """Return messages to which everything was done that can be."""
    question = said("is it *done*?", "alice", own=True)
    answer = said("yes\nit is", minutes=1, edited=True, answers=question.seq)
    answer.quote = ("alice", "is it *done*?")
    answer.reactions = {"👍": ["alice", "carol"], "🎉": ["bob"]}
    wave = said("* carol waves", "carol", 2)
    gone = said("", "bob", 3, deleted=True)
    presence = Message(next(_keys), Kind.PRESENCE, "dave", "joined", NOON + timedelta(minutes=4))
    return [
        gap("Some are missing."),
        question,
        answer,
        wave,
        gone,
        presence,
        said("late", "bob", 1440),
    ]
