"""What is copied out of a text in which pictures stand for words."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show
from tests.gui.messages import said
from tkchat.gui.message_list import MessageList
from tkchat.gui.text_copy import copy_selection, select_all, text_between


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


def test_copying(chat: MessageList) -> None:
    chat.show([said("a 👍 b")])
    focus(chat.text)
    press(chat.text, "<Control-a>", "<Control-c>")
    assert chat.clipboard_get() == "Today\nbob  12:00\na 👍 b\n"


def test_copying_nothing_keeps_the_clipboard(chat: MessageList) -> None:
    chat.clipboard_clear()
    chat.clipboard_append("kept")
    focus(chat.text)
    press(chat.text, "<Control-c>")
    assert chat.clipboard_get() == "kept"
