"""Turns blocks into tagged text with pictures and puts it into a text widget in one call."""

import tkinter as tk
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from tkchat.client.message import Delivery, Message
from tkchat.gui.avatar import Avatars
from tkchat.gui.delivery_marks import WaitingMark, is_late, trouble
from tkchat.gui.emoji import MOST_PICTURES, Allowance, Emoji, Picture
from tkchat.gui.links import split_links
from tkchat.gui.message_blocks import (
    Block,
    Shape,
    clock,
    day_name,
    shown_part,
    summary,
)
from tkchat.gui.message_tags import (
    DISCARD,
    EDIT,
    FOLD,
    LINK,
    PLAIN_PILL,
    QUOTE,
    REACTED,
    REACTION,
    SLOT,
    author_tag,
)
from tkchat.gui.reaction_pill import draw_pill, emoji_height
from tkchat.gui.sanitise import one_line
from tkchat.gui.theme import Theme

Tags = tuple[str, ...]

_PLACE = "\ufffc\ufffc"  # where a picture is to stand: between these

FROM_HOST = "From the host"
PICTURES_AT_ONCE = 1_000  #: emoji drawn in one go; of more, the newest
PHOTOS = 500  #: different emoji kept; more only while they are on the screen


@dataclass(frozen=True, slots=True)
class Slot:
    """A picture within the text; ``stands_for`` is what copying gives for it."""

    photo: tk.PhotoImage
    align: str
    stands_for: str = ""


Piece = tuple[str | Slot, Tags]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a picture of an emoji shows: with a ``count``, a pill."""

    sequence: str
    count: int = 0
    own: bool = False


class MessagePainter:
    """Draws blocks for one text widget and keeps the pictures that it shows."""

    def __init__(self, text: tk.Text, theme: Theme, emoji: Emoji, own_name: str) -> None:
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self._own_name = own_name
        self._photos: dict[_Look, tk.PhotoImage] = {}  # of emoji; Tk blanks a picture let go
        self._photos_kept = PHOTOS
        self._allowance = Allowance()
        self._serial = count()
        self._clock = WaitingMark(text, theme)
        self._now = datetime.now().astimezone()  # of the drawing under way
        self.avatars = Avatars(text, theme)

    def restyle(self) -> None:
        """Draw all pictures anew in place, after a change of theme."""
        self.avatars.redraw()
        self._clock.redraw()
        for look, photo in self._photos.items():
            if data := self._draw(look):
                photo.configure(data=data, format="png")

    def forget(self) -> None:
        """Let all pictures go. The text widget must be empty."""
        self._photos.clear()
        self._photos_kept = PHOTOS
        self.avatars.forget()

    def insert(self, line: int, blocks: Iterable[Block], now: datetime) -> None:
        """Insert ``blocks`` at the beginning of a line, as they look at the time ``now``.

        Sets how many lines and pictures each takes.
        """
        self._now = now
        blocks = list(blocks)
        arguments: list[str | Tags] = []
        slots: list[Slot] = []
        for block, pieces in zip(blocks, self._all_pieces(blocks), strict=True):
            block.lines = block.pictures = 0
            for content, tags in pieces:
                if isinstance(content, Slot):
                    block.pictures += 1
                    slots.append(content)
                    arguments += [_PLACE, (*tags, SLOT)]
                else:
                    block.lines += content.count("\n")
                    arguments += [content, tags]
        if arguments:
            self._text.insert(f"{line}.0", *arguments)  # type: ignore[arg-type]  # narrower in the stubs
        if slots:
            self._fill(slots)
        self._drop_unused()

    def _all_pieces(self, blocks: Sequence[Block]) -> list[list[Piece]]:
        """Return the pieces of each block; where there are too many emoji, the newest get them."""
        left = PICTURES_AT_ONCE
        self._allowance = allowance = Allowance()
        found: list[list[Piece]] = []
        for block in reversed(blocks):
            allowance.pictures = allowed = min(left, MOST_PICTURES)
            found.append(list(self._pieces(block)))
            left -= allowed - allowance.pictures
        return found[::-1]

    def _drop_unused(self) -> None:
        """Let emoji go that are nowhere on the screen any more, if there are many."""
        if len(self._photos) <= self._photos_kept:
            return
        call = self._text.tk.call
        self._photos = {
            look: photo
            for look, photo in self._photos.items()
            if int(call("image", "inuse", photo))
        }
        self._photos_kept = max(PHOTOS, 2 * len(self._photos))

    def _fill(self, slots: list[Slot]) -> None:
        """Put each picture in the place that was kept for it."""
        places = [str(index) for index in self._text.tag_ranges(SLOT)]
        indices: list[tuple[str, int]] = []
        for first, stop in zip(places[::2], places[1::2], strict=True):
            line, column = first.split(".")
            end = int(stop.split(".")[1])  # neighbours share a range
            indices += [(line, at) for at in range(int(column), end, len(_PLACE))]
        for (line, place), slot in zip(reversed(indices), reversed(slots), strict=True):
            self._embed(line, place, slot)
        self._text.tag_remove(SLOT, "1.0", "end")

    def _embed(self, line: str, column: int, slot: Slot) -> None:
        text = self._text
        # Unique names with the serial first: Tk compares each new name with all the others.
        name = f"{next(self._serial)}:{slot.stands_for}"
        # Between the two characters, whose tags it gets by that.
        text.image_create(f"{line}.{column + 1}", image=slot.photo, align=slot.align, name=name)  # type: ignore[arg-type]  # narrower in the stubs
        around = [f"{line}.{column + away}" for away in (2, 3, 0, 1)]
        text.tk.call(str(text), "delete", *around)

    def _pieces(self, block: Block) -> Iterator[Piece]:
        if block.shape is Shape.DAY:
            yield day_name(block.day, self._now.date()) + "\n", ("day",)
        elif block.shape is Shape.PRESENCE:
            yield from self._presence(block)
        elif block.shape is Shape.NOTICE:
            caption = f"{FROM_HOST}  {clock(block.messages[0].at)}\n"
            yield caption, ("caption", "tinted")
            yield from self._body(block, ("notice", "tinted"))
        elif block.shape is Shape.NOTICE_ON:
            yield from self._body(block, ("notice", "tinted"))
        elif block.shape is Shape.GAP:
            yield self._name(block.messages[0].text) + "\n", ("gap",)
        else:
            yield from self._said(block)

    def _presence(self, block: Block) -> Iterator[Piece]:
        tags: Tags = ("presence", FOLD) if len(block.messages) > 1 else ("presence",)
        if not block.unfolded:
            yield self._name(summary(block.messages, self._whom)) + "\n", tags
            return
        for message in block.messages:
            line = f"{self._whom(message.author)} {self._name(message.text)}".strip()
            yield f"{line}  {clock(message.at)}\n", tags

    def _said(self, block: Block) -> Iterator[Piece]:
        message = block.messages[0]
        own: Tags = ("own",) if message.own else ()
        tags: Tags = ("action" if block.shape is Shape.ACTION else "body", *own)
        beside = None
        if block.shape is Shape.HEADED:
            upper, lower = self.avatars.halves(message.author)
            top: Tags = ("header", *own)
            yield Slot(upper, "bottom"), top
            name = self._name(message.author)
            yield name, (*top, "name", author_tag(self._theme.palette, message.author))
            yield f"  {clock(message.at)}\n", (*top, "time")
            beside = Slot(lower, "top")
        if message.quote and not message.deleted:
            yield from _first(beside, (*tags, "inner"))
            beside = None
            yield self._quote(*message.quote) + "\n", (*tags, "inner", QUOTE)
        if message.deleted:
            yield from _first(beside, tags)
            yield "Message deleted", (*tags, "deleted")
            yield "\n", tags
            return
        yield from self._body(block, tags, beside)
        yield from self._troubles(message, tags)
        yield from self._reactions(message, own)

    def _quote(self, author: str, words: str) -> str:
        return f"↱ {self._name(author)}: {self._name(words)}"

    def _body(self, block: Block, tags: Tags, beside: Slot | None = None) -> Iterator[Piece]:
        message = block.messages[0]
        late = is_late(message, self._now)
        if late:
            tags = (*tags, "waiting")
        shown, hidden = shown_part(message.text, unfolded=block.unfolded)
        upper, line_end, last = shown.rpartition("\n")
        # What a line looks like is up to its first character.
        yield from _first(beside, (*tags, "inner") if line_end else tags)
        for lines, marked in ((upper + line_end, (*tags, "inner")), (last, tags)):
            for part, is_link in split_links(lines):
                yield from self._words(part, (*marked, LINK) if is_link else marked)
        if message.edited:
            yield "  (edited)", (*tags, "mark")
        if late:
            yield Slot(self._clock.photo, "center"), tags
        yield "\n", tags
        if hidden and block.unfolded:
            yield f"{hidden:,} more characters are not shown\n", (*tags, "hint")
        elif hidden:
            yield f"Show more ({hidden:,} characters)", (*tags, "more", FOLD)
            yield "\n", (*tags, "more")

    def _troubles(self, message: Message, tags: Tags) -> Iterator[Piece]:
        """Say under a message why it may not be, or is not, on the host."""
        if not (text := trouble(message)):
            return
        if message.delivery is not Delivery.REFUSED:
            yield text + "\n", (*tags, "hint")
            return
        yield self._name(text) + "    ", (*tags, "refused")
        yield "Edit", (*tags, "refused", EDIT)
        yield "  ·  ", (*tags, "refused")
        yield "Discard", (*tags, "refused", DISCARD)
        yield "\n", (*tags, "refused")

    def _reactions(self, message: Message, band: Tags) -> Iterator[Piece]:
        if not message.reactions:
            return
        tags: Tags = ("body", "reactions", *band)
        for number, (sequence, names) in enumerate(message.reactions.items()):
            if number:
                yield "  ", tags
            own = self._own_name in names
            pill = (*tags, REACTED if own else REACTION)
            words = one_line(sequence)
            pieces = self._emoji.pieces(words, emoji_height(self._theme), self._allowance)
            if list(pieces) == [Picture(words)]:
                photo = self._photo(_Look(words, len(names), own))
                yield Slot(photo, "center", f"{words} {len(names):,}"), pill
            else:
                yield f" {self._emoji.plain(words)} {len(names):,} ", (*pill, PLAIN_PILL)
        yield "\n", tags

    def _words(self, words: str, tags: Tags) -> Iterator[Piece]:
        for piece in self._emoji.pieces(words, self._emoji_height(), self._allowance):
            if isinstance(piece, Picture):
                yield Slot(self._photo(_Look(piece.sequence)), "center", piece.sequence), tags
            else:
                yield piece, tags

    def _photo(self, look: _Look) -> tk.PhotoImage:
        if look not in self._photos:
            photo = tk.PhotoImage(master=self._text, data=self._draw(look), format="png")  # type: ignore[arg-type]  # narrower in the stubs
            self._photos[look] = photo
        return self._photos[look]

    def _draw(self, look: _Look) -> bytes | None:
        """Return a picture of an emoji as PNG; None without one."""
        if not look.count:
            return self._emoji.png(look.sequence, self._emoji_height())
        data = self._emoji.png(look.sequence, emoji_height(self._theme))
        return draw_pill(data, look.count, self._theme, own=look.own) if data else None

    def _emoji_height(self) -> int:
        return int(self._theme.fonts.body.metrics("linespace"))

    def _whom(self, name: str) -> str:
        return "you" if name == self._own_name else self._name(name)

    def _name(self, name: str) -> str:
        return self._emoji.plain(one_line(name))


def _first(beside: Slot | None, tags: Tags) -> Iterator[Piece]:
    """Yield the avatar's lower half, which stands before the first line of a message."""
    if beside:
        yield beside, (*tags, "beside")
