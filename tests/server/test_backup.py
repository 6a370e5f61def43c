"""Copies of the log, made while the chat goes on; and whether a log is whole."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.log_kit import ALICE, BOB, GENERAL, change, mid, new_log, record, say, small_disk
from tests.server.order_kit import hosted, ordered
from tests.support import CHECKOUT, running_server
from tests.tagged import TaggedClient
from tkchat.net.identity import CERTIFICATE_FILE, read_fingerprint
from tkchat.server.backup import back_up, left_out, verify
from tkchat.server.host_code import HOST_CODE_FILE
from tkchat.server.identity import KEY_FILE
from tkchat.server.log import Account, Batch, Log, LogError, Membership, StoredRoom
from tkchat.server.log_schema import LOG_FILE, connect
from tkchat.wire.entry import Kind


def damage(folder: Path, statement: str) -> list[str]:
    """Return what is found wrong with a log of five events after ``statement``."""
    with new_log(folder) as log:
        say(log, "one", "two", "three")
        change(log, Kind.EDIT, 2, "TWO")
        change(log, Kind.REACT, 3, "👍")
        log.commit(Batch(marks={(ALICE, GENERAL): 3}))
        assert log.index()
    with contextlib.closing(connect(folder / "log.sqlite3")) as file:
        file.executescript(statement)
    return verify(folder).problems


def test_a_backup_of_a_running_chat_is_whole(tmp_path: Path) -> None:
    target = tmp_path / "backup.sqlite3"
    command = f"""
from pathlib import Path
from tkchat.server.backup import back_up
print(back_up(Path({str(tmp_path / "data")!r}), Path({str(target)!r})))"""
    with new_log(tmp_path / "data") as log:
        say(log, *["word"] * 3000)
        before = log.head
        other = subprocess.Popen(
            [sys.executable, "-c", command], cwd=CHECKOUT, stdout=subprocess.PIPE, text=True
        )
        while other.poll() is None:
            say(log, "meanwhile", "and more")
        head = int(other.communicate()[0])
        assert before <= head <= log.head
    found = verify(target)
    assert (found.problems, found.events, found.first, found.last) == ([], head, 1, head)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.sqlite3", "data"]
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600


def test_what_proves_the_host_is_kept_beside_a_backup(tmp_path: Path) -> None:
    data, other = tmp_path / "data", tmp_path / "other"
    other.mkdir()
    with hosted(data) as (_, alice):
        alice.confirm(alice.say("hello"))
        back_up(data, other / LOG_FILE)
        assert "host.key and host-code" in left_out(data)
        token = alice.token
    assert left_out(other) == ""
    for name in (KEY_FILE, HOST_CODE_FILE):
        assert (data / name).read_bytes() not in (other / LOG_FILE).read_bytes()
        shutil.copy(data / name, other)
    with running_server(data=other) as server:
        restored, before = server.identity.certificate, data / CERTIFICATE_FILE
        assert read_fingerprint(restored) == read_fingerprint(before)
        with TaggedClient(server.address, "alice", token=token) as alice:
            assert ordered(alice, "/slow 1"), "she is the host still"


def test_a_backup_overwrites_nothing(tmp_path: Path) -> None:
    with new_log(tmp_path / "data"):
        pass
    (tmp_path / "old").write_text("precious")
    with pytest.raises(LogError, match="there already"):
        back_up(tmp_path / "data", tmp_path / "old")
    assert (tmp_path / "old").read_text() == "precious"


def test_a_backup_needs_a_log_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="There is no log"):
        back_up(tmp_path, tmp_path / "copy")
    with new_log(tmp_path / "data"):
        pass
    with pytest.raises(LogError, match="No such file"):
        back_up(tmp_path / "data", tmp_path / "no folder" / "copy")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_a_backup_that_does_not_fit_leaves_nothing(tmp_path: Path) -> None:
    with new_log(tmp_path / "data") as log:
        say(log, *["much to say " * 50] * 1000)
    with small_disk(tmp_path / "disk", 256) as disk:
        with pytest.raises(LogError, match="the disk is full"):
            back_up(tmp_path / "data", disk / "copy")
        assert list(disk.iterdir()) == []


def test_a_whole_log_has_no_problems(tmp_path: Path) -> None:
    assert damage(tmp_path, "") == []
    with new_log(tmp_path) as log:
        change(log, Kind.DELETE, 1)
        change(log, Kind.REPLY, 2, "yes", author="carol", author_id=None)
        log.commit(
            Batch(
                accounts=[Account(3, "c", "c", b"", "", 0)],
                rooms=[StoredRoom(3, "@2 3", "")],
                joined=[Membership(3, 3, "@bob")],
                records=[record(8, author_id=BOB, mid=mid(1), room_id=3)],
            )
        )
        assert log.trim(3000) == (1, 2)
        found = verify(tmp_path)  # with the log in use
    assert (found.problems, found.events, found.first, found.last) == ([], 6, 3, 8)


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("DELETE FROM events WHERE seq = 4", "after event 3 there is a hole"),
        ("UPDATE events SET room_id = 9 WHERE seq = 5", "event 5 is in no room"),
        ("UPDATE events SET author_id = 9 WHERE seq = 5", "event 5 is by nobody"),
        ("UPDATE events SET kind = 'sing' WHERE seq = 5", "event 5 is of no known kind"),
        ("UPDATE events SET target = 5 WHERE seq = 5", "event 5 is about nothing"),
        ("UPDATE events SET target = 0 WHERE seq = 5", "event 5 is about nothing"),
        ("INSERT INTO memberships VALUES (1, 9, 'x')", "account 1 is in a room that is not"),
        ("INSERT INTO memberships VALUES (9, 1, 'x')", "room 1 has somebody who is not"),
        ("UPDATE marks SET seq = 6", "account 1 has a read mark that is nowhere"),
        ("UPDATE events SET text = 'other' WHERE seq = 4", "the search does not find"),
        ("DROP INDEX events_by_mid", "its tables are not those of a log"),
        ("PRAGMA user_version = 99", "it was written by a newer tkchat"),
    ],
)
def test_what_is_wrong_is_found(tmp_path: Path, statement: str, problem: str) -> None:
    problems = damage(tmp_path, statement)
    assert any(found.startswith(problem) for found in problems), problems


def test_damaged_pages_are_found(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, *["word " * 100] * 500)
    file = tmp_path / "log.sqlite3"
    with file.open("r+b") as pages:
        pages.seek(file.stat().st_size // 2)
        pages.write(b"\xff" * 20_000)
    assert verify(file).problems


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0"])
def test_what_is_no_log_is_not_whole(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    assert verify(tmp_path / "file").problems
    assert (tmp_path / "file").read_bytes() == content
    with pytest.raises(LogError, match="There is no log"):
        verify(tmp_path / "no file")


def test_a_backup_can_be_used(tmp_path: Path) -> None:
    with new_log(tmp_path / "data") as log:
        say(log, "kept for good")
    assert back_up(tmp_path / "data", tmp_path / "copy") == 1
    (tmp_path / "new").mkdir()
    (tmp_path / "copy").rename(tmp_path / "new" / "log.sqlite3")
    with contextlib.closing(Log(tmp_path / "new")) as restored:
        assert restored.find(1) == log_record("kept for good")
        assert restored.load().rooms


def log_record(text: str) -> object:
    return record(1, text)
