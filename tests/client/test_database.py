"""The client's database on disks and in states of every kind, with several processes in it."""

import contextlib
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.client.chats import database, history, said, say
from tests.support import CHECKOUT, PATIENCE
from tkchat.client.database import Database, DatabaseError
from tkchat.client.history import History
from tkchat.client.outbox import Outbox

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no modes of files")


def run_python(code: str, *arguments: object) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
    )


def count(opened: Database, table: str) -> int:
    with opened.reading() as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    return found


def test_an_install_is_made_once(tmp_path: Path) -> None:
    with database(tmp_path) as first, database(tmp_path) as second:
        assert len(first.install) == 32
        assert first.install == second.install
        assert first.problem == ""
    with database(tmp_path) as again:
        assert again.install == first.install


@posix
def test_the_files_are_for_this_person_only(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with history(tmp_path):
            modes = {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
            assert len(list(tmp_path.iterdir())) == 3  # the write-ahead log has messages too
    finally:
        os.umask(before)
    assert modes == {0o600}


def test_an_error_undoes_the_whole_transaction(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        with pytest.raises(RuntimeError), opened.writing() as connection:  # noqa: PT012 (what is undone)
            connection.execute("INSERT INTO gap VALUES (1, 0, 1, 2)")
            raise RuntimeError
        assert count(opened, "gap") == 0
        with opened.writing() as connection:
            connection.execute("INSERT INTO gap VALUES (1, 0, 1, 2)")
        assert count(opened, "gap") == 1


def test_a_reader_sees_one_state_whatever_is_written(tmp_path: Path) -> None:
    with database(tmp_path) as opened, opened.reading() as reader:
        assert reader.execute("SELECT count(*) FROM gap").fetchone() == (0,)
        with opened.writing() as writer:
            writer.execute("INSERT INTO gap VALUES (1, 0, 1, 2)")
        assert reader.execute("SELECT count(*) FROM gap").fetchone() == (0,)
        assert count(opened, "gap") == 1


def test_a_mistake_in_sql_is_told_as_trouble_with_the_file(tmp_path: Path) -> None:
    with (
        database(tmp_path) as opened,
        pytest.raises(DatabaseError, match=r"chats\.sqlite3 cannot be used: no such table"),
        opened.reading() as connection,
    ):
        connection.execute("SELECT * FROM chats")


def test_after_closing_everything_is_refused(tmp_path: Path) -> None:
    with database(tmp_path) as opened:
        with opened.reading():
            opened.close()  # the reader goes on, and is closed when it is given back
        opened.close()
        with pytest.raises(DatabaseError, match="closed"), opened.reading():
            pass
        with pytest.raises(DatabaseError, match="closed"), opened.writing():
            pass


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    with history(tmp_path) as chat:

        def work(number: int) -> None:
            for seq in range(1, 21):
                chat.take([said(number * 100 + seq)], None)
                assert chat.page("general", None, 5).entries

        threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(chat.page("general", None, 1000).entries) == 80


WRITER = """
import sys
from pathlib import Path
from tests.client.chats import history, said, say
from tkchat.client.outbox import Outbox
folder, number = Path(sys.argv[1]), int(sys.argv[2])
with history(folder) as chat:
    for seq in range(1, 101):
        Outbox(chat).add(say(number * 1000 + seq), seq)
        chat.take([said(seq)], seq)
    assert chat.database.problem == ""
"""


def test_processes_open_a_new_file_and_write_at_once(tmp_path: Path) -> None:
    processes = [run_python(WRITER, tmp_path, number) for number in range(4)]
    for process in processes:
        process.communicate(timeout=6 * PATIENCE)
    assert [process.returncode for process in processes] == [0] * 4
    with history(tmp_path) as chat:
        assert chat.head == 100
        assert len(chat.page("general", None, 1000).entries) == 100
        assert len(Outbox(chat).waiting()) == 400


ADDER = """
import sys
from pathlib import Path
from tests.client.chats import history, say
from tkchat.client.outbox import Outbox
with history(Path(sys.argv[1])) as chat:
    Outbox(chat).add(say(1), 1)
    print("added", flush=True)
    sys.stdin.read()
"""


def test_what_is_in_the_outbox_outlives_a_killed_process(tmp_path: Path) -> None:
    with run_python(ADDER, tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == b"added"
        process.kill()
    with history(tmp_path) as chat:
        assert [waiting.say for waiting in Outbox(chat).waiting()] == [say(1)]


@contextlib.contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Mount a disk of one megabyte."""
    mounted = folder / "disk"
    mounted.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", mounted],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root can mount a small disk, and on Linux")
    try:
        yield mounted
    finally:
        subprocess.run(["umount", mounted], check=True)


def test_a_full_disk_costs_nothing_that_was_there(tmp_path: Path) -> None:
    with small_disk(tmp_path) as disk, history(disk) as chat:
        ballast = disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while file.write(b"x" * 4096):
                pass
        outbox = Outbox(chat)
        added = 0
        with pytest.raises(DatabaseError, match="full"):  # noqa: PT012 (how many fit is not known)
            while True:
                outbox.add(say(added, "x" * 1000), 1)
                added += 1
        assert len(outbox.waiting()) == added
        with pytest.raises(DatabaseError, match="full"):
            chat.take([said(1, "y" * 4000)], 1)
        assert chat.head is None
        ballast.unlink()
        chat.take([said(1)], 1)
        outbox.add(say(added), 1)
        assert len(outbox.waiting()) == added + 1


def test_a_file_that_somebody_writes_for_long_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkchat.client.database.BUSY_SECONDS", 0.05)
    with database(tmp_path) as one, database(tmp_path) as other:
        with (
            one.writing(),
            pytest.raises(DatabaseError, match="locked"),
            other.writing(),
        ):
            pass
        with other.writing():
            pass


def test_a_newer_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(DatabaseError, match="newer tkchat"):
        Database(path)
    assert path.exists()


@pytest.mark.parametrize("where", ["folder", "file/below", "missing/below"])
def test_a_path_that_cannot_be_used_is_named(tmp_path: Path, where: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match="cannot be used") as failure:
        Database(tmp_path / where)
    assert str(tmp_path / where) in str(failure.value)


@pytest.mark.parametrize("content", [b"This is not a database.", b"\0" * 8192])
def test_a_file_that_is_no_database_is_set_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "chats.sqlite3").write_bytes(content)
    for number in (1, 2):
        with database(tmp_path) as opened:
            aside = tmp_path / f"chats.broken-{number}.sqlite3"
            assert str(aside) in opened.problem
            assert "is lost" in opened.problem
            assert aside.read_bytes() == content
        with database(tmp_path) as opened:
            assert opened.problem == ""
        (tmp_path / "chats.sqlite3").write_bytes(content)


def test_damage_met_on_the_way_is_mended_at_the_next_start(tmp_path: Path) -> None:
    path = tmp_path / "chats.sqlite3"
    with history(tmp_path) as chat:
        Outbox(chat).add(say(1), 1)
        chat.take([said(seq, "x" * 500) for seq in range(1, 1001)], 1000)
        install = chat.database.install
        with chat.database.reading() as connection:
            (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = path.read_bytes()
    pages = [content[at : at + size] for at in range(0, len(content), size)]
    full = [number for number, page in enumerate(pages) if page.count(b"x" * 500) > 1]
    for number in full[:-1]:  # the last is looked at on opening
        pages[number] = b"\xa5" * size
    path.write_bytes(b"".join(pages))
    with history(tmp_path) as chat:
        assert chat.database.problem == ""
        with pytest.raises(DatabaseError, match="is damaged"):
            chat.page("general", 500, 50)
    with database(tmp_path) as opened:
        assert "still here" in opened.problem
        assert opened.install == install
        chat = History(opened, "192.0.2.1:4321", "alice")
        assert (chat.log, chat.token, chat.head) == ("log", "token", None)
        assert Outbox(chat).waiting()[0].say == say(1)
        assert chat.page("general", None, 50).at_floor
    with database(tmp_path) as opened:
        assert opened.problem == ""
