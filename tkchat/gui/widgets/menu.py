"""Menus that drop down or pop up over a window, from lists of what they offer."""

import tkinter as tk
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from tkinter import font as tkfont

from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.widgets.clipped_label import clip
from tkchat.gui.widgets.inside import is_inside
from tkchat.gui.widgets.keyboard import has_keyboard
from tkchat.gui.widgets.menu_pictures import PictureButton, PictureRow
from tkchat.gui.widgets.row_draw import INSET, LEAD, MARGIN, Row
from tkchat.gui.widgets.row_list import RowList

_LINE = 1  # pixel around it
_EDGE = 5  # of 96 dpi, like all below: above the first line and below the last
_GAP = 4  # between it and the edge of the window, if there is room
_BEFORE_KEYS = 28
_NOTE_WIDTH = 200  # of the lines of a note at least
_PICTURES = "pictures"  # the key of their row; those of lines are numbers


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a menu; ``keys`` is shown beside it, ``chosen`` marks it.

    One with a ``note`` is only to be read: a caption with some muted lines below it.
    """

    text: str
    action: Callable[[], object]
    keys: str = ""
    chosen: bool = False
    is_possible: bool = True
    note: str = ""


SEPARATOR = Entry("", lambda: None)


class Menu:
    """A menu over the window of ``parent``, filled anew each time it opens.

    Drawn here and not by Tk, whose menus on X11 are grey and cramped. It has the keyboard and the
    mouse while it is open, and gives them back.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, emoji: Emoji) -> None:
        self._window = parent.winfo_toplevel()
        self._theme = theme
        self._emoji = emoji
        self._entries: Sequence[Entry] = ()
        self._before = ""  # what had the keyboard,
        self._grabbed = ""  # and what had the mouse
        self.panel = tk.Frame(self._window, borderwidth=0)
        self._inside = tk.Frame(self.panel)
        self.rows = RowList(
            self._inside, theme, ground="surface", marks_focused=True, on_choose=self._choose
        )
        self.pictures = PictureRow(
            self._inside, theme, on_hover=lambda: self.rows.mark(""), on_choose=self._do
        )
        self._inside.pack(fill="both", expand=True, padx=_LINE, pady=_LINE)
        self.rows.pack(side="bottom", fill="both", expand=True)
        self._bind_keys()
        self._bind_mouse()
        unsubscribe = theme.subscribe(self.close)  # its sizes are those it was opened with
        self.panel.bind("<Destroy>", lambda _event: unsubscribe())

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return bool(self.panel.place_info())

    def post(
        self,
        entries: Sequence[Entry],
        x: int,
        y: int,
        anchor: str = "nw",
        pictures: Sequence[PictureButton] = (),
        over: int = 0,
    ) -> None:
        """Open the menu with its corner ``anchor`` (``nw``, ``ne``, ``sw``) at a place on screen.

        Where there is no room below, it opens above what it is about, which is ``over`` pixels
        high; or else as near as it can. ``pictures`` stand above the lines.
        """
        self.panel.tk.call("event", "generate", self._keyboard(), "<<CloseMenu>>")  # any other one
        self.close()
        self._before = self._keyboard()
        self._entries = entries
        self._restyle()
        self.pictures.put(pictures)
        if pictures:
            self.pictures.pack(side="top", fill="x")
        else:
            self.pictures.pack_forget()
        self.rows.put([self._row(at, entry) for at, entry in enumerate(entries)])
        self.rows.mark("")
        self.rows.to_top()
        width, height = self._size()
        x -= self._window.winfo_rootx() + (width if "e" in anchor else 0)
        y -= self._window.winfo_rooty() + (height if "s" in anchor else 0)
        most_x, most_y = self._window.winfo_width() - width, self._window.winfo_height() - height
        if y > most_y and y >= over + height:
            y -= over + height
        gap = self._theme.px(_GAP)
        x, y = _within(x, most_x, gap), _within(y, most_y, gap)
        self.panel.place(x=x, y=y, width=width, height=height)
        self.panel.lift()
        self.panel.update_idletasks()  # before it is there it could not get the keyboard at once
        self.rows.canvas.focus_set()

    def close(self) -> None:
        """Take the menu away, with nothing done."""
        if not self.is_open:
            return
        had_keyboard = is_inside(self._keyboard(), self.panel)
        self.panel.place_forget()
        self._let_go_of_mouse()
        if had_keyboard and self._exists(self._before):
            self.panel.tk.call("focus", self._before)

    def destroy(self) -> None:
        """Let all of it go, with what it belongs to; the window itself may be gone before."""
        with suppress(tk.TclError):
            self.close()
            self.panel.destroy()

    def _keyboard(self) -> str:
        """Return what has the keyboard in this window, whenever the window itself has it."""
        return str(self.panel.tk.call("focus", "-lastfor", self._window))

    def _bind_keys(self) -> None:
        canvas = self.rows.canvas
        deeds: dict[str, Callable[[], None]] = {
            "<Escape>": self.close,
            "<<NextWindow>>": self.close,
            "<<PrevWindow>>": self.close,
            "<<CloseMenu>>": self.close,
            "<Up>": partial(self._move, -1),
            "<Down>": partial(self._move, 1),
            "<Home>": partial(self._mark_at, 0),
            "<End>": partial(self._mark_at, -1),
            "<Left>": partial(self._move_sideways, -1),
            "<Right>": partial(self._move_sideways, 1),
        }
        deeds |= dict.fromkeys(("<Return>", "<KP_Enter>", "<space>"), self._choose_marked)
        for sequence, deed in deeds.items():
            canvas.bind(sequence, partial(_then_break, deed))
        canvas.bind("<Key>", self._typed)
        canvas.bind("<FocusOut>", lambda _event: self._lost_keyboard(), add=True)

    def _bind_mouse(self) -> None:
        canvas = self.rows.canvas
        canvas.bind("<Motion>", lambda _event: self.pictures.mark(-1), add=True)
        self.panel.bind("<Map>", lambda _event: self._grab_mouse())
        self.panel.bind("<Button>", lambda _event: self.close())  # what is clicked is elsewhere
        for widget in (self.panel, canvas, self.pictures):
            # What closes at a click in the window must not do so at one in its menu.
            tags = [tag for tag in widget.bindtags() if tag != str(self._window)]
            widget.bindtags(tags)

    def _lost_keyboard(self) -> None:
        # That may be told late, when the menu is open once more.
        if not has_keyboard(self.rows.canvas):
            self.close()

    def _grab_mouse(self) -> None:
        """Have all clicks: one elsewhere closes the menu, and does nothing else."""
        if self.is_open:
            self._grabbed = str(self.panel.tk.call("grab", "current", self.panel))
            with suppress(tk.TclError):  # a window that is covered cannot
                self.panel.grab_set()

    def _let_go_of_mouse(self) -> None:
        held = str(self.panel.tk.call("grab", "current", self.panel))
        if is_inside(held, self.panel):
            self.panel.grab_release()
            if self._grabbed and self._exists(self._grabbed):
                with suppress(tk.TclError):
                    self.panel.tk.call("grab", "set", self._grabbed)
        self._grabbed = ""

    def _exists(self, path: str) -> bool:
        return bool(self.panel.tk.getboolean(self.panel.tk.call("winfo", "exists", path)))

    def _row(self, at: int, entry: Entry) -> Row:
        if entry is SEPARATOR:
            return Row(str(at), "", is_caption=True)
        text = self._emoji.plain(entry.text)
        if entry.note:
            note = self._wrapped(self._emoji.plain(entry.note))
            return Row(str(at), text, note=note, is_caption=True)
        has_marks = any(each.chosen for each in self._entries)
        lead = "✓" if entry.chosen else " " if has_marks else ""
        return Row(str(at), text, lead=lead, mark=entry.keys, is_off=not entry.is_possible)

    def _wrapped(self, text: str) -> str:
        """Return ``text`` in lines that fit into the menu as the others make it."""
        px = self._theme.px
        lines = [self._row(at, each) for at, each in enumerate(self._entries) if not each.note]
        width = max(self._width_of(lines) - _around(self._theme), px(_NOTE_WIDTH))
        return _wrap(text, self._theme.fonts.small, width)

    def _width_of(self, rows: Sequence[Row]) -> int:
        """Return how wide the menu is to be so that nothing in ``rows`` is cut."""
        px, fonts = self._theme.px, self._theme.fonts
        text = max((fonts.body.measure(row.text) for row in rows if not row.is_caption), default=0)
        text += px(LEAD) if any(row.lead for row in rows) else 0
        keys = max((fonts.body.measure(row.mark) for row in rows), default=0)
        text += keys + px(_BEFORE_KEYS) if keys else 0
        captions = [fonts.small_bold.measure(row.text) for row in rows if row.is_caption]
        notes = [fonts.small.measure(line) for row in rows for line in row.note.splitlines()]
        widest = max([text, *captions, *notes]) + _around(self._theme)
        return max(widest, self.pictures.least_width + 2 * _LINE)

    def _size(self) -> tuple[int, int]:
        """Return how wide and high the menu is, in pixels; no larger than the window."""
        width = self._width_of(self.rows.rows)
        height = self.rows.height + 2 * self._theme.px(_EDGE) + 2 * _LINE
        height += self.pictures.needed_height if self.pictures.buttons else 0
        most_x, most_y = self._window.winfo_width(), self._window.winfo_height()
        if height > most_y:
            width += self.rows.bar_width
        return min(width, most_x), min(height, most_y)

    def _restyle(self) -> None:
        palette = self._theme.palette
        self.panel.configure(background=palette.line)
        self._inside.configure(background=palette.surface)
        self.rows.pack_configure(pady=self._theme.px(_EDGE))

    def _stops(self) -> list[str]:
        """Return the keys of all that can be marked, from top to bottom."""
        return [*([_PICTURES] if self.pictures.buttons else []), *self.rows.shown_keys()]

    def _move(self, step: int) -> None:
        """Mark the next line, or with -1 the one before; it goes round."""
        marked = _PICTURES if self.pictures.marked >= 0 else self.rows.focused
        before = self._stops().index(marked) if marked else -1 if step > 0 else 0
        self._mark_at(before + step)

    def _mark_at(self, at: int) -> None:
        if stops := self._stops():
            self._mark(stops[at % len(stops)])

    def _mark(self, key: str) -> None:
        self.rows.mark("" if key == _PICTURES else key)
        self.pictures.mark(max(self.pictures.marked, 0) if key == _PICTURES else -1)

    def _move_sideways(self, step: int) -> None:
        if self.pictures.marked >= 0:
            self.pictures.mark((self.pictures.marked + step) % len(self.pictures.buttons))

    def _typed(self, event: "tk.Event[tk.Misc]") -> str:
        """Mark the next line that begins with the letter that was typed."""
        letter = event.char.casefold()
        rows = [row for row in self.rows.rows if row.can_be_chosen]
        keys = [row.key for row in rows if row.text.casefold().startswith(letter)]
        if letter and keys:
            at = int(self.rows.focused or -1)
            self._mark(next((key for key in keys if int(key) > at), keys[0]))
        return "break"

    def _choose_marked(self) -> None:
        if self.pictures.marked >= 0:
            self.pictures.choose_marked()
        else:
            self.rows.choose_focused()

    def _choose(self, key: str) -> None:
        self._do(self._entries[int(key)].action)

    def _do(self, action: Callable[[], object]) -> None:
        self.close()
        action()


def _around(theme: Theme) -> int:
    """Return what is beside the words of a line, in pixels, as rows are drawn."""
    return theme.px(MARGIN + INSET) + theme.px(MARGIN) + theme.px(INSET) + 2 * _LINE


def _wrap(text: str, font: tkfont.Font, width: int) -> str:
    """Return ``text`` in lines of at most ``width`` pixels, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".lstrip()
        if font.measure(longer) <= width or not lines[-1]:
            lines[-1] = clip(longer, font, width)
        else:
            lines.append(clip(word, font, width))
    return "\n".join(lines)


def _then_break(deed: Callable[[], None], _event: object) -> str:
    deed()
    return "break"


def _within(place: int, most: int, gap: int) -> int:
    """Return ``place``, or the nearest from 0 to ``most`` that is ``gap`` from both, if one is."""
    return max(min(place, most - gap), min(gap, most), 0)
