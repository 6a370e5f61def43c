"""Say why tkchat cannot start, so that it is seen from a terminal and from an icon alike.

Standard library only, for this has to work when anything else is missing.
"""

import contextlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import time
import traceback
from pathlib import Path

from tkchat import program
from tkchat.desktop.dialog import TITLE, show_error
from tkchat.i18n import listed, tr

# What is imported: what it is called in the package index.
_LIBRARIES = {
    "argon2": "argon2-cffi",
    "confusable_homoglyphs": "confusable-homoglyphs",
    "cryptography": "cryptography",
    "emoji": "emoji",
    "ifaddr": "ifaddr",
    "linkify_it": "linkify-it-py",
    "markdown_it": "markdown-it-py",
    "PIL": "Pillow",
    "platformdirs": "platformdirs",
    "precis_i18n": "precis-i18n",
    "prompt_toolkit": "prompt_toolkit",
    "segno": "segno",
    "zeroconf": "zeroconf",
}

# A package manager: what to type for the tkinter of the system's own Python. The first one found
# counts, and Homebrew comes last, for it exists beside the others on Linux.
_TKINTER = {
    "apt-get": "sudo apt-get install python3-tk",
    "dnf": "sudo dnf install python3-tkinter",
    "yum": "sudo yum install python3-tkinter",
    "pacman": "sudo pacman -S tk",
    "zypper": "sudo zypper install python3-tk",
    "apk": "sudo apk add python3-tkinter",
    "brew": f"brew install python-tk@3.{sys.version_info.minor}",
}


def report(message: str, log_file: Path, *, from_launcher: bool) -> None:
    """Tell the person what went wrong; blocks while a dialog is open. Call it on the main thread.

    From a terminal that is one line on stderr. From a launcher nobody sees stderr: the message goes
    into `log_file`, with the traceback if an exception is being handled, and into a dialog that
    names the file. Never raises for want of a disk or a display.
    """
    if not from_launcher:
        _print(message)
        return
    try:
        _append(message, log_file)
        detail = tr("More is in {file}").format(file=log_file)
    except OSError as error:
        detail = tr("More could not be written to a file: {why}").format(why=error)
    if not show_error(message, detail):
        # The session's own log may still catch it.
        _print(message)


def _print(message: str) -> None:
    if sys.stderr is not None:  # it is None under pythonw.exe
        one_line = " ".join(message.split())
        # A stderr that is closed or too narrow for the text is no reason to crash.
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{TITLE}: {one_line}\n")
            sys.stderr.flush()


def _append(message: str, log_file: Path) -> None:
    log_file.parent.mkdir(parents=True, exist_ok=True)
    entry = f"{time.strftime('%Y-%m-%d %H:%M:%S%z')} {message}\n"
    if sys.exc_info()[1] is not None:
        entry += traceback.format_exc()
    log_file.touch(mode=0o600)
    with log_file.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(entry)


def missing_requirements(*, window: bool = True) -> str | None:
    """One line that says what is missing and what to type; None if tkchat can start.

    `window` is False for the terminal client, which needs neither tkinter nor a display.
    """
    if window and not _tkinter_works():
        told = tr("This Python ({path}) has no tkinter. {advice}")
        return told.format(path=sys.executable, advice=_how_to_get_tkinter())
    missing = [name for module, name in _LIBRARIES.items() if not _installed(module)]
    if missing:
        told = tr("Missing libraries: {names}. {advice}")
        return told.format(names=listed(missing), advice=_how_to_get(missing))
    if window and not _has_display():
        start = "tkchat" if program.checkout() is None else "python3 run_client.py"
        return tr(
            "There is no display to open a window on (DISPLAY is not set). "
            "To chat in the terminal, type: {command}"
        ).format(command=f"{start} --terminal --connect HOST:PORT --name USER")
    return None


def _tkinter_works() -> bool:
    try:
        # Finding it is not enough: the module can be there without the Tcl/Tk libraries.
        import tkinter  # noqa: F401 (only whether it works)
    except ImportError:
        return False
    return True


def _installed(module: str) -> bool:
    return importlib.util.find_spec(module) is not None


def _has_display() -> bool:
    # Tk is an X program. A Wayland session gives it a DISPLAY too, by XWayland.
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY"))


def _how_to_get_tkinter() -> str:
    if sys.platform == "win32":
        return tr(
            'Run the installer from python.org again, choose Modify and tick "tcl/tk and IDLE".'
        )
    install = next((line for manager, line in _TKINTER.items() if shutil.which(manager)), None)
    if install is None:
        return tr("Install the tkinter package of your system.")
    system_python = Path("/usr/bin/python3")
    if sys.platform == "darwin" or Path(sys.base_prefix) == Path("/usr"):
        return _type(install)
    # The package is for the system's Python; one built by hand or by pyenv does not see it.
    told = tr("Type: {command}  and then: {next}")
    return told.format(command=install, next=_how_to_start_with(system_python))


def _how_to_get(libraries: list[str]) -> str:
    folder = program.checkout()
    if folder is None:
        return _type(_command_line([sys.executable, "-m", "pip", "install", *libraries]))
    by_pip = _command_line([sys.executable, "-m", "pip", "install", str(folder)])
    if sys.platform == "win32":
        return _type(by_pip)
    by_make = _command_line(["make", "-C", str(folder), "run"])
    return tr("Type: {command}  or: {other}").format(command=by_make, other=by_pip)


def _type(command: str) -> str:
    return tr("Type: {command}").format(command=command)


def _how_to_start_with(python: Path) -> str:
    folder = program.checkout()
    if folder is None:
        return f"{python} -m tkchat"
    # An environment that was made with the Python of today stays with it: away with that first.
    return _command_line(["make", "-C", str(folder), "clean", "run", f"PYTHON={python}"])


def _command_line(command: list[str]) -> str:
    return subprocess.list2cmdline(command) if sys.platform == "win32" else shlex.join(command)
