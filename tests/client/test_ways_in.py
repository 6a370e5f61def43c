"""How others get into a chat, as a host says itself and as this computer knows it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.viewers import opened
from tests.support import connect_socket, running_server
from tkchat.client import probes
from tkchat.client.trust import Trust
from tkchat.client.ways_in import Obstacle, for_others, ways_in
from tkchat.net.address import Address, own_addresses
from tkchat.net.identity import read_fingerprint
from tkchat.wire.join_code import KEY_BYTES, JoinCode

KEY = bytes(range(32))
ELSEWHERE = Address("192.168.1.20", 12345)
needs_network = pytest.mark.skipif(not own_addresses(), reason="this computer is in no network")


@pytest.fixture
def trust(tmp_path: Path) -> Iterator[Trust]:
    with opened(tmp_path) as database:
        yield Trust(database)


@needs_network
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_host_on_this_computer_says_its_key_itself(trust: Trust, host: str) -> None:
    with running_server(host="0.0.0.0") as server:
        found = ways_in(Address(host, server.address.port), trust)
        key = read_fingerprint(server.identity.certificate)
    assert (found.fingerprint, found.obstacle) == (key, None)
    first = own_addresses()[0]
    assert found.ways[0].address == Address(first, server.address.port)
    assert found.ways[0].code == JoinCode(first, server.address.port, key[:KEY_BYTES])


@needs_network
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_others_do_not_come_in_by_this_computers_own_address(host: str) -> None:
    with running_server(host="0.0.0.0") as server:
        port = server.address.port
        assert for_others(Address(host, port)) == Address(own_addresses()[0], port)
        tried = for_others(Address(host, port), lambda: ["192.0.2.1.nowhere", "127.0.0.2"])
        assert tried == Address("127.0.0.2", port)


def test_where_only_this_computer_comes_in_no_other_address_is_told() -> None:
    with running_server() as server:
        assert for_others(server.address) == server.address
    assert for_others(ELSEWHERE, lambda: ["127.0.0.1"]) == ELSEWHERE


@needs_network
def test_a_host_that_listens_here_alone_cannot_be_joined(trust: Trust) -> None:
    with running_server() as server:
        found = ways_in(server.address, trust)
        connect_socket(server.address).close()  # it is there all the same
    assert (found.ways, found.obstacle) == ((), Obstacle.ONLY_HERE)


def test_without_a_network_nobody_can_join(trust: Trust) -> None:
    assert ways_in(Address("127.0.0.1"), trust, own=list).obstacle is Obstacle.NO_NETWORK


def test_several_addresses_are_several_ways(trust: Trust) -> None:
    with running_server(host="0.0.0.0") as server:
        port = server.address.port
        found = ways_in(Address("127.0.0.1", port), trust, own=lambda: ["127.0.0.2", "127.0.0.3"])
    assert [way.address.host for way in found.ways] == ["127.0.0.2", "127.0.0.3"]


def test_a_guest_hands_on_the_key_that_they_know(trust: Trust) -> None:
    trust.replace(ELSEWHERE, KEY)
    found = ways_in(ELSEWHERE, trust)
    [way] = found.ways
    assert (way.address, found.fingerprint, found.obstacle) == (ELSEWHERE, KEY, None)
    assert way.code == JoinCode("192.168.1.20", 12345, KEY[:KEY_BYTES])


def test_a_name_stands_for_a_number_in_a_code(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = Address("classroom-pc", 1234)
    trust.replace(named, KEY)
    monkeypatch.setattr(probes, "look_up", lambda host, seconds: ["127.0.0.1", "10.0.0.9"])
    [way] = ways_in(named, trust).ways
    assert way.address == named  # which is shorter to tell
    assert way.code == JoinCode("10.0.0.9", 1234, KEY[:KEY_BYTES])


def test_a_name_that_nobody_knows_makes_no_code(trust: Trust) -> None:
    named = Address("nowhere.invalid", 1234)
    trust.replace(named, KEY)
    found = ways_in(named, trust)
    assert (found.ways[0].code, found.obstacle) == (None, Obstacle.UNKNOWN_ADDRESS)


def test_without_encryption_there_is_only_an_address(trust: Trust) -> None:
    found = ways_in(ELSEWHERE, trust)
    assert [way.address for way in found.ways] == [ELSEWHERE]
    assert (found.ways[0].code, found.obstacle) == (None, Obstacle.NOT_ENCRYPTED)
