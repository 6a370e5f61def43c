"""What is pasted, and what is asked before."""

import tkinter as tk

import pytest

from tests.gui.driving import every, focus, press, show, text_of, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing.pasting import MANY_LINES, MOST_CHARS, Pasting
from tkchat.gui.writing.writing_box import WritingBox

MANY = "\n".join(f"line {number}" for number in range(MANY_LINES + 1))


@pytest.fixture
def hints() -> list[str]:
    return []


@pytest.fixture
def box(root: tk.Tk, theme: Theme, emoji: Emoji, hints: list[str]) -> WritingBox:
    made = WritingBox(root, emoji, lambda: None)
    made.pack(fill="both", expand=True)
    Pasting(made, theme, emoji, hints.append)
    show(made)
    focus(made)
    return made


def paste(box: WritingBox, text: str) -> None:
    box.clipboard_clear()
    box.clipboard_append(text)
    box.event_generate("<<Paste>>")
    box.update()


def answer(box: WritingBox, option: str) -> None:
    """Press a button of the question that is asked."""

    def button() -> tk.Misc | None:
        shown = (each for each in every(box.winfo_toplevel()) if text_of(each) == option)
        return next((each for each in shown if each.winfo_ismapped()), None)

    wait_until(box, button)
    found = button()
    assert found is not None
    focus(found)
    press(found, "<space>")


def test_it_cleans_and_replaces_the_selection(box: WritingBox) -> None:
    box.begin_with("old")
    press(box, "<Control-slash>")  # Tk's own: select all
    paste(box, "n\x1b[31me\u202ew\r\nline")
    assert box.written() == "new\nline"
    box.undo()
    assert box.written() == "old"


def test_the_middle_button_pastes_where_it_clicks(root: tk.Tk, box: WritingBox) -> None:
    other = tk.Entry(root)
    other.pack()
    other.insert(0, "mid\tdle")
    other.selection_range(0, "end")
    box.begin_with("ab")
    box.update()
    place = box.bbox("1.1")
    assert place
    box.event_generate("<<PasteSelection>>", x=place[0], y=place[1] + 3)
    assert box.written() == "amid\tdleb"


def test_pasting_nothing(box: WritingBox) -> None:
    box.clipboard_clear()
    box.event_generate("<<Paste>>")
    assert box.written() == ""


def test_many_lines_may_be_code(box: WritingBox) -> None:
    box.begin_with("see ")
    paste(box, f"{MANY}\n")
    assert box.written() == "see "
    answer(box, "Paste as code")
    assert box.written() == f"see \n```\n{MANY}\n```\n"
    box.undo()
    assert box.written() == "see "


def test_many_lines_may_be_pasted_as_they_are(box: WritingBox) -> None:
    paste(box, MANY)
    answer(box, "Paste")
    assert box.written() == MANY


def test_many_lines_may_be_too_many(box: WritingBox) -> None:
    paste(box, MANY)
    answer(box, "Cancel")
    assert box.written() == ""


def test_what_would_stop_the_window_is_not_pasted(box: WritingBox, hints: list[str]) -> None:
    box.begin_with("kept")
    paste(box, "x" * (MOST_CHARS + 1))
    assert box.written() == "kept"
    assert hints == ["Not pasted: 20,001 characters are too many for a message."]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("", "\n".join("abcdefghij")),
        ("```\n", MANY),
        ("", f"```python\n{MANY}\n```"),
    ],
    ids=["not many", "in code", "code already"],
)
def test_nobody_is_asked_without_need(box: WritingBox, before: str, text: str) -> None:
    box.begin_with(before)
    paste(box, text)
    assert box.written() == before + text


def test_the_middle_button_pastes_what_is_selected_in_the_box_itself(box: WritingBox) -> None:
    box.begin_with("one two")
    box.tag_add("sel", "1.0", "1.3")
    wait_until(box, lambda: str(box.tk.call("selection", "own")) == str(box))
    index = box.bbox("1.6")
    assert index
    box.event_generate("<<PasteSelection>>", x=index[0] + index[2] + 50, y=index[1] + 2)
    assert box.written() == "one twoone"
