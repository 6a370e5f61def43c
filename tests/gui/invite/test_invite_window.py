"""The window that shows the ways into a chat."""

import tkinter as tk
from tkinter import ttk

import pytest

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.client.ways_in import Obstacle, WayIn, WaysIn
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.invite.invite_window import InviteWindow, in_lines
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.net.address import Address
from tkchat.net.identity import words
from tkchat.wire.join_code import JoinCode, decode, encode, link

KEY = bytes(range(32))
CODES = [JoinCode(host, 12345, KEY[:10]) for host in ("192.168.1.20", "10.0.0.5")]
WAYS = WaysIn(tuple(WayIn(Address(code.host, code.port), code) for code in CODES), KEY)


@pytest.fixture
def window(root: tk.Tk, theme: Theme, emoji: Emoji) -> InviteWindow:
    window = InviteWindow(root, theme, emoji)
    window.show_ways(WAYS)
    window.open()
    wait_until(root, lambda: window.winfo_viewable() and window.focus_displayof())
    return window


def sees(window: InviteWindow) -> str:
    return " | ".join(text_of(each) for each in every(window) if each.winfo_ismapped())


def test_the_code_is_there_to_be_read_aloud(window: InviteWindow) -> None:
    shown = in_lines(encode(CODES[0]))
    assert shown in sees(window)
    assert decode(shown) == CODES[0]
    assert words(KEY) in sees(window)
    assert "192.168.1.20:12345" in sees(window)


@pytest.mark.parametrize(
    ("what", "expected"),
    [
        ("code", encode(CODES[0])),
        ("link", link(CODES[0])),
        ("address", "192.168.1.20:12345"),
        ("words", words(KEY)),
    ],
)
@pytest.mark.parametrize("key", ["<Return>", "<space>"])
def test_everything_is_copied_by_keyboard(
    window: InviteWindow, what: str, expected: str, key: str
) -> None:
    press(window.buttons[what], key)
    assert window.clipboard_get() == expected
    assert text_of(window.buttons[what]) == "Copied"


def test_tab_leads_from_the_code_to_all_the_rest(window: InviteWindow) -> None:
    assert window.focus_displayof() is window.buttons["code"]
    reached = set()
    for _ in range(6):
        press(window.focus_displayof() or window, "<Tab>")
        reached.add(window.focus_displayof())
    assert set(window.buttons.values()) <= reached


def test_another_address_makes_another_code(window: InviteWindow) -> None:
    radio = next(each for each in every(window) if text_of(each) == "192.168.1.20:12345")
    press(radio, "<Down>")
    assert in_lines(encode(CODES[1])) in sees(window)
    press(window.buttons["link"], "<Return>")
    assert window.clipboard_get() == link(CODES[1])


@pytest.mark.parametrize("obstacle", list(Obstacle))
def test_why_there_is_no_code_is_said(
    root: tk.Tk, theme: Theme, emoji: Emoji, obstacle: Obstacle
) -> None:
    window = InviteWindow(root, theme, emoji)
    window.open()
    wait_until(root, window.winfo_viewable)
    assert "Looking for the ways" in sees(window)
    window.show_ways(WaysIn((WayIn(Address("here", 1)),), obstacle=obstacle))
    root.update()
    assert "code" not in window.buttons
    assert "Looking" not in sees(window)
    assert any(word in sees(window) for word in ("network", "address"))
    press(window, "<Escape>")
    assert not window.winfo_exists()


def test_nothing_is_cut_in_any_look(window: InviteWindow, theme: Theme) -> None:
    theme.use(DARK)
    theme.set_zoom(175)
    window.update()
    assert window.focus_displayof() is window.buttons["code"]
    for widget in every(window):
        if isinstance(widget, ttk.Label | ttk.Button | tk.Label) and widget.winfo_ismapped():
            assert widget.winfo_width() >= widget.winfo_reqwidth() - 1, text_of(widget)
            assert widget.winfo_height() >= widget.winfo_reqheight() - 1, text_of(widget)


def test_a_problem_is_said(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    window = InviteWindow(root, theme, emoji)
    window.show_problem("The disk is on fire.")
    window.open()
    wait_until(root, window.winfo_viewable)
    assert "The disk is on fire." in sees(window)
