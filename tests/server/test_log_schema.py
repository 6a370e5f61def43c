"""The log's file: which are opened, which are refused, and when a log gets a new name."""

import contextlib
import json
import logging
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.server.log_kit import new_log, say
from tkchat.server.backup import back_up
from tkchat.server.log import Log, LogDamaged, LogError
from tkchat.server.log_schema import APPLICATION_ID, connect, explain, open_writer
from tkchat.server.log_tables import MIGRATIONS


def test_a_log_of_every_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    for version in range(len(MIGRATIONS)):
        path = tmp_path / f"{version}.sqlite3"
        path.touch()
        if version:
            with contextlib.closing(connect(path)) as older:
                older.executescript("".join(MIGRATIONS[:version]))
                older.execute(f"PRAGMA user_version = {version}")
                older.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        with contextlib.closing(open_writer(path)) as log:
            assert log.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
            assert log.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert log.execute("PRAGMA synchronous").fetchone() == (2,)


def test_a_newer_version_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, "kept")
    with contextlib.closing(connect(tmp_path / "log.sqlite3")) as newer:
        newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    before = (tmp_path / "log.sqlite3").read_bytes()
    with pytest.raises(LogError, match="newer tkchat"):
        Log(tmp_path)
    assert (tmp_path / "log.sqlite3").read_bytes() == before


def test_the_file_of_another_program_is_refused(tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "log.sqlite3")) as other:
        other.execute("CREATE TABLE events (id)")
    with pytest.raises(LogError, match="not a log of tkchat"):
        Log(tmp_path)


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\0", b"\0" * 5000])
def test_a_file_that_is_no_database_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "log.sqlite3").write_bytes(content)
    with pytest.raises(LogDamaged, match="Restore a backup, or move the file away"):
        Log(tmp_path)
    assert (tmp_path / "log.sqlite3").read_bytes() == content


def test_a_log_cut_short_is_damaged(tmp_path: Path) -> None:
    with new_log(tmp_path) as log:
        say(log, *["words"] * 500)
    file = tmp_path / "log.sqlite3"
    with file.open("r+b") as pages:
        pages.truncate(file.stat().st_size // 2)
    with pytest.raises(LogDamaged, match="malformed"):
        Log(tmp_path)


def test_an_empty_file_begins_a_log_only_where_none_was(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite3"
    file.touch()
    with new_log(tmp_path) as log:  # as after a crash at the very first start
        say(log, "hello")
    file.write_bytes(b"")
    with pytest.raises(LogDamaged, match="it is empty"):
        Log(tmp_path)
    file.unlink()
    with new_log(tmp_path) as again:
        assert (again.head, again.id == log.id) == (0, False)


def test_a_restored_backup_is_another_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with new_log(tmp_path / "a") as log:
        say(log, "one")
        back_up(log.folder, tmp_path / "backup")
    (tmp_path / "b").mkdir()
    shutil.copy(tmp_path / "backup", tmp_path / "b" / "log.sqlite3")
    with new_log(tmp_path / "b") as restored:
        assert restored.id != log.id
        assert restored.head == 1
        assert "restored from an older copy" in caplog.text
        assert {entry.levelno for entry in caplog.records} == {logging.WARNING}
    with new_log(tmp_path / "b") as again:
        assert again.id == restored.id


def test_a_backup_is_not_mixed_with_what_a_killed_host_left(tmp_path: Path) -> None:
    with new_log(tmp_path / "a") as log:
        say(log, "one")
        back_up(log.folder, tmp_path / "backup")
        say(log, *["never in the backup"] * 100)
        shutil.copytree(log.folder, tmp_path / "b")
    shutil.copy(tmp_path / "backup", tmp_path / "b" / "log.sqlite3")
    with new_log(tmp_path / "b") as restored:
        assert restored.head == 1


def test_a_log_that_went_back_in_time_is_another_log(tmp_path: Path) -> None:
    file, older = tmp_path / "log.sqlite3", tmp_path / "older"
    with new_log(tmp_path) as log:
        say(log, "one")
    shutil.copy(file, older)
    with new_log(tmp_path) as same:
        assert same.id == log.id
        say(same, "two")
    shutil.copy(older, file)
    with new_log(tmp_path) as back:
        assert (back.id == log.id, back.head) == (False, 1)
    assert json.loads((tmp_path / "state.json").read_text()) == {"log": back.id, "head": 1}


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"log": "x", "head": "y"}', "[" * 100_000])
def test_a_note_that_cannot_be_read_is_no_note(tmp_path: Path, note: str) -> None:
    with new_log(tmp_path) as log:
        pass
    (tmp_path / "state.json").write_text(note)
    with new_log(tmp_path) as again:
        assert again.id == log.id


def test_errors_say_what_to_do(tmp_path: Path) -> None:
    error = PermissionError(13, "Permission denied")
    assert "Permission denied. Choose another folder" in str(explain(tmp_path, error))
    with pytest.raises(sqlite3.OperationalError) as missing:
        connect(tmp_path / "none")
    assert "cannot be opened" in str(explain(tmp_path, missing.value))
