"""Who says nothing, or next to nothing: connections, half lines, half handshakes."""

import time
from collections.abc import Iterator

import pytest

from tests.attacks.attackers import are_closed, client_hello, drip, many_connections, secure
from tests.attacks.kit import MEGABYTE, Host, attacked_host, elsewhere, under_attack
from tests.support import Client, need_sockets, wait_until
from tkchat.net.address import Address

SHORT = 2.0  #: seconds for a handshake, in place of 20


@pytest.fixture
def quick() -> Iterator[Host]:
    with attacked_host("--limit", f"handshake_seconds={SHORT}") as host:
        yield host


def test_5_000_connections_that_say_nothing(host: Host) -> None:
    need_sockets(6_000)
    with (
        under_attack(host, most_memory=250 * MEGABYTE),
        many_connections(host.address, 5_000) as socks,
    ):
        wait_until(lambda: host.threads > 5_000)
        for sock in socks:  # all at once would be another attack: see below
            sock.close()
            time.sleep(0.0002)


def test_a_crowd_that_hangs_up_at_once(host: Host) -> None:
    need_sockets(3_000)
    with under_attack(host, most_memory=150 * MEGABYTE), many_connections(host.address, 1_000):
        wait_until(lambda: host.threads > 1_000)


def test_who_says_nothing_is_gone_after_the_time_for_a_handshake(quick: Host) -> None:
    with under_attack(quick), many_connections(quick.address, 200) as socks:
        time.sleep(SHORT)
        wait_until(lambda: are_closed(socks), 3)


@pytest.mark.parametrize("is_encrypted", [False, True], ids=["plain", "TLS"])
def test_slowloris(quick: Host, is_encrypted: bool) -> None:
    """A byte now and then, of a line that never ends."""
    with under_attack(quick), many_connections(quick.address, 100) as opened:
        socks = [secure(sock) for sock in opened] if is_encrypted else opened
        drip(socks, b"@install=abcdefgh", 0.3, SHORT + 0.5)
        wait_until(lambda: are_closed(socks), 1)  # before silence would end the line
        for sock in socks:
            sock.close()


def test_keys_that_are_never_agreed_on(quick: Host) -> None:
    need_sockets(3_000)
    hello = client_hello()
    with (
        under_attack(quick, most_memory=300 * MEGABYTE),
        many_connections(quick.address, 1_000) as socks,
    ):
        for sock in socks:
            sock.sendall(hello)
        drip(socks, hello, 0.2, SHORT)  # and then on and on, a byte at a time
        wait_until(lambda: are_closed(socks), 3)


def test_one_computer_cannot_take_all_places(host: Host) -> None:
    far = Address(elsewhere(), host.address.port)
    with under_attack(host):
        with many_connections(far, 300) as socks:
            wait_until(lambda: are_closed(socks[140:]), 5)  # over the burst, told or not
            wait_until(lambda: host.threads < 100)
        with Client(host.address, "bob"):
            pass


def test_10_000_people_who_only_listen(host: Host) -> None:
    need_sockets(11_000)
    with (
        under_attack(host, most_memory=600 * MEGABYTE, most_processor=1.5),
        many_connections(host.address, 10_000) as socks,
    ):
        wait_until(lambda: host.threads > 10_000)
        time.sleep(0.5)
        for sock in socks:
            sock.close()
            time.sleep(0.0002)
