"""A hosted chat that its window let go on, found and ended by the next one: files in its folder."""

import contextlib
from pathlib import Path

from tkchat.folder_lock import FolderInUse, FolderLock

_PORT_FILE = "left-alone"  # where it listens; of no meaning unless a process holds the folder
_STOP_FILE = "stop"  # somebody wants it to end


def begin(folder: Path) -> None:
    """Forget what an earlier chat in ``folder`` left behind. For the host, which holds it.

    Raises:
        OSError: that cannot be removed.
    """
    for name in (_PORT_FILE, _STOP_FILE):
        (folder / name).unlink(missing_ok=True)


def announce(folder: Path, port: int) -> None:
    """Say that the host in ``folder`` listens to `ask_to_stop` from now on."""
    with contextlib.suppress(OSError):  # then it ends as soon as nobody is there
        (folder / _PORT_FILE).write_text(f"{port}\n", "ascii")


def is_to_stop(folder: Path) -> bool:
    """Whether somebody has asked for the end."""
    return (folder / _STOP_FILE).exists()


def port_of(folder: Path) -> int | None:
    """Return the port of the chat that was left alone in ``folder``; None if there is none."""
    try:
        port = int((folder / _PORT_FILE).read_text("ascii"))
    except (OSError, ValueError):
        return None
    return port if is_held(folder) else None


def ask_to_stop(folder: Path) -> None:
    """Ask the host in ``folder`` to end.

    Raises:
        OSError: it cannot be asked.
    """
    (folder / _STOP_FILE).touch(mode=0o600)


def is_held(folder: Path) -> bool:
    """Whether a process has the folder."""
    try:
        FolderLock(folder).release()
    except FolderInUse:
        return True
    except OSError:
        return False
    return False
