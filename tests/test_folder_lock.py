"""A folder belongs to one process until that ends, however it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT, wait_until
from tkchat.folder_lock import LOCK_FILE, FolderInUse, FolderLock

_HOLDER = """
import pathlib, sys
from tkchat.folder_lock import FolderLock
lock = FolderLock(pathlib.Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_the_second_is_told_who_was_first(tmp_path: Path) -> None:
    with FolderLock(tmp_path), pytest.raises(FolderInUse, match=str(os.getpid())) as told:
        FolderLock(tmp_path)
    assert told.value.pid == os.getpid()


def test_a_released_folder_is_free(tmp_path: Path) -> None:
    first = FolderLock(tmp_path)
    first.release()
    with FolderLock(tmp_path):
        first.release()  # nothing of anybody else's
        with pytest.raises(FolderInUse):
            FolderLock(tmp_path)


def test_a_killed_process_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(tmp_path)],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(FolderInUse) as told:
            FolderLock(tmp_path)
        assert told.value.pid == holder.pid
        holder.kill()
        holder.wait()
        wait_until(lambda: is_free(tmp_path))


def test_a_holder_without_a_name_is_another_process(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        (tmp_path / LOCK_FILE).write_text("")
        with pytest.raises(FolderInUse, match="by another process") as told:
            FolderLock(tmp_path)
    assert told.value.pid is None


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FolderLock(tmp_path / "none")


def is_free(folder: Path) -> bool:
    try:
        FolderLock(folder).release()
    except FolderInUse:
        return False
    return True
