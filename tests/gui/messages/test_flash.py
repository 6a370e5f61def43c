"""The message that was gone to flashes for a moment, the one being changed stays marked."""

import pytest

from tests.gui.driving import wait_until
from tests.gui.sample_messages import index_of, many, said
from tkchat.client.message import Message
from tkchat.gui.messages import flash
from tkchat.gui.messages.message_list import MessageList


@pytest.fixture
def sought() -> Message:
    message = said("here it is", "carol")
    message.seq = 7
    return message


def is_flashing(chat: MessageList) -> bool:
    return "flash" in chat.text.tag_names(index_of(chat, "here it is"))


def test_it_ends(chat: MessageList, sought: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flash, "FLASH_MS", 30)
    chat.show([*many(50), sought, *many(50, 50)])
    assert chat.go_to(sought.key)
    assert is_flashing(chat)
    wait_until(chat, lambda: not is_flashing(chat))


def test_only_the_last_one_flashes(chat: MessageList, sought: Message) -> None:
    others = many(50)
    chat.show([*others, sought])
    chat.go_to(sought.key)
    chat.go_to(others[3].key)
    assert not is_flashing(chat)
    assert "flash" in chat.text.tag_names(index_of(chat, "message 3 "))


def test_it_goes_on_when_all_is_drawn_anew(chat: MessageList, sought: Message) -> None:
    others = many(50)
    chat.show([*others, sought])
    chat.go_to(sought.key)
    chat.show([*others, sought], is_behind=True)
    chat.put(sought.key, 40)
    assert is_flashing(chat)


def test_the_edited_message_stays_marked_when_all_is_drawn_anew(
    chat: MessageList, sought: Message
) -> None:
    others = many(50)
    chat.show([*others, sought])
    assert not chat.edited.is_in_view()
    chat.edited.show(sought.key)
    wait_until(chat, chat.edited.is_in_view)
    chat.show([*others, sought])
    chat.redraw([sought])
    assert "edited" in chat.text.tag_names(index_of(chat, "here it is"))
    chat.text.yview("1.0")
    assert not chat.edited.is_in_view()
    chat.edited.show(others[3].key)
    assert "edited" not in chat.text.tag_names(index_of(chat, "here it is"))
    assert "edited" in chat.text.tag_names(index_of(chat, "message 3 "))
    chat.edited.show(None)
    assert not chat.text.tag_ranges("edited")
