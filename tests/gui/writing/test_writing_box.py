"""The text widget that a message is written in: emoji, undo, the clipboard."""

import tkinter as tk

import pytest

from tests.gui.driving import focus, press, show, type_text, wait_until
from tests.gui.emoji_font import needs_font
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.writing.writing_box import WritingBox

FAMILY = "👨‍👩‍👧"


@pytest.fixture
def changes() -> list[str]:
    return []


@pytest.fixture
def box(root: tk.Tk, emoji: Emoji, changes: list[str]) -> WritingBox:
    return made(root, emoji, changes)


def made(root: tk.Tk, emoji: Emoji, changes: list[str]) -> WritingBox:
    field = WritingBox(root, emoji, lambda: changes.append(field.written()))
    field.pack(fill="both", expand=True)
    show(field)
    focus(field)
    return field


def pictures(box: WritingBox) -> list[str]:
    """Return the emoji that are drawn as pictures."""
    return [str(name).partition(":")[2] for name in box.image_names()]


def written(box: WritingBox) -> str:
    """Return the text with a bar where the cursor is."""
    return box.before_cursor + "|" + box.written("insert")


def test_what_is_put_in_comes_out(box: WritingBox) -> None:
    text = f"a 🎉 b\n{FAMILY}❤️ c\n\n𝒳 你好"
    box.begin_with(text)
    assert box.written() == text
    assert written(box) == f"{text}|"


@needs_font
def test_emoji_are_pictures(box: WritingBox) -> None:
    box.begin_with(f"a 🎉 b {FAMILY}🎉")
    assert pictures(box) == ["🎉", FAMILY, "🎉"]
    assert box.get("1.0", "end-1c") == "a  b "


@needs_font
def test_an_emoji_that_reached_tk_becomes_a_picture(box: WritingBox) -> None:
    type_text(box, "ab")
    box.insert("1.1", "🎉")
    wait_until(box, lambda: pictures(box) == ["🎉"])
    assert written(box) == "a🎉b|"


@needs_font
def test_backspace_deletes_a_whole_emoji(box: WritingBox) -> None:
    box.begin_with(f"a{FAMILY}")
    press(box, "<BackSpace>")
    assert box.written() == "a"
    press(box, "<Control-z>")
    assert box.written() == f"a{FAMILY}"
    assert pictures(box) == [FAMILY]


@needs_font
def test_pictures_grow_with_the_text(box: WritingBox) -> None:
    box.begin_with("a 🎉 b")
    box.mark_set("insert", "1.2")
    box.set_picture_height(40)
    assert written(box) == "a |🎉 b"
    [name] = box.image_names()
    assert int(box.tk.call("image", "height", box.image_cget(name, "image"))) == 40


def test_words_are_undone_and_redone(box: WritingBox, changes: list[str]) -> None:
    type_text(box, "one two")
    press(box, "<Control-z>")
    assert box.written() == "one "
    assert changes[-1] == "one "
    press(box, "<Control-z>")
    assert box.written() == ""
    box.redo()
    box.redo()
    assert written(box) == "one two|"


def test_keys_that_tk_tells_of_at_once_are_still_undone_one_by_one(box: WritingBox) -> None:
    for key in ("a", "b", "Return", "c"):
        box.event_generate(f"<Key-{key}>")  # with no event loop in between
    box.undo()
    assert box.written() == "ab\n"
    box.undo()
    assert box.written() == "ab"


def test_the_cursor_goes_where_something_was_undone(box: WritingBox) -> None:
    box.begin_with("🎉 one two")
    box.change(2, 5, "1")
    assert written(box) == "🎉 1| two"
    box.mark_set("insert", "end")
    box.undo()
    assert written(box) == "🎉 one| two"


def test_a_beginning_is_not_undone(box: WritingBox) -> None:
    type_text(box, "for the other room")
    box.begin_with("draft")
    assert not box.can_undo
    press(box, "<Control-z>")
    assert box.written() == "draft"


def test_writing_over_what_is_selected_is_one_step(box: WritingBox) -> None:
    box.begin_with("a 🎉 old words")
    box.tag_add("sel", "1.2", "end-1c")
    box.put("new 👍")
    assert written(box) == "a new 👍|"
    box.undo()
    assert box.written() == "a 🎉 old words"


def test_a_stretch_can_be_selected(box: WritingBox) -> None:
    box.begin_with("🎉 bold 🎉")
    box.change(2, 6, "**bold**", (4, 8))
    assert box.selected_stretch() == (4, 8)
    assert box.written("sel.first", "sel.last") == "bold"


@needs_font
def test_emoji_are_copied_cut_and_pasted(box: WritingBox) -> None:
    box.begin_with("a 🎉 b")
    box.tag_add("sel", "1.1", "1.4")
    box.event_generate("<<Copy>>")
    assert box.clipboard_get() == " 🎉 "
    box.event_generate("<<Cut>>")
    assert box.written() == "ab"
    box.put(box.clipboard_get())
    assert box.written() == "a 🎉 b"
    assert pictures(box) == ["🎉"]


def test_what_is_selected_can_be_pasted_with_the_middle_button(
    root: tk.Tk, box: WritingBox
) -> None:
    text = " ".join(f"é 🎉 {number}" for number in range(500))  # more than Tk asks for at once
    box.begin_with(text)
    box.select_all()
    box.update()
    assert str(root.tk.call("selection", "get", "-type", "UTF8_STRING")) == text
    box.begin_with("")
    box.update()
    assert str(root.tk.call("selection", "get", "-type", "UTF8_STRING")) == ""


def test_copying_nothing_leaves_the_clipboard(box: WritingBox) -> None:
    box.clipboard_clear()
    box.clipboard_append("kept")
    box.begin_with("text")
    box.event_generate("<<Copy>>")
    box.event_generate("<<Cut>>")
    assert box.clipboard_get() == "kept"
    assert box.written() == "text"


def test_what_tk_cannot_bear_is_taken_out(box: WritingBox) -> None:
    box.put("a\x00b\u202ec\ud83dd\r\ne")
    assert box.written() == "abc\ufffdd\ne"


def test_a_change_is_told_of(box: WritingBox, changes: list[str]) -> None:
    type_text(box, "a")
    wait_until(box, lambda: changes and changes[-1] == "a")
    box.take_back(1)
    assert changes[-1] == ""


@needs_font
def test_an_unsafe_tk_gets_pictures_too(root: tk.Tk) -> None:
    box = made(root, Emoji(root, safe=False), [])
    box.begin_with("a 🎉")
    assert box.written() == "a 🎉"
    assert pictures(box) == ["🎉"]


def test_without_a_font_an_unsafe_tk_gets_names(root: tk.Tk) -> None:
    box = made(root, Emoji(root, safe=False, files=()), [])
    event: tk.Event[tk.Misc] = tk.Event()
    event.char = "🎉"
    assert box._typed(event) == "break"
    assert box.written() == ":party_popper:"


@needs_font
def test_many_emoji_let_their_pictures_go(
    box: WritingBox, emoji: Emoji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tkchat.gui.writing.writing_box._PHOTOS", 2)
    for sequence in ("😀", "😁", "😂", "🤣", "😃", "😄"):
        box.begin_with(sequence)
    assert len(box._photos) <= 4
    assert pictures(box) == ["😄"]
