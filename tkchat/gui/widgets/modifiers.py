"""The modifier keys in a key event's state, whose bits are other keys on each system."""

import sys

_SHIFT, _CONTROL = 0x1, 0x4
_ALT = 0x20000  # Windows' own; elsewhere only in events that Tk was asked to generate
_MOD1 = 0x8  # Alt on X11, Command on a Mac; on Windows Num Lock, which is nearly always on
_OPTION = 0x10  # of a Mac


def writes_text(state: int, platform: str = sys.platform) -> bool:
    """Tell whether a key writes its sign: none is held with which it would be a command."""
    if platform == "win32":
        # Both together are AltGr, which writes signs such as @ on many keyboards.
        return state & (_CONTROL | _ALT) in (0, _CONTROL | _ALT)
    return not state & (_CONTROL | _ALT | _MOD1)  # Option on a Mac writes other signs


def is_bare(state: int, platform: str = sys.platform) -> bool:
    """Tell whether no other key is held; Caps Lock and Num Lock do not count."""
    others = {"win32": 0, "darwin": _MOD1 | _OPTION}.get(platform, _MOD1)
    return not state & (_SHIFT | _CONTROL | _ALT | others)
