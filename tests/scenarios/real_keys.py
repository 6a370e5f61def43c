"""Presses keys of the display itself, for programs that run as processes of their own."""

import subprocess

from tests.support import wait_until


def wait_for_focus(title: str) -> None:
    """Wait until the window with that title has the keyboard, which all windows share."""
    wait_until(lambda: xdotool("getwindowfocus", "getwindowname").strip() == title)


def xdotool(*arguments: str) -> str:
    """Run xdotool, which may fail as long as no window has the keyboard; return what it says."""
    done = subprocess.run(["xdotool", *arguments], capture_output=True, text=True, check=False)
    return done.stdout
