"""What can be done to one message: its context menu, by mouse and by keyboard."""

import tkinter as tk
from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import Enum
from functools import partial

from tkchat.client.message import Message
from tkchat.gui.emoji import Emoji, name_of
from tkchat.gui.sanitise import for_tk
from tkchat.gui.text_copy import copy_selection, select_all
from tkchat.gui.theme import Theme

QUICK_REACTIONS = ("👍", "❤️", "😂", "🎉", "😮", "😢")


class Deed(Enum):
    """What can be done to a message; the value is what the menu says."""

    REPLY = "Reply"
    REACT = "React"
    EDIT = "Edit"
    DELETE = "Delete"
    DISCARD = "Discard"


@dataclass(frozen=True, slots=True)
class Deeds:
    """Which deeds a message allows, and what carries them out (``react``: with which emoji)."""

    allowed: Callable[[Message], Collection[Deed]] = lambda _message: ()
    do: Callable[[Deed, Message], None] = lambda _deed, _message: None
    react: Callable[[Message, str], None] = lambda _message, _emoji: None
    go_to_answered: Callable[[Message], None] = lambda _message: None


class MessageMenu:
    """The context menu of a list of messages: by right click, the Menu key or Shift+F10.

    ``find`` returns the message at a place in the text like ``@10,20``.
    """

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        emoji: Emoji,
        find: Callable[[str], Message | None],
        deeds: Deeds,
    ) -> None:
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self._find = find
        self._deeds = deeds
        self._photos: list[tk.PhotoImage] = []
        # Filled anew each time: to destroy a menu that is still on the screen can crash Tk.
        self.menu = tk.Menu(text, tearoff=False)
        self._reactions = tk.Menu(self.menu, tearoff=False)
        windowing = text.tk.call("tk", "windowingsystem")
        right = ["<Button-2>", "<Control-Button-1>"] if windowing == "aqua" else ["<Button-3>"]
        for sequence in right:
            text.bind(sequence, self._clicked)
        for sequence in ("<Shift-F10>", "<Menu>" if windowing == "x11" else "<App>"):
            text.bind(sequence, lambda _event: self._post_by_key())

    def _clicked(self, event: "tk.Event[tk.Misc]") -> str:
        return self._post(f"@{event.x},{event.y}", event.x_root, event.y_root)

    def _post_by_key(self) -> str:
        """Open the menu on what is selected, or on what the pointer is at, or on the newest."""
        text = self._text
        x, y = (
            text.winfo_pointerx() - text.winfo_rootx(),
            text.winfo_pointery() - text.winfo_rooty(),
        )
        if text.tag_ranges("sel"):
            place = "sel.first"
        elif 0 <= x < text.winfo_width() and 0 <= y < text.winfo_height():
            place = f"@{x},{y}"
        else:
            place = f"@0,{text.winfo_height()}"
        box = text.bbox(place) or (0, text.winfo_height() // 2, 0, 0)
        x, y = self._theme.px(40), min(box[1] + box[3], text.winfo_height())
        return self._post(place, text.winfo_rootx() + x, text.winfo_rooty() + y)

    def _post(self, place: str, x: int, y: int) -> str:
        message = self._find(place)
        menu = self.menu
        menu.delete(0, "end")
        menu.add_command(label=_padded("Copy"), command=partial(self._copy, message))
        if message is None and not self._text.tag_ranges("sel"):
            menu.entryconfigure(0, state="disabled")
        allowed = () if message is None else self._deeds.allowed(message)
        for deed in Deed:
            if message is None or deed not in allowed:
                continue
            if deed is Deed.REACT:
                self._fill_reactions(message)
                menu.add_cascade(label=_padded(deed.value), menu=self._reactions)
            else:
                menu.add_command(
                    label=_padded(deed.value), command=partial(self._deeds.do, deed, message)
                )
        menu.add_separator()
        menu.add_command(label=_padded("Select all"), command=lambda: select_all(self._text))
        try:
            menu.tk_popup(x, y)
        finally:
            menu.grab_release()
        return "break"

    def _fill_reactions(self, message: Message) -> None:
        menu = self._reactions
        menu.delete(0, "end")
        self._photos.clear()
        height = int(self._theme.fonts.body.metrics("linespace"))
        for sequence in QUICK_REACTIONS:
            react = partial(self._deeds.react, message, sequence)
            if png := self._emoji.png(sequence, height):
                photo = tk.PhotoImage(master=self._text, data=png, format="png")
                self._photos.append(photo)
                menu.add_command(image=photo, command=react)
            else:
                name = name_of(sequence)
                menu.add_command(label=_padded(name.strip(":").replace("_", " ")), command=react)

    def _copy(self, message: Message | None) -> None:
        if self._text.tag_ranges("sel"):
            copy_selection(self._text)
        elif message is not None:
            self._text.clipboard_clear()
            self._text.clipboard_append(for_tk(message.text))


def _padded(label: str) -> str:
    return f"  {label}    "  # Tk leaves no room at the edges
