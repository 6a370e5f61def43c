"""Storms at the door: connections, joins, passwords, names, people who knock."""

import time
from pathlib import Path

from tests.attacks.attackers import are_closed, flood, guests, join, many_connections, storm
from tests.attacks.kit import MEGABYTE, Host, attacked_host, elsewhere, under_attack
from tests.server.order_kit import ordered
from tests.support import PATIENCE, Client, need_sockets
from tests.tagged import TaggedClient
from tkchat.net.address import Address
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.limits import Limits
from tkchat.wire.order import Knock
from tkchat.wire.requests import Hello, encode_hello

SECONDS = 1.0
TOLD_WHY = 64  #: of those who are refused, at the same time
OWN_THREADS = 20  #: of a host that nobody is at, at most
LIMITS = Limits()


def test_a_storm_of_connections(host: Host) -> None:
    far = Address(elsewhere(), host.address.port)
    with under_attack(host, most_processor=1.5):
        assert storm(far) > 300


def test_a_storm_of_joins(host: Host) -> None:
    far = Address(elsewhere(), host.address.port)
    began = time.monotonic()
    with under_attack(host, most_processor=1.5):
        assert storm(far, b"@v=1;install=% storm%\n") > 2 * LIMITS.joins_burst
    most = LIMITS.joins_burst + LIMITS.joins_per_second * (time.monotonic() - began)
    assert 0 < host.stderr.count(" is storm") <= most
    with TaggedClient(host.address, "bob") as bob:
        bob.confirm(bob.say("I am in"))


def no_name(number: int) -> bytes:
    return b"\xff%d~ \n@event=info\n@v=2 x\n\n" % number


def test_handshakes_that_are_no_names() -> None:
    with (
        attacked_host("--limit", "handshake_seconds=2") as host,
        under_attack(host, most_processor=0.5),
        many_connections(host.address, 16) as socks,
    ):
        flood(dict.fromkeys(socks, no_name), SECONDS)


def guess(number: int) -> bytes:
    return encode_hello(Hello("owner", install="x", password=f"guess{number}"))


def test_guessed_passwords_cost_nothing_after_a_few() -> None:
    """Each look at one takes 64 MiB and a tenth of a second."""
    with attacked_host() as host, many_connections(host.address, 30) as socks:
        with TaggedClient(host.address, "owner") as owner:
            ordered(owner, "/register open sesame")
            with under_attack(host, most_memory=250 * MEGABYTE, most_processor=1.2):
                flood(dict.fromkeys(socks, guess), SECONDS, reads=False)
                for sock in socks:
                    sock.settimeout(PATIENCE)
                    assert sock.recv(4096), "everybody is answered"
                    sock.close()
        with TaggedClient(host.address) as guesser:
            guesser.send(encode_hello(Hello("owner", password="open sesame")))
            assert "wait" in guesser.expect_refused("bad-password").why


def test_passwords_are_looked_at_one_after_the_other() -> None:
    """From many addresses, as it were: then nothing counts their tries."""
    many = ("--limit", "wrong_passwords=100000")
    with (
        attacked_host(*many) as host,
        many_connections(host.address, 30) as socks,
        TaggedClient(host.address, "owner") as owner,
    ):
        ordered(owner, "/register open sesame")
        with under_attack(host, most_memory=250 * MEGABYTE, most_processor=3.0):
            flood(dict.fromkeys(socks, guess), SECONDS)
            for sock in socks:
                sock.close()


def test_nobody_takes_all_names() -> None:
    with attacked_host("--limit", "new_names=20", "--limit", "new_name_seconds=60") as host:
        far = Address(elsewhere(), host.address.port)
        for number in range(20):
            with TaggedClient(far, f"squatter{number}"):
                pass
        with TaggedClient(far) as one_more:
            one_more.send(encode_hello(Hello("squatter20")))
            assert "new names" in one_more.expect_refused("not-allowed").why
        with Client(far, "bob"):
            pass  # who needs no name for good
        with TaggedClient(host.address, "alice"):
            pass  # as is the host's own computer


def test_people_who_knock_and_knock(tmp_path: Path) -> None:
    with attacked_host("--data", str(tmp_path)) as host:
        code = (tmp_path / HOST_CODE_FILE).read_text("ascii").strip()
        with TaggedClient(host.address, "alice", password=code) as alice:
            with guests(host.address, 1, name="before"):
                ordered(alice, "/audit")
            far = Address(elsewhere(), host.address.port)
            with under_attack(host, most_processor=1.5):
                ordered(alice, "/lock")
                storm(far, b"@v=1;install=% storm%\n")
            ordered(alice, "/audit")
            assert not [event for event in alice.heard if isinstance(event, Knock)]


def test_a_crowd_of_members_over_the_limit_of_all() -> None:
    need_sockets(500)
    with (
        attacked_host("--limit", "connections=100") as host,
        under_attack(host),
        many_connections(host.address, 300) as socks,
    ):
        deadline, most_threads = time.monotonic() + 5, 0
        while not are_closed(socks[200:]) and time.monotonic() < deadline:
            most_threads = max(most_threads, host.threads)
        assert are_closed(socks[200:])
        assert most_threads < 100 + TOLD_WHY + OWN_THREADS


def test_who_was_in_comes_back_though_others_storm(host: Host) -> None:
    far = Address(elsewhere(), host.address.port)
    storm(far)
    with many_connections(host.address, 1) as (sock,):
        join(sock, "bob")
