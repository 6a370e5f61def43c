"""How to host, as a person sets it."""

import tkinter as tk

import pytest

from tests.gui.driving import every, focus, press, text_of, type_text
from tkchat.client.hosting import HostOptions
from tkchat.gui.door.host_options import HostOptionsPage, summary
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme


@pytest.fixture
def chosen() -> list[HostOptions]:
    return []


@pytest.fixture
def page(root: tk.Tk, theme: Theme, emoji: Emoji, chosen: list[HostOptions]) -> HostOptionsPage:
    page = HostOptionsPage(root, theme, emoji, HostOptions(), lambda: None, chosen.append)
    page.pack(fill="both", expand=True)
    focus(page.first)
    return page


def test_nothing_is_set_in_the_beginning(page: HostOptionsPage, chosen: list[HostOptions]) -> None:
    press(page.title, "<Return>")
    assert chosen == [HostOptions()]


def test_all_of_it_by_keyboard(page: HostOptionsPage, chosen: list[HostOptions]) -> None:
    type_text(page.title, "class")
    press(page.title, "<Tab>")
    type_text(page.password, "secret")
    for text in ("Ask me before anybody new comes in", "Show this chat to others nearby"):
        press(next(each for each in every(page) if text_of(each) == text), "<space>")
    press(page.password, "<Return>")
    assert chosen == [HostOptions("class", "secret", asks_approval=True, announce=False)]
    assert "secret" not in repr(chosen)


def test_what_was_set_before_is_shown(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    set_before = HostOptions("class", "secret", asks_approval=True, allow_plaintext=True)
    kept: list[HostOptions] = []
    page = HostOptionsPage(root, theme, emoji, set_before, lambda: None, kept.append)
    page.pack()
    focus(page.first)
    press(page.title, "<Return>")
    assert kept == [set_before]


def test_a_password_of_before_stays_unless_there_is_another(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    kept: list[HostOptions] = []
    before = HostOptions(had_password=True)
    page = HostOptionsPage(root, theme, emoji, before, lambda: None, kept.append)
    page.pack()
    assert any("You gave the chat one before" in text_of(each) for each in every(page))
    focus(page.first)
    press(page.title, "<Return>")
    assert kept == [before]


def test_it_is_summed_up_without_the_password() -> None:
    assert summary(HostOptions()) == ""
    told = summary(HostOptions("class", "secret", allow_plaintext=True, announce=False))
    assert told == "class · with a password · not shown nearby · also without encryption"
