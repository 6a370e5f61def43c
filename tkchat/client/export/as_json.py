"""A transcript as JSON: for other programs."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tkchat.client.export.about import About
from tkchat.client.message import Kind, Message


def as_json(about: About, messages: Iterable[Message]) -> Iterator[str]:
    """Yield one document in pieces: an object with ``messages``, each on a line of its own.

    Each has ``kind`` and ``time`` (RFC 3339); a ``said`` one its ``seq``, ``author`` and ``text``,
    and, where it applies, ``edited``, ``deleted``, ``answers`` (a seq) and ``reactions``.
    """
    head = {
        "room": about.room,
        "host": about.host,
        "exported_by": about.user,
        "exported_at": about.at.isoformat(timespec="seconds"),
    }
    yield _dumped(head)[:-1] + ', "messages": ['
    separator = "\n"
    for message in messages:
        yield separator + _dumped(_record(message))
        separator = ",\n"
    yield "\n]}\n"


def _record(message: Message) -> dict[str, Any]:
    record: dict[str, Any] = {
        "kind": message.kind.value,
        "time": message.at.isoformat(timespec="milliseconds"),
    }
    if message.kind is Kind.SAID and message.seq:
        record["seq"] = message.seq
    if message.era:
        record["log"] = message.era  # the host began anew so many times before
    if message.author:
        record["author"] = message.author
    record["text"] = message.text
    if message.edited:
        record["edited"] = True
    if message.deleted:
        record["deleted"] = True
    if message.answers:
        record["answers"] = message.answers
    if message.reactions:
        record["reactions"] = message.reactions
    return record


def _dumped(value: Any) -> str:
    return json.dumps(value)  # ASCII: no text can fail, or do anything to a terminal
