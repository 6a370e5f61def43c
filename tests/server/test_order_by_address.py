"""What is counted or decided by address, with connections that are not of the loopback range."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.server.order_kit import hosted, order, ordered
from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.net.address import Address, own_addresses
from tkchat.server.limits import Limits
from tkchat.server.server import Server
from tkchat.wire.order import Banned
from tkchat.wire.requests import Hello, encode_hello

ALL: dict[str, Any] = {"host": "0.0.0.0", "allow_plaintext": True}


@pytest.fixture
def network() -> str:
    """This computer's address in a network, as another computer would see it."""
    found = [host for host in own_addresses() if ":" not in host and not host.startswith("127.")]
    if not found:
        pytest.skip("this computer is in no network")
    return found[0]


def from_there(server: Server, network: str) -> Address:
    return Address(network, server.address.port)


@pytest.fixture
def chat(tmp_path: Path, network: str) -> Iterator[tuple[Server, TaggedClient, Address]]:
    """A server, alice who hosts it on this computer, and its address for all others."""
    with hosted(tmp_path, **ALL) as (server, alice):
        yield server, alice, from_there(server, network)


def test_an_address_has_only_so_many_connections(network: str) -> None:
    limits = Limits(connections_per_address=2)
    with running_server(**ALL, limits=limits) as server:
        far = from_there(server, network)
        with Client(far, "bob"), Client(far, "carol") as carol:
            with TaggedClient(far) as dave:
                dave.send(b"@v=1 dave\n")
                why = dave.expect_refused("server-full").why
                assert why == "Your computer has 2 connections to this chat already."
                dave.expect_end()
            Client(server.address, "erin").close()  # on the host's own computer
            carol.close()
            wait_until(lambda: server.connections == 1)
            Client(far, "dave").close()


def test_an_address_comes_only_so_often(network: str) -> None:
    limits = Limits(joins_burst=3, joins_per_second=0.01)
    with running_server(**ALL, limits=limits) as server:
        far = from_there(server, network)
        for number in range(3):
            Client(far, f"bob{number}").close()
        with Client(far) as again:
            again.say("bob")
            again.expect_end("SERVER~Your computer connects too often: please wait a little.")
        Client(server.address, "alice").close()


def test_a_ban_keeps_new_names_of_the_address_out(
    chat: tuple[Server, TaggedClient, Address],
) -> None:
    server, alice, far = chat
    with TaggedClient(far, "carol") as carol, Client(far, "bob") as bob:
        ordered(alice, "/ban bob spam")
        bob.read_until("SERVER~alice banned you from the chat: spam")
        with Client(far) as again:
            again.say("robert")
            again.expect("SERVER~You are banned from this chat: spam.")
        with TaggedClient(far) as again:
            again.send(encode_hello(Hello("robert")))
            again.expect_refused("not-allowed")
        # Whoever had a name of their own there before is somebody else, and so is the host.
        TaggedClient(far, "carol", token=carol.token).close()
        TaggedClient(far, "alice", token=alice.token).close()
        Client(server.address, "robert").close()
        assert any(isinstance(row, Banned) for row in order(alice, "/bans"))
        ordered(alice, "/unban bob")
        Client(far, "bob").close()


def test_the_hosts_own_computer_is_never_banned_by_address(
    chat: tuple[Server, TaggedClient, Address],
) -> None:
    server, alice, _ = chat
    with Client(server.address, "bob"):
        ordered(alice, "/ban bob")
        Client(server.address, "carol").close()
