"""The panel at the right-hand side in which one searches all that was ever said."""

import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import datetime
from tkinter import ttk

from tkchat.client.archive import FOUND
from tkchat.client.events import Found
from tkchat.client.query import Query, parse
from tkchat.client.search import Hit
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import magnifier, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.search.search_offers import Offer, offers, when_nothing
from tkchat.gui.search.search_results import SearchResults
from tkchat.gui.widgets.icon_button import IconButton, cross
from tkchat.gui.widgets.plain_entry import keep_plain
from tkchat.i18n import grouped, tr, trn

PAUSE_MS = 200  # after the last key, before what is typed is searched for
_STYLE = "Search.TEntry"
_GLASS = 15  # of 96 dpi


class SearchPanel(ttk.Frame):
    """A search box, where to search, and what was found.

    ``on_search`` gets a number for the query, the query and a room's name (empty: all rooms); what
    is found goes to `take`. ``on_open`` gets the result to go to. ``on_close`` is told whether to
    return to where the person was before. ``people`` and ``rooms`` tell the names to offer. Only
    for Tk's thread.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        *,
        on_search: Callable[[int, Query, str], None],
        on_open: Callable[[Hit], None],
        on_close: Callable[[bool], None],
        people: Callable[[], Sequence[str]] = tuple,
        rooms: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._on_search = on_search
        self._people = people
        self._rooms = rooms
        self._room = ""
        self._is_online = True
        self._query = 0
        self._searched = ""  # as it was typed
        self._asked = Query()
        self._hits: Sequence[Hit] = ()
        self._is_fruitless = False
        self._due = ""
        self._scope = tk.StringVar(self, "all")
        self._edge = tk.Frame(self, width=1)
        self._title = ttk.Label(self, text=tr("Search"), style="Title.TLabel")
        self._close_button = IconButton(
            self, theme, cross, lambda: on_close(False), tip=lambda: tr("Close the search")
        )
        self._line = tk.Frame(self, height=1)
        self._words = tk.StringVar(self)
        self._words.trace_add("write", lambda *_: self._typed())
        self.entry = ttk.Entry(self, font=theme.fonts.body, textvariable=self._words, style=_STYLE)
        keep_plain(self.entry, theme, emoji)
        self._glass = ttk.Label(self.entry, cursor="xterm", takefocus=False)
        self._glass.bind("<Button-1>", lambda _event: self.entry.focus_set())
        self._scopes = ttk.Frame(self)
        self._everywhere, self._here = (
            ttk.Radiobutton(
                self._scopes, text=text, value=value, variable=self._scope, command=self._search
            )
            for text, value in ((tr("All rooms"), "all"), (tr("This room"), "room"))
        )
        self._note = ttk.Label(self, style="Muted.TLabel")
        self._note.bind("<Configure>", self._wrap_note)
        self.results = SearchResults(self, theme, emoji, on_open, self._take_offer)
        self._lay_out()
        self._bind_entry(on_close)
        unsubscribe = theme.subscribe(self._restyle)
        self.entry.bind("<Destroy>", lambda _event: self._end(unsubscribe), add=True)
        self._restyle()
        self._show_nothing()

    def open(self, room: str, shown: str) -> None:
        """Take the keyboard. ``room`` is the current one, ``shown`` its name for a person."""
        self.set_room(room, shown)
        self.entry.focus_set()
        self.entry.selection_range(0, "end")

    def set_room(self, room: str, shown: str) -> None:
        """Take note that another room is the current one."""
        if room == self._room:
            return
        self._room = room
        self._here.configure(text=tr("Only {room}").format(room=self._emoji.plain(shown)))
        self._arrange_scopes()
        if self._scope.get() == "room":
            self._search()

    def set_online(self, is_online: bool) -> None:
        """Take note whether the host can be asked."""
        if is_online != self._is_online:
            self._is_online = is_online
            if self._searched:
                self._search()

    def take(self, found: Found) -> None:
        """Show what was found, unless something else is searched for by now."""
        if found.query_id != self._query or self._asked.is_empty:
            return
        self._hits = found.hits
        count = len(found.hits)
        self._is_fruitless = found.done and not count
        self._show_rows()
        number = trn("{count} message", "{count} messages", count).format(count=grouped(count))
        if count >= FOUND:
            number = tr("The newest {count} messages").format(count=grouped(count))
        told = [number] if count else []
        if not found.done:
            told.append(tr("Searching the host…"))
        elif not self._is_online:
            told.append(tr("No connection: only this computer was searched"))
        elif not count:
            told.append(tr("Nothing found"))
        self._show_note(" · ".join(told))

    def _lay_out(self) -> None:
        self.columnconfigure(1, weight=1)
        self.rowconfigure(5, weight=1)
        self._edge.grid(row=0, column=0, rowspan=6, sticky="ns")
        self._title.grid(row=0, column=1, sticky="w")
        self._close_button.grid(row=0, column=2, sticky="e")
        self._line.grid(row=1, column=1, columnspan=2, sticky="ew")
        self.entry.grid(row=2, column=1, columnspan=2, sticky="ew")
        self._scopes.grid(row=3, column=1, columnspan=2, sticky="ew")
        self._everywhere.grid(row=0, column=0, sticky="w")
        self._scopes.bind("<Configure>", lambda _event: self._arrange_scopes())
        self._note.grid(row=4, column=1, columnspan=2, sticky="ew")
        self.results.grid(row=5, column=1, columnspan=2, sticky="nsew")
        self.grid_propagate(False)

    def _bind_entry(self, on_close: Callable[[bool], None]) -> None:
        keys: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self.results.move(-1),
            "<Down>": lambda: self.results.move(1),
            "<Prior>": lambda: self.results.move(-5),
            "<Next>": lambda: self.results.move(5),
            "<Tab>": self._complete,
            "<<PrevWindow>>": lambda: self.entry.tk_focusPrev().focus_set(),  # type: ignore[union-attr]  # there is one at least
            "<Return>": self._enter,
            "<KP_Enter>": self._enter,
        }
        for sequence, act in keys.items():
            self.entry.bind(sequence, lambda _event, act=act: act() or "break")  # type: ignore[misc]  # a lambda's default has no type
        for widget in (self.entry, self._everywhere, self._here, self._close_button):
            widget.bind("<Escape>", lambda _event: on_close(True) or "break")  # type: ignore[func-returns-value]  # so that the key ends here

    def _typed(self) -> None:
        self._show_rows()
        if self._words.get().strip() != self._searched:
            self._search_later()

    def _show_rows(self) -> None:
        written = self._words.get()
        offered = offers(written, self._people(), self._rooms())
        if self._is_fruitless and written.strip() == self._searched:
            offered += when_nothing(written, in_one_room=bool(self._room_to_search()))
        self.results.show(self._hits, self._asked.words, offered)

    def _complete(self) -> None:
        """Take the first offer, or go to the next widget as the key does elsewhere."""
        offered = offers(self._words.get(), self._people(), self._rooms())
        if offered and self._words.get().strip():
            self._take_offer(self.results.chosen_offer or offered[0])
        else:
            self.entry.tk_focusNext().focus_set()  # type: ignore[union-attr]  # there is one at least

    def _take_offer(self, offer: Offer) -> None:
        if offer.everywhere:
            self._scope.set("all")
            self._search()
        self._words.set(offer.query)
        self.entry.icursor("end")
        self.entry.focus_set()

    def _search_later(self) -> None:
        if self._due:
            self.after_cancel(self._due)
        self._due = self.after(PAUSE_MS, self._search)

    def _enter(self) -> None:
        if self.results.chosen_offer is not None:
            self.results.open_chosen()
        elif self._words.get().strip() != self._searched:
            self._search()
        else:
            self.results.open_chosen()

    def _search(self) -> None:
        if self._due:
            self.after_cancel(self._due)
            self._due = ""
        self._searched = self._words.get().strip()
        self._is_fruitless = False
        self._asked = parse(self._searched, datetime.now().astimezone())
        self._query += 1
        if self._asked.is_empty:
            self._show_nothing()
            return
        self._show_note(tr("Searching…"))
        self._on_search(self._query, self._asked, self._room_to_search())

    def _show_nothing(self) -> None:
        self._hits = ()
        self._show_rows()
        self._show_note("" if self._searched else tr("Words that you remember, in any order"))

    def _room_to_search(self) -> str:
        return self._room if self._scope.get() == "room" else ""

    def _show_note(self, text: str) -> None:
        self._note.configure(text="\n".join([*self._asked.problems, text]).strip())

    def _wrap_note(self, event: "tk.Event[tk.Misc]") -> None:
        self._note.configure(wraplength=event.width)

    def _restyle(self) -> None:
        px, palette = self._theme.px, self._theme.palette
        for line in (self._edge, self._line):
            line.configure(background=palette.line)
        self.entry.configure(font=self._theme.fonts.body)  # a ttk entry forgets the font's size
        self._photo = to_photo(self, magnifier(px(_GLASS), palette.muted))
        self._glass.configure(image=self._photo, background=palette.surface)
        self._glass.place(x=px(10), rely=0.5, anchor="w")
        ttk.Style(self).configure(_STYLE, padding=(px(18 + _GLASS), px(6), px(10), px(6)))
        self._title.grid_configure(padx=(px(16), 0), pady=px(14))
        self._close_button.grid_configure(padx=px(8))
        self.entry.grid_configure(padx=px(16), pady=(px(14), px(6)))
        self._scopes.grid_configure(padx=px(16))
        self._arrange_scopes()
        self._note.grid_configure(padx=px(16), pady=(px(6), px(8)))

    def _arrange_scopes(self) -> None:
        """Put the two beside each other, or below where there is no room for that."""
        gap = self._theme.px(12)
        needed = self._everywhere.winfo_reqwidth() + gap + self._here.winfo_reqwidth()
        if needed <= max(self._scopes.winfo_width(), 1):
            self._here.grid(row=0, column=1, sticky="w", padx=(gap, 0))
        else:
            self._here.grid(row=1, column=0, columnspan=2, sticky="w", padx=0)

    def _end(self, unsubscribe: Callable[[], None]) -> None:
        unsubscribe()
        if self._due:
            self.after_cancel(self._due)
