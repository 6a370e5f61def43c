"""Asks the desktop's own programs."""

import os
import subprocess

Asked = subprocess.Popen[bytes] | None
"""A program that was started for its answer; None if there is no such program."""


def answer(command: list[str], seconds: float) -> str:
    """Return what a program prints, as `answer_of` does."""
    return answer_of(ask(command), seconds)


def ask(command: list[str]) -> Asked:
    """Start a program, for `answer_of`."""
    try:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
    except OSError:
        return None


def answer_of(asked: Asked, seconds: float) -> str:
    """Return what a program prints, without white space around it; wait ``seconds`` at most.

    Empty if there is no such program, it fails or takes longer, when it is ended. Never raises.
    """
    if asked is None:
        return ""
    with asked:
        try:
            said, _ = asked.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            asked.kill()
            return ""
    return "" if asked.returncode else said.decode("utf-8", "replace").strip()


def environment() -> dict[str, str]:
    """Return the environment for a program that talks with the desktop by its message bus."""
    # With no address at all, GLib would start a message bus of its own, which then stays.
    bus = f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"
    return {"DBUS_SESSION_BUS_ADDRESS": bus, **os.environ}
