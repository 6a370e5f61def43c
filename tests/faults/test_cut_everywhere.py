"""A connection that is cut at every byte, in both directions: nothing is lost or comes twice."""

import itertools
import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.hosts import heard_once, read_log
from tests.support import running_server
from tests.tagged import HungUp, TaggedClient
from tkchat.net.address import Address
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy
from tkchat.wire.requests import Hello, encode_hello
from tkchat.wire.tagged import Welcome


class Unlucky:
    """A client that is cut off once, and then goes on where it was.

    ``meanwhile`` is called while it is away.
    """

    def __init__(self, address: Address, hello: Hello, meanwhile: Callable[[], object]) -> None:
        self._address = address
        self._meanwhile = meanwhile
        self.client = TaggedClient(address)
        try:
            self.client.enter(hello)
        except (HungUp, ConnectionError):
            self._come_back()

    def say(self, text: str, room: str) -> None:
        """Say something, and read until it is confirmed."""
        mid = secrets.token_hex(16)
        try:
            self.client.say(text, room, mid)
        except ConnectionError:
            self._come_back()
        self.hear(lambda: mid not in self.client.unconfirmed)

    def hear(self, condition: Callable[[], object]) -> None:
        """Read until ``condition()``."""
        while not condition():
            if self.client.read_event() is None:
                self._come_back()

    def _come_back(self) -> None:
        self._meanwhile()
        self.client.resume(self._address)


def converse(proxy: FaultProxy, bob: TaggedClient, token: str) -> None:
    """Have alice talk to bob through the proxy, and compare what both have heard."""
    first = len(bob.entries)
    hello = Hello("alice", token=token, log=bob.log, since=bob.head)
    for room in ("general", "@alice"):
        bob.confirm(bob.say("before", room))
    alice = Unlucky(proxy.address, hello, lambda: bob.confirm(bob.say("meanwhile")))
    with alice.client:
        alice.say("one", "general")
        bob.confirm(bob.say("two", "@alice"))
        alice.hear(lambda: any(entry.text == "two" for entry in alice.client.entries))
        alice.say("three", "@bob")
        while not any(entry.text == "three" for entry in bob.entries[first:]):
            bob.read_entries(1)
        said = [(entry.seq, entry.author, entry.text) for entry in bob.entries[first:]]
        assert list(heard_once(alice.client)) == said
        assert [text for _, author, text in said if author == "alice"] == ["one", "three"]


@pytest.mark.timeout(180)  # hundreds of conversations take long on a busy computer
@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("direction", ["up", "down"])
def test_a_conversation_that_is_cut_at_any_byte(
    tmp_path: Path, direction: str, reset: bool
) -> None:
    with (
        running_server(data=tmp_path) as server,
        FaultProxy(server.address) as proxy,
        TaggedClient(server.address, "bob") as bob,
    ):
        with TaggedClient(server.address, "alice") as earlier:
            token = earlier.token
        # A reset before the first byte could come before the client has connected.
        for at in itertools.count(start=int(reset)):
            faults = Faults(cut_at=at, reset=reset)
            proxy.plan(Plan(up=faults) if direction == "up" else Plan(down=faults))
            number = len(proxy.links)
            converse(proxy, bob, token)
            link = proxy.links[number]
            if (link.up if direction == "up" else link.down).passed < at:
                break  # there was nothing left to cut
        assert at > 200, "that is less than a conversation has"
    log = [(record.seq, record.author, record.text) for record in read_log(tmp_path)]
    assert list(heard_once(bob)) == log


def test_a_first_welcome_that_is_lost_does_not_lose_the_name() -> None:
    hello = Hello("alice", install=secrets.token_hex(16))
    with (
        running_server() as server,
        FaultProxy(server.address, Plan(down=Faults(cut_at=9))) as proxy,
    ):
        with TaggedClient(proxy.address) as alice, pytest.raises(HungUp):
            alice.enter(hello)
        with TaggedClient(proxy.address) as alice:
            alice.send(encode_hello(hello))
            assert isinstance(alice.read_event(), Welcome), alice
