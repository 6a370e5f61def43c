"""The list above the box to write in: what the word that is being written may become."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.elements import Box, rounded, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.places.presence_dots import PresenceDots
from tkchat.gui.widgets.clipped_label import clip
from tkchat.gui.widgets.sanitise import one_line
from tkchat.gui.writing.offers import Offer
from tkchat.i18n import tr

MAX_ROWS = 8  #: at once; the list scrolls along with what is selected

# All sizes in pixels of 96 dpi.
_WIDTH = 420
_LEAST = 160
_EDGE = 6  # around the rows
_INSET = 10  # from a row's edge to what stands in it
_LEAD = 28  # what stands before the label has so much room
_GAP = 10


class CompletionPopup:
    """Lies over the window of ``field``, above it, and leaves the keyboard where it is.

    ``on_take`` gets the offer that was clicked. Only for Tk's thread.
    """

    def __init__(
        self, field: tk.Misc, theme: Theme, emoji: Emoji, on_take: Callable[[Offer], None]
    ) -> None:
        self._field = field
        self._theme = theme
        self._emoji = emoji
        self._on_take = on_take
        self._offers: Sequence[Offer] = ()
        self._selected = 0
        self._top = 0  # the offer in the first row
        self._photos: list[tk.PhotoImage] = []
        self._behind: tk.PhotoImage | None = None  # what lies behind the selected row
        self.canvas = tk.Canvas(
            field.winfo_toplevel(), highlightthickness=1, borderwidth=0, takefocus=False
        )
        self._dots = PresenceDots(self.canvas, theme)
        self.canvas.bind("<Motion>", self._on_motion)
        self.canvas.bind("<Button-1>", self._on_click)
        for wheel, step in (("<Button-4>", -1), ("<Button-5>", 1)):
            self.canvas.bind(wheel, lambda _event, step=step: self.move(step))  # type: ignore[misc]  # a lambda's default has no type
        self.canvas.bind("<MouseWheel>", lambda event: self.move(-1 if event.delta > 0 else 1))
        unsubscribe = theme.subscribe(self._restyle)
        self.canvas.bind("<Destroy>", lambda _event: unsubscribe(), add=True)
        parent = field.nametowidget(field.winfo_parent())
        for moved in (field, parent):  # what is below the field moves its parent
            moved.bind("<Configure>", lambda _event: self._moved(), add=True)

    @property
    def is_open(self) -> bool:
        """Whether there is something to choose."""
        return bool(self._offers)

    @property
    def selected(self) -> Offer | None:
        """What Return would take."""
        return self._offers[self._selected] if self._offers else None

    def show(self, offers: Sequence[Offer]) -> None:
        """Offer these, the first one selected; none of them closes the list."""
        if offers == self._offers:
            return
        self._offers = offers
        self._selected = self._top = 0
        if offers:
            self._redraw()
        else:
            self.canvas.place_forget()

    def close(self) -> None:
        """Take the list away."""
        self.show(())

    def move(self, step: int) -> None:
        """Select another offer; it goes round."""
        if self._offers:
            self._select((self._selected + step) % len(self._offers))

    def _moved(self) -> None:
        if self._offers:
            self._select(self._selected)

    def _select(self, index: int) -> None:
        self._selected = index
        self._top = min(max(self._top, index - self._most_rows() + 1), index)
        self._redraw()

    def _row_height(self) -> int:
        return int(self._theme.fonts.body.metrics("linespace")) + self._theme.px(10)

    def _foot_height(self) -> int:
        """Return how much room is taken by what says that there are more than fit."""
        return self._foot_line() if len(self._offers) > self._most_rows() else 0

    def _foot_line(self) -> int:
        return int(self._theme.fonts.small.metrics("linespace")) + self._theme.px(4)

    def _most_rows(self) -> int:
        """Return how many rows fit above the field."""
        above = self._bottom() - 2 * self._theme.px(_EDGE) - self._foot_line()
        fitting = above // self._row_height()
        return min(fitting, MAX_ROWS) if fitting > 0 else MAX_ROWS  # it has no place yet

    def _bottom(self) -> int:
        """Return where in the window the list ends."""
        field = self._field
        return field.winfo_rooty() - field.winfo_toplevel().winfo_rooty() - self._theme.px(4)

    def _rows(self) -> Sequence[Offer]:
        return self._offers[self._top : self._top + self._most_rows()]

    def _place(self) -> int:
        """Put the list above the field; return how wide it is."""
        field, window, px = self._field, self._field.winfo_toplevel(), self._theme.px
        x = field.winfo_rootx() - window.winfo_rootx()
        width = max(min(px(_WIDTH), field.winfo_width()), px(_LEAST))
        height = len(self._rows()) * self._row_height() + 2 * px(_EDGE) + self._foot_height()
        self.canvas.place(x=x, y=self._bottom(), anchor="sw", width=width, height=height)
        tk.Misc.lift(self.canvas)  # a canvas has another method of this name
        return width

    def _restyle(self) -> None:
        self.canvas.delete("all")
        self._behind = None
        self._redraw()

    def _redraw(self) -> None:
        canvas, palette, px = self.canvas, self._theme.palette, self._theme.px
        canvas.delete("all")
        self._photos.clear()
        canvas.configure(background=palette.surface, highlightbackground=palette.line)
        if not self._offers:
            return
        width = self._place()
        has_leads = any(offer.is_person or offer.emoji for offer in self._offers)
        left = px(_EDGE) + px(_INSET) + (px(_LEAD) if has_leads else 0)
        for row, offer in enumerate(self._rows()):
            top = px(_EDGE) + row * self._row_height()
            if self._top + row == self._selected:
                self._draw_selection(top, width - 2 * px(_EDGE))
            self._draw_row(
                offer, left, width - px(_EDGE) - px(_INSET), top + self._row_height() // 2
            )
        if self._foot_height():
            self._draw_foot(width - px(_EDGE) - px(_INSET))

    def _draw_foot(self, right: int) -> None:
        """Say under the rows which of all these are."""
        rows = len(self._rows())
        middle = self._theme.px(_EDGE) + rows * self._row_height() + self._foot_height() // 2
        said = tr("{first}–{last} of {count}").format(
            first=self._top + 1, last=self._top + rows, count=len(self._offers)
        )
        self.canvas.create_text(
            right,
            middle,
            text=f"{said}  ↑↓",
            anchor="e",
            font=self._theme.fonts.small,
            fill=self._theme.palette.muted,
        )

    def _draw_row(self, offer: Offer, left: int, right: int, middle: int) -> None:
        canvas, px = self.canvas, self._theme.px
        palette, fonts = self._theme.palette, self._theme.fonts
        if offer.is_person:
            dot = self._dots.photo(offer.presence)
            canvas.create_image(left - px(_LEAD) // 2 - px(4), middle, image=dot)
        elif offer.emoji:
            self._draw_emoji(offer.emoji, left - px(_LEAD) // 2 - px(4), middle)
        label = clip(self._emoji.plain(one_line(offer.label)), fonts.body, right - left)
        canvas.create_text(left, middle, text=label, anchor="w", font=fonts.body, fill=palette.text)
        x = left + fonts.body.measure(label) + px(_GAP)
        detail = self._emoji.plain(one_line(offer.detail))
        if detail and right - x > px(30):
            detail = clip(detail, fonts.small, right - x)
            canvas.create_text(
                right, middle, text=detail, anchor="e", font=fonts.small, fill=palette.muted
            )

    def _draw_emoji(self, sequence: str, x: int, y: int) -> None:
        height = int(self._theme.fonts.body.metrics("linespace"))
        if png := self._emoji.png(sequence, height):
            self._photos.append(tk.PhotoImage(master=self.canvas, data=png, format="png"))
            self.canvas.create_image(x, y, image=self._photos[-1])
        elif self._emoji.safe:
            self.canvas.create_text(x, y, text=sequence, font=self._theme.fonts.body)

    def _draw_selection(self, top: int, width: int) -> None:
        px = self._theme.px
        if self._behind is None or self._behind.width() != width:
            box = Box(self._theme.palette.selection)
            picture = rounded(width, self._row_height(), px(5), box)
            self._behind = to_photo(self.canvas, picture)
        self.canvas.create_image(px(_EDGE), top, image=self._behind, anchor="nw")

    def _row_at(self, y: int) -> int | None:
        row = (y - self._theme.px(_EDGE)) // self._row_height()
        return self._top + row if 0 <= row < len(self._rows()) else None

    def _on_motion(self, event: "tk.Event[tk.Misc]") -> None:
        index = self._row_at(event.y)
        if index is not None and index != self._selected:
            self._selected = index
            self._redraw()

    def _on_click(self, event: "tk.Event[tk.Misc]") -> str:
        index = self._row_at(event.y)
        if index is not None:
            self._on_take(self._offers[index])
        return "break"
