"""A scrolled text stays where its reader wants it."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, show, wait_until
from tests.gui.sample_messages import index_of, lines, many, scroll_to
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.messages.sticky_view import StickyView


@pytest.fixture
def text(root: tk.Tk) -> tk.Text:
    """200 numbered lines that fill the window, every third several screen lines high."""
    made = tk.Text(root, wrap="word", width=1, height=1)
    made.pack(fill="both", expand=True)
    made.insert("1.0", "\n".join(f"<{n}> " + "words " * (n % 3 * 15) for n in range(1, 201)))
    show(made)
    return made


@pytest.fixture
def moves() -> list[bool]:
    """Where the view was after each move by hand: whether at the bottom."""
    return []


@pytest.fixture
def view(text: tk.Text, moves: list[bool]) -> StickyView:
    made: StickyView = StickyView(text, lambda: moves.append(made.at_bottom))
    return made


def bottom_in_view(text: tk.Text) -> bool:
    text.update()
    return text.dlineinfo("end-1c") is not None


def place_of(text: tk.Text, number: int) -> int:
    """Return where the numbered line is, in pixels from the top; it may begin above that."""
    text.update()
    found = text.search(f"<{number}>", "1.0", "end")
    assert found
    above = text.tk.call(str(text), "count", "-update", "-ypixels", found, "@0,0")
    top = text.dlineinfo("@0,0")
    assert top
    return top[1] - int(above or 0)


def test_it_sticks_to_the_bottom_from_the_start(text: tk.Text, view: StickyView) -> None:
    assert view.at_bottom
    view.settle()
    assert bottom_in_view(text)


@pytest.mark.parametrize("moved_by", ["<Prior>", "<Control-Home>", "wheel", "scrollbar"])
def test_the_reader_lets_go_of_the_bottom(
    text: tk.Text, view: StickyView, moves: list[bool], moved_by: str
) -> None:
    view.to_bottom()
    text.update()
    if moved_by == "wheel":
        click(text, 50, 50, button=4)
    elif moved_by == "scrollbar":
        view.scroll("scroll", "-1", "pages")
    else:
        press(text, moved_by)
    assert not view.at_bottom
    assert moves[-1] is False
    top = text.index("@0,0")
    view.settle()
    text.insert("end", "\nmore")
    text.update()
    assert text.index("@0,0") == top


def test_the_reader_takes_hold_of_it_again(
    text: tk.Text, view: StickyView, moves: list[bool]
) -> None:
    view.scroll("moveto", "0.5")
    view.scroll("moveto", "0.9")
    view.scroll("moveto", "1.0")
    assert moves == [False, False, True]
    assert view.at_bottom


def test_the_bottom_is_gone_to_on_demand(
    text: tk.Text, view: StickyView, moves: list[bool]
) -> None:
    view.scroll("moveto", "0")
    view.to_bottom()
    assert bottom_in_view(text)
    assert moves == [False, True]


def test_what_the_program_does_is_no_move_of_the_reader(
    text: tk.Text, view: StickyView, moves: list[bool]
) -> None:
    view.to_bottom()
    moves.clear()
    text.insert("end", "\nmore" * 50)
    text.update()
    assert view.at_bottom
    text.yview_moveto(0)
    text.update()
    assert (view.at_bottom, moves) == (True, [])
    view.settle()
    assert bottom_in_view(text)


def test_another_size_keeps_the_bottom(root: tk.Tk, text: tk.Text, view: StickyView) -> None:
    view.to_bottom()
    assert bottom_in_view(text)
    root.geometry("300x200")
    wait_until(root, lambda: text.winfo_height() == 200)
    wait_until(root, lambda: bottom_in_view(text))


def test_a_change_keeps_the_bottom(text: tk.Text, view: StickyView) -> None:
    view.to_bottom()
    with view.kept(1, 1):
        text.insert("1.0", "new\n" * 50)
    assert bottom_in_view(text)
    with view.kept(1, 100):
        text.delete("1.0", "100.0")
    assert bottom_in_view(text)


@pytest.mark.parametrize("into_the_line", [0, 9], ids=["even", "within a line"])
@pytest.mark.parametrize("change", ["insert", "delete", "replace", "touch"])
def test_a_change_above_moves_nothing(
    text: tk.Text, view: StickyView, change: str, into_the_line: int
) -> None:
    text.yview("100.0")
    view.scroll("scroll", str(into_the_line), "pixels")
    before = place_of(text, 101)
    with view.kept(20, 20 if change == "insert" else 40):
        if change in ("delete", "replace"):
            text.delete("20.0", "40.0")
        if change in ("insert", "replace"):
            text.insert("20.0", "new and rather long " * 9 + "\n" + "new\n" * 30)
    assert place_of(text, 101) == before


def test_a_change_below_moves_nothing(text: tk.Text, view: StickyView) -> None:
    view.scroll("moveto", "0.3")
    top = text.index("@0,0")
    with view.kept(150, 160):
        text.delete("150.0", "160.0")
        text.insert("150.0", "new\n" * 3)
    text.update()
    assert text.index("@0,0") == top
    assert not view.at_bottom


def test_when_the_line_being_read_goes_what_follows_stays(text: tk.Text, view: StickyView) -> None:
    text.yview("100.0")
    view.note()
    before = place_of(text, 104)
    with view.kept(90, 104):
        text.delete("90.0", "104.0")
        text.insert("90.0", "new\n" * 40)
    assert place_of(text, 104) == before


def test_it_leaves_no_mark_behind(text: tk.Text, view: StickyView) -> None:
    marks = text.mark_names()
    view.scroll("moveto", "0.5")
    with view.kept(1, 1):
        text.insert("1.0", "new\n")
    assert text.mark_names() == marks


def test_nothing_is_left_of_a_text_that_is_gone(
    root: tk.Tk, text: tk.Text, view: StickyView
) -> None:
    [tag] = [tag for tag in text.bindtags() if tag.startswith("moved")]
    assert root.tk.call("bind", tag)
    text.destroy()
    assert not root.tk.call("bind", tag)


# In the list of messages


def y_of(chat: MessageList, words: str) -> int:
    box = chat.text.dlineinfo(index_of(chat, words))
    assert box, "not in view"
    return box[1]


def test_the_list_follows_new_messages(chat: MessageList) -> None:
    for _ in range(5):
        chat.append(many(50))
        chat.update()
    assert chat.text.dlineinfo("end-1c")


def test_a_smaller_window_does_not_lose_the_bottom(root: tk.Tk, chat: MessageList) -> None:
    chat.append(many(50))
    root.geometry("500x300")
    wait_until(root, lambda: chat.text.winfo_height() < 310)
    wait_until(root, lambda: chat.text.dlineinfo("end-1c"))


def test_the_wheel_leaves_the_bottom_and_comes_back(chat: MessageList) -> None:
    chat.append(many(100))
    chat.update()
    click(chat.text, 100, 100, button=4)
    click(chat.text, 100, 100, button=4)
    assert not chat.at_bottom
    for _ in range(6):
        click(chat.text, 100, 100, button=5)
    assert chat.at_bottom


@pytest.mark.parametrize("place", [0.0, 0.02, 0.3, 0.7])
def test_older_messages_above_move_nothing(chat: MessageList, place: float) -> None:
    chat.show(many(100, start=1000))
    scroll_to(chat, place)
    # Not the first of all: that gives its header away.
    words = f"message {next(n for n in range(1001, 1100) if visible(chat, f'message {n} '))} "
    before = y_of(chat, words)
    for start in range(950, 700, -50):
        chat.prepend(many(50, start))
        chat.update()
        assert y_of(chat, words) == before
    assert lines(chat)[0] == "Today"
    assert lines(chat).count("Today") == 1


def visible(chat: MessageList, words: str) -> bool:
    found = chat.text.search(words, "1.0", "end")
    box = chat.text.dlineinfo(found) if found else None
    return box is not None and box[1] > 20


def test_older_messages_keep_the_bottom(chat: MessageList) -> None:
    chat.show(many(50, start=50))
    chat.prepend(many(50))
    chat.update()
    assert chat.text.dlineinfo("end-1c")
