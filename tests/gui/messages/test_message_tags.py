"""How each part of a message looks, under every palette and zoom."""

import tkinter as tk

import pytest

from tkchat.gui.look.palette import DARK, LIGHT, Palette, author_number
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_tags import (
    CODE,
    CODE_COPY,
    DENSE,
    INNER,
    LINK,
    MENTION,
    MENTION_OTHER,
    author_tag,
    bars_tag,
    configure_tags,
    item_tag,
)
from tkchat.gui.messages.ruler import LEFT, RIGHT

AVATAR = 50  # pixels

#: tag -> the part of the palette that it writes in
INKS = {
    "day": "muted",
    "presence": "muted",
    "caption": "muted",
    "time": "muted",
    "waiting": "muted",
    "hint": "warning",
    "link": "link",
    "more": "link",
    "new": "mention_ink",
    "bars-1": "muted",
    MENTION: "mention_ink",
    MENTION_OTHER: "link",
    CODE_COPY: "link",
    "code-keyword": "code_keyword",
    "code-string": "code_string",
    "code-number": "code_number",
    "code-comment": "code_comment",
}
#: tag -> the part of the palette that lies behind it
GROUNDS = {
    "tinted": "code_background",
    "own": "own",
    "mentioned": "mention",
    CODE: "code_background",
    "code": "code_background",
    "sel": "selection",
}
#: tag -> the font it writes in
FONTS = {
    "day": "small_bold",
    "presence": "small",
    "caption": "small_bold",
    "action": "italic",
    "name": "bold",
    "bold": "bold",
    "italic": "italic",
    "bold-italic": "bold_italic",
    "code": "mono",
    "code-bold": "mono_bold",
    CODE: "mono",
    MENTION: "bold",
    "time": "small",
    "hint": "small",
    "more": "small_bold",
}


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    return tk.Text(root)


@pytest.fixture(params=[LIGHT, DARK], ids=lambda palette: palette.name)
def palette(request: pytest.FixtureRequest, text: tk.Text, theme: Theme) -> Palette:
    """Each of the palettes, in use, after tags were made for another one."""
    configure_tags(text, theme, AVATAR)
    wanted: Palette = request.param
    theme.use(wanted)
    configure_tags(text, theme, AVATAR)
    return wanted


def option(text: tk.Text, tag: str, name: str) -> str:
    return str(text.tag_cget(tag, name))


def pixels(text: tk.Text, tag: str, name: str) -> int:
    return int(option(text, tag, name) or 0)


def test_each_ink_and_ground_is_of_the_palette(text: tk.Text, palette: Palette) -> None:
    for tag, part in INKS.items():
        assert option(text, tag, "foreground") == getattr(palette, part), tag
    for tag, part in GROUNDS.items():
        assert option(text, tag, "background") == getattr(palette, part), tag


def test_a_tint_reaches_from_edge_to_edge(text: tk.Text, palette: Palette) -> None:
    for tag in ("tinted", "own", "mentioned"):
        ground = option(text, tag, "background")
        assert option(text, tag, "lmargincolor") == option(text, tag, "rmargincolor") == ground


def test_each_part_has_its_font(text: tk.Text, palette: Palette, theme: Theme) -> None:
    for tag, font in FONTS.items():
        assert option(text, tag, "font") == str(getattr(theme.fonts, font)), tag


def test_authors_are_written_in_their_colours(text: tk.Text, palette: Palette) -> None:
    names = [f"guest{number}" for number in range(200)]
    for name in names:
        colour = option(text, author_tag(palette, name), "foreground")
        assert colour == palette.authors[author_number(palette, name)]
    assert len({author_tag(palette, name) for name in names}) == len(palette.authors)


def test_the_selection_lies_over_all_others(text: tk.Text, palette: Palette) -> None:
    assert text.tag_names()[-1] == "sel"
    assert option(text, "sel", "foreground") == palette.text


def test_code_fills_the_column_and_not_the_margin(text: tk.Text, palette: Palette) -> None:
    for tag in (CODE, "code"):
        assert option(text, tag, "lmargincolor") == option(text, tag, "rmargincolor") == ""
    assert option(text, "body", "lmargincolor") == palette.window


def test_items_hang_by_the_width_of_their_markers(text: tk.Text, theme: Theme) -> None:
    configure_tags(text, theme, AVATAR)
    indent = theme.px(LEFT) + AVATAR
    assert pixels(text, item_tag(0, 1), "lmargin1") == indent
    hang = theme.fonts.body.measure("10. ")
    assert pixels(text, item_tag(0, 3), "lmargin2") == indent + hang
    assert pixels(text, item_tag(0, 3, goes_on=True), "lmargin1") == indent + hang
    assert pixels(text, item_tag(2, 1), "lmargin1") == indent + 2 * theme.px(22)
    assert item_tag(99, 99) == item_tag(4, 4)
    assert item_tag(99, 99) in text.tag_names()


def test_quotes_in_quotes_stand_further_right(text: tk.Text, theme: Theme) -> None:
    configure_tags(text, theme, AVATAR)
    first, second = (pixels(text, bars_tag(depth), "lmargin2") for depth in (1, 2))
    assert second - first == first - (theme.px(LEFT) + AVATAR) > 0


def test_a_compact_list_has_less_space(text: tk.Text, theme: Theme) -> None:
    def height(tag: str) -> int:
        return pixels(text, tag, "spacing1") + pixels(text, tag, "spacing3")

    configure_tags(text, theme, AVATAR)
    tags = ("day", "new", "body", "action", "presence")
    before = {tag: height(tag) for tag in tags}
    theme.set_taste(compact=True, hours=24, family="")
    configure_tags(text, theme, AVATAR)
    assert all(height(tag) < before[tag] for tag in tags)
    assert str(theme.px(LEFT) + AVATAR) in option(text, "compact", "tabs")


def test_only_links_are_underlined(text: tk.Text, palette: Palette) -> None:
    underlined = {tag for tag in text.tag_names() if option(text, tag, "underline") == "1"}
    assert underlined == {LINK}


def test_later_tags_win_where_the_drawing_needs_it(text: tk.Text, palette: Palette) -> None:
    order = {tag: place for place, tag in enumerate(text.tag_names())}
    assert order["body"] < order["beside"]  # where the avatar's lower half stands
    assert order["body"] < order[INNER] < order["above"]
    assert order[INNER] < order[DENSE]
    assert order["own"] < order[CODE] < order["code-bottom"]
    assert order[INNER] < order[CODE]
    assert order["bars-1"] < order["code-keyword"]
    assert order["mentioned"] < order["code"] < order["waiting"]
    assert order["bold"] < order[MENTION]
    assert order["body"] < order["hint"]
    assert order["body"] < order["more"]
    assert order["caption"] < order["tinted"]
    assert order["waiting"] < order[LINK]
    assert order["header"] < order["name"] < order["author-0"]


@pytest.mark.parametrize("zoom", [50, 100, 200])
def test_text_is_indented_by_the_avatar(text: tk.Text, theme: Theme, zoom: int) -> None:
    theme.set_zoom(zoom)
    configure_tags(text, theme, AVATAR)
    indent = theme.px(LEFT) + AVATAR
    for tag in ("body", "action", "presence", "notice", "caption"):
        assert pixels(text, tag, "lmargin1") == pixels(text, tag, "lmargin2") == indent
        assert pixels(text, tag, "rmargin") == theme.px(RIGHT)
    for tag in ("header", "beside"):  # the avatar stands in the margin
        assert pixels(text, tag, "lmargin1") == theme.px(LEFT)
    assert pixels(text, "header", "lmargin2") == indent
    assert pixels(text, "day", "spacing1") == theme.px(16)
