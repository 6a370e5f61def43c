"""What an address may take: connections, how fast they come, and wrong passwords."""

import queue
import threading

import pytest

from tests.support import Client, running_server, wait_until
from tests.tagged import TaggedClient
from tkchat.server.guard import (
    KEPT_ADDRESSES,
    MOST_TURNED_AWAY,
    Connections,
    Guard,
    Quota,
    Tries,
    origin,
)
from tkchat.server.limits import Limits
from tkchat.wire.errors import RemoteError

FAR = "192.0.2.7"
TOO_MANY = ("bad-password", "Too many")


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_an_address_has_so_many_connections_and_others_are_not_hurt() -> None:
    connections = Connections(Limits(connections_per_address=2))
    assert [connections.enter(FAR) for _ in range(2)] == [None, None]
    refusal = connections.enter(FAR)
    assert refusal is not None
    assert refusal.code == "server-full"
    assert connections.enter("192.0.2.8") is None
    connections.leave(FAR)
    assert connections.enter(FAR) is None


def test_the_own_computer_is_exempt_but_not_from_the_number_of_all() -> None:
    limits = Limits(connections=4, connections_per_address=1, joins_burst=1)
    connections = Connections(limits)
    assert [connections.enter("127.0.0.1") for _ in range(4)] == [None] * 4
    assert str(connections.enter("::1")) == "This chat is full: please try again later."
    connections.leave("127.0.0.1")
    assert connections.enter(FAR) is None


def test_an_address_connects_only_so_fast() -> None:
    clock = Clock()
    connections = Connections(Limits(joins_burst=3, joins_per_second=1.0), clock)

    def come_and_go() -> bool:
        if connections.enter(FAR) is not None:
            return False
        connections.leave(FAR)
        return True

    assert [come_and_go() for _ in range(5)] == [True] * 3 + [False] * 2
    clock.now += 2
    assert [come_and_go() for _ in range(3)] == [True] * 2 + [False]


def test_refusals_do_not_take_all_threads() -> None:
    connections = Connections(Limits())
    assert [connections.may_explain() for _ in range(MOST_TURNED_AWAY)] == [True] * MOST_TURNED_AWAY
    assert not connections.may_explain()
    connections.explained()
    assert connections.may_explain()


def test_what_is_remembered_of_addresses_is_bounded() -> None:
    connections = Connections(Limits())
    quota = Quota(5, 600, TOO_MANY)
    for number in range(KEPT_ADDRESSES + 10):
        host = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        connections.enter(host)
        connections.leave(host)
        quota.use(host)
    assert len(connections._joins) == len(quota._times) == KEPT_ADDRESSES


def test_what_is_done_too_often_may_be_done_when_that_is_old() -> None:
    clock = Clock()
    quota = Quota(2, 60, TOO_MANY, clock)
    assert quota.left(FAR) == 2
    quota.use(FAR)
    assert quota.left(FAR) == 1
    quota.use(FAR)
    for ask in (quota.use, quota.left):
        with pytest.raises(RemoteError, match="Too many: wait 1 minutes") as refused:
            ask(FAR)
        assert refused.value.code == "bad-password"
    quota.use("192.0.2.8")
    clock.now += 60
    quota.use(FAR)


def busy() -> bool:
    raise RemoteError("server-full", "busy")


def test_only_a_wrong_password_is_counted() -> None:
    tries = Tries(Quota(2, 60, TOO_MANY), 0.0)
    for _ in range(5):
        assert tries.check(FAR, lambda: True)
        with pytest.raises(RemoteError, match="busy"):
            tries.check(FAR, busy)
    assert [tries.check(FAR, lambda: False) for _ in range(2)] == [False, False]
    with pytest.raises(RemoteError, match="Too many"):
        tries.check(FAR, lambda: True)
    assert tries.check("192.0.2.8", lambda: True)


def test_no_more_are_looked_at_than_may_be_wrong_and_others_wait() -> None:
    tries = Tries(Quota(2, 60, TOO_MANY), 30.0)
    looking, looked_at, verdicts = threading.Semaphore(0), queue.SimpleQueue[bool](), []

    def look() -> bool:
        looking.release()
        return looked_at.get(timeout=30)

    def check() -> None:
        try:
            verdicts.append(str(tries.check(FAR, look)))
        except RemoteError as error:
            verdicts.append(error.code)

    threads = [threading.Thread(target=check) for _ in range(5)]
    for thread in threads:
        thread.start()
    for _ in range(2):
        assert looking.acquire(timeout=30)
    assert not looking.acquire(timeout=0.1), "a third may be wrong, too"
    looked_at.put(True)
    assert looking.acquire(timeout=30), "a right one makes room"
    for _ in range(2):
        looked_at.put(False)
    for thread in threads:
        thread.join(30)
    assert sorted(verdicts) == ["False", "False", "True", "bad-password", "bad-password"]
    assert not tries._on_trial


def test_who_waits_too_long_is_told_so_and_it_does_not_count() -> None:
    tries = Tries(Quota(1, 60, TOO_MANY), 0.0)

    def meanwhile() -> bool:
        with pytest.raises(RemoteError) as refused:
            tries.check(FAR, lambda: False)
        return refused.value.code == "server-full"

    assert tries.check(FAR, meanwhile)
    assert tries.check(FAR, lambda: True)


def test_many_addresses_of_one_network_are_one() -> None:
    assert origin("2001:db8::1") == origin("2001:db8::2:3")
    assert origin("fe80::1%eth0") == origin("fe80::2%eth0")
    hosts = [
        *("2001:db8::1", "2001:db8:0:1::1", "fe80::1%eth0", "fe80::1%eth1", "::1", ""),
        *("::ffff:192.0.2.1", "::ffff:192.0.2.2", "127.0.0.1"),
    ]
    assert len(set(map(origin, hosts))) == len(hosts)
    assert origin("::ffff:192.0.2.1") == origin("192.0.2.1")


def test_the_host_code_is_compared_whole() -> None:
    guard = Guard(host_code="secret")
    assert guard.is_host_code(" secret\n")
    assert not any(map(guard.is_host_code, ("", "secre", "secrets", "sécret", "\ud800")))
    assert not Guard().is_host_code("")


def test_a_full_chat_says_so_in_both_dialects() -> None:
    with running_server(limits=Limits(connections=1)) as server, Client(server.address, "alice"):
        with TaggedClient(server.address) as bob:
            bob.send(b"@v=1 bob\n")
            bob.expect_refused("server-full")
            bob.expect_end()
        with Client(server.address) as carol:
            carol.say("carol")
            carol.expect_end("SERVER~This chat is full: please try again later.")
        with Client(server.address) as silent:
            assert silent.read_line() is not None
    with running_server(limits=Limits(connections=1)) as server:
        Client(server.address, "alice").close()
        wait_until(lambda: not server.connections)
        Client(server.address, "alice").close()
