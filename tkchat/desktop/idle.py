"""How long nobody has touched this computer, where Tk cannot know: under Wayland."""

import os
import re

from tkchat.desktop.asking import answer

SECONDS = 1.0
"""How long the desktop may take to answer."""

_MUTTER = [
    *("gdbus", "call", "--session", "--timeout", "1"),
    *("--dest", "org.gnome.Mutter.IdleMonitor"),
    *("--object-path", "/org/gnome/Mutter/IdleMonitor/Core"),
    *("--method", "org.gnome.Mutter.IdleMonitor.GetIdletime"),
]


def is_wayland() -> bool:
    """Say whether this is a Wayland session, in which Tk sees only what is done in X programs."""
    return bool(os.environ.get("WAYLAND_DISPLAY"))


def wayland_idle_seconds() -> float | None:
    """Return since when nobody has touched keyboard or mouse; None if the desktop does not say.

    Asks another program, so it is not for Tk's thread. Never raises.
    """
    answered = answer(_MUTTER, SECONDS)  # such as "(uint64 4711,)": milliseconds
    found = re.search(r"uint64 (\d+)", answered)
    return int(found[1]) / 1000 if found else None
