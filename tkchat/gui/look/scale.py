"""Makes Tk draw at the size that the desktop asks for. Points follow `tk scaling`; see Theme.px."""

import re
import sys
import tkinter as tk

from tkchat.desktop.asking import Asked, answer_of, ask

XRDB_SECONDS = 1.0  #: longest wait for the desktop's answer
_POINTS_PER_INCH = 72
_SANE_DPI = range(48, 1000)


def prepare_process() -> None:
    """Tell Windows, before the first ``Tk()``, that this process draws for the real resolution.

    Elsewhere it does nothing.
    """
    if sys.platform == "win32":
        import ctypes

        try:
            ctypes.windll.shcore.SetProcessDpiAwareness(1)
        except (AttributeError, OSError):  # before Windows 8.1, or set already
            return


def ask_dpi() -> Asked:
    """Begin to ask an X11 desktop, by another program, for what `desktop_dpi` returns."""
    return ask(["xrdb", "-query"])


def desktop_dpi(asked: Asked) -> float | None:
    """Return the dots per inch that the desktop wants, or None where it does not say.

    Tk reads the X server's own figure, which desktops leave alone; they set the resource Xft.dpi.
    It waits for `XRDB_SECONDS` at most.
    """
    return parse_dpi(answer_of(asked, XRDB_SECONDS))


def parse_dpi(resources: str) -> float | None:
    """Return Xft.dpi from the output of ``xrdb -query``, or None if it is not there or absurd."""
    found = re.search(r"^Xft\.dpi:\s*(\d+(?:\.\d+)?)\s*$", resources, re.MULTILINE)
    dpi = float(found[1]) if found else 0.0
    return dpi if int(dpi) in _SANE_DPI else None


def apply_desktop_scale(root: tk.Tk, dpi: float | None) -> None:
    """Set ``tk scaling`` to what `desktop_dpi` said. Call it before any other widget exists."""
    if dpi and root.tk.call("tk", "windowingsystem") == "x11":
        root.tk.call("tk", "scaling", dpi / _POINTS_PER_INCH)
