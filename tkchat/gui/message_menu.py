"""What can be done to one message: its context menu, by mouse and by keyboard."""

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from tkchat.client.message import Message
from tkchat.gui.emoji import Emoji, name_of
from tkchat.gui.sanitise import for_tk, one_line
from tkchat.gui.text_copy import (
    copy,
    copy_selection,
    copy_with_names,
    line_of,
    offer_selection,
    select_all,
)
from tkchat.gui.theme import Theme
from tkchat.i18n import tr, trn

QUICK_REACTIONS = ("👍", "❤️", "😂", "🎉", "😮", "😢")


class Deed(Enum):
    """What can be done to a message, in the order of the menu."""

    REPLY = "Reply"
    REACT = "React"
    EDIT = "Edit"
    DELETE = "Delete"
    DISCARD = "Discard"


@dataclass(frozen=True, slots=True)
class Deeds:
    """Which deeds a message allows, and what carries them out.

    ``react``: with which emoji; ``more``: with one that is chosen near a widget, None if that is
    impossible. ``seen_by`` returns who else has read a message.
    """

    allowed: Callable[[Message], Collection[Deed]] = lambda _message: ()
    do: Callable[[Deed, Message], None] = lambda _deed, _message: None
    react: Callable[[Message, str], None] = lambda _message, _emoji: None
    go_to_answered: Callable[[Message], None] = lambda _message: None
    seen_by: Callable[[Message], Sequence[str]] = lambda _message: ()
    more: Callable[[Message, tk.Misc], None] | None = None


class MessageMenu:
    """The context menu of a list of messages: by right click, the Menu key or Shift+F10.

    ``find`` returns the message at a place in the text like ``@10,20``, ``link_at`` the address of
    a link there. Ctrl+Shift+C copies as the menu does: with names and times.
    """

    def __init__(
        self,
        text: tk.Text,
        theme: Theme,
        emoji: Emoji,
        find: Callable[[str], Message | None],
        deeds: Deeds,
        link_at: Callable[[str], str] = lambda _place: "",
    ) -> None:
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self._find = find
        self._deeds = deeds
        self._link_at = link_at
        self._photos: list[tk.PhotoImage] = []
        # Filled anew each time: to destroy a menu that is still on the screen can crash Tk.
        self.menu = tk.Menu(text, tearoff=False)
        self._reactions = tk.Menu(self.menu, tearoff=False)
        self._readers = tk.Menu(self.menu, tearoff=False)
        windowing = text.tk.call("tk", "windowingsystem")
        right = ["<Button-2>", "<Control-Button-1>"] if windowing == "aqua" else ["<Button-3>"]
        for sequence in right:
            text.bind(sequence, self._clicked)
        for sequence in ("<Shift-F10>", "<Menu>" if windowing == "x11" else "<App>"):
            text.bind(sequence, lambda _event: self._post_by_key())
        for sequence in ("<Control-Shift-C>", "<Control-Shift-c>"):
            text.bind(sequence, lambda _event: self._copy_with_names(None))
        offer_selection(text)

    def post_at(self, place: str) -> str:
        """Open the menu under the line at an index; return "break", as an event handler does."""
        text = self._text
        box = text.bbox(place) or (0, text.winfo_height() // 2, 0, 0)
        x, y = self._theme.px(40), min(box[1] + box[3], text.winfo_height())
        return self.post(place, text.winfo_rootx() + x, text.winfo_rooty() + y)

    def post(self, place: str, x: int, y: int) -> str:
        """Open the menu for what is at an index, at a point of the screen; return "break"."""
        message = self._find(place)
        menu = self.menu
        menu.delete(0, "end")
        self._add_deeds(message, (Deed.REPLY, Deed.REACT))
        self._add_copying(message, place)
        self._add_deeds(message, (Deed.EDIT, Deed.DELETE, Deed.DISCARD))
        self._add_more(message)
        try:
            menu.tk_popup(x, y)
        finally:
            menu.grab_release()
        return "break"

    def _clicked(self, event: "tk.Event[tk.Misc]") -> str:
        return self.post(f"@{event.x},{event.y}", event.x_root, event.y_root)

    def _post_by_key(self) -> str:
        """Open the menu on what is selected, or on what the pointer is at, or on the newest."""
        text = self._text
        x, y = (
            text.winfo_pointerx() - text.winfo_rootx(),
            text.winfo_pointery() - text.winfo_rooty(),
        )
        if text.tag_ranges("sel"):
            return self.post_at("sel.first")
        if 0 <= x < text.winfo_width() and 0 <= y < text.winfo_height():
            return self.post_at(f"@{x},{y}")
        return self.post_at(f"@0,{text.winfo_height()}")

    def _add_copying(self, message: Message | None, place: str) -> None:
        self._separate()
        if url := self._link_at(place):
            self._add(tr("Copy link"), lambda: copy(self._text, for_tk(url)))
        if self._text.tag_ranges("sel"):
            self._add(tr("Copy"), lambda: copy_selection(self._text), "Ctrl+C")
            several = tr("Copy with names and times")
            self._add(several, lambda: self._copy_with_names(None), "Ctrl+Shift+C")
        elif message is not None and message.text:
            words = for_tk(message.text)
            self._add(tr("Copy message"), lambda: copy(self._text, words))
            self._add(tr("Copy with name and time"), lambda: self._copy_with_names(message))
        else:
            self._add(tr("Copy"), lambda: None)
            self.menu.entryconfigure("end", state="disabled")

    def _add_deeds(self, message: Message | None, deeds: Sequence[Deed]) -> None:
        if message is None:
            return
        self._separate()
        allowed = self._deeds.allowed(message)
        for deed in deeds:
            if deed not in allowed:
                continue
            name = _names_of_deeds()[deed]
            if deed is Deed.REACT:
                self._fill_reactions(message)
                self.menu.add_cascade(label=_padded(name), menu=self._reactions)
            else:
                self._add(name, partial(self._deeds.do, deed, message))

    def _add_more(self, message: Message | None) -> None:
        self._separate()
        if message is not None and message.answers:
            self._add(tr("Show what it answers"), lambda: self._deeds.go_to_answered(message))
        if message is not None and (readers := self._deeds.seen_by(message)):
            count = len(readers)
            label = trn("Seen by {count} person", "Seen by {count} people", count)
            self._fill_readers(readers)
            self.menu.add_cascade(label=_padded(label.format(count=count)), menu=self._readers)
        self._add(tr("Select all"), lambda: select_all(self._text), "Ctrl+A")

    def _separate(self) -> None:
        """Add a line between two groups, unless there is no first one."""
        last = self.menu.index("end")
        if last is not None and self.menu.type(last) != "separator":
            self.menu.add_separator()

    def _add(self, label: str, command: Callable[[], object], keys: str = "") -> None:
        accelerator = f"{keys}  " if keys else ""  # Tk puts it right at the edge
        self.menu.add_command(label=_padded(label), command=command, accelerator=accelerator)

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
        if (more := self._deeds.more) is not None:
            menu.add_command(label=_padded(tr("More …")), command=lambda: more(message, self._text))

    def _fill_readers(self, names: Sequence[str]) -> None:
        self._readers.delete(0, "end")
        for name in names:
            self._readers.add_command(
                label=_padded(self._emoji.plain(one_line(name))), state="disabled"
            )

    def _copy_with_names(self, message: Message | None) -> str:
        """Copy ``message``, or else what is selected, with who said it when."""
        clock = self._theme.clock
        if message is not None:
            copy(self._text, line_of(message, for_tk(message.text), clock))
        else:
            copy_with_names(self._text, self._find, clock)
        return "break"


def _names_of_deeds() -> dict[Deed, str]:
    return {
        Deed.REPLY: tr("Reply"),
        Deed.REACT: tr("React"),
        Deed.EDIT: tr("Edit"),
        Deed.DELETE: tr("Delete"),
        Deed.DISCARD: tr("Discard"),
    }


def _padded(label: str) -> str:
    return f"  {label}    "  # Tk leaves no room at the edges
