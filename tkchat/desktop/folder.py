"""Shows a folder in the desktop's file manager."""

import os
import subprocess
import sys
from pathlib import Path


def open_folder(folder: Path) -> None:
    """Open ``folder``; may wait for the file manager to start, so it is not for Tk's thread.

    Raises:
        OSError: there is nothing to open it with.
        subprocess.CalledProcessError: what there is failed.
    """
    if sys.platform == "win32":
        os.startfile(folder)  # noqa: S606 (a folder, which starts nothing but the file manager)
        return
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    subprocess.run(
        [opener, str(folder.resolve())],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )
