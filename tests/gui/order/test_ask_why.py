"""The question that asks for a reason."""

import tkinter as tk

import pytest

from tests.gui.driving import every, press, text_of, wait_until
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.ask_why import MAX_WHY_CHARS, AskWhy


@pytest.fixture
def asked(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[str]) -> AskWhy:
    made = AskWhy(root, theme, emoji, "Ban bob?", "For good.", "Ban", chosen.append)
    wait_until(root, lambda: root.focus_get() is made.entry)
    return made


def test_return_leads_to_the_button_and_there_it_counts(asked: AskWhy, chosen: list[str]) -> None:
    press(asked.entry, *"spam", "<Return>")
    assert chosen == []
    assert asked.focus_displayof() is asked.accept
    press(asked.accept, "<Return>")
    assert chosen == ["spam"]


def test_no_reason_is_one_too(asked: AskWhy, chosen: list[str]) -> None:
    press(asked.accept, "<space>")
    assert chosen == [""]


def test_too_long_a_reason_is_shortened_by_its_writer(asked: AskWhy, chosen: list[str]) -> None:
    asked.entry.insert(0, "x" * (MAX_WHY_CHARS + 1))
    press(asked.accept, "<Return>")
    assert chosen == []
    assert any("at most 200 characters" in text_of(each) for each in every(asked))
    press(asked.entry, "<BackSpace>", "<Return>")
    press(asked.accept, "<Return>")
    assert chosen == ["x" * MAX_WHY_CHARS]


def test_escape_closes_it(asked: AskWhy, chosen: list[str]) -> None:
    press(asked.entry, *"spam", "<Escape>")
    assert not asked.winfo_exists()
    assert chosen == []
