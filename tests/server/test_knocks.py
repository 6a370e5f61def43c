"""Those who wait at the door, and who is told of them."""

import pytest

from tests.net.pairs import connected
from tkchat.server.chat import Chat
from tkchat.server.knocks import MOST_OF_ONE_ADDRESS, Knocker, Knocks
from tkchat.server.limits import Limits
from tkchat.server.turn import Turn
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Outcome


def knocker(name: str, host: str = "192.0.2.1") -> Knocker:
    return Knocker(name, name.lower(), host)


def test_one_name_waits_once() -> None:
    knocks = Knocks(Turn(), Limits())
    bob = knocker("Bob")
    knocks.add(bob)
    assert knocks.find("bob") is bob
    with pytest.raises(RemoteError) as refused:
        knocks.add(knocker("BOB", "192.0.2.2"))
    assert refused.value.code == "name-taken"
    assert not knocks.remove(knocker("bob"), Outcome.APPROVED)  # another's
    assert knocks.remove(bob, Outcome.APPROVED)
    assert not knocks.remove(bob, Outcome.APPROVED)
    assert knocks.find("bob") is None


def test_neither_one_address_nor_all_together_fill_the_hosts_screen() -> None:
    knocks = Knocks(Turn(), Limits(waiting=MOST_OF_ONE_ADDRESS + 1))
    for number in range(MOST_OF_ONE_ADDRESS):
        knocks.add(knocker(f"a{number}"))
    for name, host in (("b", "192.0.2.1"), ("c", "192.0.2.2"), ("d", "192.0.2.3")):
        if name == "c":
            knocks.add(knocker(name, host))
            continue
        with pytest.raises(RemoteError) as refused:
            knocks.add(knocker(name, host))
        assert refused.value.code == "server-full"


def test_a_network_of_many_addresses_waits_as_one() -> None:
    knocks = Knocks(Turn(), Limits())
    for number in range(MOST_OF_ONE_ADDRESS):
        knocks.add(knocker(f"a{number}", f"2001:db8::{number + 1}"))
    with pytest.raises(RemoteError):
        knocks.add(knocker("b", "2001:db8::ffff"))
    knocks.add(knocker("c", "2001:db8:0:1::1"))


def knock(knocks: Knocks, name: str, outcome: Outcome, host: str = "192.0.2.1") -> None:
    one = knocker(name, host)
    knocks.add(one)
    knocks.remove(one, outcome)


def test_who_knocks_and_goes_again_and_again_is_shown_no_more() -> None:
    limits = Limits(knocks=2)
    knocks = Knocks(Turn(), limits)
    for _ in range(5):
        knock(knocks, "pupil", Outcome.APPROVED)  # a class behind one address
    for outcome in (Outcome.GONE, Outcome.REJECTED):
        knock(knocks, "eve", outcome)
    with pytest.raises(RemoteError, match="wait 10 minutes") as refused:
        knocks.add(knocker("pupil"))
    assert refused.value.code == "not-allowed"
    knocks.add(knocker("bob", "192.0.2.2"))


def test_not_from_many_addresses_either() -> None:
    knocks = Knocks(Turn(), Limits(knocks_together=3))
    for number in range(3):
        knock(knocks, "eve", Outcome.GONE, f"192.0.2.{number}")
    with pytest.raises(RemoteError, match="Too many asked to be let in: wait 10 minutes"):
        knocks.add(knocker("bob", "192.0.2.9"))


def test_those_who_keep_order_are_told_in_their_dialect(chat: Chat) -> None:
    with connected() as (connection, _):
        member = chat.enter("alice", connection)
        chat.end_turn()
        knocks = Knocks(chat.turn, Limits())
        knocks.add(knocker("Bob"))
        knocks.show_all(member)
        knocks.show([member], knocker("Bob"), Outcome.GONE)
        assert b"".join(map(bytes, member.take_script())).decode().splitlines() == [
            "SERVER~Bob asks to be let in: /approve Bob or /reject Bob",
            "SERVER~Bob waits no longer",
        ]
