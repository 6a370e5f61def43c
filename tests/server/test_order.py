"""Who is kept out, who may speak, and how decisions are taken back."""

import time

import pytest

from tkchat.server.limits import Limits
from tkchat.server.log_records import Account, Ban, ChatPassword, Mute, State
from tkchat.server.member import Person, Room
from tkchat.server.order import (
    MOST_SLOW_SECONDS,
    ApprovalNeeded,
    Order,
    PasswordNeeded,
    Visit,
    because,
    in_minutes,
)
from tkchat.server.turn import Turn
from tkchat.wire.errors import RemoteError
from tkchat.wire.order import Role

HERE, THERE = Visit("192.0.2.1"), Visit("192.0.2.2")


@pytest.fixture
def turn() -> Turn:
    return Turn()


@pytest.fixture
def order(turn: Turn) -> Order:
    return Order(State([], [], [], {}), turn, Limits(), asks_approval=False)


def account(number: int, key: str, role: Role = Role.MEMBER) -> Account:
    return Account(number, key, key, b"", "", 0, role)


def ban(order: Order, key: str, account_id: int | None = None, *hosts: str) -> None:
    order.set_ban(lambda number: Ban(number, key, key, account_id, hosts, "alice", 0, "spam"))


def is_out(order: Order, key: str, who: Account | None = None, visit: Visit = THERE) -> bool:
    try:
        order.check_door(key, who, visit)
    except RemoteError as error:
        return error.code == "not-allowed"
    return False


def test_a_ban_is_of_a_name_an_account_and_newcomers_of_an_address(order: Order) -> None:
    bob = account(2, "bob")
    ban(order, "bob", 2, "192.0.2.1")
    assert is_out(order, "bob")
    assert is_out(order, "robert", bob)
    assert is_out(order, "newcomer", None, HERE)
    assert not is_out(order, "newcomer")
    assert not is_out(order, "carol", account(3, "carol"), HERE)  # she was there before
    assert order.end_bans("bob")
    assert not is_out(order, "newcomer", None, HERE)
    assert not order.end_bans("bob")


def test_nobody_locks_out_the_host(order: Order) -> None:
    host = account(1, "alice", Role.HOST)
    ban(order, "alice", 1, "192.0.2.1")
    order.set_kick("alice")
    order.set_password("hash")
    general = Room("general", "general", is_locked=True)
    order.asks_approval = True
    assert not is_out(order, "alice", host, HERE)
    assert not is_out(order, "other", None, Visit("192.0.2.1", is_host=True))
    order.check_new("other", general, Visit("192.0.2.1", is_host=True))
    with pytest.raises(RemoteError):
        order.check_new("other", general, HERE)
    general.is_locked = False
    with pytest.raises(ApprovalNeeded):
        order.check_new("other", general, HERE)


def test_who_was_let_in_is_so_under_that_name_only(order: Order) -> None:
    order.asks_approval = True
    approved = Visit("192.0.2.1", approved_key="carol")
    general = Room("general", "general")
    order.check_new("carol", general, approved)
    with pytest.raises(ApprovalNeeded):
        order.check_new("teacher", general, approved)


def test_a_ban_is_of_a_network_where_addresses_are_many(order: Order) -> None:
    ban(order, "bob", None, "2001:db8::1", "fe80::1%eth0")
    for host in ("2001:db8::2", "fe80::2%eth0"):
        assert is_out(order, "newcomer", None, Visit(host))
    for host in ("2001:db8:0:1::1", "fe80::1%eth1"):
        assert not is_out(order, "newcomer", None, Visit(host))


def test_a_moderator_is_kept_out_like_others(order: Order) -> None:
    mo = account(4, "mo", Role.MODERATOR)
    assert not is_out(order, "mo", mo)
    order.set_kick("mo")
    assert is_out(order, "mo", mo)


def test_the_password_is_asked_for_until_this_version_was_shown(order: Order) -> None:
    bob = account(2, "bob")
    order.set_password("one")
    with pytest.raises(PasswordNeeded) as needed:
        order.check_door("bob", bob, HERE)
    assert (needed.value.needs, needed.value.hash, needed.value.version) == ("chat", "one", 1)
    assert "one" not in str(needed.value)
    order.check_door("bob", None, Visit(chat_password=1))
    bob.let_in = 1
    order.check_door("bob", bob, HERE)
    order.set_password("two")
    with pytest.raises(PasswordNeeded):
        order.check_door("bob", bob, Visit(chat_password=1))
    order.set_password("")
    order.check_door("bob", bob, HERE)


def test_a_password_that_could_not_be_stored_is_never_taken_for_the_next(
    order: Order, turn: Turn
) -> None:
    order.set_password("one")
    shown = Visit(chat_password=order.password.version)
    turn.unsay()
    order.set_password("two")
    with pytest.raises(PasswordNeeded):
        order.check_door("bob", None, shown)


def test_what_could_not_be_stored_is_taken_back(order: Order, turn: Turn) -> None:
    ban(order, "old")
    order.set_mute(Mute("old", "old", 0, "alice", ""))
    turn.undo.clear()
    ban(order, "bob")
    order.end_bans("old")
    order.set_kick("carol")
    order.set_mute(Mute("bob", "bob", 0, "alice", ""))
    order.end_mute("old")
    order.set_mute(Mute("old", "old", 5, "alice", "other"))
    order.set_password("hash")
    order.record(0, "alice", "ban", "bob", "")
    turn.unsay()
    assert [each.key for each in order.bans] == ["old"]
    assert not is_out(order, "carol")
    assert order.mute_of("bob", 0) is None
    assert order.mute_of("old", 10) == Mute("old", "old", 0, "alice", "")
    assert order.password == ChatPassword()
    assert turn.batch.is_empty


def test_what_is_undone_in_one_turn_is_not_written(order: Order, turn: Turn) -> None:
    ban(order, "bob")
    order.end_bans("bob")
    assert turn.batch.is_empty
    order.set_mute(Mute("bob", "bob", 0, "alice", ""))
    assert order.end_mute("bob")
    assert turn.batch.mutes == []
    assert not order.end_mute("bob")


def test_a_mute_holds_for_members_and_moderators_until_it_ends(order: Order) -> None:
    bob = Person("bob", "bob")
    order.set_mute(Mute("bob", "bob", 60_000, "alice", "loud"))
    for role in (Role.MEMBER, Role.MODERATOR):
        bob.plain_role = role
        with pytest.raises(RemoteError, match="You are muted for 1 minute: loud"):
            order.check_voice(bob, 0)
    order.check_voice(bob, 60_000)
    bob.plain_role = Role.HOST
    order.check_voice(bob, 0)


def test_a_slow_room_counts_for_each_person_and_room(order: Order) -> None:
    slow, other = (Room(name, name, slow_seconds=60) for name in "ab")
    bob, carol = Person("bob", "bob"), Person("carol", "carol")
    for person, room in ((bob, slow), (bob, other), (carol, slow)):
        order.check_pace(person, room)
        with pytest.raises(RemoteError, match="again in 60 seconds"):
            order.check_pace(person, room)
    slow.slow_seconds = 0
    order.check_pace(bob, slow)


def test_who_spoke_is_not_remembered_for_ever(
    order: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, now = Room("a", "a", slow_seconds=60), time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now)
    for number in range(10):
        order.check_pace(Person(f"b{number}", f"b{number}"), slow)
    now += MOST_SLOW_SECONDS + 1
    order.check_pace(Person("carol", "carol"), slow)
    assert list(order._spoke) == [("a", "carol")]


def test_words() -> None:
    assert [in_minutes(ms) for ms in (1, 60_000, 600_000)] == ["1 minute", "1 minute", "10 minutes"]
    assert because("spam") + because("") == ": spam"
