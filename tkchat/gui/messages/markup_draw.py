"""Turns the markup of a message into tagged pieces."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from tkchat.client.markup import Block, Code, ListItem, Paragraph, Quote, Span, Style
from tkchat.client.mentions import EVERYBODY
from tkchat.gui.messages.code_colours import CodeColours
from tkchat.gui.messages.message_tags import (
    ABOVE,
    BAR,
    BELOW,
    CODE,
    CODE_COPY,
    CODE_TEXT,
    LINK,
    LINKS,
    MENTION,
    MENTION_OTHER,
    bars_tag,
    colour_tag,
    item_tag,
)
from tkchat.gui.messages.pieces import (
    Piece,
    Tags,
    lines_led_by,
    split_first_line,
    split_last_line,
    tagged,
)
from tkchat.gui.messages.ruler import Ruler
from tkchat.gui.widgets.sanitise import for_tk
from tkchat.i18n import tr

CAPTIONED_LINES = 3  #: a block of code with so many lines has a caption, to copy it by
_FONTS = {
    Style.BOLD: "bold",
    Style.ITALIC: "italic",
    Style.BOLD | Style.ITALIC: "bold-italic",
    Style.CODE: "code",
    Style.CODE | Style.BOLD: "code-bold",
    Style.CODE | Style.ITALIC: "code",
    Style.CODE | Style.BOLD | Style.ITALIC: "code-bold",
}


class MarkupPainter:
    """Draws what `Markup` has read. ``words`` draws words with the emoji in them."""

    def __init__(
        self,
        ruler: Ruler,
        colours: CodeColours,
        words: Callable[[str, Tags], Iterator[Piece]],
        own_name: str,
    ) -> None:
        self._ruler = ruler
        self._colours = colours
        self._words = words
        self._meant = (own_name, EVERYBODY)
        self._links: list[str] = []
        self._codes: list[str] = []

    def pieces(
        self, blocks: Sequence[Block], tags: Tags, links: list[str], codes: list[str]
    ) -> Iterator[Piece]:
        """Yield what is drawn for ``blocks``, without a newline at the end.

        Adds the address of each link to ``links`` and the code of each caption to ``codes``, for
        `link_at` and `code_at`.
        """
        self._links, self._codes = links, codes
        yield from self._blocks(blocks, tags, 0)

    def _blocks(self, blocks: Sequence[Block], tags: Tags, quoted: int) -> Iterator[Piece]:
        for before, block, after in _with_neighbours(blocks):
            if before is not None:
                yield "\n", (*tags, *ground_of(before))
            pieces: Iterable[Piece] = self._block(block, before, tags, quoted)
            if _is_framed(before) and not isinstance(block, Code):  # that has space in its ground
                first, others = split_first_line(list(pieces))
                pieces = [*tagged(first, BELOW), *others]
            if _is_framed(after) and not isinstance(block, Code):
                others, last = split_last_line(list(pieces))
                pieces = [*others, *tagged(last, ABOVE)]
            yield from pieces

    def _block(
        self, block: Block, before: Block | None, tags: Tags, quoted: int
    ) -> Iterator[Piece]:
        match block:
            case Paragraph():
                yield from self._spans(block.spans, tags)
            case ListItem():
                yield from self._item(block, tags)
            case Code():
                yield from self._code(block, tags, is_after_code=isinstance(before, Code))
            case Quote():
                inner = (*tags, bars_tag(quoted + 1))
                bar = (self._ruler.bar(), (*inner, BAR))
                yield from lines_led_by(*bar, self._blocks(block.blocks, inner, quoted + 1))

    def _item(self, item: ListItem, tags: Tags) -> Iterator[Piece]:
        first = (*tags, item_tag(item.depth, len(item.marker)))
        more = (*tags, item_tag(item.depth, len(item.marker), goes_on=True))
        yield f"{item.marker} ", first
        is_first = True
        for span in item.spans:
            line, newline, rest = span.text.partition("\n") if is_first else ("", "", span.text)
            yield from self._span(span, line + newline, first)
            yield from self._span(span, rest, more)
            is_first = is_first and not newline

    def _spans(self, spans: Sequence[Span], tags: Tags) -> Iterator[Piece]:
        for span in spans:
            yield from self._span(span, span.text, tags)

    def _span(self, span: Span, text: str, tags: Tags) -> Iterator[Piece]:
        """Yield ``text``, which is all or some of what the span says."""
        if not text:
            return
        if span.style:
            if font := _FONTS.get(span.style & ~Style.STRIKE):
                tags = (*tags, font)
            if Style.STRIKE in span.style:
                tags = (*tags, "strike")
        if span.mention in self._meant:
            tags = (*tags, MENTION)
        elif span.mention and span.text.startswith("@"):  # without, it may be any word
            tags = (*tags, MENTION_OTHER)
        if span.url:
            # In turns, or two neighbours would become one range.
            tags = (*tags, LINK, LINKS[len(self._links) % 2])
            self._links.append(for_tk(span.url))  # what is not seen shall not be opened
        yield from self._words(text, tags)

    def _code(self, code: Code, tags: Tags, *, is_after_code: bool) -> Iterator[Piece]:
        ground = (*tags, CODE)
        top: Tags = ("code-top",)
        count = code.text.count("\n") + 1
        if code.language or count >= CAPTIONED_LINES or is_after_code:
            caption = (*ground, *top, "mark")
            yield self._ruler.room(), caption
            language = code.language or tr("Code")
            yield f"{language}  ·  ", caption
            yield tr("Copy"), (*caption, CODE_COPY)
            yield "\n", caption
            self._codes.append(code.text)
            top = ()
        pieces = (
            piece
            for text, kind in self._colours.find(code.language, code.text)
            for piece in self._words(text, (*ground, CODE_TEXT, *_colour(kind)))
        )
        room = self._ruler.room()
        line = 0
        for content, own_tags in lines_led_by(room, (*ground, CODE_TEXT), pieces):
            if content is room:
                line += 1
                first, last = top if line == 1 else (), ("code-bottom",) if line == count else ()
                yield content, (*own_tags, *first, *last)
            else:
                yield content, own_tags


def ground_of(block: Block) -> Tags:
    """Return the tags of the newline that ends ``block``: its ground reaches to the edge by it."""
    if isinstance(block, Quote):
        return ground_of(block.blocks[-1])
    return (CODE,) if isinstance(block, Code) else ()


def _is_framed(block: Block | None) -> bool:
    """Say whether a block has a ground or a bar, and so needs space to its neighbours."""
    return isinstance(block, Code | Quote)


def _with_neighbours(
    blocks: Sequence[Block],
) -> Iterator[tuple[Block | None, Block, Block | None]]:
    return zip((None, *blocks), blocks, (*blocks[1:], None), strict=False)


def _colour(kind: str) -> Tags:
    return (colour_tag(kind),) if kind else ()
