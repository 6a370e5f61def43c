"""The desktop's own dialog to choose where a file is to go, as a process beside this one."""

import shutil
import subprocess
from pathlib import Path

from tkchat.i18n import tr

SECONDS = 3600.0
"""How long a person may take to choose."""


def can_choose() -> bool:
    """Say whether there is such a program here."""
    return _command(Path()) is not None


def choose_file(start: Path, title: str = "") -> Path | None:
    """Return where to save, beginning with ``start``; None if the person has called it off.

    Waits for the person, so it is not for Tk's thread.

    Raises:
        OSError: there is no such program.
        subprocess.SubprocessError: it has failed.
    """
    command = _command(start, title)
    if command is None:
        raise FileNotFoundError(tr("There is no program here to choose a file with."))
    done = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,  # they fail when they are called off
        text=True,
        errors="surrogateescape",
        timeout=SECONDS,
    )
    chosen = done.stdout.rstrip("\n")
    return Path(chosen) if done.returncode == 0 and chosen else None


def _command(start: Path, title: str = "") -> list[str] | None:
    if shutil.which("kdialog") and not shutil.which("zenity"):
        return ["kdialog", "--title", title, "--getsavefilename", str(start)]
    if shutil.which("zenity"):
        return ["zenity", "--file-selection", "--save", f"--title={title}", f"--filename={start}"]
    return None
