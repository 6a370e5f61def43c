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
    assert not knocks.remove(knocker("bob"))  # another's
    assert knocks.remove(bob)
    assert not knocks.remove(bob)
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
