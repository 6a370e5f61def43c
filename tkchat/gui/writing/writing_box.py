"""The text widget that a message is written in: emoji are pictures in it, and all can be undone."""

import tkinter as tk
from collections.abc import Callable, Sequence

from tkchat.gui.emoji.emoji import Emoji, Picture
from tkchat.gui.widgets.undo import Undo

_PHOTOS = 200  # of emoji, kept beyond those that are in the text


class WritingBox(tk.Text):
    """A text of strings and emoji; `written` returns both. ``on_change`` is called after a change.

    Tk's own undo knows nothing of pictures, so this has one that keeps texts. Places are counted
    in characters of the text, since how Tk counts them depends on its build.
    """

    def __init__(self, parent: tk.Misc, emoji: Emoji, on_change: Callable[[], None]) -> None:
        super().__init__(
            parent, height=1, width=1, wrap="word", undo=False, borderwidth=0, highlightthickness=0,
            exportselection=False,
        )  # fmt: skip
        self._emoji = emoji
        self._on_change = on_change
        self._undo = Undo()
        self._picture_height = 16
        self._photos: dict[str, tk.PhotoImage] = {}
        self._drawn = 0  # pictures so far, for the names that Tk wants for each
        edits: dict[str, Callable[[], object]] = {
            "<<Undo>>": self.undo,
            "<<Redo>>": self.redo,
            "<<Copy>>": self.copy,
            "<<Cut>>": self.cut,
            "<<SelectAll>>": self.select_all,
        }
        for event, edit in edits.items():
            self.bind(event, lambda _event, edit=edit: (edit(), "break")[1])  # type: ignore[misc]  # a lambda's default has no type
        # Tk's own selection would leave the emoji out.
        for kind in ("STRING", "UTF8_STRING"):
            self.selection_handle(self._hand_selection, type=kind, format=kind)
        self.bind("<<Selection>>", lambda _event: self._own_selection())
        self.bind("<KeyPress>", self._typed)
        self.bind("<<Modified>>", lambda _event: self._on_modified())

    def written(self, start: str = "1.0", end: str = "end-1c") -> str:
        """Return what is written from index ``start`` to ``end``."""
        return _text_of(self._shown(start, end))

    @property
    def before_cursor(self) -> str:
        """What is written before the cursor."""
        return self.written("1.0", "insert")

    @property
    def can_undo(self) -> bool:
        """Whether there is something to take back."""
        return self._undo.can_undo

    @property
    def can_redo(self) -> bool:
        """Whether something was taken back that may be done again."""
        return self._undo.can_redo

    def begin_with(self, text: str) -> None:
        """Put ``text`` in place of everything, with the cursor behind it; not to be undone."""
        self._show(text)
        self._undo.reset(self.written())
        self._announce()

    def put(self, text: str) -> None:
        """Write ``text`` at the cursor, in place of what is selected: one step to undo."""
        self.change(*self.selected_stretch(), text)

    def change(
        self, start: int, end: int, text: str, selected: tuple[int, int] | None = None
    ) -> None:
        """Write ``text`` in place of the characters from ``start`` to ``end``: one step to undo.

        The cursor comes behind it, or else the stretch ``selected`` of the whole is selected.
        """
        self._note()
        whole = self.written()
        text = _text_of(self._pieces(text))
        self._undo.apart()
        self._show(whole[:start] + text + whole[end:], start + len(text), selected)
        self._note()
        self._undo.apart()
        self._announce()

    def take_back(self, count: int) -> None:
        """Delete ``count`` characters before the cursor: one step to undo."""
        place = len(self.before_cursor)
        self.change(place - count, place, "")

    def selected_stretch(self) -> tuple[int, int]:
        """Return from where to where the text is selected; twice the cursor's place if not."""
        if chosen := self.tag_ranges("sel"):
            start, end = (len(self.written("1.0", str(index))) for index in chosen[:2])
            return start, end
        return (len(self.before_cursor),) * 2

    def undo(self) -> None:
        """Take the last step back."""
        self._note()
        self._step(self._undo.undo())

    def redo(self) -> None:
        """Do again what was undone last."""
        self._note()
        self._step(self._undo.redo())

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if chosen := self.tag_ranges("sel"):
            self.clipboard_clear()
            self.clipboard_append(self.written(str(chosen[0]), str(chosen[1])))

    def cut(self) -> None:
        """Move what is selected to the clipboard."""
        self.copy()
        if self.tag_ranges("sel"):
            self.put("")

    def select_all(self) -> None:
        """Select everything."""
        self.tag_add("sel", "1.0", "end-1c")
        self.mark_set("insert", "end-1c")

    def set_picture_height(self, pixels: int) -> None:
        """Draw emoji in this height from now on."""
        if pixels != self._picture_height:
            self._picture_height = pixels
            self._photos.clear()
            self._show(self.written(), len(self.before_cursor))

    def _typed(self, event: "tk.Event[tk.Misc]") -> str | None:
        """Keep from Tk what it cannot draw; an input method may well type emoji."""
        self._note()  # what the key before did: Tk may tell of several changes at once
        if not event.char or event.char.isascii():
            return None
        [*pieces] = self._emoji.pieces(event.char, self._picture_height)
        if pieces == [event.char]:
            return None
        self.put(event.char)
        return "break"

    def _own_selection(self) -> None:
        if self.tag_ranges("sel"):
            self.selection_own()

    def _hand_selection(self, offset: str, most: str) -> str:
        """Return a part of what is selected, as X11's middle button asks for it."""
        chosen = self.tag_ranges("sel")
        text = self.written(str(chosen[0]), str(chosen[1])) if chosen else ""
        size = 4 // int(self.tk.call("string", "length", "\U0001f600"))  # bytes of what Tcl counts
        code = f"utf-{8 * size}-le"
        start = size * int(offset)
        return text.encode(code)[start : start + size * int(most)].decode(code, "replace")

    def _on_modified(self) -> None:
        if self.edit_modified():
            self.edit_modified(False)
            self._note()
            self._on_change()

    def _announce(self) -> None:
        self.edit_modified(False)
        self._on_change()

    def _note(self) -> None:
        text = self.written()
        self._undo.changed(text)
        if not text.isascii() and self._shown() != self._pieces(text):
            self._show(text, len(self.before_cursor))
            self._announce()

    def _step(self, step: tuple[str, int] | None) -> None:
        if step is not None:
            self._show(*step)
            self._announce()

    def _pieces(self, text: str) -> list[str | Picture]:
        return list(self._emoji.pieces(text, self._picture_height))

    def _shown(self, start: str = "1.0", end: str = "end-1c") -> list[str | Picture]:
        found: list[str | Picture] = []

        def take(kind: str, value: str, _index: str) -> None:
            if kind == "image":
                found.append(Picture(value.partition(":")[2]))
            elif found and isinstance(found[-1], str):  # Tk tells of each line by itself
                found[-1] += value
            else:
                found.append(value)

        self.dump(start, end, command=take, text=True, image=True)
        return found

    def _show(
        self, text: str, cursor: int | None = None, selected: tuple[int, int] | None = None
    ) -> None:
        """Draw ``text`` with the cursor at a place, or else at the end."""
        self.delete("1.0", "end")
        pieces = self._pieces(text)
        if cursor is None:
            cursor = len(_text_of(pieces))
        wanted = sorted({cursor, *(selected or ())})
        index = dict(zip(wanted, self._draw(pieces, wanted), strict=True))
        self.mark_set("insert", index[cursor])
        if selected:
            self.tag_add("sel", index[selected[0]], index[selected[1]])
            self.mark_set("insert", index[selected[1]])
        self.see("insert")

    def _draw(self, pieces: Sequence[str | Picture], places: Sequence[int]) -> list[str]:
        """Add ``pieces`` at the end; return Tk's indices of the ``places`` in them, which rise."""
        found: list[str] = []
        waiting = list(places)
        done = 0
        for piece in pieces:
            if isinstance(piece, Picture):
                while waiting and waiting[0] < done + len(piece.sequence):
                    found.append(self.index("end-1c"))
                    waiting.pop(0)
                self._draw_picture(piece.sequence)
                done += len(piece.sequence)
                continue
            end = done + len(piece)
            rest = piece
            while waiting and waiting[0] < end:
                place = waiting.pop(0)
                self.insert("end-1c", rest[: place - done])
                rest, done = rest[place - done :], place
                found.append(self.index("end-1c"))
            self.insert("end-1c", rest)
            done = end
        return found + [self.index("end-1c")] * len(waiting)

    def _draw_picture(self, sequence: str) -> None:
        photo = self._photos.get(sequence)
        if photo is None:
            if len(self._photos) > _PHOTOS:
                self._photos = {
                    known: photo
                    for known, photo in self._photos.items()
                    if self.tk.getboolean(self.tk.call("image", "inuse", photo))
                }
            png = self._emoji.png(sequence, self._picture_height)
            photo = tk.PhotoImage(master=self, data=png or b"", format="png")
            self._photos[sequence] = photo
        self._drawn += 1
        self.image_create("end-1c", image=photo, align="center", name=f"{self._drawn}:{sequence}")


def _text_of(pieces: Sequence[str | Picture]) -> str:
    return "".join(each if isinstance(each, str) else each.sequence for each in pieces)
