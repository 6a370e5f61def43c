"""How to start another tkchat process, whatever the working directory is. Standard library only."""

import os
import subprocess
import sys
from pathlib import Path


def checkout() -> Path | None:
    """The folder of the source checkout that this package runs from, or None if it is installed."""
    folder = Path(__file__).resolve().parent.parent
    return folder if (folder / "run_client.py").is_file() else None


def client_command() -> list[str]:
    """The arguments that start a client."""
    return _command(_without_console(sys.executable), "run_client.py", "tkchat")


def server_command() -> list[str]:
    """The arguments that start a server."""
    return _command(sys.executable, "run_server.py", "tkchat.server")


def restart_with_libraries() -> None:
    """Run the same command by the checkout's own Python, if ``make`` has set one up; else return.

    So ``python3 run_server.py`` works as printed in a checkout whose libraries are in ``.venv``.
    """
    folder = checkout()
    if folder is None:
        return
    binaries = folder / ".venv" / ("Scripts" if sys.platform == "win32" else "bin")
    python = binaries / ("python.exe" if sys.platform == "win32" else "python")
    if not python.is_file() or Path(sys.prefix).resolve() == (folder / ".venv").resolve():
        return
    command = [str(python), *sys.argv]
    if sys.platform == "win32":  # where exec() would let the shell go on at once
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)  # noqa: S606 (no shell is wanted)


def _command(python: str, script: str, module: str) -> list[str]:
    folder = checkout()
    if folder is not None and (folder / script).is_file():
        return [python, str(folder / script)]
    # -P: otherwise "-m" imports from the working directory first, and a stray random.py there wins.
    return [python, "-P", "-m", module]


def _without_console(python: str) -> str:
    """On Windows the interpreter beside this one that opens no console window, if there is one."""
    if sys.platform == "win32":
        windowed = Path(python).with_name("pythonw.exe")
        if windowed.is_file():
            return str(windowed)
    return python
