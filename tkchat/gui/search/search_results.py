"""The results of a search: one read-only text in which each result is a row to choose."""

import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from tkinter import ttk
from typing import Any

from tkchat.client.markup import Markup, plain_text
from tkchat.client.search import Hit
from tkchat.gui.emoji.emoji import Emoji, Picture
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_tags import author_tag
from tkchat.gui.search.found_words import emphasised, moment, search_words, snippet
from tkchat.gui.search.search_offers import Offer
from tkchat.gui.widgets.sanitise import one_line

_CHOSEN, _HOVER = "chosen", "hover"
_SIDE = 16  # of 96 dpi: from the edge to the words


class SearchResults(ttk.Frame):
    """Rows of offers, and below them of hits. One that is clicked, or opened by key, is handed on.

    It takes no keyboard itself: the search box above it moves the choice.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        emoji: Emoji,
        on_open: Callable[[Hit], None],
        on_offer: Callable[[Offer], None] = lambda _: None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._emoji = emoji
        self._on_open = on_open
        self._on_offer = on_offer
        self._rows: list[Offer | Hit] = []
        self._query = ""
        self._chosen = -1
        self._markup = Markup()
        self._photos: dict[str, tk.PhotoImage] = {}
        self.text = tk.Text(
            self, width=1, height=1, wrap="word", state="disabled", takefocus=False, borderwidth=0,
            padx=0, pady=0, cursor="", highlightthickness=0,
        )  # fmt: skip
        bar = ttk.Scrollbar(self, orient="vertical", command=self.text.yview)
        self.text.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self.text.pack(side="left", fill="both", expand=True)
        self.text.bind("<Button-1>", lambda _event: "break")  # nothing is selected, no focus taken
        self.text.bind("<B1-Motion>", lambda _event: "break")
        self.text.bind("<Double-Button-1>", lambda _event: "break")
        self.text.bind("<ButtonRelease-1>", self._clicked)
        self.text.bind("<Motion>", lambda event: self._mark(_HOVER, self._row_at(event)))
        self.text.bind("<Leave>", lambda _event: self._mark(_HOVER, -1))
        unsubscribe = theme.subscribe(self._restyle)
        self.text.bind("<Destroy>", lambda _event: unsubscribe(), add=True)
        self._restyle()

    @property
    def chosen_offer(self) -> Offer | None:
        """The offer that is chosen, None if none is."""
        row = self._rows[self._chosen] if self._chosen >= 0 else None
        return row if isinstance(row, Offer) else None

    def show(self, hits: Sequence[Hit], query: str, offers: Sequence[Offer] = ()) -> None:
        """Show ``hits``, the first on top; the chosen row stays chosen if it is there again.

        ``query`` has the words that are set off in them.
        """
        chosen = _place(self._rows[self._chosen]) if self._chosen >= 0 else None
        rows: list[Offer | Hit] = [*offers, *hits]
        if rows == self._rows and query == self._query:
            return
        self._rows, self._query = rows, query
        self._draw()
        again = next((at for at, row in enumerate(rows) if _place(row) == chosen), -1)
        self._choose(again)

    def move(self, rows: int) -> None:
        """Choose the row so many further down, or up if negative."""
        if self._rows:
            self._choose(max(0, min(self._chosen + rows, len(self._rows) - 1)))

    def open_chosen(self) -> None:
        """Open the row that is chosen, or the first hit."""
        if self._chosen < 0:
            hits = (at for at, row in enumerate(self._rows) if isinstance(row, Hit))
            self._choose(next(hits, -1))
        self._open(self._chosen)

    def _open(self, row: int) -> None:
        if row < 0:
            return
        opened = self._rows[row]
        if isinstance(opened, Hit):
            self._on_open(opened)
        else:
            self._on_offer(opened)

    def _draw(self) -> None:
        text = self.text
        text.configure(state="normal")
        text.delete("1.0", "end")
        self._photos.clear()
        self._hang_offers()
        words = search_words(self._query)
        today = datetime.now().astimezone().date()
        for at, row in enumerate(self._rows):
            if isinstance(row, Hit):
                self._draw_hit(f"row-{at}", row, words, today)
            else:
                self._draw_offer(f"row-{at}", row)
        text.configure(state="disabled")

    def _hang_offers(self) -> None:
        """Let what is said of offers stand in a column, in which it is wrapped."""
        px, bold = self._theme.px, self._theme.fonts.bold
        shown = [row.shown for row in self._rows if isinstance(row, Offer) and row.about]
        side = px(_SIDE)
        if shown:
            side += max(bold.measure(self._emoji.plain(one_line(each))) for each in shown) + px(12)
        self.text.tag_configure("offer", lmargin2=side, tabs=(side,))

    def _draw_offer(self, row: str, offer: Offer) -> None:
        self.text.insert(
            "end",
            self._emoji.plain(one_line(offer.shown)), (row, "offer", "name"),
            f"\t{offer.about}" if offer.about else "", (row, "offer", "where"),
            "\n", (row, "offer"),
        )  # fmt: skip

    def _draw_hit(self, row: str, hit: Hit, words: list[str], today: date) -> None:
        entry, text = hit.entry, self.text
        at = datetime.fromtimestamp(entry.time_ms / 1000, UTC).astimezone()
        room = one_line(entry.room)
        place = self._emoji.plain(room if room.startswith("@") else f"#{room}")
        when = moment(at, today, self._theme.clock)
        colour = author_tag(self._theme.palette, entry.author)
        text.insert(
            "end",
            self._emoji.plain(one_line(entry.author)), (row, "head", "name", colour),
            f"  {place} · {when}\n", (row, "head", "where"),
        )  # fmt: skip
        said = plain_text(self._markup.parse(entry.text))
        for part, is_found in emphasised(snippet(said, words), words):
            tags = (row, "words", "found") if is_found else (row, "words")
            for piece in self._emoji.pieces(part, self._line_height()):
                if isinstance(piece, Picture):
                    text.image_create("end", image=self._photo(piece.sequence), align="center")
                    for tag in tags:
                        text.tag_add(tag, "end-2c")
                else:
                    text.insert("end", piece, tags)
        text.insert("end", "\n", (row, "words"))

    def _photo(self, sequence: str) -> tk.PhotoImage:
        if sequence not in self._photos:
            data = self._emoji.png(sequence, self._line_height())
            self._photos[sequence] = tk.PhotoImage(master=self.text, data=data, format="png")  # type: ignore[arg-type]  # narrower in the stubs
        return self._photos[sequence]

    def _line_height(self) -> int:
        return int(self._theme.fonts.body.metrics("linespace"))

    def _choose(self, row: int) -> None:
        self._chosen = row
        self._mark(_CHOSEN, row)
        if row >= 0:
            first, last = f"row-{row}.first", f"row-{row}.last -1c"
            self.text.see(last)
            self.text.see(first)

    def _mark(self, tag: str, row: int) -> None:
        self.text.tag_remove(tag, "1.0", "end")
        if row >= 0:
            self.text.tag_add(tag, f"row-{row}.first", f"row-{row}.last")

    def _row_at(self, event: "tk.Event[tk.Misc]") -> int:
        here = f"@{event.x},{event.y}"
        box = self.text.dlineinfo(here)
        if box is None or event.y > box[1] + box[3]:  # below the last one
            return -1
        names = [tag for tag in self.text.tag_names(here) if tag.startswith("row-")]
        return int(names[0].removeprefix("row-")) if names else -1

    def _clicked(self, event: "tk.Event[tk.Misc]") -> None:
        if (row := self._row_at(event)) >= 0:
            self._choose(row)
            self._open(row)

    def _restyle(self) -> None:
        palette, fonts, px = self._theme.palette, self._theme.fonts, self._theme.px
        self.text.configure(
            background=palette.window, foreground=palette.text, font=fonts.body,
            selectbackground=palette.window, inactiveselectbackground=palette.window,
        )  # fmt: skip
        side: dict[str, Any] = {"lmargin1": px(_SIDE), "lmargin2": px(_SIDE), "rmargin": px(12)}
        hover, chosen = (
            {"background": colour, "lmargincolor": colour, "rmargincolor": colour}
            for colour in (palette.hover, palette.selection)
        )
        tags: dict[str, dict[str, Any]] = {
            "offer": {**side, "spacing1": px(5), "spacing3": px(5)},
            "head": {**side, "spacing1": px(8)},
            "name": {"font": fonts.bold},
            "where": {"font": fonts.small, "foreground": palette.muted},
            "words": {**side, "spacing2": px(2), "spacing3": px(8), "foreground": palette.muted},
            "found": {"font": fonts.bold, "foreground": palette.text},
            **{f"author-{n}": {"foreground": colour} for n, colour in enumerate(palette.authors)},
            _HOVER: hover,
            _CHOSEN: chosen,
        }
        for name, options in tags.items():
            self.text.tag_configure(name, **options)
            self.text.tag_raise(name)
        if self._rows:
            self._draw()
            self._choose(self._chosen)


def _place(row: Offer | Hit) -> tuple[int, int] | Offer:
    return (row.era, row.entry.seq) if isinstance(row, Hit) else row
