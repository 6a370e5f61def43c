"""Which link, or which code, stands where in a list of messages."""

import tkinter as tk

import pytest

from tests.gui.sample_messages import NOON, said
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.links import code_at, link_at
from tkchat.gui.messages.message_blocks import Block, arrange
from tkchat.gui.messages.message_draw import MessagePainter
from tkchat.gui.messages.message_tags import configure_tags

#: the words of each link, and where it leads
LINKS = {
    "plain": "https://a.org/plain",
    "named": "https://b.org/x",
    "next": "https://c.org",
    "www.d.org": "http://www.d.org",
    "listed": "https://e.org",
    "quoted": "https://f.org",
}
SAID = """https://a.org/plain, [named **words**](https://b.org/x)[next](https://c.org) 🎉 www.d.org
- [listed
  twice](https://e.org)
> [quoted](https://f.org)"""


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    made = tk.Text(root)
    made.pack(fill="both", expand=True)
    return made


@pytest.fixture
def painter(text: tk.Text, theme: Theme, emoji: Emoji) -> MessagePainter:
    made = MessagePainter(text, theme, emoji, "me")
    configure_tags(text, theme, made.avatars.width())
    return made


def drawn(painter: MessagePainter, *texts: str) -> tuple[Block, int]:
    """Draw messages; return the last one's block and the line at which it begins."""
    blocks = arrange([said(text) for text in texts])
    painter.insert(1, blocks, NOON)
    return blocks[-1], 1 + sum(block.lines for block in blocks[:-1])


def place_of(text: tk.Text, words: str) -> str:
    found = text.search(words, "1.0", "end")
    assert found, words
    return f"{found} +1c"


def test_each_link_leads_where_it_says(text: tk.Text, painter: MessagePainter) -> None:
    block, line = drawn(painter, "https://before.org [x](https://before.org/2)", SAID)
    for words, address in LINKS.items():
        assert link_at(text, block.links, line, place_of(text, words)) == address
    assert link_at(text, block.links, line, place_of(text, "words")) == "https://b.org/x"
    assert link_at(text, block.links, line, place_of(text, "twice")) == "https://e.org"
    assert link_at(text, block.links, line, place_of(text, ", ")) is None


def test_a_link_is_found_where_the_pointer_is(text: tk.Text, painter: MessagePainter) -> None:
    block, line = drawn(painter, "[one](http://one)[two](http://two) three")
    text.update()
    for words, address in (("one", "http://one"), ("two", "http://two"), ("three", None)):
        box = text.bbox(place_of(text, words))
        assert box
        assert link_at(text, block.links, line, f"@{box[0] + 1},{box[1] + 1}") == address


def test_what_is_not_seen_is_not_opened(painter: MessagePainter) -> None:
    block, _ = drawn(painter, "https://a.org/\u202egpj.exe [x](https://b.org/\x1b\ufeff)")
    assert block.links == ["https://a.org/gpj.exe", "https://b.org/"]


def test_what_is_drawn_again_has_its_links_once(text: tk.Text, painter: MessagePainter) -> None:
    block, _ = drawn(painter, "[one](http://one)")
    painter.insert(1, [block], NOON)
    assert block.links == ["http://one"]


def test_each_copy_is_of_the_code_under_it(text: tk.Text, painter: MessagePainter) -> None:
    code = "```\na\nb\nc\n```\n```py\nd\n```\n> ```\n> e\n> f\n> g\n> ```"
    block, line = drawn(painter, "```py\nbefore\n```", code)
    found = []
    place = text.search("Copy", f"{line}.0", "end")
    while place:
        found.append(code_at(text, block.codes, line, place))
        place = text.search("Copy", f"{place} +1c", "end")
    assert found == ["a\nb\nc", "d", "e\nf\ng"]
    assert code_at(text, block.codes, line, f"{line}.0") is None
