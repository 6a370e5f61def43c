"""Show an error in a window by whatever this system has for it. Standard library only."""

import contextlib
import os
import re
import shutil
import subprocess
import sys

TITLE = "tkchat"


def show_error(message: str, detail: str) -> bool:
    """Show a dialog and wait until it is closed; False if nothing here can show one.

    It has to be called on the main thread.
    """
    text = f"{message}\n\n{detail}"
    if sys.platform == "win32":
        return _by_tk(message, detail) or _by_windows(text)
    if sys.platform == "darwin" or os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return _by_tk(message, detail) or _by_program(text)
    return False


def _by_tk(message: str, detail: str) -> bool:
    try:
        import tkinter
        from tkinter import messagebox

        root = tkinter.Tk(className="Tkchat")
    except Exception:  # noqa: BLE001 - a broken Tcl fails in many ways; the next dialog gets its turn
        return False
    try:
        root.withdraw()
        messagebox.showerror(TITLE, _drawable(message), detail=_drawable(detail), parent=root)
    except tkinter.TclError:
        return False
    finally:
        with contextlib.suppress(tkinter.TclError):
            root.destroy()
    return True


def _drawable(text: str) -> str:
    """`text` without what is no text (surrogates) and what old font libraries cannot draw.

    Before libXft 2.3.5 a coloured emoji ends the process; nearly all are beyond the BMP.
    """
    return re.sub("[\ud800-\udfff\U00010000-\U0010ffff]", "\ufffd", text)


def _by_program(text: str) -> bool:
    """Show a dialog by the first desktop program that can."""
    # Python's surrogates stand for bytes of a path that are no text.
    text = text.encode("utf-8", "replace").decode()
    alert = 'on run argv\ndisplay alert "tkchat" message (item 1 of argv) as critical\nend run'
    for command in (
        ["zenity", "--error", "--no-markup", "--width=480", f"--title={TITLE}", f"--text={text}"],
        ["kdialog", "--title", TITLE, "--error", text],
        ["xmessage", "-center", "-title", TITLE, text],
        ["osascript", "-e", alert, text],
    ):
        if shutil.which(command[0]) is None:
            continue
        with contextlib.suppress(OSError):
            done = subprocess.run(
                command, check=False, stdin=subprocess.DEVNULL, capture_output=True
            )
            # 1 is what closing the window gives, and what a display that cannot be opened gives:
            # then the next program says it once more, which beats not saying it.
            if done.returncode == 0:
                return True
    return False


def _by_windows(text: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        icon_error = 0x10
        return bool(ctypes.windll.user32.MessageBoxW(None, text, TITLE, icon_error))
    return False
