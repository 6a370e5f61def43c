"""What the desktop says about its looks."""

import sys
from collections.abc import Callable
from functools import partial

from tkchat.desktop.asking import Asked, answer, answer_of, ask

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
_GNOME_CLOCK = ["gsettings", "get", "org.gnome.desktop.interface", "clock-format"]
_MACOS = ["defaults", "read", "-g", "AppleInterfaceStyle"]


def prefers_dark() -> bool | None:
    """Whether the desktop is set to dark colours; None if it does not say. Never raises.

    It asks other programs and blocks for up to two seconds: never call it on Tk's thread.
    """
    return ask_whether_dark()(SECONDS)


def ask_whether_dark() -> Callable[[float], bool | None]:
    """Begin to ask for what `prefers_dark` returns.

    What is returned waits for that; it gets how many seconds each program may take until then.
    """
    if sys.platform == "win32":
        return lambda _seconds: _windows_prefers_dark()
    if sys.platform == "darwin":
        # The setting exists only while the dark style is chosen.
        style = ask(_MACOS)
        return lambda seconds: answer_of(style, seconds) == "Dark"
    return partial(_linux_prefers_dark, ask(_PORTAL))


def _linux_prefers_dark(asked: Asked, seconds: float) -> bool | None:
    portal = answer_of(asked, seconds)  # such as "(<<uint32 1>>,)": 1 is dark, 2 light, 0 neither
    if "uint32 1" in portal or "uint32 2" in portal:
        return "uint32 1" in portal
    gnome = answer(_GNOME, seconds)
    return "dark" in gnome if gnome else None


def clock_hours() -> int | None:
    """Whether the desktop's clock counts 12 hours or 24; None if it does not say. Never raises.

    It may ask other programs and block for up to two seconds: never call it on Tk's thread.
    """
    if sys.platform == "win32":
        return _windows_clock_hours()
    if sys.platform == "darwin":
        forced = {"AppleICUForce24HourTime": 24, "AppleICUForce12HourTime": 12}
        for key, hours in forced.items():
            if _answer(["defaults", "read", "-g", key]) == "1":
                return hours
    gnome = _answer(_GNOME_CLOCK)
    if gnome in {"'12h'", "'24h'"}:
        return int(gnome[1:3])
    written = _answer(["locale", "t_fmt"])  # such as "%r", which is "%I:%M:%S %p"
    if not written:
        return None
    return 12 if any(part in written for part in ("%r", "%I", "%l", "%p")) else 24


def _answer(command: list[str]) -> str:
    return answer(command, SECONDS)


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


def _windows_clock_hours() -> int | None:
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(winreg.HKEY_CURRENT_USER, r"Control Panel\International") as key:
                return 24 if "H" in str(winreg.QueryValueEx(key, "sShortTime")[0]) else 12
        except OSError:
            return None
    return None
