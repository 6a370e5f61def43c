"""The tags of a message list: what each part of a message looks like under a theme."""

import tkinter as tk
from typing import Any

from tkchat.client.markup.lines import MAX_NESTING
from tkchat.gui.look.palette import Palette, author_number
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.ruler import LEFT, RIGHT, bar_width

LINK = "link"
LINKS = ("link-even", "link-odd")  #: in turns, so that neighbours can be told apart
CODE = "code-block"  #: the ground of a block of code, with its caption
CODE_TEXT = "code-text"  #: the code in it
CODE_COPY = "code-copy"  #: the word "Copy" in its caption
BAR = "bar"  #: what stands before a line of a quote
MENTION = "mention"  #: this person's name
MENTION_OTHER = "mention-other"  #: somebody else's
ABOVE, BELOW = "above", "below"  #: lines next to a block of code or a quote
INNER = "inner"  #: all lines of a message but its last
DENSE = "dense"  #: what stands beside the first line of a quote, whose bar goes on below
FOLD = "fold"  #: what a click unfolds or folds
SLOT = "slot"  #: a character that is to become a picture
QUOTE = "quote"  #: of the message that is answered; a click goes there
REACTION = "reaction"  #: a click adds one's own, or takes it back
REACTED = "reacted"  #: the same, with one's own among them
PLAIN_PILL = "plain-pill"  #: a reaction that is no emoji, or that cannot be drawn
EDIT, DISCARD = "edit", "discard"  #: what can be done with a message that is not sent
EDITED = "edited"  #: the message that is being changed
FLASH = "flash"  #: the message that was gone to
CURSOR = "cursor"  #: the message that keys act on
POINTED = "pointed"  #: the message that the pointer is on
DEEPEST = 4  #: lists within lists are indented so many times
LONGEST_MARKER = 4  #: of a list's item, in characters, that has room of its own

Options = dict[str, Any]


def author_tag(palette: Palette, name: str) -> str:
    """Return the tag that draws ``name`` in its colour."""
    return f"author-{author_number(palette, name)}"


def item_tag(depth: int, marker_chars: int, *, goes_on: bool = False) -> str:
    """Return the tag for the lines of a list's item; ``goes_on`` for those after its first."""
    kind = "item-more" if goes_on else "item"
    return f"{kind}-{min(depth, DEEPEST)}-{min(marker_chars, LONGEST_MARKER)}"


def bars_tag(depth: int) -> str:
    """Return the tag for the lines of a quote, ``depth`` 1, or of a quote in quotes."""
    return f"bars-{depth}"


def colour_tag(kind: str) -> str:
    """Return the tag for code of a kind: keyword, string, number or comment."""
    return f"code-{kind}"


def configure_text(text: tk.Text, theme: Theme) -> None:
    """Colour the text widget itself, as far as it is not the tags' work."""
    palette = theme.palette
    text.configure(
        background=palette.window,
        foreground=palette.text,
        font=theme.fonts.body,
        selectbackground=palette.selection,
        inactiveselectbackground=palette.selection,
    )


def configure_tags(text: tk.Text, theme: Theme, margin: int) -> None:
    """Make or change all tags. Later ones win over earlier ones where both say something.

    ``margin`` is the width of what stands beside the messages: avatars, or times.
    """
    tags = {**_line_tags(theme, margin), **_block_tags(theme, margin), **_word_tags(theme)}
    for name, options in tags.items():
        text.tag_configure(name, **options)
        text.tag_raise(name)  # it may have been bound before
    text.tag_configure("sel", background=theme.palette.selection, foreground=theme.palette.text)
    text.tag_raise("sel")


def _line_tags(theme: Theme, margin: int) -> dict[str, Options]:
    """Return what whole lines look like."""
    palette, fonts, px = theme.palette, theme.fonts, theme.px
    left = px(LEFT)
    indent = left + margin
    compact = theme.compact
    base: Options = {"lmargin1": indent, "lmargin2": indent, "rmargin": px(RIGHT)}
    # Else the margin would have the ground of what stands beside it, such as code.
    base |= {"lmargincolor": palette.window, "rmargincolor": palette.window}
    quiet = {**base, "font": fonts.small, "foreground": palette.muted}
    middle = {"font": fonts.small, "foreground": palette.muted, "justify": "center"}
    return {
        "day": {
            "font": fonts.small_bold,
            "foreground": palette.muted,
            "justify": "center",
            "spacing1": px(8 if compact else 16),
            "spacing3": px(4 if compact else 8),
        },
        "new": {
            "font": fonts.small_bold,
            "foreground": palette.mention_ink,
            "lmargin1": left,
            "spacing1": px(4 if compact else 8),
            "wrap": "none",
        },
        "edge": {
            **middle,
            "spacing1": px(12),
            "spacing3": px(4),
            "lmargin1": left,
            "rmargin": left,
        },
        "gap": {**middle, **_band(palette.code_background), "spacing1": px(8), "spacing3": px(8)},
        "header": {**base, "lmargin1": left, "spacing1": px(6)},
        "body": {**base, "spacing2": px(2), "spacing3": px(2 if compact else 4)},
        "follows": {"spacing1": px(1)},  # the same author's words before it
        "beside": {"lmargin1": left},  # the avatar's lower half, or the time, stands in the margin
        "action": {
            **base,
            "font": fonts.italic,
            "spacing1": px(0 if compact else 6),
            "spacing3": px(3 if compact else 6),
        },
        "presence": {**quiet, "spacing1": px(2 if compact else 4), "spacing3": px(4)},
        "notice": {**base, "spacing2": px(2), "spacing3": px(6)},
        "caption": {**quiet, "font": fonts.small_bold, "spacing1": px(6), "spacing3": px(2)},
        INNER: {"spacing3": px(2)},
        DENSE: {"spacing1": 0, "spacing3": 0},
        "reactions": {"spacing1": px(2), "spacing3": px(8), "lmargincolor": palette.window},
        POINTED: _band(palette.pointed),  # those with a colour of their own keep it
        "tinted": _band(palette.code_background),
        "own": _band(palette.own),
        "mentioned": _band(palette.mention),
        "compact": {"lmargin1": left, "tabs": (indent,)},  # time, name and words in one line
        CURSOR: _band(palette.selection),  # below the grounds of words, such as code
    }


def _block_tags(theme: Theme, margin: int) -> dict[str, Options]:
    """Return what the blocks of markup look like."""
    palette, fonts, px = theme.palette, theme.fonts, theme.px
    indent = px(LEFT) + margin
    tags: dict[str, Options] = {}
    markers = ["•", *("0" * digits + "." for digits in range(1, LONGEST_MARKER))]
    widths = [fonts.body.measure(f"{marker} ") for marker in markers]
    for depth in range(DEEPEST + 1):
        start = indent + depth * px(22)
        for chars, width in enumerate(widths, 1):
            words = start + width
            tags[item_tag(depth, chars)] = {"lmargin1": start, "lmargin2": words}
            more = item_tag(depth, chars, goes_on=True)
            tags[more] = {"lmargin1": words, "lmargin2": words}
    tags[CODE] = {
        "font": fonts.mono,
        "background": palette.code_background,
        "lmargin1": indent,
        "lmargin2": indent,
        "spacing1": 0,
        "spacing2": 0,
        "spacing3": 0,
    }
    tags["code-top"] = {"spacing1": px(6)}
    tags["code-bottom"] = {"spacing3": px(6)}
    tags[CODE_TEXT] = {}
    for depth in range(1, MAX_NESTING + 1):
        tags[bars_tag(depth)] = {
            "foreground": palette.muted,
            "lmargin1": indent,
            "lmargin2": indent + depth * bar_width(theme),
            "spacing1": 0,
            "spacing2": 0,
            "spacing3": 0,
        }
    tags[BAR] = {}
    tags[ABOVE] = {"spacing3": px(4)}
    tags[BELOW] = {"spacing1": px(4)}
    return tags


def _word_tags(theme: Theme) -> dict[str, Options]:
    """Return what words look like."""
    palette, fonts, px = theme.palette, theme.fonts, theme.px
    action = {"font": fonts.small_bold, "foreground": palette.link}
    tags: dict[str, Options] = {
        "name": {"font": fonts.bold},
        "time": {"font": fonts.small, "foreground": palette.muted},
        "bold": {"font": fonts.bold},
        "italic": {"font": fonts.italic},
        "bold-italic": {"font": fonts.bold_italic},
        "code": {"font": fonts.mono, "background": palette.code_background},
        "code-bold": {"font": fonts.mono_bold, "background": palette.code_background},
        "strike": {"overstrike": True},
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
        **{tag: {} for tag in LINKS},
        CODE_COPY: action,
        MENTION: {"font": fonts.bold, "foreground": palette.mention_ink},
        MENTION_OTHER: {"font": fonts.bold, "foreground": palette.link},
        FOLD: {},
        "more": {"font": fonts.small_bold, "foreground": palette.link, "spacing3": px(6)},
        SLOT: {},
        EDITED: _band(palette.selection),
        FLASH: _band(palette.selection),
    }
    for kind in ("keyword", "string", "number", "comment"):
        tags[colour_tag(kind)] = {"foreground": getattr(palette, f"code_{kind}")}
    for number, colour in enumerate(palette.authors):
        tags[f"author-{number}"] = {"foreground": colour}
    return tags


def _band(colour: str) -> dict[str, str]:
    """Colour the margins too, so that the tint reaches from edge to edge."""
    return {"background": colour, "lmargincolor": colour, "rmargincolor": colour}
