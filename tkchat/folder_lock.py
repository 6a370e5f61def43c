"""One process at a time in a folder: a lock that the system frees when its holder dies."""

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

LOCK_FILE = "lock"
_LOCKED_BYTE = 1024  # Windows lets nobody read a locked byte: this one is far behind the pid

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FolderInUse(Exception):
    """Another process has the folder. ``pid`` is its number, or None where that is not known."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid else "another process"
        super().__init__(f"The folder {folder} is in use by {who}.")
        self.pid = pid


class FolderLock:
    """Holds ``folder`` for this process, from the constructor on until `release`.

    The file is never deleted: whoever opened it just before would lock what is no longer there.

    Raises:
        FolderInUse: another process, or another lock of this one, holds it.
        OSError: the file in it cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        file = folder / LOCK_FILE
        self._descriptor = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(self._descriptor)
        except (BlockingIOError, PermissionError) as error:  # the second is what Windows says
            self.release()
            raise FolderInUse(folder, _read_pid(file)) from error
        except BaseException:
            self.release()
            raise
        with contextlib.suppress(OSError):  # the disk is full: locked without a name is locked too
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, f"{os.getpid()}\n".encode())

    def release(self) -> None:
        """Let others have the folder; may be called again."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def _read_pid(file: Path) -> int | None:
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):  # its holder is about to write it
        return None
