"""Put a launcher for this copy of tkchat where the desktop looks for programs, and take it away."""

import subprocess
import sys
from pathlib import Path

from tkchat import program
from tkchat.desktop import failure
from tkchat.i18n import tr

if sys.platform == "win32":
    from tkchat.desktop import windows as system
elif sys.platform == "darwin":
    from tkchat.desktop import macos as system
else:
    from tkchat.desktop import linux as system


class LauncherError(Exception):
    """The launcher could not be installed or removed; the message says what to do."""


def install() -> list[str]:
    """Install or renew the launcher for the current user; return lines that say what was done.

    It starts this very interpreter and this very copy of tkchat, so it has to be installed again
    after either has moved. Raises LauncherError.
    """
    missing = failure.missing_requirements(window=False)
    if missing is not None:
        raise LauncherError(missing)
    command = [*program.client_command(), "--from-launcher"]
    try:
        return system.install(command, program.checkout() or Path.home())
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        start = subprocess.list2cmdline(program.client_command())
        told = tr("The launcher could not be installed: {why}. tkchat still starts with: {command}")
        raise LauncherError(told.format(why=error, command=start)) from error


def remove() -> list[str]:
    """Remove the launcher, if there is one; return lines that say what was done.

    Raises LauncherError.
    """
    try:
        return system.remove()
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        told = tr("The launcher could not be removed: {why}. Its files can be deleted by hand.")
        raise LauncherError(told.format(why=error)) from error
