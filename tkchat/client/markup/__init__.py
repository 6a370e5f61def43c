"""What a message says beside its words: emphasis, code, quotes, lists, links. No tkinter."""

from tkchat.client.markup.blocks import (
    Block,
    Code,
    ListItem,
    Paragraph,
    Quote,
    Span,
    Style,
    plain_text,
)
from tkchat.client.markup.parser import MAX_CHARS, Markup, as_plain

__all__ = [
    "MAX_CHARS",
    "Block",
    "Code",
    "ListItem",
    "Markup",
    "Paragraph",
    "Quote",
    "Span",
    "Style",
    "as_plain",
    "plain_text",
]
