"""Chronicles for tests, and what happens in them."""

from datetime import UTC, datetime

from tkchat.client.chronicle import Chronicle
from tkchat.client.events import Arrived
from tkchat.client.message import Message
from tkchat.client.room import Changes
from tkchat.wire.entry import Entry
from tkchat.wire.requests import Say

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def chronicle() -> Chronicle:
    """Return that of alice."""
    return Chronicle("alice", lambda: NOON)


def arrive(it: Chronicle, *entries: Entry) -> Changes:
    """Let the host say something; return what is to be redrawn."""
    changes = Changes()
    it.arrive(Arrived(entries, live=True), changes)
    return changes


def expect(it: Chronicle, *says: Say) -> Changes:
    """Let alice say something; return what is to be redrawn."""
    changes = Changes()
    for say in says:
        it.expect(say, changes)
    return changes


def texts(messages: list[Message]) -> list[str]:
    """Return the texts of ``messages``."""
    return [message.text for message in messages]
