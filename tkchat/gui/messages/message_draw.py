"""Turns blocks into tagged text with pictures and puts it into a text widget in one call."""

import tkinter as tk
from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import count

from tkchat.client.markup import Block as MarkupBlock
from tkchat.client.markup import Markup, Paragraph, Quote, plain_text
from tkchat.client.mentions import mentions
from tkchat.client.message import Delivery, Message
from tkchat.gui.emoji.emoji import MOST_PICTURES, Allowance, Emoji
from tkchat.gui.emoji.emoji_photos import EmojiPhotos
from tkchat.gui.look.avatar import Avatars
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.code_colours import CodeColours
from tkchat.gui.messages.delivery_marks import WaitingMark, is_late, trouble
from tkchat.gui.messages.embedding import Embedded, Embedder
from tkchat.gui.messages.markup_draw import MarkupPainter, ground_of
from tkchat.gui.messages.message_blocks import (
    Block,
    Shape,
    came_or_went,
    day_name,
    shown_part,
    summary,
)
from tkchat.gui.messages.message_tags import (
    DENSE,
    DISCARD,
    EDIT,
    EDITED,
    FOLD,
    INNER,
    PLAIN_PILL,
    QUOTE,
    REACTED,
    REACTION,
    SLOT,
    author_tag,
)
from tkchat.gui.messages.pieces import Piece, Slot, Tags, split_first_line, split_last_line, tagged
from tkchat.gui.messages.ruler import Ruler
from tkchat.gui.widgets.sanitise import one_line
from tkchat.i18n import grouped, tr, trn

_PLACE = "\ufffc\ufffc"  # where a picture is to stand: between these

PICTURES_AT_ONCE = 1_000  #: emoji drawn in one go; of more, the newest


class MessagePainter:
    """Draws blocks for one text widget and keeps the pictures that it shows.

    Set ``people`` to those of the room, so that they are seen where a message names them, and
    ``edited`` to the key of the message that stands out since it is being changed.
    """

    def __init__(self, text: tk.Text, theme: Theme, emoji: Emoji, own_name: str) -> None:
        self._text = text
        self._theme = theme
        self._emoji = emoji
        self._own_name = own_name
        self._photos = EmojiPhotos(text, theme, emoji)
        self._serial = count()
        self._embedder = Embedder(text)
        self._clock = WaitingMark(text, theme)
        self._ruler = Ruler(text, theme)
        self._markup = Markup()
        self._marked = MarkupPainter(self._ruler, CodeColours(text), self._photos.words, own_name)
        self._now = datetime.now().astimezone()  # of the drawing under way
        self.avatars = Avatars(text, theme)
        self.people: Collection[str] = ()
        self.edited: int | None = None

    def restyle(self) -> None:
        """Draw all pictures anew in place, after a change of theme."""
        self.avatars.redraw()
        self._clock.redraw()
        self._ruler.restyle()
        self._photos.restyle()

    def forget(self) -> None:
        """Let all pictures go. The text widget must be empty."""
        self._photos.forget()
        self.avatars.forget()

    def insert(self, line: int, blocks: Iterable[Block], now: datetime) -> None:
        """Insert ``blocks`` at the beginning of a line, as they look at the time ``now``.

        Sets how many lines and pictures each takes, and its links and codes.
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
        self._photos.drop_unused()

    def _all_pieces(self, blocks: Sequence[Block]) -> list[list[Piece]]:
        """Return the pieces of each block; where there are too many emoji, the newest get them."""
        left = PICTURES_AT_ONCE
        self._photos.allowance = allowance = Allowance()
        found: list[list[Piece]] = []
        for block in reversed(blocks):
            allowance.pictures = allowed = min(left, MOST_PICTURES)
            found.append(list(self._pieces(block)))
            left -= allowed - allowance.pictures
        return found[::-1]

    def _fill(self, slots: list[Slot]) -> None:
        """Put each picture in the place that was kept for it."""
        places = [str(index) for index in self._text.tag_ranges(SLOT)]
        indices: list[tuple[str, int]] = []
        for first, stop in zip(places[::2], places[1::2], strict=True):
            line, column = first.split(".")
            end = int(stop.split(".")[1])  # neighbours share a range
            indices += [(line, at) for at in range(int(column), end, len(_PLACE))]
        # Unique names with the serial first: Tk compares each new name with all the others.
        self._embedder.embed(
            Embedded(line, at, slot.photo, slot.align, f"{next(self._serial)}:{slot.stands_for}")
            for (line, at), slot in zip(reversed(indices), reversed(slots), strict=True)
        )
        self._text.tag_remove(SLOT, "1.0", "end")

    def _pieces(self, block: Block) -> Iterator[Piece]:
        match block.shape:
            case Shape.DAY:
                yield day_name(block.day, self._now.date()) + "\n", ("day",)
            case Shape.NEW:
                label = tr("New")
                yield self._ruler.new_line(label), ("new",)
                yield f" {label}\n", ("new",)
            case Shape.PRESENCE:
                yield from self._presence(block)
            case Shape.NOTICE | Shape.NOTICE_ON:
                yield from self._notice(block)
            case Shape.GAP:
                yield self._name(block.messages[0].text) + "\n", ("gap",)
            case _:
                yield from self._said(block)

    def _notice(self, block: Block) -> Iterator[Piece]:
        if block.shape is Shape.NOTICE:
            time = self._theme.clock(block.messages[0].at)
            yield tr("From the host") + f"  {time}\n", ("caption", "tinted")
        yield from self._body(block, ("notice", "tinted"))

    def _presence(self, block: Block) -> Iterator[Piece]:
        tags: Tags = ("presence", FOLD) if len(block.messages) > 1 else ("presence",)
        if not block.unfolded:
            yield self._name(summary(block.messages, self._whom)) + "\n", tags
            return
        for message in block.messages:
            line = self._name(came_or_went([self._whom(message.author)], message.text))
            yield f"{line}  {self._theme.clock(message.at)}\n", tags

    def _said(self, block: Block) -> Iterator[Piece]:
        message = block.messages[0]
        band: Tags = ()
        if message.own:
            band = ("own",)
        elif not message.deleted and mentions(message.text, self._own_name):
            band = ("mentioned",)
        if message.key == self.edited:
            band = (*band, EDITED)
        tags: Tags = ("action" if block.shape is Shape.ACTION else "body", *band)
        lead: list[Piece] = []  # what stands before the words of the first line
        if block.shape is Shape.HEADED:
            lead = yield from self._header(message, tags, band)
        if message.quote and not message.deleted:
            yield from lead
            if lead and self._theme.compact:
                yield "\n", (*tags, INNER)
            yield self._quote(*message.quote) + "\n", (*tags, INNER, QUOTE)
            lead = []
        if message.deleted:
            yield from lead
            yield tr("Message deleted"), (*tags, "deleted")
            yield "\n", tags
            return
        yield from self._body(block, tags, lead)
        yield from self._troubles(message, tags)
        yield from self._reactions(message, band)

    def _header(
        self, message: Message, tags: Tags, band: Tags
    ) -> Generator[Piece, None, list[Piece]]:
        """Yield the line with the author, and return what stands before the words under it.

        A compact list has no such line: there all of it stands before the words.
        """
        name = self._name(message.author)
        time = self._theme.clock(message.at)
        colour = author_tag(self._theme.palette, message.author)
        if self._theme.compact:
            head = (*tags, "compact")
            return [
                (f"{time}\t", (*head, "time")),
                (name, (*head, "name", colour)),
                ("  ", (*head, "name")),
            ]
        upper, lower = self.avatars.halves(message.author)
        head = ("header", *band)
        yield Slot(upper, "bottom"), head
        yield name, (*head, "name", colour)
        yield f"  {time}\n", (*head, "time")
        return [(Slot(lower, "top"), (*tags, "beside"))]

    def _quote(self, author: str, words: str) -> str:
        said = plain_text(self._markup.parse(words, is_cut=True))
        return f"↱ {self._name(author)}: {self._name(said)}"

    def _body(self, block: Block, tags: Tags, lead: Sequence[Piece] = ()) -> Iterator[Piece]:
        message = block.messages[0]
        late = is_late(message, self._now)
        if late:
            tags = (*tags, "waiting")
        shown, hidden = shown_part(message.text, unfolded=block.unfolded)
        block.links, block.codes = [], []
        words, ground = self._words(block, shown, tags, lead, is_cut=hidden > 0)
        if ground and (message.edited or late):
            words.append(("\n", (*tags, *ground)))
            ground = ()
        if message.edited:
            words.append(("  " + tr("(edited)"), (*tags, "mark")))
        if late:
            words.append((Slot(self._clock.photo, "center"), tags))
        if block.shape is Shape.FOLLOWING:
            first, others = split_first_line(words)
            words = [*tagged(first, "follows"), *others]
        inner, last = split_last_line(words)
        yield from tagged(inner, INNER)
        yield from last
        yield "\n", (*tags, *ground)
        if hidden and block.unfolded:
            text = trn(
                "{count} more character is not shown",
                "{count} more characters are not shown",
                hidden,
            )
            yield text.format(count=grouped(hidden)) + "\n", (*tags, "hint")
        elif hidden:
            text = trn("Show more ({count} character)", "Show more ({count} characters)", hidden)
            yield text.format(count=grouped(hidden)), (*tags, "more", FOLD)
            yield "\n", (*tags, "more")

    def _words(
        self, block: Block, text: str, tags: Tags, lead: Sequence[Piece], *, is_cut: bool
    ) -> tuple[list[Piece], Tags]:
        """Return what a message says, after ``lead``, and the tags of what ends its last line."""
        found = list(lead)
        if alone := self._photos.alone(text, tags):
            return [*found, *alone], ()
        if block.shape in (Shape.NOTICE, Shape.NOTICE_ON):  # a program's words: no markup
            blocks: list[MarkupBlock] = [Paragraph(tuple(self._markup.addresses(text)))]
        else:
            if block.shape is Shape.ACTION:
                author = block.messages[0].author
                start = len(f"* {author} ")
                found += self._photos.words(text[:start], tags)
                text = text[start:]
            names = (self._own_name, *(self.people if "@" in text else ()))
            blocks = self._markup.parse(text, names, is_cut=is_cut)
        # Code, lists and quotes begin a line, unless it is only an avatar that stands there.
        if any(isinstance(each, str) for each, _ in found) and not isinstance(blocks[0], Paragraph):
            found.append(("\n", tags))
        if isinstance(blocks[0], Quote):
            found = tagged(found, DENSE)
        found += self._marked.pieces(blocks, tags, block.links, block.codes)
        return found, ground_of(blocks[-1])

    def _troubles(self, message: Message, tags: Tags) -> Iterator[Piece]:
        """Say under a message why it may not be, or is not, on the host."""
        if not (text := trouble(message)):
            return
        if message.delivery is not Delivery.REFUSED:
            yield text + "\n", (*tags, "hint")
            return
        yield self._name(text) + "    ", (*tags, "refused")
        yield tr("Edit"), (*tags, "refused", EDIT)
        yield "  ·  ", (*tags, "refused")
        yield tr("Discard"), (*tags, "refused", DISCARD)
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
            if slot := self._photos.pill(sequence, len(names), own=own):
                yield slot, pill
            else:
                yield f" {self._name(sequence)} {grouped(len(names))} ", (*pill, PLAIN_PILL)
        yield "\n", tags

    def _whom(self, name: str) -> str:
        return tr("you") if name == self._own_name else self._name(name)

    def _name(self, name: str) -> str:
        return self._emoji.plain(one_line(name))
