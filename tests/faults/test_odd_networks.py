"""Networks that lose nothing and are odd all the same: slow, late, one-way, twice."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.hosts import heard_once
from tests.support import running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.selftest.link import Faults, Plan
from tkchat.selftest.proxy import FaultProxy
from tkchat.server.server import Server


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running_server(data=tmp_path) as server:
        yield server


@pytest.fixture
def bob(server: Server) -> Iterator[TaggedClient]:
    """Somebody whom nothing happens to."""
    with TaggedClient(server.address, "bob") as bob:
        yield bob


def heard(client: TaggedClient) -> list[tuple[str, str]]:
    """Return author and text of what ``client`` heard, each event once."""
    return [(author, text) for _, author, text in heard_once(client)]


def test_one_byte_at_a_time(server: Server, bob: TaggedClient) -> None:
    drop = Faults(piece=1)
    text = "añ😀\\\n" * 20
    with (
        FaultProxy(server.address, Plan(up=drop, down=drop)) as proxy,
        TaggedClient(proxy.address, "alice") as alice,
    ):
        bob.confirm(bob.say(text))
        alice.confirm(alice.say(text, reply=1))
        bob.read_entries(1)
        assert heard(alice) == heard(bob) == [("bob", text), ("alice", text)]


def test_a_message_that_was_held_up_and_comes_after_it_was_sent_again(
    server: Server, bob: TaggedClient
) -> None:
    with TaggedClient(server.address, "alice") as alice, FaultProxy(server.address) as proxy:
        alice.resume(proxy.address)
        hello_bytes = proxy.links[0].up.passed
        proxy.plan(Plan(up=Faults(stall_at=hello_bytes + 20)))
        alice.resume(proxy.address)
        mid = alice.say("hello")
        wait_until(lambda: proxy.links[1].is_stalled)
        with alice.socket.dup() as held:  # which hangs on while alice tries again
            alice.resume(proxy.address)
            alice.confirm(mid)
            proxy.release()
            heard_there = b""
            while heard_there.count(mid.encode()) < 2:  # as hers, and as the answer to the late one
                heard_there += held.recv(65_536)
        alice.confirm(alice.say("done"))
    bob.read_entries(2)
    assert heard(bob) == [("alice", "hello"), ("alice", "done")]


def test_a_line_that_carries_nothing_to_the_host_any_more(
    server: Server, bob: TaggedClient
) -> None:
    with (
        TaggedClient(server.address, "alice") as earlier,
        FaultProxy(server.address, Plan(up=Faults(halve_at=200))) as proxy,
        TaggedClient(proxy.address, "alice", token=earlier.token) as alice,
    ):
        mids = [alice.say(str(number)) for number in range(5)]
        bob.confirm(bob.say("anybody?"))
        alice.resume(proxy.address)
        for mid in mids:
            if mid in alice.unconfirmed:
                alice.confirm(mid)
        said = [text for author, text in heard(alice) if author == "alice"]
        assert said == [str(number) for number in range(5)]


def test_a_profile_that_was_copied_to_another_computer(server: Server, bob: TaggedClient) -> None:
    with FaultProxy(server.address, *[Plan(duplicate=True)] * 3) as proxy:
        with TaggedClient(server.address, "alice") as alice:
            for number in range(3):
                alice.resume(proxy.address)
                alice.confirm(alice.say(str(number)))
        copies = [link.copy for link in proxy.links]
        wait_until(lambda: all(copy and copy.is_over for copy in copies))
    bob.confirm(bob.say("all said?"))
    assert heard(bob) == [("alice", "0"), ("alice", "1"), ("alice", "2"), ("bob", "all said?")]


def test_somebody_who_comes_and_goes_while_others_talk(server: Server, bob: TaggedClient) -> None:
    def talk() -> None:
        for number in range(300):
            bob.confirm(bob.say(str(number)))

    with TaggedClient(server.address, "alice") as alice:
        talking = threading.Thread(target=talk)
        talking.start()
        while talking.is_alive():
            alice.resume(server.address)
        talking.join()
        alice.resume(server.address)
        assert heard(alice) == heard(bob) == [("bob", str(number)) for number in range(300)]
