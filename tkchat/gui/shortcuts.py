"""All keys of the chat window in one table: it binds them from here, and the sheet shows them."""

import sys
from dataclasses import dataclass

from tkchat.i18n import tr

ON_MAC = sys.platform == "darwin"
NTH_ROOM = "nth room"  #: the one deed that its key says more about: which room

#: what a key is called for a person -> Tk's names of the keys that do the same
_KEYSYMS = {
    "+": ("plus", "equal", "KP_Add"),
    "-": ("minus", "KP_Subtract"),
    "0": ("0", "KP_0"),
    "/": ("slash",),
    ",": ("comma",),
    ".": ("period",),
    "[": ("bracketleft",),
    "Enter": ("Return", "KP_Enter"),
    "Esc": ("Escape",),
    "Page Up": ("Prior",),
    "Page Down": ("Next",),
}
_MODIFIERS = {"Ctrl": "Control", "Alt": "Alt", "Shift": "Shift"}
_MAC_MODIFIERS = {"Ctrl": "Command", "Alt": "Option", "Shift": "Shift"}
_MAC_SIGNS = {"Ctrl+": "⌘", "Alt+": "⌥", "Shift+": "⇧"}


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One thing that keys do; ``help`` and ``group`` are in the person's language.

    The keys of the list of messages may mean something else where one writes.

    ``keys`` are Tk's sequences, ``shown`` is what a person reads. The window does each ``deed``
    that it knows; the others belong to the widget that has the keyboard.
    """

    deed: str
    keys: tuple[str, ...]
    shown: str
    help: str
    group: str


def shortcuts(*, on_mac: bool = ON_MAC) -> list[Shortcut]:
    """Return all keys, group by group."""
    going, reading = tr("Going around"), tr("Reading")
    messages = tr("In the list of messages")
    writing, program = tr("Writing"), tr("Program")
    number = "Ctrl" if on_mac else "Alt"  # on a Mac, Option makes other signs of digits
    back = "Ctrl+[" if on_mac else "Alt+Left"  # on a Mac, Option+Left goes to the word before
    rows = [
        ("switch", tr("Go to a room or person by name"), going, "Ctrl+K"),
        ("previous room", tr("Previous room"), going, "Alt+Up"),
        ("next room", tr("Next room"), going, "Alt+Down"),
        ("previous unread", tr("Previous room with something unread"), going, "Alt+Shift+Up"),
        ("next unread", tr("Next room with something unread"), going, "Alt+Shift+Down"),
        (NTH_ROOM, tr("First to ninth room"), going, *(f"{number}+{n}" for n in range(1, 10))),
        ("new room", tr("Join or create a room"), going, "Ctrl+N"),
        ("invite", tr("Invite people"), going, "Ctrl+Shift+I"),
        ("next region", tr("Next part of the window"), going, "F6"),
        ("previous region", tr("Previous part of the window"), going, "Shift+F6"),
        ("search", tr("Search messages"), reading, "Ctrl+F"),
        ("page up", tr("Scroll up"), reading, "Page Up"),
        ("page down", tr("Scroll down"), reading, "Page Down"),
        ("to newest", tr("To the newest message"), reading, "Ctrl+End"),
        ("go back", tr("Back to where you were before a jump"), reading, back),
        ("copy", tr("Copy what is selected, or the marked message"), reading, "Ctrl+C"),
        ("copy all", tr("Copy it with names and times"), reading, "Ctrl+Shift+C"),
        ("message menu", tr("What can be done to a message, a room or a person"), reading,
         "Shift+F10"),
        ("mark message", tr("Mark the message above or below"), messages, "Up", "Down"),
        ("marked message", tr("What can be done to it"), messages, "Enter"),
        ("fold message", tr("Show all of it, or less"), messages, "Right", "Left"),
        ("delete message", tr("Delete it"), messages, "Delete"),
        ("send", tr("Send"), writing, "Enter"),
        ("new line", tr("New line"), writing, "Shift+Enter"),
        ("edit last", tr("Change your last message (in an empty box)"), writing, "Up"),
        ("recall", tr("What you wrote before"), writing, "Ctrl+Up", "Ctrl+Down"),
        ("complete", tr("Complete a name, room, command or emoji"), writing, "Tab"),
        ("emoji", tr("Choose an emoji"), writing, "Ctrl+."),
        ("bold", tr("Bold"), writing, "Ctrl+B"),
        ("italic", tr("Italic"), writing, "Ctrl+I"),
        ("strike", tr("Struck through"), writing, "Ctrl+Shift+X"),
        ("code", tr("Code"), writing, "Ctrl+E"),
        ("undo", tr("Undo"), writing, "Ctrl+Z"),
        ("redo", tr("Redo"), writing, "Ctrl+Y", "Ctrl+Shift+Z"),
        ("cancel", tr("Close what is on top, or stop answering"), writing, "Esc"),
        ("shortcuts", tr("This list of keys"), program, "F1", "Ctrl+/"),
        ("settings", tr("Settings"), program, "Ctrl+,"),
        ("menu", tr("Menu"), program, "F10"),
        ("full screen", tr("Full screen, or no longer"), program, "F11"),
        ("larger", tr("Larger"), program, "Ctrl++"),
        ("smaller", tr("Smaller"), program, "Ctrl+-"),
        ("normal size", tr("Normal size"), program, "Ctrl+0"),
        ("quit", tr("Quit"), program, "Ctrl+Q"),
    ]  # fmt: skip
    return [
        Shortcut(
            deed,
            tuple(key for combination in combinations for key in sequences(combination, on_mac)),
            _shown(combinations, on_mac),
            text,
            group,
        )
        for deed, text, group, *combinations in rows
    ]


def shown_for(deed: str) -> str:
    """Return what a person reads of the keys that do ``deed``."""
    return next(shortcut.shown for shortcut in shortcuts() if shortcut.deed == deed)


def tip_for(deed: str, text: str) -> str:
    """Return what is said of a button that does ``deed``: ``text``, and its keys."""
    return f"{text}  ({shown_for(deed)})"


def sequences(combination: str, on_mac: bool = ON_MAC) -> list[str]:
    """Return Tk's sequences for what a person calls ``Ctrl+K``."""
    modifiers, key = _split(combination)
    names = _MAC_MODIFIERS if on_mac else _MODIFIERS
    before = "".join(f"{names[modifier]}-" for modifier in modifiers)
    # With Caps Lock a letter's key has the other name.
    usual = (key.lower(), key.upper()) if len(key) == 1 and key.isalpha() else (key,)
    return [f"<{before}Key-{keysym}>" for keysym in _KEYSYMS.get(key, usual)]


def _split(combination: str) -> tuple[list[str], str]:
    before, _, key = combination.rpartition("+")
    if not key:  # it is the plus itself
        before, key = before[:-1], "+"
    return before.split("+") if before else [], key


def _shown(combinations: list[str], on_mac: bool) -> str:
    few = combinations if len(combinations) < 3 else [combinations[0], combinations[-1]]
    text = (", " if few is combinations else " … ").join(few)
    if on_mac:
        for word, sign in _MAC_SIGNS.items():
            text = text.replace(word, sign)
    return text
