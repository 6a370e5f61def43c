"""What a click in a list of messages does. Links and folds: test_message_list.py."""

import pytest

from tests.gui.emoji_font import needs_font
from tests.gui.sample_messages import click_at, click_on, click_on_picture, gap, presence, said
from tkchat.client.message import Delivery
from tkchat.gui.messages.message_list import MessageList


def test_a_quote_leads_to_what_is_answered(chat: MessageList, asked: list[str]) -> None:
    message = said("yes")
    message.answers, message.quote = 17, ("carol", "is it so?")
    chat.show([message])
    click_on(chat, "is it so?")
    assert asked == ["go to 17"]


@pytest.mark.parametrize("deed", ["Edit", "Discard"])
def test_what_is_refused_can_be_changed_or_dropped(
    chat: MessageList, asked: list[str], deed: str
) -> None:
    message = said("mine", "me", own=True, delivery=Delivery.REFUSED)
    chat.show([said("before")], [message])
    click_on(chat, deed)
    assert asked == [f"{deed} mine"]


@needs_font
def test_a_reaction_is_joined_by_a_click(chat: MessageList, asked: list[str]) -> None:
    above, message = said("above"), said("below")
    above.reactions = {"🚀": ["bob"]}
    message.reactions = {"👍": ["bob"], "🎉": ["bob"] * 22, "😮": ["bob", "me"] * 33}
    chat.show([above, message])
    for pill in ("😮 66", "🎉 22"):
        click_on_picture(chat, pill)
    assert asked == ["😮 below", "🎉 below"]


def test_a_reaction_in_words_is_joined_too(chat: MessageList, asked: list[str]) -> None:
    message = said("shall we?")
    message.reactions = {"yes": ["bob"], "no": ["carol", "me"]}
    chat.show([message])
    click_on(chat, "no 2")
    assert asked == ["no shall we?"]


def test_not_everything_is_a_message(chat: MessageList) -> None:
    chat.show([gap("some are missing"), presence("bob"), said("hello")])
    assert [chat.menu._find(f"{line}.0") for line in (1, 2, 3)] == [None] * 3
    found = chat.menu._find("4.0")
    assert found
    assert found.text == "hello"


def test_code_is_copied_by_the_word_in_its_caption(chat: MessageList) -> None:
    code = "x = 1\n  y = '👍'\nz\nw"
    chat.show([said(f"```python\n{code}\n```\nand\n```sh\nls\n```")])
    click_on(chat, "Copy")
    assert chat.clipboard_get() == code
    found = chat.text.search("Copy", "end", backwards=True)
    click_at(chat, f"{found} +1c")
    assert chat.clipboard_get() == "ls"


def test_a_named_link_is_opened_where_it_leads(chat: MessageList, opened: list[str]) -> None:
    chat.show([said("[one](https://example.org/1)[two](https://example.org/2)")])
    click_on(chat, "two")
    click_on(chat, "one")
    assert opened == ["https://example.org/2", "https://example.org/1"]
