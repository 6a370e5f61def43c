"""What the tests of keeping order share: a host, people, and what they are answered."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support import running_server
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.server import Server
from tkchat.wire.names import GENERAL
from tkchat.wire.order import Done
from tkchat.wire.requests import Command, Hello, encode_hello
from tkchat.wire.tagged import Event, Refused


@contextlib.contextmanager
def hosted(
    folder: Path, name: str = "alice", **options: object
) -> Iterator[tuple[Server, TaggedClient]]:
    """Run a server with files in ``folder``; ``name`` is there as its host."""
    with running_server(data=folder, **options) as server:
        code = (folder / HOST_CODE_FILE).read_text("ascii").strip()
        with TaggedClient(server.address, name, install="a" * 32, password=code) as host:
            ordered(host, "/audit")
            yield server, host


def order(client: TaggedClient, text: str, room: str = GENERAL) -> list[Event]:
    """Ask for a command, looking at ``room``; return what came up to its answer."""
    client.ask(Command(text, "r1", room))
    return client.read_until(lambda event: getattr(event, "re", "") == "r1" and is_end(event))


def is_end(event: Event) -> bool:
    """Tell whether this ends an answer."""
    return isinstance(event, Done | Refused)


def ordered(client: TaggedClient, text: str, room: str = GENERAL) -> str:
    """Have a command carried out; return the answer's last line."""
    done = order(client, text, room)[-1]
    assert isinstance(done, Done), f"{done} came: {client}"
    return done.text


def refused(client: TaggedClient, text: str, room: str = GENERAL) -> tuple[str, str]:
    """Have a command refused; return with which code and why."""
    refusal = order(client, text, room)[-1]
    assert isinstance(refusal, Refused), f"{refusal} came: {client}"
    return refusal.code, refusal.why


def answer(address: Address, name: str, **known: Any) -> Event:
    """Return the first thing that somebody is answered, who comes with what is ``known``."""
    with TaggedClient(address) as client:
        client.send(encode_hello(Hello(name, **known)))
        event = client.read_event()
        assert event is not None, f"the host hung up: {client}"
        return event


def needs(address: Address, name: str, **known: Any) -> tuple[str, str]:
    """Return whose password somebody is asked for who comes in like that, and how."""
    event = answer(address, name, **known)
    assert isinstance(event, Refused), event
    assert event.code == "bad-password", event
    return event.needs, event.why
