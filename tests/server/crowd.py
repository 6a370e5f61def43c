"""Many people at once."""

import contextlib
from collections.abc import Iterator

from tests.support import Client
from tkchat.net.address import Address


@contextlib.contextmanager
def crowd(address: Address, count: int) -> Iterator[list[Client]]:
    """Connect ``count`` people who have not said a name yet."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(Client(address)) for _ in range(count)]


def join_at_once(clients: list[Client]) -> None:
    """Let each say a name before any has read an answer."""
    for number, client in enumerate(clients):
        client.name = f"p{number}"
        client.say(client.name)


def all_hear(clients: list[Client], line: str) -> None:
    """Let each read up to ``line``."""
    for client in clients:
        client.read_until(line)
