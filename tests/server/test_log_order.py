"""Bans, mutes, roles, passwords and the audit come back from the disk as they were."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from tests.server.log_kit import ALICE, GENERAL, new_log
from tkchat.server.log import Account, Batch, Log, StoredRoom
from tkchat.server.log_records import Ban, ChatPassword, Decision, Mute, StorageFailed
from tkchat.wire.order import Role

BANS = [
    Ban(1, "bob", "bob", 2, ("192.0.2.1", "2001:db8::1"), "Alice", 5, "spam"),
    Ban(2, "Carol", "carol", None, (), "Alice", 6, ""),
]
MUTES = [Mute("bob", "bob", 0, "Alice", "loud"), Mute("dave", "Dave", 7, "Alice", "")]
DECISIONS = [Decision(number, "Alice", "mute", f"b{number}", "why") for number in range(5)]


def test_all_of_it_comes_back(tmp_path: Path) -> None:
    host = Account(ALICE, "Alice", "alice", b"a", "", 100, Role.HOST, "a hash", 3)
    room = StoredRoom(GENERAL, "general", "general", "", "", True, 5)
    with new_log(tmp_path) as log:
        log.commit(
            Batch(
                accounts=[host],
                rooms=[room],
                tokens=[(ALICE, b"y"), (ALICE, b"z"), (ALICE, b"x"), (ALICE, b"y")],
                ended_tokens=[(ALICE, b"z")],
                host_code_hash="code",
                bans=BANS,
                mutes=MUTES,
                password=ChatPassword("hash", 3),
                decisions=DECISIONS,
            )
        )
    with contextlib.closing(Log(tmp_path)) as log:
        state = log.load()
        assert next(each for each in state.accounts if each.id == ALICE) == host
        assert next(each for each in state.rooms if each.id == GENERAL) == room
        assert state.tokens == [(ALICE, b"y"), (ALICE, b"x")], "the oldest first"
        assert state.host_code_hash == "code"
        assert (state.bans, state.mutes) == (BANS, MUTES)
        assert state.password == ChatPassword("hash", 3)
        assert log.decisions(2) == DECISIONS[3:]
        log.commit(Batch(unbanned=[1], unmuted=["bob"], password=ChatPassword("", 4)))
        assert (log.load().bans, log.load().mutes) == (BANS[1:], MUTES[1:])
        assert log.load().password == ChatPassword("", 4)


def test_a_chat_from_before_has_nothing_of_it(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        state = log.load()
        assert not (state.bans)
        assert not (state.mutes)
        assert not (state.tokens)
        assert not (state.password.hash)
        assert {each.role for each in state.accounts} == {Role.MEMBER}
        assert log.decisions(10) == []


def test_a_decision_is_written_with_what_it_decides_or_not_at_all(tmp_path: Path) -> None:
    def fail(stage: str) -> None:
        if stage == "before commit" and is_full:
            raise sqlite3.OperationalError("disk is full")

    is_full = False
    with contextlib.closing(Log(tmp_path, fail)) as log:
        is_full = True
        with pytest.raises(StorageFailed):
            log.commit(Batch(bans=BANS, decisions=DECISIONS))
        is_full = False
        assert (log.load().bans, log.decisions(10)) == ([], [])


def test_no_secret_shows_in_what_is_printed() -> None:
    account = Account(1, "a", "a", b"tokenhash", "install", 0, Role.MEMBER, "argonhash")
    batch = Batch(
        accounts=[account],
        tokens=[(1, b"other")],
        ended_tokens=[(1, b"former")],
        password=ChatPassword("chathash", 1),
        host_code_hash="codehash",
    )
    shown = repr(batch)
    secrets = ("tokenhash", "argonhash", "other", "former", "chathash", "codehash")
    assert not [each for each in secrets if each in shown]
