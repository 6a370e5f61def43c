"""Makes messages for tests."""

from datetime import UTC, datetime, timedelta
from itertools import count

from tkchat.client.message import Delivery, Kind, Message

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
_keys = count(1)


def said(
    text: str,
    author: str = "bob",
    minutes: float = 0,
    *,
    own: bool = False,
    delivery: Delivery = Delivery.SENT,
) -> Message:
    """Return what ``author`` said so many minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return Message(next(_keys), Kind.SAID, author, text, at, own, delivery)


def presence(author: str, done: str = "joined", minutes: float = 0) -> Message:
    """Return that ``author`` joined or left."""
    at = NOON + timedelta(minutes=minutes)
    return Message(next(_keys), Kind.PRESENCE, author, done, at)


def notice(text: str, minutes: float = 0) -> Message:
    """Return the host's word to this person."""
    return Message(next(_keys), Kind.NOTICE, "", text, NOON + timedelta(minutes=minutes))
