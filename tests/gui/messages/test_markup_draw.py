"""What the markup of messages looks like."""

import tkinter as tk
from itertools import pairwise

import pytest

from tests.gui.driving import colour_at, screenshot, show, wait_until
from tests.gui.sample_messages import NOON, said
from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK, LIGHT, Palette
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_blocks import Block, arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_tags import configure_tags
from tkchat.gui.messages.ruler import LEFT
from tkchat.gui.messages.text_copy import text_between

EVERYTHING = """**bold** *italic* ***both*** ~~gone~~ `code` **`strong`** @carol @me https://a.org
- item
  1. nested
  more
> said
> > before
> ```py
> x = 1
> ```
```
plain
```
```python
def one():
    return 1
```
end 🎉"""


@pytest.fixture
def text(root: tk.Tk, theme: Theme) -> tk.Text:
    made = tk.Text(root, wrap="word", borderwidth=0, padx=0, highlightthickness=0)
    made.configure(background=theme.palette.window, font=theme.fonts.body)
    made.pack(fill="both", expand=True)
    show(made)
    return made


@pytest.fixture
def painter(text: tk.Text, theme: Theme, emoji: Emoji) -> MessagePainter:
    made = MessagePainter(text, theme, emoji, "me")
    made.people = {"bob", "carol", "me"}
    configure_tags(text, theme, made.avatars.width())
    return made


def draw(painter: MessagePainter, *messages: str | Message) -> list[Block]:
    blocks = arrange([said(each) if isinstance(each, str) else each for each in messages])
    painter.insert(1, blocks, NOON)
    return blocks


def tagged(text: tk.Text, tag: str) -> list[str]:
    """Return what stands under ``tag``, place by place."""
    places = [str(index) for index in text.tag_ranges(tag)]
    return [
        text_between(text, first, stop)
        for first, stop in zip(places[::2], places[1::2], strict=True)
    ]


def tags_at(text: tk.Text, words: str) -> tuple[str, ...]:
    found = text.search(words, "1.0", "end")
    assert found, words
    return text.tag_names(found)


def lines(text: tk.Text) -> list[str]:
    return text_between(text, "3.0", "end-1c").rstrip("\n").split("\n")


def test_each_style_has_its_look(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, EVERYTHING)
    assert tagged(text, "bold") == ["bold"]
    assert tagged(text, "italic") == ["italic"]
    assert tagged(text, "bold-italic") == ["both"]
    assert tagged(text, "strike") == ["gone"]
    assert tagged(text, "code") == ["code"]
    assert tagged(text, "code-bold") == ["strong"]
    assert tagged(text, "mention") == ["@me"]
    assert tagged(text, "mention-other") == ["@carol"]
    assert tagged(text, "link") == ["https://a.org"]


def test_no_mark_is_seen_and_no_word_is_lost(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, EVERYTHING)
    assert lines(text) == [
        "bold italic both gone code strong @carol @me https://a.org",
        "• item",
        "1. nested",
        "more",
        "said",
        "before",
        "py  ·  Copy",
        "x = 1",
        "plain",
        "python  ·  Copy",
        "def one():",
        "    return 1",
        "end 🎉",
    ]


def test_every_tag_that_is_drawn_with_is_made(
    text: tk.Text, painter: MessagePainter, theme: Theme
) -> None:
    theme.set_taste(compact=True, hours=24, family="")
    draw(painter, EVERYTHING)
    theme.set_taste(compact=False, hours=24, family="")
    draw(painter, EVERYTHING, "* bob **waves**")
    made = tk.Text(text)
    configure_tags(made, theme, 40)
    assert set(text.tag_names()) <= set(made.tag_names())


def test_a_name_without_an_at_may_be_any_word(text: tk.Text, painter: MessagePainter) -> None:
    painter.people = {"will", "carol"}
    draw(painter, "will you ask @carol? tell me")
    assert tagged(text, "mention-other") == ["@carol"]
    assert tagged(text, "mention") == ["me"]


def test_who_is_named_sees_it_from_afar(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, "hello", "hello @all", said("I, me", "me", own=True), "some words", "`me`")
    assert tagged(text, "mentioned") == ["hello @all\n"]
    assert tagged(text, "own") == ["me  12:00\nI, me\n"]


def test_lists_hang(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, "- " + "word " * 60)
    text.update()
    first, second = text.bbox("3.3"), text.bbox("3.0 +1 display lines")
    assert first
    assert second
    assert second[0] > text.bbox("2.2")[0]  # type: ignore[index]  # it is in view
    assert abs(second[0] - text.bbox(text.search("word", "3.0"))[0]) <= 1  # type: ignore[index]  # it is in view


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=lambda palette: palette.name)
def test_code_lies_on_its_ground_in_its_column(
    text: tk.Text, painter: MessagePainter, theme: Theme, palette: Palette
) -> None:
    theme.use(palette)
    configure_tags(text, theme, painter.avatars.width())
    painter.restyle()
    draw(painter, "look\n```\nx\n```\nend")
    text.update()
    box = text.bbox(text.search("x", "3.0"))
    assert box
    y = box[1] + box[3] // 2
    indent = theme.px(LEFT) + painter.avatars.width()
    assert colour_at(text, indent - 3, y) == palette.window
    assert colour_at(text, indent + 2, y) == palette.code_background
    assert box[0] > indent + theme.px(8)
    assert colour_at(text, text.winfo_width() - theme.px(16) - 3, y) == palette.code_background
    assert colour_at(text, text.winfo_width() - 3, y) == palette.window


def test_each_line_of_a_quote_has_a_bar(
    text: tk.Text, painter: MessagePainter, theme: Theme
) -> None:
    draw(painter, "> one\n> two\n> > three")
    text.update()
    picture = screenshot(text).convert("RGB")
    bar = tuple(bytes.fromhex(theme.palette.thumb_hover[1:]))
    for words, count in (("one", 1), ("two", 1), ("three", 2)):
        box = text.bbox(text.search(words, "1.0"))
        assert box
        row = [picture.getpixel((x, box[1] + box[3] // 2)) for x in range(box[0])]
        bars = sum(pixel == bar != before for before, pixel in pairwise(row))
        assert bars == count, words


def test_what_follows_on_code_and_quotes_keeps_a_distance(
    text: tk.Text, painter: MessagePainter
) -> None:
    draw(painter, "before\nabove\n> said\nbelow\nafter")
    assert tagged(text, "above") == ["above"]
    assert tagged(text, "below") == ["below\n"]


def test_a_short_block_of_code_needs_no_caption(text: tk.Text, painter: MessagePainter) -> None:
    (_, block) = draw(painter, "```\na\nb\n```")
    assert lines(text) == ["a", "b"]
    assert block.codes == []


def test_what_is_said_after_code_stands_under_it(text: tk.Text, painter: MessagePainter) -> None:
    message = said("```\nx\n```")
    message.edited = True
    draw(painter, message)
    assert lines(text) == ["x", "  (edited)"]
    assert "code-block" not in tags_at(text, "(edited)")


def test_actions_have_markup_too(text: tk.Text, painter: MessagePainter) -> None:
    draw(painter, "* bob waves at **everybody**", "* bob - a\n- b")
    assert tagged(text, "bold") == ["everybody"]
    assert "* bob waves at everybody\n" in text_between(text, "1.0", "end")
    assert "* bob \n• a\n• b\n" in text_between(text, "1.0", "end")


def test_in_a_compact_list_all_stands_in_one_line(
    text: tk.Text, painter: MessagePainter, theme: Theme
) -> None:
    theme.set_taste(compact=True, hours=24, family="")
    configure_tags(text, theme, painter.avatars.width())
    answer = said("answer", "carol", 1)
    answer.quote = ("bob", "**hello**")
    blocks = draw(painter, "hello *you*", "again", answer, said("- a\n- b", "dan", 2))
    assert text_between(text, "2.0", "end-1c").split("\n") == [
        "12:00\tbob  hello you", "again", "12:01\tcarol  ", "↱ bob: hello", "answer",
        "12:02\tdan  ", "• a", "• b", "",
    ]  # fmt: skip
    assert [block.pictures for block in blocks] == [0] * 5
    text.update()
    starts = {text.bbox(f"{line}.{column}")[0] for line, column in ((2, 6), (3, 0), (6, 0))}  # type: ignore[index]  # all are in view
    assert len(starts) == 1


def test_in_a_compact_list_times_fit(text: tk.Text, painter: MessagePainter, theme: Theme) -> None:
    theme.set_taste(compact=True, hours=12, family="")
    configure_tags(text, theme, painter.avatars.width())
    draw(painter, said("hello", minutes=10 * 60 + 59))
    text.update()
    assert lines(text) == [""] or "10:59 PM\tbob  hello" in text_between(text, "1.0", "end")
    time, name = text.bbox("2.7"), text.bbox("2.9")
    assert time
    assert name
    assert name[0] - (time[0] + time[2]) >= theme.px(6)
    wait_until(text, lambda: text.bbox("2.9") == name)
