"""Draws the rows of a list: a name, a few muted words behind it, a pill at its right."""

import tkinter as tk
from dataclasses import dataclass

from tkchat.gui.look.elements import CLEAR, Box, rounded, to_photo
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.clipped_label import clip

# All sizes in pixels of 96 dpi.
MARGIN = 8  #: beside the rounded box behind a row
INSET = 8  #: from there to what stands in it
LEAD = 20  #: of what stands before the name
_GAP = 8
_RADIUS = 6
_CAPTION_ABOVE = 14
_CAPTION_BELOW = 4  # as much above, too, if there is a note
_LINE_ROOM = 9  # of a line between rows


@dataclass(frozen=True, slots=True)
class Row:
    """A row, or a caption between rows, which cannot be chosen; an empty one is a line.

    All texts are fit for Tk. ``lead`` stands before the text, a picture or a sign; ``mark`` and
    ``pill`` at the right. A caption's ``note`` stands below it, and may have several lines.
    """

    key: str
    text: str
    note: str = ""  #: muted, behind the text
    lead: tk.PhotoImage | str = ""
    mark: str = ""
    pill: tk.PhotoImage | None = None
    bold: bool = False
    faint: bool = False
    tip: str = ""  #: what is said of it when the pointer rests there
    is_caption: bool = False
    is_off: bool = False  #: it cannot be chosen now

    @property
    def can_be_chosen(self) -> bool:
        """Whether a click or a key does anything here."""
        return not (self.is_caption or self.is_off)


@dataclass(frozen=True, slots=True)
class Marks:
    """How a row stands out: ``ring`` is that of the keyboard."""

    selected: bool = False
    hovered: bool = False
    ring: bool = False


class RowPainter:
    """Draws on ``canvas``, on the palette's colour ``ground``, up to ``right`` pixels."""

    def __init__(self, canvas: tk.Canvas, theme: Theme, ground: str) -> None:
        self._canvas = canvas
        self._theme = theme
        self._ground = ground
        self._boxes: dict[tuple[int, Box], tk.PhotoImage] = {}
        self.right = 0  #: where the place for rows ends
        self.row_height = 0  #: in pixels, of all but captions
        self.clipped: dict[str, str] = {}  #: the whole names of those drawn that had no room

    def restyle(self) -> None:
        """Follow a change of theme; what is drawn is to be drawn again."""
        px, fonts = self._theme.px, self._theme.fonts
        self._boxes.clear()
        self._canvas.configure(background=getattr(self._theme.palette, self._ground))
        roomy = 2 if self._theme.compact else 8
        self.row_height = max(px(20 + roomy), int(fonts.body.metrics("linespace")) + px(roomy))

    def height_of(self, row: Row) -> int:
        """Return how high a row or caption is, in pixels."""
        if not row.is_caption:
            return self.row_height
        if not row.text:
            return self._theme.px(_LINE_ROOM)
        line = int(self._theme.fonts.small_bold.metrics("linespace"))
        above = _CAPTION_BELOW if row.note else _CAPTION_ABOVE
        return line + self._theme.px(above + _CAPTION_BELOW) + self._height_of_note(row)

    def _height_of_note(self, row: Row) -> int:
        lines = len(row.note.splitlines())
        return lines * int(self._theme.fonts.small.metrics("linespace"))

    def begin(self, right: int) -> None:
        """Clear the canvas, and draw up to ``right`` pixels from now on."""
        self._canvas.delete("all")
        self.clipped.clear()
        if right != self.right:
            self._boxes.clear()  # of another width
            self.right = right

    def draw(self, row: Row, top: int, marks: Marks) -> None:
        """Draw a row or caption ``top`` pixels from the upper edge."""
        if not row.is_caption:
            self._draw_row(row, top, marks)
        elif row.text:
            self._draw_caption(row, top + self.height_of(row))
        else:
            self._draw_line(top + self.height_of(row) // 2)

    def _draw_line(self, y: int) -> None:
        line = self._theme.palette.line
        self._canvas.create_line(0, y, self._canvas.winfo_width(), y, fill=line)

    def _draw_caption(self, row: Row, bottom: int) -> None:
        px, fonts, ink = self._theme.px, self._theme.fonts, self._theme.palette.muted
        left, end = px(MARGIN + INSET), bottom - px(_CAPTION_BELOW) - self._height_of_note(row)
        self._canvas.create_text(
            left, end, text=row.text, anchor="sw", font=fonts.small_bold, fill=ink
        )
        if row.note:
            self._canvas.create_text(
                left, end, text=row.note, anchor="nw", font=fonts.small, fill=ink
            )

    def _draw_row(self, row: Row, top: int, marks: Marks) -> None:
        px, fonts, palette = self._theme.px, self._theme.fonts, self._theme.palette
        middle = top + self.row_height // 2
        if box := self._box(marks):
            self._canvas.create_image(px(MARGIN), top, image=box, anchor="nw")
        ink = palette.muted if row.faint or row.is_off else palette.text
        font = fonts.bold if row.bold else fonts.body
        left, right = self._draw_lead(row, middle), self._draw_right(row, middle)
        name = clip(row.text, font, right - left)
        if name != row.text:
            self.clipped[row.key] = row.text
        self._canvas.create_text(left, middle, text=name, anchor="w", font=font, fill=ink)
        left += font.measure(name) + px(_GAP)
        note = clip(row.note, fonts.small, right - left)
        if len(note) > 1:  # more than the ellipsis
            self._canvas.create_text(
                left, middle + px(1), text=note, anchor="w", font=fonts.small, fill=palette.muted
            )

    def _draw_lead(self, row: Row, middle: int) -> int:
        """Draw what stands before the name; return where that begins."""
        px, fonts, palette = self._theme.px, self._theme.fonts, self._theme.palette
        left = px(MARGIN + INSET)
        if isinstance(row.lead, tk.PhotoImage):
            self._canvas.create_image(left, middle, image=row.lead, anchor="w")
        elif row.lead:
            font = fonts.bold if row.bold else fonts.body
            ink = palette.text if row.bold and not row.faint else palette.muted
            self._canvas.create_text(left, middle, text=row.lead, anchor="w", font=font, fill=ink)
        return left + (px(LEAD) if row.lead else 0)

    def _draw_right(self, row: Row, middle: int) -> int:
        """Draw what stands at the right; return where the texts must end."""
        px, font, palette = self._theme.px, self._theme.fonts.body, self._theme.palette
        right = self.right - px(MARGIN)
        if row.pill is None:
            right -= px(INSET)
        else:
            self._canvas.create_image(right, middle, image=row.pill, anchor="e")
            right -= row.pill.width() + px(_GAP) // 2
        if row.mark:
            self._canvas.create_text(
                right, middle, text=row.mark, anchor="e", font=font, fill=palette.muted
            )
            right -= font.measure(row.mark) + px(_GAP)
        return right

    def _box(self, marks: Marks) -> tk.PhotoImage | None:
        """Return what lies behind a row, if anything."""
        palette, px = self._theme.palette, self._theme.px
        width = self.right - 2 * px(MARGIN)
        if marks == Marks() or width < 1:
            return None
        fill = palette.selection if marks.selected else palette.hover if marks.hovered else CLEAR
        box = Box(fill, palette.accent if marks.ring else "")
        key = (width, box)
        if key not in self._boxes:
            picture = rounded(width, self.row_height, px(_RADIUS), box, max(px(1.5), 1))
            self._boxes[key] = to_photo(self._canvas, picture)
        return self._boxes[key]
