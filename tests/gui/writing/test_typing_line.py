"""The quiet line under the box to write in."""

import tkinter as tk

import pytest

from tests.gui.driving import wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.writing import typing_line
from tkchat.gui.writing.typing_line import TypingLine, typing_text, waiting_text


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ((), ""),
        (("bob",), "bob is typing…"),
        (("ann", "bob"), "ann and bob are typing…"),
        (("ann", "bob", "eve"), "ann, bob and eve are typing…"),
        (("ann", "bob", "dan", "eve"), "Several people are typing…"),
    ],
)
def test_who_is_typing(names: tuple[str, ...], text: str) -> None:
    assert typing_text(names) == text


def test_what_waits() -> None:
    assert waiting_text(0) == ""
    assert waiting_text(1).startswith("1 message is waiting; it will")
    assert waiting_text(3) == ("3 messages are waiting; they will be sent when the host is back")


def test_it_falls_silent_by_itself_and_what_waits_comes_first(
    root: tk.Tk, theme: Theme, emoji: Emoji, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typing_line, "_LOOK_MS", 5)
    names = ["bob"]
    line = TypingLine(root, theme, emoji, lambda: names)
    line.pack(fill="x")
    line.look()
    wait_until(root, lambda: line.cget("text") == "bob is typing…")
    line.show_waiting(2)
    assert str(line.cget("text")).startswith("2 messages are waiting")
    line.show_waiting(0)
    assert line.cget("text") == "bob is typing…"
    names.clear()
    wait_until(root, lambda: line.cget("text") == "")
    assert not line._due
