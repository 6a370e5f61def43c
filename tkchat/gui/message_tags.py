"""The tags of a message list: what each part of a message looks like under a theme."""

import tkinter as tk
from typing import Any

from tkchat.gui.palette import Palette, author_number
from tkchat.gui.theme import Theme

LINK = "link"
FOLD = "fold"  #: what a click unfolds or folds
SLOT = "slot"  #: a character that is to become a picture
QUOTE = "quote"  #: of the message that is answered; a click goes there
REACTION = "reaction"  #: a click adds one's own, or takes it back
REACTED = "reacted"  #: the same, with one's own among them
PLAIN_PILL = "plain-pill"  #: a reaction that is no emoji, or that cannot be drawn
EDIT, DISCARD = "edit", "discard"  #: what can be done with a message that is not sent
FLASH = "flash"  #: the message that was gone to


def author_tag(palette: Palette, name: str) -> str:
    """Return the tag that draws ``name`` in its colour."""
    return f"author-{author_number(palette, name)}"


def configure_tags(text: tk.Text, theme: Theme, avatar_width: int) -> None:
    """Make or change all tags. Later ones win over earlier ones where both say something."""
    palette, fonts, px = theme.palette, theme.fonts, theme.px
    left = px(16)
    indent = left + avatar_width
    base: dict[str, Any] = {"lmargin1": indent, "lmargin2": indent, "rmargin": px(16)}
    quiet = {**base, "font": fonts.small, "foreground": palette.muted}
    action = {"font": fonts.small_bold, "foreground": palette.link}
    middle = {"font": fonts.small, "foreground": palette.muted, "justify": "center"}
    tags: dict[str, dict[str, Any]] = {
        "day": {
            "font": fonts.small_bold,
            "foreground": palette.muted,
            "justify": "center",
            "spacing1": px(16),
            "spacing3": px(8),
        },
        "edge": {
            **middle,
            "spacing1": px(12),
            "spacing3": px(4),
            "lmargin1": left,
            "rmargin": left,
        },
        "gap": {**middle, **_band(palette.code_background), "spacing1": px(8), "spacing3": px(8)},
        "header": {**base, "lmargin1": left, "spacing1": px(8)},
        "body": {**base, "spacing2": px(2), "spacing3": px(5)},
        "beside": {"lmargin1": left},  # the avatar's lower half stands before the first line
        "action": {**base, "font": fonts.italic, "spacing1": px(8), "spacing3": px(6)},
        "presence": {**quiet, "spacing1": px(4), "spacing3": px(4)},
        "notice": {**base, "spacing2": px(2), "spacing3": px(4)},
        "caption": {**quiet, "font": fonts.small_bold, "spacing1": px(6), "spacing3": px(2)},
        "inner": {"spacing3": px(2)},  # all lines of a message but its last
        "reactions": {"spacing1": px(2), "spacing3": px(8), "lmargincolor": palette.window},
        "tinted": _band(palette.code_background),
        "own": _band(palette.own),
        "name": {"font": fonts.bold},
        "time": {"font": fonts.small, "foreground": palette.muted},
        "waiting": {"foreground": palette.muted},
        "deleted": {"font": fonts.italic, "foreground": palette.muted},
        "mark": {"font": fonts.small, "foreground": palette.muted},
        QUOTE: {"font": fonts.small, "foreground": palette.muted, "spacing1": px(2)},
        REACTION: {},
        REACTED: {},
        PLAIN_PILL: action,
        "refused": {"font": fonts.small, "foreground": palette.danger, "spacing3": px(6)},
        EDIT: action,
        DISCARD: action,
        "hint": {"font": fonts.small, "foreground": palette.warning, "spacing3": px(6)},
        LINK: {"foreground": palette.link, "underline": True},
        FOLD: {},
        "more": {"font": fonts.small_bold, "foreground": palette.link, "spacing3": px(6)},
        SLOT: {},
        FLASH: _band(palette.selection),
    }
    for number, colour in enumerate(palette.authors):
        tags[f"author-{number}"] = {"foreground": colour}
    for name, options in tags.items():
        text.tag_configure(name, **options)
        text.tag_raise(name)  # it may have been bound before
    text.tag_configure("sel", background=palette.selection, foreground=palette.text)
    text.tag_raise("sel")


def _band(colour: str) -> dict[str, str]:
    """Colour the margins too, so that the tint reaches from edge to edge."""
    return {"background": colour, "lmargincolor": colour, "rmargincolor": colour}
