"""Keeps the pictures of emoji that one text widget shows."""

import tkinter as tk
from collections.abc import Iterator
from dataclasses import dataclass

from tkchat.gui.emoji.emoji import Allowance, Emoji, Picture
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.pieces import Piece, Slot, Tags
from tkchat.gui.messages.reaction_pill import draw_pill, emoji_height
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import grouped

PHOTOS = 500  #: different emoji kept; more only while they are on the screen
LARGE = 2  #: times as high as text are emoji that stand alone
MOST_ALONE = 3  #: so many emoji stand alone
_ALONE_CHARS = 40  # no three emoji are longer


@dataclass(frozen=True, slots=True)
class Look:
    """What a picture of an emoji shows: with a ``count``, a pill."""

    sequence: str
    count: int = 0
    own: bool = False
    large: bool = False


class EmojiPhotos:
    """Turns text into pieces. Tk blanks a picture that is let go, so all in use are kept here."""

    def __init__(self, master: tk.Misc, theme: Theme, emoji: Emoji) -> None:
        self._master = master
        self._theme = theme
        self._emoji = emoji
        self._photos: dict[Look, tk.PhotoImage] = {}
        self._kept = PHOTOS
        self._height = _line_height(theme)
        self.allowance = Allowance()  #: what the message that is drawn may still have

    @property
    def looks(self) -> set[Look]:
        """What is kept."""
        return set(self._photos)

    def restyle(self) -> None:
        """Draw all pictures anew in place, after a change of theme."""
        self._height = _line_height(self._theme)
        for look, photo in self._photos.items():
            if data := self._draw(look):
                photo.configure(data=data, format="png")

    def forget(self) -> None:
        """Let all pictures go. None of them may still be on the screen."""
        self._photos.clear()
        self._kept = PHOTOS

    def drop_unused(self) -> None:
        """Let emoji go that are nowhere on the screen any more, if there are many."""
        if len(self._photos) <= self._kept:
            return
        call = self._master.tk.call
        self._photos = {
            look: photo
            for look, photo in self._photos.items()
            if int(call("image", "inuse", photo))
        }
        self._kept = max(PHOTOS, 2 * len(self._photos))

    def words(self, words: str, tags: Tags) -> Iterator[Piece]:
        """Yield ``words`` with pictures for the emoji among them."""
        for piece in self._emoji.pieces(words, self._height, self.allowance):
            if isinstance(piece, Picture):
                yield Slot(self._photo(Look(piece.sequence)), "center", piece.sequence), tags
            else:
                yield piece, tags

    def alone(self, text: str, tags: Tags) -> list[Piece]:
        """Return large pictures if ``text`` is nothing but a few emoji, else nothing."""
        if text.isascii() or len(text) > _ALONE_CHARS:
            return []
        found = list(self._emoji.pieces(text, LARGE * self._height, self.allowance))
        pictures = [each for each in found if isinstance(each, Picture)]
        others = [each for each in found if isinstance(each, str)]
        if not 0 < len(pictures) <= MOST_ALONE or any(each.strip(" ") for each in others):
            self.allowance.pictures += len(pictures)
            return []
        return [(self._alone(each), tags) for each in found]

    def _alone(self, piece: str | Picture) -> str | Slot:
        if isinstance(piece, str):
            return piece
        return Slot(self._photo(Look(piece.sequence, large=True)), "center", piece.sequence)

    def pill(self, sequence: str, count: int, *, own: bool) -> Slot | None:
        """Return a reaction as a pill, None if it is no emoji or cannot be drawn."""
        words = one_line(sequence)
        pieces = self._emoji.pieces(words, emoji_height(self._theme), self.allowance)
        if list(pieces) != [Picture(words)]:
            return None
        return Slot(self._photo(Look(words, count, own)), "center", f"{words} {grouped(count)}")

    def _photo(self, look: Look) -> tk.PhotoImage:
        if look not in self._photos:
            photo = tk.PhotoImage(master=self._master, data=self._draw(look), format="png")  # type: ignore[arg-type]  # narrower in the stubs
            self._photos[look] = photo
        return self._photos[look]

    def _draw(self, look: Look) -> bytes | None:
        """Return a picture of an emoji as PNG; None without one."""
        if not look.count:
            height = self._height * (LARGE if look.large else 1)
            return self._emoji.png(look.sequence, height)
        data = self._emoji.png(look.sequence, emoji_height(self._theme))
        return draw_pill(data, look.count, self._theme, own=look.own) if data else None


def _line_height(theme: Theme) -> int:
    return int(theme.fonts.body.metrics("linespace"))  # 0.4 ms: too long to ask for each message
