"""A transcript as one HTML page that needs nothing else and loads nothing."""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from html import escape

from tkchat.client.export.about import About
from tkchat.client.export.html_style import STYLE
from tkchat.client.markup import Block, Code, ListItem, Markup, Paragraph, Quote, Span, Style
from tkchat.client.message import Kind, Message
from tkchat.i18n import language, listed, tr
from tkchat.wire.text import clean

GROUPED_FOR = timedelta(minutes=5)  #: one author's messages closer than this share a header
_SCHEMES = ("http", "https", "mailto")
# Whatever a message says: the page runs nothing and fetches nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_TAGS = {Style.BOLD: "strong", Style.ITALIC: "em", Style.STRIKE: "s", Style.CODE: "code"}


def as_html(about: About, messages: Iterable[Message]) -> Iterator[str]:
    """Yield the page in pieces."""
    page = _Page(about)
    yield page.head()
    for message in messages:
        yield page.entry(message)
    yield "</main>\n</body>\n</html>\n"


class _Page:
    """Draws one message after the other; what the last one was decides how the next one looks."""

    def __init__(self, about: About) -> None:
        self._about = about
        self._markup = Markup()
        self._day: date | None = None
        self._last: Message | None = None

    def head(self) -> str:
        about = self._about
        title = _safe(tr("{room} on {host}").format(room=about.label, host=about.host))
        when = f"{about.at:%Y-%m-%d %H:%M}"
        note = _safe(tr("Exported by {name}, {when}").format(name=about.user, when=when))
        return (
            f'<!DOCTYPE html>\n<html lang="{language()}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
            '<meta name="viewport" content="width=device-width">\n'
            '<meta name="referrer" content="no-referrer">\n'
            f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
            f"<header><h1>{title}</h1><p>{note}</p></header>\n<main>\n"
        )

    def entry(self, message: Message) -> str:
        if message.kind is Kind.GAP:
            self._last = None
            return f'<p class="gap">{_safe(message.text)}</p>\n'
        before = ""
        if message.at.date() != self._day:
            self._day, self._last = message.at.date(), None
            before = f"<h2>{self._day:%Y-%m-%d}</h2>\n"
        if message.kind is Kind.PRESENCE:
            self._last = None
            return f'{before}<p class="gap">{_safe(message.author)} {_safe(message.text)}</p>\n'
        drawn = self._said(message, is_head=not self._goes_on(message))
        self._last = message
        return before + drawn

    def _goes_on(self, message: Message) -> bool:
        last = self._last
        same = last is not None and (last.author, last.own) == (message.author, message.own)
        return same and last is not None and message.at - last.at <= GROUPED_FOR

    def _said(self, message: Message, *, is_head: bool) -> str:
        classes = " ".join(("head",) * is_head + ("own",) * message.own)
        parts = [f'<article id="{_anchor(message.era, message.seq, message.key)}"']
        parts.append(f' class="{classes}" title="{message.at:%Y-%m-%d %H:%M:%S}">')
        if is_head:
            parts.append(_header(message))
        if message.quote and not message.deleted:
            author, words = message.quote
            target = _anchor(message.era, message.answers, message.key)
            text = f"↱ {_safe(author)}: {_safe(words)}"
            parts.append(f'<a class="reply" href="#{target}">{text}</a>')
        parts.append(self._words(message))
        if message.reactions:
            pills = (
                f'<span title="{_safe(listed(names))}">{_safe(emoji)} {len(names)}</span>'
                for emoji, names in message.reactions.items()
            )
            parts.append(f'<div class="reactions">{"".join(pills)}</div>')
        return "".join([*parts, "</article>\n"])

    def _words(self, message: Message) -> str:
        if message.deleted:
            note = _safe(tr("Message deleted"))
            return f'<div class="deleted">{note}</div>'
        text = clean(message.text)
        action = "* " if text.startswith(f"* {message.author} ") else ""  # else a list item
        drawn = action + _blocks(self._markup.parse(text.removeprefix(action)))
        if message.edited:
            note = _safe(tr("(edited)"))
            drawn += f' <span class="edited">{note}</span>'
        return f'<div class="words">{drawn}</div>'


def _header(message: Message) -> str:
    hue = zlib.crc32(message.author.casefold().encode("utf-8", "replace")) % 360
    name = _safe(message.author or tr("From the host"))
    initials = _safe("".join(word[0] for word in message.author.split()[:1]).upper() or "#")
    return (
        f'<span class="avatar" style="--hue: {hue}" aria-hidden="true">{initials}</span>'
        f'<span class="author" style="--hue: {hue}">{name}</span> '
        f"<time>{message.at:%H:%M}</time>"
    )


def _blocks(blocks: Sequence[Block]) -> str:
    drawn = ""
    for number, block in enumerate(blocks):
        # Lines that follow each other; the other blocks are lines of their own anyway.
        follows = number and isinstance(block, Paragraph)
        drawn += ("\n" if follows and isinstance(blocks[number - 1], Paragraph) else "") + _block(
            block
        )
    return drawn


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return "".join(map(_span, block.spans))
        case ListItem():
            words = "".join(map(_span, block.spans))
            indent = f"margin-left: {1.5 * block.depth}em"
            marker = f"<span>{_safe(block.marker)}</span>"
            return f'<div class="item" style="{indent}">{marker}<span>{words}</span></div>'
        case Code():
            return f"<pre>{_safe(block.text)}</pre>"
        case Quote():
            return f"<blockquote>{_blocks(block.blocks)}</blockquote>"


def _span(span: Span) -> str:
    drawn = _safe(span.text)
    for style, tag in _TAGS.items():
        if style in span.style:
            drawn = f"<{tag}>{drawn}</{tag}>"
    if span.mention:
        return f'<span class="mention">{drawn}</span>'
    # The parser lets no other address through; a page that is kept for years asks twice.
    if span.url.partition(":")[0].lower() in _SCHEMES:
        return f'<a href="{_safe(span.url)}" rel="noopener noreferrer">{drawn}</a>'
    return drawn


def _anchor(era: int, seq: int, key: int) -> str:
    return f"m{era}-{seq}" if seq else f"k{key}"


def _safe(text: str) -> str:
    return escape(clean(text))
