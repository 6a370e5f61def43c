"""The log as the hub writes it: what is committed stays, and nothing else is there."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.server.log_kit import (
    ALICE,
    BOB,
    GENERAL,
    LAB,
    change,
    mid,
    new_log,
    record,
    say,
    small_disk,
)
from tests.support import CHECKOUT
from tkchat.server.log import (
    Account,
    Batch,
    Log,
    LogError,
    LogInUse,
    Membership,
    StorageFailed,
    StoredRoom,
)
from tkchat.wire.entry import Kind
from tkchat.wire.requests import AskSearch


def test_a_new_log_is_empty_and_its_owner_s_alone(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / "folder")
    assert log.head == 0
    assert len(log.id) == 32
    assert log.load().rooms == []
    if os.name == "posix":
        assert log.folder.stat().st_mode & 0o777 == 0o700
        assert {file.stat().st_mode & 0o777 for file in log.folder.iterdir()} == {0o600}
    log.close()
    log.close()


def test_what_was_committed_is_there_after_a_restart(tmp_path: Path) -> None:
    said = [
        record(1, "héllo\nworld", mid=mid(1)),
        record(2, "hi", author="carol", author_id=None, room_id=LAB),
        record(3, "hi!", kind=Kind.REPLY, target=2),
    ]
    with new_log(tmp_path) as log:
        log.commit(Batch(records=said, marks={(ALICE, GENERAL): 2}))
        name, state = log.id, log.load()
    with new_log(tmp_path) as log:
        assert (log.id, log.head, log.load()) == (name, 3, state)
        assert [log.find(seq) for seq in (1, 2, 3)] == said
        assert log.find(4) is None


def test_the_state_is_what_the_batches_made_of_it(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        log.commit(Batch(marks={(BOB, GENERAL): 5, (ALICE, GENERAL): 3}, used={BOB: 200}))
        log.commit(
            Batch(
                accounts=[Account(3, "ALICE", "alice", b"new", "i", 300)],
                rooms=[StoredRoom(3, "@2 3", "")],
                joined=[Membership(3, 3, "@bob"), Membership(BOB, 3, "@ALICE")],
                left=[(BOB, GENERAL)],
                marks={(BOB, GENERAL): 4},
            )
        )
        state = log.load()
    assert [(account.id, account.used_at) for account in state.accounts] == [(BOB, 200), (3, 300)]
    assert [room.key for room in state.rooms] == ["general", "lab", "@2 3"]
    assert sorted(state.memberships, key=str) == [
        Membership(BOB, 3, "@ALICE"),
        Membership(3, 3, "@bob"),
    ]
    assert state.marks == {(BOB, GENERAL): 5}


def test_an_empty_batch_costs_nothing(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        wal = tmp_path / "log.sqlite3-wal"
        before = wal.stat().st_size
        log.commit(Batch())
        assert wal.stat().st_size == before


def test_a_message_is_found_by_its_author_and_mid(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "from a plain client", "and another", author="carol", author_id=None)
        log.commit(Batch(records=[record(3, mid=mid(1)), record(4, author_id=BOB, mid=mid(1))]))
        assert log.find_mid(ALICE, mid(1)) == record(3, mid=mid(1))
        assert log.find_mid(BOB, mid(1)) == record(4, author_id=BOB, mid=mid(1))
        assert log.find_mid(ALICE, mid(2)) is None
        assert log.find_mid(ALICE, "") is None
        with pytest.raises(sqlite3.IntegrityError):
            log.commit(Batch(records=[record(5), record(6, mid=mid(1))]))
        assert log.head == 4
        say(log, "goes on")


def test_seqs_follow_each_other_and_targets_come_before(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        for wrong in ([record(2)], [record(1), record(3)], [record(0)], [record(1, target=1)]):
            with pytest.raises(ValueError, match="cannot be event"):
                log.commit(Batch(records=wrong))
        assert log.head == 0


def test_deletions_and_reactions_are_known(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "one", "two")
        change(log, Kind.DELETE, 1)
        assert log.is_deleted(1)
        assert not log.is_deleted(2)
        change(log, Kind.REACT, 2, "👍")
        change(log, Kind.REACT, 2, "👍", author="carol", author_id=None)
        assert log.has_reacted(2, "Alice", ALICE, "👍")
        assert log.has_reacted(2, "carol", None, "👍")
        assert not log.has_reacted(2, "Alice", None, "👍")
        assert not log.has_reacted(2, "bob", BOB, "👍")
        assert not log.has_reacted(2, "Alice", ALICE, "👎")
        change(log, Kind.REACT, 2, "👍")
        assert not log.has_reacted(2, "Alice", ALICE, "👍")


_DYING_HOST = """
import os, pathlib, signal, sys
from tests.server.log_kit import say
from tkchat.server.log import Log

deadly = []

def die(stage):
    if stage in deadly:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

log = Log(pathlib.Path(sys.argv[1]), die)
say(log, "one", "two")
deadly.append(sys.argv[2])
say(log, "three", "four", "five")
"""


@pytest.mark.parametrize(("stage", "head"), [("before commit", 2), ("after commit", 5)])
def test_a_killed_host_has_all_of_a_batch_or_nothing(tmp_path: Path, stage: str, head: int) -> None:
    command = [sys.executable, "-c", _DYING_HOST, str(tmp_path), stage]
    assert subprocess.run(command, check=False, cwd=CHECKOUT, timeout=30).returncode
    with new_log(tmp_path) as log:
        assert log.head == head


def test_one_process_has_the_folder(tmp_path: Path) -> None:
    with new_log(tmp_path), pytest.raises(LogInUse, match=f"process {os.getpid()}"):
        Log(tmp_path)


def test_a_full_disk_loses_nothing_and_heals(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1024) as disk, new_log(disk) as log:
        say(log, "before")
        ballast = disk / "ballast"
        with pytest.raises(OSError, match="No space"):
            ballast.write_bytes(b"x" * 2**20)
        with pytest.raises(StorageFailed, match="the disk is full"):
            say(log, *["much to say " * 50] * 1000)  # more than the files have room for themselves
        head = log.head
        with log.reading() as reader:
            assert reader.head == head
        ballast.unlink()
        say(log, "after")
        assert log.find(head + 1) == record(head + 1, "after")


def test_a_disk_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1024) as disk:
        with new_log(disk):
            pass
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with pytest.raises(LogError, match="Read-only file system"):
            Log(disk)


def test_a_folder_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(LogError, match="cannot be used"):
        Log(tmp_path / "file")


def test_trimming_removes_a_prefix(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        assert log.trim(10**15) is None
        say(log, *["word"] * 500)
        say(log, "the clock was wrong", time_ms=10**12)
        say(log, "newer", time_ms=1000)
        assert log.trim(0) is None
        assert log.trim(450_000) == (1, 449)
        assert log.trim(10**10) == (450, 500)
        assert log.trim(10**10) is None
        assert log.trim(10**13) == (501, 501)
        assert log.trim(10**13) is None
        with log.searching() as reader:
            assert (reader.first, reader.head) == (502, 502)
            assert reader.search(AskSearch("s", "word"), [GENERAL]) == ([], False)
    with new_log(tmp_path) as log:
        assert log.head == 502


def test_what_is_left_of_a_trimmed_message_does_no_harm(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "old")
        change(log, Kind.EDIT, 1, "edited")
        say(log, "newer")
        assert log.trim(2000) == (1, 1)
        change(log, Kind.EDIT, 1, "too late")
        with log.searching() as reader:
            for word in ("old", "edited", "late"):
                assert reader.search(AskSearch("s", word), [GENERAL]) == ([], False)


def test_others_write_and_read_while_it_is_trimmed(tmp_path: Path) -> None:
    trimmed: list[object] = []
    with new_log(tmp_path) as log:
        say(log, *["old"] * 2000)
        thread = threading.Thread(target=lambda: trimmed.append(log.trim(1_990_000)))
        thread.start()
        while thread.is_alive():
            say(log, "new", time_ms=10**12)
            with log.reading() as reader:
                assert len(reader.after(reader.head - 5, [GENERAL], 10)) == 5
        thread.join()
        assert trimmed == [(1, 1989)]


def test_many_threads_read_at_once_and_see_one_moment(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "first")
        together = threading.Barrier(9)
        wrong: list[object] = []

        def read() -> None:
            together.wait()
            for _ in range(20):
                with log.reading() as reader:
                    if len(reader.after(0, [GENERAL], 1000)) != reader.head:
                        wrong.append(reader.head)

        threads = [threading.Thread(target=read) for _ in range(8)]
        for thread in threads:
            thread.start()
        together.wait()
        for _ in range(50):
            say(log, "more", "and more")
        for thread in threads:
            thread.join()
        assert wrong == []


def test_a_closed_log_says_so(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        pass
    with pytest.raises(LogError, match="is closed"), log.reading():
        pass
