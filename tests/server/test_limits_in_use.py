"""Each limit that is given to a host is the one that it keeps."""

import time

from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server.limits import Limits


def test_the_length_of_a_line() -> None:
    with (
        running_server(limits=Limits(line_bytes=100)) as server,
        Client(server.address, "bob") as bob,
    ):
        bob.say("x" * 90, "x" * 200, "on")
        bob.expect(f"bob~{'x' * 90}")
        bob.expect("SERVER~That line has over 100 bytes. It was not used: please split it.")
        bob.expect("bob~on")


def test_what_waits_for_a_slow_reader() -> None:
    far_more_than_systems_buffer = 3_000
    limits = Limits(backlog_bytes=100 * 2**20)
    with (
        running_server(limits=limits) as server,
        TaggedClient(server.address, "alice") as alice,
        Client(server.address, "slow"),
    ):
        for _ in range(far_more_than_systems_buffer):
            mid = alice.say("x" * 4_000)
        alice.confirm(mid)
        assert server.connections == 2
    with (
        running_server() as server,
        TaggedClient(server.address, "alice") as alice,
        Client(server.address, "slow"),
    ):
        for _ in range(far_more_than_systems_buffer):
            mid = alice.say("x" * 4_000)
            if server.connections == 1:
                break
            alice.confirm(mid)
        wait_until(lambda: server.connections == 1)


def test_the_pace_of_a_sender() -> None:
    limits = Limits(flood_burst=2, flood_per_second=10.0)
    with (
        running_server(limits=limits, flood_limit=True) as server,
        Client(server.address, "bob") as bob,
    ):
        began = time.monotonic()
        bob.say(*map(str, range(7)))
        bob.expect(*(f"bob~{number}" for number in range(7)))
        assert time.monotonic() - began > 0.4
