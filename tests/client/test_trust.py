"""Whom this computer knows hosts by."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.client.viewers import opened
from tests.support import PATIENCE
from tkchat.client.history import History
from tkchat.client.trust import Trust, Verdict
from tkchat.net.address import Address

HERE = Address("Classroom-PC", 4000)
ELSEWHERE = Address("192.168.1.20", 4000)
ONE, OTHER = bytes(range(32)), bytes(range(100, 132))


@pytest.fixture(params=["on disk", "in memory"])
def trust(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Trust]:
    if request.param == "in memory":
        yield Trust(None)
        return
    with opened(tmp_path) as database:
        yield Trust(database)


def test_the_first_key_is_trusted_and_then_expected(trust: Trust) -> None:
    assert trust.known(HERE) == b""
    assert trust.judge(HERE, ONE) == Verdict(is_new=True)
    assert trust.known(HERE) == ONE
    assert trust.judge(HERE, ONE) == Verdict()
    assert trust.judge(HERE, OTHER) == Verdict(known=ONE)
    assert trust.judge(HERE, ONE) == Verdict()  # that other one was not remembered


def test_a_name_is_the_same_in_capitals_and_a_port_is_another_host(trust: Trust) -> None:
    trust.judge(HERE, ONE)
    assert trust.known(Address("classroom-pc", 4000)) == ONE
    assert trust.known(Address("classroom-pc", 4001)) == b""


def test_a_known_key_under_another_address_is_not_new(trust: Trust) -> None:
    trust.judge(HERE, ONE)
    assert trust.judge(ELSEWHERE, ONE) == Verdict()
    assert trust.judge(ELSEWHERE, OTHER) == Verdict(known=ONE)


def test_a_person_may_trust_another_key(trust: Trust) -> None:
    trust.judge(HERE, ONE)
    trust.replace(HERE, OTHER)
    assert trust.judge(HERE, OTHER) == Verdict()
    assert trust.judge(HERE, ONE) == Verdict(known=OTHER)


def test_a_join_code_proves_a_key(trust: Trust) -> None:
    assert trust.judge(HERE, ONE, OTHER[:10]) == Verdict(known=OTHER[:10])
    assert trust.known(HERE) == b""
    assert trust.judge(HERE, ONE, ONE[:10]) == Verdict()
    assert trust.judge(HERE, ONE) == Verdict()


def test_a_join_code_counts_more_than_what_was_known(trust: Trust) -> None:
    trust.judge(HERE, ONE)
    assert trust.judge(HERE, ONE, OTHER[:10]) == Verdict(known=OTHER[:10])
    assert trust.known(HERE) == ONE
    assert trust.judge(HERE, OTHER, OTHER[:10]) == Verdict(is_new=True)  # which is not hidden
    assert trust.known(HERE) == OTHER
    assert trust.judge(HERE, OTHER, OTHER[:10]) == Verdict()


class Hesitant(Trust):
    """Has all who judge look before any of them remembers."""

    both = threading.Barrier(2, timeout=PATIENCE)

    def known(self, address: Address) -> bytes:
        found = super().known(address)
        self.both.wait()
        return found


def test_of_two_first_meetings_at_once_one_counts(tmp_path: Path) -> None:
    with opened(tmp_path) as database, ThreadPoolExecutor(2) as at_once:
        keys = (ONE, OTHER)
        found = list(at_once.map(lambda key: Hesitant(database).judge(HERE, key), keys))
        (first,) = (key for key, verdict in zip(keys, found, strict=True) if not verdict.known)
        assert Trust(database).known(HERE) == first
        assert [each.known for each in found if each.known] == [first]


def test_a_chat_goes_on_with_the_key_that_a_person_trusts_and_not_with_that_of_a_code(
    tmp_path: Path,
) -> None:
    with opened(tmp_path) as database:
        trust = Trust(database)
        trust.judge(HERE, ONE)
        chat = History(database, str(HERE), "alice")
        chat.welcomed("log", "alice", "token")  # by a tkchat that did not look who is there
        trust.judge(HERE, OTHER, OTHER[:10])
        chat = History(database, str(HERE), "alice")
        chat.met(OTHER)
        assert chat.introduce("alice", "").token == ""
        chat.met(ONE)
        assert chat.introduce("alice", "").token == "token"
        chat.welcomed("log", "alice", "token")

        trust.replace(HERE, ONE)
        trust.replace(HERE, OTHER)
        chat = History(database, str(HERE), "alice")
        chat.met(OTHER)
        assert chat.introduce("alice", "").token == "token"


def test_it_lasts(tmp_path: Path) -> None:
    with opened(tmp_path) as database:
        Trust(database).judge(HERE, ONE)
    with opened(tmp_path) as database:
        assert Trust(database).judge(HERE, OTHER) == Verdict(known=ONE)
