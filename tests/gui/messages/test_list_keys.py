"""The keys of the message list; those that need a message are with the cursor."""

import tkinter as tk

from tests.gui.driving import focus, press
from tests.gui.sample_messages import many, said
from tkchat.gui.messages.message_list import MessageList


def top(chat: MessageList, *keys: str) -> int:
    """Press ``keys``; return the line that is then at the top."""
    press(chat.text, *keys)
    return int(chat.text.index("@0,0").split(".")[0])


def test_they_scroll(chat: MessageList) -> None:
    chat.show(many(200))
    focus(chat.text)
    assert top(chat, "<Home>") == 1
    page = top(chat, "<Next>")
    assert page > 5
    assert top(chat, "<Next>") > page
    assert top(chat, "<Prior>") < page + 3
    assert not chat.at_bottom
    assert top(chat, "<End>") > 200
    assert chat.at_bottom
    assert chat.cursor.message is None


def test_escape_means_something_else_at_the_bottom(root: tk.Tk, chat: MessageList) -> None:
    others: list[str] = []
    root.bind("<Escape>", lambda _event: others.append("closed"))
    chat.show(many(200))
    top(chat, "<Home>", "<Escape>")
    assert (chat.at_bottom, others) == (True, [])
    top(chat, "<Escape>")
    assert others == ["closed"]


def test_all_is_selected_and_copied(chat: MessageList) -> None:
    chat.show([said("one"), said("two", "carol")])
    press(chat.text, "<Control-a>", "<Control-c>")
    assert chat.clipboard_get() == "one\ntwo"
