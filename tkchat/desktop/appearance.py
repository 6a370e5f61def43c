"""What the desktop says about its looks."""

import os
import subprocess
import sys

SECONDS = 1.0
"""How long a desktop's tool may take to answer."""

_PORTAL = [
    *("gdbus", "call", "--session", "--timeout", "1"),
    *("--dest", "org.freedesktop.portal.Desktop"),
    *("--object-path", "/org/freedesktop/portal/desktop"),
    *("--method", "org.freedesktop.portal.Settings.Read"),
    *("org.freedesktop.appearance", "color-scheme"),
]
_GNOME = ["gsettings", "get", "org.gnome.desktop.interface", "color-scheme"]
_MACOS = ["defaults", "read", "-g", "AppleInterfaceStyle"]


def prefers_dark() -> bool | None:
    """Whether the desktop is set to dark colours; None if it does not say. Never raises.

    It asks other programs and blocks for up to two seconds: never call it on Tk's thread.
    """
    if sys.platform == "win32":
        return _windows_prefers_dark()
    if sys.platform == "darwin":
        # The setting exists only while the dark style is chosen.
        return _answer(_MACOS) == "Dark"
    portal = _answer(_PORTAL)  # such as "(<<uint32 1>>,)": 1 is dark, 2 is light, 0 no preference
    if "uint32 1" in portal or "uint32 2" in portal:
        return "uint32 1" in portal
    gnome = _answer(_GNOME)
    return "dark" in gnome if gnome else None


def _answer(command: list[str]) -> str:
    # With no address at all, GLib would start a message bus of its own, which then stays.
    bus = f"unix:path={os.environ.get('XDG_RUNTIME_DIR', '/nonexistent')}/bus"
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            env={"DBUS_SESSION_BUS_ADDRESS": bus, **os.environ},
            text=True,
            errors="replace",
            timeout=SECONDS,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _windows_prefers_dark() -> bool | None:
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key:
                return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
        except OSError:
            return None
    return None
