"""A name belongs to whoever can prove it, until it has long been unused."""

import time

import pytest

from tkchat.server.accounts import (
    MOST_TOKENS,
    NOTED_SECONDS,
    UNUSED_SECONDS,
    Accounts,
    hash_token,
)
from tkchat.server.log_records import Account, Batch
from tkchat.server.turn import Turn
from tkchat.wire.errors import RemoteError


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, which stands still unless a test moves it."""
    now = [float(round(time.time()))]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def claim(accounts: Accounts, name: str, token: str = "", install: str = "") -> tuple[Account, str]:
    return accounts.claim(name, token, install, Batch())


def test_a_new_name_gets_an_account_and_a_token() -> None:
    accounts, batch = Accounts([]), Batch()
    account, token = accounts.claim("Alice", "", "x" * 100, batch)
    assert len(token) == 32
    assert batch.accounts == [account]
    assert (account.id, account.name, account.key) == (1, "Alice", "alice")
    assert token.encode() not in account.token_hash
    assert account.install == "x" * 64
    assert accounts.find("alice") is account
    assert accounts.get(1) is account


def test_the_token_proves_the_name_and_nothing_else_does() -> None:
    accounts = Accounts([])
    alice, token = claim(accounts, "Alice")
    bob, bobs = claim(accounts, "bob")
    assert claim(accounts, "ALICE", token) == (alice, token)
    for wrong in ("", token[:-1], token.upper() + "x", bobs, "\ud800"):
        with pytest.raises(RemoteError, match="The name alice is taken") as refused:
            claim(accounts, "alice", wrong)
        assert refused.value.code == "name-taken"
    assert bob.id == 2


def test_a_loaded_account_is_proven_by_its_token() -> None:
    account, token = claim(Accounts([]), "alice")
    again = Accounts([account])
    assert claim(again, "alice", token) == (account, token)
    assert claim(again, "bob")[0].id == 2
    assert not again.is_free("alice")
    assert again.is_free("carol")


def test_a_name_unused_for_long_is_free_and_gets_another_account(clock: list[float]) -> None:
    accounts = Accounts([])
    old, token = claim(accounts, "alice")
    clock[0] += UNUSED_SECONDS
    assert not accounts.is_free("alice")
    clock[0] += 2
    assert accounts.is_free("alice")
    new, other = claim(accounts, "Alice")
    assert (new.id, new.name) == (2, "Alice")
    assert accounts.find("alice") is new
    assert accounts.get(old.id) is None
    with pytest.raises(RemoteError):
        claim(accounts, "alice", token)
    assert claim(accounts, "alice", other)[0] is new


def test_its_owner_may_come_back_as_long_as_nobody_took_it(clock: list[float]) -> None:
    accounts = Accounts([])
    old, token = claim(accounts, "alice")
    clock[0] += 2 * UNUSED_SECONDS
    assert claim(accounts, "alice", token)[0] is old
    assert not accounts.is_free("alice")


def test_use_is_noted_now_and_then(clock: list[float]) -> None:
    accounts, batch = Accounts([]), Batch()
    account, _ = claim(accounts, "alice")
    clock[0] += NOTED_SECONDS
    accounts.use(account, batch)
    assert not batch.used
    clock[0] += 2
    accounts.use(account, batch)
    assert batch.used == {1: int(clock[0])}
    assert account.used_at == int(clock[0])


def test_an_account_that_could_not_be_kept_is_forgotten() -> None:
    accounts = Accounts([])
    account, token = claim(accounts, "alice")
    assert accounts.undo() == {account.id}
    assert accounts.undo() == set()
    assert accounts.find("alice") is None
    assert accounts.get(account.id) is None
    again, _ = claim(accounts, "alice", token)
    assert again.id == 2, "the number was never anybody's, and never will be"


def test_the_owner_before_has_the_name_again_when_the_new_one_is_forgotten(
    clock: list[float],
) -> None:
    accounts = Accounts([])
    old, token = claim(accounts, "alice")
    accounts.settle()
    clock[0] += UNUSED_SECONDS + 2
    claim(accounts, "alice")
    accounts.undo()
    assert accounts.find("alice") is old
    assert accounts.get(old.id) is old
    assert claim(accounts, "alice", token)[0] is old


def test_the_installation_proves_a_name_until_the_token_has_come_back() -> None:
    accounts = Accounts([])
    account, token = claim(accounts, "alice", install="mine")
    with pytest.raises(RemoteError):
        claim(accounts, "alice", install="another")
    batch = Batch()
    # The same token: the welcome may not have been lost, but be on its way to another window.
    assert accounts.claim("alice", "", "mine", batch) == (account, token)
    assert batch.is_empty
    assert accounts.claim("alice", token, "mine", batch) == (account, token)
    assert batch.accounts == [account], "the end of the exception has to last"
    with pytest.raises(RemoteError):
        claim(accounts, "alice", install="mine")


def test_after_a_restart_the_installation_gets_a_new_token() -> None:
    account, _ = claim(Accounts([]), "alice", install="mine")
    restarted, batch = Accounts([account]), Batch()
    again, token = restarted.claim("alice", "", "mine", batch)
    assert again is account
    assert batch.accounts == [account], "the new token has to last"
    assert restarted.claim("alice", token, "", Batch()) == (account, token)


def test_only_accounts_from_before_were_loaded() -> None:
    account, _ = claim(Accounts([]), "alice")
    restarted = Accounts([account])
    new, _ = claim(restarted, "bob")
    assert restarted.was_loaded(account)
    assert not restarted.was_loaded(new)


def test_accounts_in_use(clock: list[float]) -> None:
    accounts = Accounts([])
    claim(accounts, "alice")
    clock[0] += UNUSED_SECONDS / 2
    bob, _ = claim(accounts, "bob")
    assert [account.name for account in accounts.in_use()] == ["bob", "alice"]
    clock[0] += UNUSED_SECONDS / 2 + 1
    assert list(accounts.in_use()) == [bob]


def test_whoever_comes_again_is_in_use_again(clock: list[float]) -> None:
    accounts = Accounts([])
    alice, _ = claim(accounts, "alice")
    bob, _ = claim(accounts, "bob")
    clock[0] += UNUSED_SECONDS + 1
    assert list(accounts.in_use()) == []
    accounts.use(alice, Batch())
    assert list(accounts.in_use()) == [alice]
    assert list(Accounts([alice, bob]).in_use()) == [alice]


def test_a_name_that_could_not_be_taken_over_hides_nobody(clock: list[float]) -> None:
    accounts = Accounts([])
    claim(accounts, "alice")
    clock[0] += UNUSED_SECONDS + 1
    bob, _ = claim(accounts, "bob")
    accounts.settle()
    claim(accounts, "alice")
    accounts.undo()
    assert list(accounts.in_use()) == [bob]


def test_who_is_in_use_costs_the_same_however_many_ever_were(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[None] = []

    def now() -> float:
        looks.append(None)
        return clock[0]

    stale = [Account(number, f"u{number}", f"u{number}", b"", "", 0) for number in range(1, 2_000)]
    accounts = Accounts(stale)
    claim(accounts, "alice")
    monkeypatch.setattr(time, "time", now)
    assert [account.name for account in accounts.in_use()] == ["alice"]
    assert len(looks) == 2


def test_the_installation_proves_nothing_once_the_token_has_arrived() -> None:
    accounts = Accounts([])
    account, token = claim(accounts, "alice", install="mine")
    batch = Batch()
    accounts.end_install(account, batch)
    assert batch.accounts == [account], "that has to last"
    assert not account.install
    with pytest.raises(RemoteError):
        claim(accounts, "alice", install="mine")
    assert claim(accounts, "alice", token) == (account, token)
    accounts.end_install(account, batch)
    assert len(batch.accounts) == 1


def test_only_the_newest_tokens_prove_a_name() -> None:
    accounts, turn = Accounts([]), Turn()
    account, first = claim(accounts, "alice")
    hashes = [hash_token(accounts.add_token(account, turn)) for _ in range(MOST_TOKENS + 1)]
    turn.undo.clear()
    good = [accounts.is_proof(account, each) for each in (hash_token(first), *hashes)]
    assert good == [True, False] + [True] * MOST_TOKENS
    assert turn.batch.ended_tokens == [(account.id, hashes[0])]
    accounts.add_token(account, turn)
    turn.unsay()
    assert accounts.is_proof(account, hashes[1]), "the newer one was not kept"


def test_one_token_ends_all_others() -> None:
    accounts, turn = Accounts([]), Turn()
    account, first = claim(accounts, "alice")
    one, other = (hash_token(accounts.add_token(account, turn)) for _ in range(2))
    turn.undo.clear()

    def good() -> list[bool]:
        return [accounts.is_proof(account, each) for each in (hash_token(first), one, other)]

    accounts.end_other_tokens(account, one, turn)
    assert good() == [False, True, False]
    turn.unsay()
    assert good() == [True, True, True]
