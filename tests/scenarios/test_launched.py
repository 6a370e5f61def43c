"""A double-click on the installed launcher opens the login dialog."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import CHECKOUT, wait_until


@pytest.mark.skipif(sys.platform != "linux", reason="gio and .desktop files are of freedesktop.org")
def test_the_launcher_opens_the_dialog(tmp_path: Path) -> None:
    home = tmp_path / "home of a person"
    home.mkdir()
    kept = {key: value for key, value in os.environ.items() if not key.startswith("XDG_")}
    environment = {**kept, "HOME": str(home)}

    def run(*command: object) -> str:
        # Standard error is not a pipe: a launched program would keep it open.
        words = [str(word) for word in command]
        done = subprocess.run(
            words,
            env=environment,
            cwd="/",
            check=False,  # xdotool fails while there is no such window yet
            timeout=60,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def focused() -> str:
        return run("xdotool", "getwindowfocus", "getwindowname").strip()

    run(sys.executable, CHECKOUT / "run_client.py", "--install-launcher")
    [entry] = (home / ".local/share/applications").glob("*.desktop")
    subprocess.run(["gio", "launch", entry], env=environment, cwd="/", check=True, timeout=60)
    wait_until(lambda: focused() == "tkchat", 30)
    run("xdotool", "key", "Escape")
    wait_until(lambda: not run("xdotool", "search", "--onlyvisible", "--class", "Tkchat"))
    run(sys.executable, CHECKOUT / "run_client.py", "--remove-launcher")
    assert not list((home / ".local/share/applications").glob("*.desktop"))
