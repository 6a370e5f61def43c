"""What can be done to one message: its context menu, by mouse and by keyboard."""

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial

from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji, name_of
from tkchat.gui.look.elements import to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.text_copy import (
    copy,
    copy_selection,
    copy_with_names,
    line_of,
    offer_selection,
    select_all,
)
from tkchat.gui.widgets.icon_button import plus
from tkchat.gui.widgets.menu import SEPARATOR, Entry, Menu
from tkchat.gui.widgets.menu_keys import bind_menu_keys
from tkchat.gui.widgets.menu_pictures import PictureButton
from tkchat.gui.widgets.sanitise import for_tk, one_line
from tkchat.i18n import tr, trn

QUICK_REACTIONS = ("👍", "❤️", "😂", "🎉", "😮", "😢")
SHOWN_READERS = 40  #: of more people only so many are named

_EMOJI = 22  # of 96 dpi, like the next
_PLUS = 14


class Deed(Enum):
    """What can be done to a message, in the order of the menu."""

    REPLY = "Reply"
    REACT = "React"
    EDIT = "Edit"
    DELETE = "Delete"
    DISCARD = "Discard"
    PERSON = "Person"  #: decide about its author: the menu shows how


@dataclass(frozen=True, slots=True)
class Deeds:
    """Which deeds a message allows, and what carries them out.

    ``react``: with which emoji; ``more``: with one that is chosen near a widget, None if that is
    impossible. ``seen_by`` returns who else has read a message, ``on_author`` the lines of the menu
    on who said it.
    """

    allowed: Callable[[Message], Collection[Deed]] = lambda _message: ()
    do: Callable[[Deed, Message], None] = lambda _deed, _message: None
    react: Callable[[Message, str], None] = lambda _message, _emoji: None
    go_to_answered: Callable[[Message], None] = lambda _message: None
    seen_by: Callable[[Message], Sequence[str]] = lambda _message: ()
    more: Callable[[Message, tk.Misc], None] | None = None
    on_author: Callable[[Message], Sequence[Entry]] = lambda _message: ()


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
        #: brings the message that keys have chosen into view, and returns its place; empty for none
        self.chosen_place: Callable[[], str] = lambda: ""
        self.menu = Menu(text, theme, emoji)
        bind_menu_keys(text, self._clicked, self._post_by_key)
        for sequence in ("<Control-Shift-C>", "<Control-Shift-c>"):
            text.bind(sequence, lambda _event: self._copy_with_names(None))
        offer_selection(text)

    def post_at(self, place: str) -> None:
        """Open the menu under the line at an index."""
        text = self._text
        box = text.bbox(place) or (0, text.winfo_height() // 2, 0, 0)
        x, y = self._theme.px(40), min(box[1] + box[3], text.winfo_height())
        self.post(place, text.winfo_rootx() + x, text.winfo_rooty() + y, over=box[3])

    def post(self, place: str, x: int, y: int, anchor: str = "nw", over: int = 0) -> None:
        """Open the menu for what is at an index, at a point of the screen as `Menu.post` does."""
        message = self._find(place)
        on_author = () if message is None else self._deeds.on_author(message)
        if on_author and "name" in self._text.tag_names(place):
            self.menu.post(on_author, x, y, anchor, over=over)
            return
        pictures = self._quick_reactions(message)
        groups = [
            [] if message is None or pictures else self._named_reactions(message),
            self._deeds_on(message, (Deed.REPLY,)),
            self._copying(message, place),
            self._deeds_on(message, (Deed.EDIT, Deed.DELETE, Deed.DISCARD)),
            self._order(message, lambda: self.menu.post(on_author, x, y, anchor, over=over)),
            self._more(message),
            self._readers(message),
        ]
        entries: list[Entry] = []
        for group in filter(None, groups):
            entries += [SEPARATOR, *group] if entries else group
        self.menu.post(entries, x, y, anchor, pictures, over)

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        self.post(f"@{event.x},{event.y}", event.x_root, event.y_root)

    def _post_by_key(self) -> None:
        """Open it on what keys have chosen, else what is selected, or at the pointer, or newest."""
        text = self._text
        x, y = (
            text.winfo_pointerx() - text.winfo_rootx(),
            text.winfo_pointery() - text.winfo_rooty(),
        )
        if place := self.chosen_place():
            self.post_at(place)
        elif text.tag_ranges("sel"):
            self.post_at("sel.first")
        elif 0 <= x < text.winfo_width() and 0 <= y < text.winfo_height():
            self.post_at(f"@{x},{y}")
        else:
            self.post_at(f"@0,{text.winfo_height()}")

    def _deeds_on(self, message: Message | None, deeds: Sequence[Deed]) -> list[Entry]:
        if message is None:
            return []
        allowed, names = self._deeds.allowed(message), _names_of_deeds()
        return [
            Entry(names[deed], partial(self._deeds.do, deed, message))
            for deed in deeds
            if deed in allowed
        ]

    def _order(self, message: Message | None, on_author: Callable[[], None]) -> list[Entry]:
        """Return the line that opens the menu on the author, for those who keep order."""
        if message is None or Deed.PERSON not in self._deeds.allowed(message):
            return []
        said = tr("Silence, remove or ban {name}…").format(name=one_line(message.author))
        return [Entry(said, on_author)]

    def _copying(self, message: Message | None, place: str) -> list[Entry]:
        found: list[Entry] = []
        if url := self._link_at(place):
            found.append(Entry(tr("Copy link"), lambda: copy(self._text, for_tk(url))))
        if self._text.tag_ranges("sel"):
            several = tr("Copy with names and times")
            return [
                *found,
                Entry(tr("Copy"), lambda: copy_selection(self._text), "Ctrl+C"),
                Entry(several, lambda: self._copy_with_names(None), "Ctrl+Shift+C"),
            ]
        if message is None or not message.text:
            return [*found, Entry(tr("Copy"), lambda: None, is_possible=False)]
        words = for_tk(message.text)
        return [
            *found,
            Entry(tr("Copy message"), lambda: copy(self._text, words)),
            Entry(tr("Copy with name and time"), lambda: self._copy_with_names(message)),
        ]

    def _more(self, message: Message | None) -> list[Entry]:
        every = Entry(tr("Select all"), lambda: select_all(self._text), "Ctrl+A")
        if message is None or not message.answers:
            return [every]
        answered = partial(self._deeds.go_to_answered, message)
        return [Entry(tr("Show what it answers"), answered), every]

    def _readers(self, message: Message | None) -> list[Entry]:
        readers = self._deeds.seen_by(message) if message is not None else ()
        if not readers:
            return []
        count = len(readers)
        caption = trn("Seen by {count} person", "Seen by {count} people", count)
        names = [one_line(name) for name in readers[:SHOWN_READERS]]
        if (left := count - SHOWN_READERS) > 0:
            names.append(trn("{count} other", "{count} others", left).format(count=left))
        return [Entry(caption.format(count=count), lambda: None, note=", ".join(names))]

    def _quick_reactions(self, message: Message | None) -> list[PictureButton]:
        """Return the reactions to click at once; none if one of them cannot be drawn."""
        if message is None or Deed.REACT not in self._deeds.allowed(message):
            return []
        size, ink = self._theme.px(_EMOJI), self._theme.palette.muted
        drawn = [(each, self._emoji.png(each, size)) for each in QUICK_REACTIONS]
        if not all(png for _, png in drawn):
            return []
        found = [
            PictureButton(
                tk.PhotoImage(master=self._text, data=png or b"", format="png"),
                f":{self._emoji.shortcodes.name_of(sequence)}:",
                partial(self._deeds.react, message, sequence),
            )
            for sequence, png in drawn
        ]
        if (more := self._deeds.more) is not None:
            sign = to_photo(self._text, plus(self._theme.px(_PLUS), ink))
            found.append(PictureButton(sign, tr("More…"), partial(more, message, self._text)))
        return found

    def _named_reactions(self, message: Message) -> list[Entry]:
        """Return the reactions as lines with their names: where there are no pictures."""
        if Deed.REACT not in self._deeds.allowed(message):
            return []
        found = [
            Entry(
                name_of(sequence).strip(":").replace("_", " "),
                partial(self._deeds.react, message, sequence),
            )
            for sequence in QUICK_REACTIONS
        ]
        if (more := self._deeds.more) is not None:
            found.append(Entry(tr("More…"), partial(more, message, self._text)))
        return found

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
        Deed.EDIT: tr("Edit"),
        Deed.DELETE: tr("Delete"),
        Deed.DISCARD: tr("Discard"),
    }
