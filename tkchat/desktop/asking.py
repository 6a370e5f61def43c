"""Asks the desktop's own programs."""

import os
import subprocess


def answer(command: list[str], seconds: float) -> str:
    """Return what a program prints, without white space around it, within ``seconds``.

    Empty if there is no such program, or it fails. Never raises; not for Tk's thread.
    """
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env=environment(),
            text=True,
            errors="replace",
            timeout=seconds,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def environment() -> dict[str, str]:
    """Return the environment for a program that talks with the desktop by its message bus."""
    # With no address at all, GLib would start a message bus of its own, which then stays.
    bus = f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"
    return {"DBUS_SESSION_BUS_ADDRESS": bus, **os.environ}
