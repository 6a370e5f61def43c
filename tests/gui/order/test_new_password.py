"""Asking for a new password."""

import tkinter as tk

import pytest

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.new_password import HIDDEN, NewPassword


@pytest.fixture
def asked(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> NewPassword:
    made = NewPassword(
        root, theme, emoji, "A password", "For all.", chosen.append, lambda: chosen.append("none")
    )
    wait_until(root, lambda: root.focus_get() is made.entry)
    return made


def said(asked: NewPassword) -> str:
    return " ".join(text_of(each) for each in every(asked) if each.winfo_ismapped())


def test_it_is_typed_twice_and_not_seen(asked: NewPassword, chosen: list[str]) -> None:
    assert asked.entry.cget("show") == asked.again.cget("show") == HIDDEN
    press(asked.entry, *"horse", "<Return>", *"horse", "<Return>")
    assert chosen == ["horse"]
    assert not asked.winfo_exists()


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [("", "", "Type the new password"), ("-", "-", "hyphen"), ("horse", "house", "not the same")],
)
def test_what_is_no_password(
    asked: NewPassword, chosen: list[str], first: str, second: str, why: str
) -> None:
    asked.entry.insert(0, first)
    asked.again.insert(0, second)
    press(asked.again, "<Return>")
    asked.update()
    assert why in said(asked)
    assert chosen == []
    assert asked.again.get() == ""


def test_none_at_all_is_a_button(asked: NewPassword, chosen: list[str]) -> None:
    button = next(each for each in every(asked) if text_of(each) == "No password")
    press(button, "<Return>")
    assert chosen == ["none"]
