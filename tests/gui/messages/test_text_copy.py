"""What is copied out of a text in which pictures stand for words."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show
from tests.gui.sample_messages import index_of, notice, presence, said
from tkchat.client.message import Message
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.text_copy import copy_selection, select_all, text_between


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    """Two lines with two pictures: "a[one]b" and "c[]d"; the second one stands for nothing."""
    made = tk.Text(root)
    made.pack()
    made.insert("1.0", "ab\ncd")
    picture = tk.PhotoImage(master=made, name="picture-of-test", width=4, height=4)
    made.image_create("1.1", image=picture, name="0:[:one:]")
    made.image_create("2.1", image=picture, name="1:")
    show(made)
    return made


def test_a_picture_reads_as_what_it_stands_for(text: tk.Text) -> None:
    assert text_between(text, "1.0", "end-1c") == "a[:one:]b\ncd"
    assert text_between(text, "1.1", "1.2") == "[:one:]"
    assert text_between(text, "1.2", "2.1") == "b\nc"
    assert text_between(text, "1.2", "1.2") == ""


def test_marks_and_tags_are_not_copied(text: tk.Text) -> None:
    text.mark_set("mark", "1.1")
    text.tag_add("tag", "1.0", "2.0")
    text.window_create("2.0", window=tk.Label(text))
    assert text_between(text, "1.0", "end-1c") == "a[:one:]b\ncd"


def test_all_is_selected_but_tks_own_newline(text: tk.Text) -> None:
    select_all(text)
    assert [str(index) for index in text.tag_ranges("sel")] == ["1.0", "2.3"]
    copy_selection(text)
    assert text.clipboard_get() == "a[:one:]b\ncd"


def test_copying_replaces_what_was_on_the_clipboard(text: tk.Text) -> None:
    for first, last, copied in (("1.0", "1.2", "a[:one:]"), ("2.0", "2.1", "c")):
        text.tag_remove("sel", "1.0", "end")
        text.tag_add("sel", first, last)
        copy_selection(text)
        assert text.clipboard_get() == copied


# In the list of messages


def select(chat: MessageList, first: str, last: str) -> None:
    """Select from ``first`` to the end of ``last``, as by dragging, and give the list the keys."""
    chat.text.tag_remove("sel", "1.0", "end")
    end = f"{index_of(chat, last)} +{len(last)}c"
    chat.text.tag_add("sel", index_of(chat, first), end)
    focus(chat.text)


def conversation() -> list[Message]:
    """Messages with everything around their words."""
    answer = said("first\nsecond 👍", minutes=1)
    answer.answers, answer.quote, answer.edited = 3, ("alice", "is it done?"), True
    answer.reactions = {"yes": ["me"]}
    mine = said("* me waves", "me", 2, own=True)
    return [said("is it done?", "alice"), presence("carol"), answer, mine]


def test_what_was_said_is_copied_without_names_and_times(chat: MessageList) -> None:
    chat.show(conversation())
    focus(chat.text)
    press(chat.text, "<Control-a>", "<Control-c>")
    assert chat.clipboard_get() == "is it done?\nfirst\nsecond 👍\n* me waves"


def test_of_the_first_and_last_message_only_what_is_selected(chat: MessageList) -> None:
    chat.show(conversation())
    select(chat, "done?", "first")
    press(chat.text, "<Control-c>")
    assert chat.clipboard_get() == "done?\nfirst"
    press(chat.text, "<Control-Shift-C>")
    assert chat.clipboard_get() == "[12:00] alice: done?\n[12:01] bob: first"


def test_a_caption_is_copied_when_nothing_else_is_selected(chat: MessageList) -> None:
    chat.show(conversation())
    select(chat, "carol joined", "joined")
    press(chat.text, "<Control-c>")
    assert chat.clipboard_get() == "carol joined"


def test_names_and_times_are_copied_on_request(chat: MessageList) -> None:
    chat.show([*conversation(), notice("all is well", 3)])
    focus(chat.text)
    press(chat.text, "<Control-a>", "<Control-Shift-C>")
    assert chat.clipboard_get().splitlines() == [
        "[12:00] alice: is it done?",
        "[12:01] bob: first",
        "second 👍",
        "[12:02] * me waves",
        "[12:03] all is well",
    ]


def test_over_midnight_each_has_its_date(chat: MessageList) -> None:
    chat.show([said("late", minutes=719), said("early", minutes=721)])
    focus(chat.text)
    press(chat.text, "<Control-a>", "<Control-Shift-C>")
    assert chat.clipboard_get().splitlines() == [
        "[2026-11-20 23:59] bob: late",
        "[2026-11-21 00:01] bob: early",
    ]


@pytest.mark.parametrize("keys", ["<Control-c>", "<Control-Shift-C>"])
def test_copying_nothing_keeps_the_clipboard(chat: MessageList, keys: str) -> None:
    chat.show([said("words")])
    chat.clipboard_clear()
    chat.clipboard_append("kept")
    focus(chat.text)
    press(chat.text, keys)
    assert chat.clipboard_get() == "kept"


def selected_for_others(root: tk.Tk) -> str:
    """Return what X11's middle button pastes."""
    return str(root.tk.call("selection", "get", "-type", "UTF8_STRING"))


def test_the_middle_button_pastes_the_same(root: tk.Tk, chat: MessageList) -> None:
    chat.show(conversation())
    select_all(chat.text)
    copy_selection(chat.text)
    assert "👍" in chat.clipboard_get()
    assert selected_for_others(root) == chat.clipboard_get()


def test_the_middle_button_pastes_long_texts_without_emoji(root: tk.Tk, chat: MessageList) -> None:
    texts = [f"{n} 👍👍👍é x" * 150 for n in range(9)]
    chat.show([said(text) for text in texts])
    select_all(chat.text)
    spelled = "\n".join(texts).replace("👍", ":thumbs_up_sign:")
    assert selected_for_others(root) == spelled
