"""The button that says how many messages wait below."""

import tkinter as tk

import pytest

from tests.gui.driving import click, focus, press, show, wait_until
from tests.gui.sample_messages import many, presence, said, scroll_to
from tkchat.gui.look.theme import Theme
from tkchat.gui.messages.message_list import MessageList
from tkchat.gui.widgets.pill import Pill


@pytest.fixture
def clicks() -> list[str]:
    return []


@pytest.fixture
def ground(root: tk.Tk) -> tk.Frame:
    """What the pill floats over."""
    made = tk.Frame(root)
    made.pack(fill="both", expand=True)
    show(made)
    return made


@pytest.fixture
def pill(ground: tk.Frame, theme: Theme, clicks: list[str]) -> Pill:
    return Pill(ground, theme, lambda: clicks.append("click"))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "↓  1 new message"),
        (2, "↓  2 new messages"),
        (1_234, "↓  1,234 new messages"),
    ],
)
def test_it_says_how_many(pill: Pill, count: int, text: str) -> None:
    pill.show(count)
    assert pill.cget("text") == text
    wait_until(pill, pill.winfo_ismapped)


def test_it_is_there_only_while_messages_wait(pill: Pill) -> None:
    pill.update()
    assert not pill.winfo_ismapped()
    pill.show(3)
    wait_until(pill, pill.winfo_ismapped)
    pill.show(0)
    wait_until(pill, lambda: not pill.winfo_ismapped())
    pill.show(0)
    assert pill.winfo_manager() == ""


@pytest.mark.parametrize(("width", "height"), [(700, 500), (400, 300)])
def test_it_floats_in_the_middle_above_the_lower_edge(
    root: tk.Tk, ground: tk.Frame, pill: Pill, theme: Theme, width: int, height: int
) -> None:
    pill.show(3)
    root.geometry(f"{width}x{height}")
    wait_until(root, lambda: (ground.winfo_width(), ground.winfo_height()) == (width, height))
    wait_until(root, lambda: pill.winfo_y() + pill.winfo_height() == height - theme.px(12))
    assert pill.winfo_x() + pill.winfo_width() / 2 == pytest.approx(width / 2, abs=1)


def test_a_click_tells(pill: Pill, clicks: list[str]) -> None:
    pill.show(3)
    click(pill, 20, 10)
    assert clicks == ["click"]


def test_tab_passes_it_by(ground: tk.Frame, pill: Pill) -> None:
    first, second = tk.Entry(ground), tk.Entry(ground)
    for entry in (first, second):
        entry.pack()
    pill.show(3)
    pill.lift(first)
    press(first, "<Tab>")
    assert ground.focus_displayof() is second
    press(second, "<Tab>")
    assert ground.focus_displayof() is first


# In the list of messages


def test_reading_further_up_is_not_disturbed(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.4)
    top = chat.text.index("@0,0")
    chat.append([said("new"), presence("x"), said("mine", "me", own=True)])
    chat.append([said("newer")])
    chat.update()
    assert chat.text.index("@0,0") == top
    assert chat._pill.cget("text") == "↓  2 new messages"
    assert chat._pill.winfo_ismapped()


def test_the_pill_goes_to_the_bottom(chat: MessageList) -> None:
    chat.append(many(100))
    scroll_to(chat, 0.4)
    chat.append([said("new")])
    chat.update()
    chat._pill.invoke()
    wait_until(chat, lambda: chat.text.dlineinfo("end-1c"))
    wait_until(chat, lambda: not chat._pill.winfo_ismapped())
    assert chat.at_bottom


def test_scrolling_down_by_hand_takes_the_pill_away(chat: MessageList) -> None:
    chat.append(many(100))
    focus(chat.text)
    press(chat.text, "<Home>")
    chat.append([said("new")])
    chat.update()
    assert chat._pill.winfo_ismapped()
    press(chat.text, "<End>")
    wait_until(chat, lambda: not chat._pill.winfo_ismapped())


def test_it_leads_from_the_past_back_to_the_present(pill: Pill) -> None:
    pill.show_way_back()
    wait_until(pill, pill.winfo_ismapped)
    assert pill.cget("text") == "↓  Newest messages"
    pill.show(0)
    wait_until(pill, lambda: not pill.winfo_ismapped())


def test_from_one_screen_up_it_leads_back(chat: MessageList) -> None:
    chat.show(many(100))
    focus(chat.text)
    chat.text.event_generate("<Button-4>")
    chat.text.event_generate("<Button-4>")
    chat.update()
    assert not chat.at_bottom
    assert not chat._pill.winfo_ismapped()  # the end is all but in view
    press(chat.text, "<Prior>")
    wait_until(chat, chat._pill.winfo_ismapped)
    assert chat._pill.cget("text") == "↓  Newest messages"
    click(chat._pill)
    wait_until(chat, lambda: chat.at_bottom and not chat._pill.winfo_ismapped())
