"""What the tests of the tagged dialect share: people who have settled down, and their news."""

import contextlib
from collections.abc import Iterator
from typing import Any

from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.wire.entry import Entry
from tkchat.wire.plain import Rooms
from tkchat.wire.requests import AskRooms
from tkchat.wire.tagged import Event


@contextlib.contextmanager
def tagged_people(address: Address, *names: str) -> Iterator[list[TaggedClient]]:
    """Let ``names`` come in, and hear of each other."""
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(TaggedClient(address, name)) for name in names]
        for client in clients:
            news(client)
        yield clients


def news(client: TaggedClient) -> list[Event]:
    """Return what came until the host has answered all that ``client`` asked before."""
    client.ask(AskRooms())
    return client.read_until(lambda event: isinstance(event, Rooms))[:-1]


def said(client: TaggedClient) -> list[tuple[int, str, str, str]]:
    """Return the seq, room, author and text of all lasting events that ``client`` got."""
    return [seen(entry) for entry in client.entries]


def seen(entry: Entry) -> tuple[int, str, str, str]:
    """Return what matters most of an event."""
    return entry.seq, entry.room, entry.author, entry.text


def about(kind: str, target: int) -> dict[str, Any]:
    """Return the tag that makes a line a change of ``target``, or a reply to it."""
    return {str(kind): target}
