"""The line above the messages: the room, who is in it, what it is about, and the menu."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from tkchat.client.order import Rules
from tkchat.client.presence import Presence
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import magnifier
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.rule_signs import RuleSigns
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.shortcuts import tip_for
from tkchat.gui.widgets.clipped_label import ClippedLabel
from tkchat.gui.widgets.icon_button import IconButton, three_lines
from tkchat.gui.widgets.menu import Entry, Menu
from tkchat.gui.widgets.menu_keys import bind_menu_keys
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.widgets.tooltip import explain
from tkchat.i18n import tr


@dataclass(frozen=True, slots=True)
class About:
    """What is said of a room or conversation: ``people`` are a few words on who is in it.

    ``presence`` is that of the other in a conversation. ``can_set_topic`` tells whether the person
    may change the topic now. ``rules`` are what those who keep order have set for the room.
    """

    room: str
    people: str = ""
    topic: str = ""
    presence: Presence | None = None
    can_set_topic: bool = False
    rules: Rules | None = None


class Header(ttk.Frame):
    """Shows where this person is. ``entries`` is asked for the menu's lines when it opens.

    ``room_entries`` are those of the menu behind the room's name. ``on_topic`` is called when
    somebody wants to change the topic.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        dots: PresenceDots,
        entries: Callable[[], list[Entry]],
        *,
        on_search: Callable[[], None] = lambda: None,
        on_topic: Callable[[], None] = lambda: None,
        room_entries: Callable[[], list[Entry]] = list,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._dots = dots
        self._entries = entries
        self._on_topic = on_topic
        self._room_entries = room_entries
        self._shown = About("")
        self._is_hovered = False
        self.menu = Menu(self, theme, emoji)
        self._room = ttk.Label(  # its menu has keys in the list of rooms
            self, style="Title.TLabel", compound="left", cursor="hand2", takefocus=False
        )
        self.signs: RuleSigns | None = None  #: made for the first room that has rules
        self._about = ClippedLabel(self, theme)
        self._search = IconButton(
            self, theme, magnifier, on_search, tip=lambda: tip_for("search", tr("Search messages"))
        )
        self._button = IconButton(
            self, theme, three_lines, self.open_menu, tip=lambda: tip_for("menu", tr("Menu"))
        )
        self._line = tk.Frame(self, height=1)
        self.columnconfigure(2, weight=1)
        self._room.grid(row=0, column=0, sticky="w")
        self._about.grid(row=0, column=2, sticky="ew")
        self._search.grid(row=0, column=3)
        self._button.grid(row=0, column=4)
        self._line.grid(row=1, columnspan=5, sticky="ew")
        self._bind_pointer()
        unsubscribe = theme.subscribe(self._restyle)
        self._line.bind("<Destroy>", lambda _: unsubscribe())
        self._restyle()

    def show(self, about: About) -> None:
        """Show a room's name and what is said of it."""
        if about != self._shown:
            self._shown = about
            self._draw()

    def open_menu(self) -> None:
        """Drop the menu down from its button; Escape closes it."""
        x = self._button.winfo_rootx() + self._button.winfo_width()
        y = self._button.winfo_rooty() + self._button.winfo_height()
        self.menu.post(self._entries(), x, y, "ne")

    def _bind_pointer(self) -> None:
        self.bind("<Enter>", lambda _event: self._hover(True))
        self.bind("<Leave>", self._leave)
        self._about.bind("<ButtonRelease-1>", lambda _event: self._change_topic())
        self._room.bind("<ButtonRelease-1>", lambda _event: self._open_room_menu())
        bind_menu_keys(self._room, lambda _event: self._open_room_menu(), lambda: None)
        explain(self._about, self._theme, lambda: self._about.hidden)

    def _open_room_menu(self) -> None:
        x = self._room.winfo_rootx()
        self.menu.post(
            self._room_entries(), x, self._room.winfo_rooty() + self._room.winfo_height()
        )

    def _change_topic(self) -> None:
        if self._shown.can_set_topic:
            self._on_topic()

    def _leave(self, event: "tk.Event[tk.Misc]") -> None:
        # One comes, too, when the pointer goes to a part of this frame.
        is_inside = 0 <= event.x < self.winfo_width() and 0 <= event.y < self.winfo_height()
        if not is_inside:
            self._hover(False)

    def _hover(self, is_hovered: bool) -> None:
        if is_hovered != self._is_hovered:
            self._is_hovered = is_hovered
            self._draw()

    def _draw(self) -> None:
        about, plain = self._shown, self._emoji.plain
        if about.room.startswith("@"):
            self._room.configure(
                text=f" {plain(one_line(about.room[1:]))}", image=self._dots.photo(about.presence)
            )
        else:
            self._room.configure(text=f"# {plain(one_line(about.room))}", image="")
        if about.rules is not None and self.signs is None:
            self.signs = RuleSigns(self, self._theme)
            self.signs.grid(row=0, column=1, pady=(self._theme.px(4), 0))
        if self.signs is not None:
            self.signs.show(about.rules)
        topic = about.topic
        if not topic and about.can_set_topic and self._is_hovered:
            topic = tr("Set a topic")
        parts = [part for part in (about.people, topic) if part]
        self._about.show(plain(one_line("  ·  ".join(parts))))
        self._about.configure(cursor="hand2" if about.can_set_topic else "")

    def _restyle(self) -> None:
        px = self._theme.px
        self._room.grid_configure(padx=(px(20), px(12)), pady=px(14))
        self._about.grid_configure(pady=(px(4), 0))
        self._search.grid_configure(padx=px(4))
        self._button.grid_configure(padx=(0, px(14)))
        self._line.configure(background=self._theme.palette.line)
