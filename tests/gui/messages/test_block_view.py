"""Blocks in a text widget: what a change does to the neighbours, and to the reader's view."""

import random
import tkinter as tk

import pytest

from tests.gui.driving import show
from tests.gui.sample_messages import NOON, many, presence, said
from tkchat.client.message import Message
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.block_view import BlockView
from tkchat.gui.messages.message_blocks import arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_tags import configure_tags
from tkchat.gui.messages.sticky_view import StickyView
from tkchat.gui.messages.text_copy import text_between


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    made = tk.Text(root, wrap="word", width=1, height=1)
    made.pack(fill="both", expand=True)
    show(made)
    return made


@pytest.fixture
def view(text: tk.Text) -> StickyView:
    return StickyView(text, lambda: None)


@pytest.fixture
def drawn(text: tk.Text, view: StickyView, theme: Theme, emoji: Emoji) -> BlockView:
    painter = MessagePainter(text, theme, emoji, "me")
    configure_tags(text, theme, painter.avatars.width())
    return BlockView(text, painter, view, lambda: NOON)


def written(text: tk.Text) -> list[str]:
    return text_between(text, "1.0", "end-1c").split("\n")[:-1]


def messages_of(drawn: BlockView) -> list[Message]:
    return [message for block in drawn.blocks for message in block.messages]


def test_headers_follow_what_stands_before_them(text: tk.Text, drawn: BlockView) -> None:
    first, second, third = said("a"), said("b"), said("c", minutes=1)
    drawn.replace(0, 0, [first, third])
    drawn.replace(2, 2, [said("amid", "carol")])
    assert written(text) == ["Today", "bob  12:00", "a", "carol  12:00", "amid", "bob  12:01", "c"]
    drawn.replace(2, 3, [second])
    assert written(text) == ["Today", "bob  12:00", "a", "b", "c"]
    drawn.replace(1, 2, [])
    assert written(text) == ["Today", "bob  12:00", "b", "c"]


def test_date_lines_come_and_go(text: tk.Text, drawn: BlockView) -> None:
    yesterday, today = said("old", minutes=-60 * 24), said("new")
    drawn.replace(0, 0, [today])
    drawn.replace(0, 0, [yesterday])
    assert written(text) == ["Yesterday", "bob  12:00", "old", "Today", "bob  12:00", "new"]
    drawn.replace(3, 4, [said("other", minutes=-60 * 24)])
    assert written(text) == ["Yesterday", "bob  12:00", "old", "other"]
    drawn.replace(0, 3, [])
    assert written(text) == []


def test_runs_of_presence_grow_together(text: tk.Text, drawn: BlockView) -> None:
    drawn.replace(0, 0, [presence("a"), said("x"), presence("b")])
    drawn.blocks[1].unfolded = True
    drawn.replace(2, 3, [])
    assert written(text) == ["Today", "a joined  12:00", "b joined  12:00"]
    assert drawn.messages == 2


def test_another_text_may_need_another_shape(text: tk.Text, drawn: BlockView) -> None:
    message = said("waves")
    drawn.replace(0, 0, [message, said("after")])
    message.text = "* bob waves"
    drawn.redraw(1)
    assert written(text) == ["Today", "* bob waves", "bob  12:00", "after"]


def test_lines_above_the_blocks(text: tk.Text, drawn: BlockView) -> None:
    drawn.replace(0, 0, [said("a")])
    drawn.set_above("one\ntwo\n", ("edge",))
    drawn.replace(0, 0, [said("before")])
    assert written(text) == ["one", "two", "Today", "bob  12:00", "before", "a"]
    assert drawn.index_at("1.0") is None
    assert [drawn.index_at(f"{line}.0") for line in (3, 4, 5, 6, 7)] == [0, 1, 1, 2, 2]
    drawn.set_above()
    assert written(text)[0] == "Today"
    drawn.clear()
    assert written(text) == []


@pytest.mark.parametrize("seed", range(5))
def test_any_change_draws_what_all_at_once_would(
    text: tk.Text, drawn: BlockView, seed: int
) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        start = chance.randint(0, len(drawn.blocks))
        stop = chance.randint(start, min(len(drawn.blocks), start + 4))
        new = [
            chance.choice([presence("a"), said("x", chance.choice("bc"), 60 * 8 * (number % 5))])
            for number in range(chance.randint(0, 4))
        ]
        before = [m for block in drawn.blocks[:start] for m in block.messages]
        after = [m for block in drawn.blocks[stop:] for m in block.messages]
        drawn.replace(start, stop, new)
        assert messages_of(drawn) == [*before, *new, *after]
        wanted = arrange([*before, *new, *after])
        assert [block.shape for block in drawn.blocks] == [block.shape for block in wanted]
        assert sum(block.lines for block in drawn.blocks) == len(written(text))
        assert drawn.messages == len(messages_of(drawn))


def place_of(text: tk.Text, words: str) -> int:
    """Return how far from the top of the view ``words`` stand, in pixels."""
    found = text.search(words, "1.0", "end")
    box = text.dlineinfo(found)
    assert box, words
    return int(box[1])


@pytest.mark.parametrize("lines_down", [0, 1, 3, 200])
@pytest.mark.parametrize("edge", ["", "Loading\n"])
def test_the_view_stays_when_something_comes_in_front(
    text: tk.Text, drawn: BlockView, view: StickyView, lines_down: int, edge: str
) -> None:
    drawn.replace(0, 0, many(200, start=5_000))
    if edge:
        drawn.set_above(edge, ("edge",))
    text.update()
    text.yview_moveto(0)
    text.yview_scroll(lines_down, "units")
    view.note()
    text.update()
    middle = text.index(f"@0,{text.winfo_height() // 2} linestart")
    words = text.get(middle, f"{middle} lineend")[:14] or text.get(
        f"{middle} +1l", f"{middle} +1l lineend"
    )
    before = place_of(text, words)
    for round_ in range(4):
        drawn.replace(0, 0, many(50, start=4_950 - 50 * round_))
        assert place_of(text, words) == before
        text.update()
        text.tk.call(str(text), "sync")
        assert place_of(text, words) == before


def test_every_place_leads_to_its_block(text: tk.Text, drawn: BlockView) -> None:
    assert (drawn.index_at("1.0"), list(drawn.messages_from("1.0"))) == (None, [])
    drawn.replace(0, 0, many(60))
    drawn.set_above("one\ntwo\n", ("edge",))
    drawn.replace(3, 30, [presence("dan"), *many(5)])
    drawn.set_above()
    drawn.set_above("one\n", ("edge",))
    assert drawn.index_at("1.0") is None
    line = 2
    for index, block in enumerate(drawn.blocks):
        assert drawn.line_of(index) == line
        for _ in range(block.lines):
            assert drawn.index_at(f"{line}.0") == index
            line += 1
    assert int(text.index("end-1c").split(".")[0]) == line == drawn.line_of(len(drawn.blocks))
    assert drawn.index_at("end") == len(drawn.blocks) - 1
    assert list(drawn.messages_from("1.0")) == drawn.all_messages()
    last = drawn.line_of(len(drawn.blocks) - 1)
    assert list(drawn.messages_from(f"{last}.0")) == drawn.blocks[-1].messages
