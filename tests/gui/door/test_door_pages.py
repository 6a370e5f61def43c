"""Pages about being let in."""

import tkinter as tk

import pytest

from tests.gui.driving import every, focus, press, text_of, type_text
from tkchat.client.events import Problem
from tkchat.gui.door.door_pages import PasswordPage, RemovedPage, WaitingPage
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme


@pytest.fixture
def given() -> list[str]:
    """The passwords that were typed."""
    return []


def said(page: tk.Misc) -> str:
    page.update()
    return " | ".join(text_of(each) for each in every(page) if each.winfo_ismapped())


def make_page(
    root: tk.Tk, theme: Theme, emoji: Emoji, given: list[str], problem: Problem, *, is_wrong: bool
) -> PasswordPage:
    page = PasswordPage(
        root, theme, emoji, problem, "ada", lambda: None, given.append, is_wrong=is_wrong
    )
    page.pack(fill="both", expand=True)
    focus(page.first)
    return page


def test_a_password_is_typed_unseen_and_given_by_return(
    root: tk.Tk, theme: Theme, emoji: Emoji, given: list[str]
) -> None:
    page = make_page(root, theme, emoji, given, Problem.CHAT_PASSWORD, is_wrong=False)
    press(page.entry, "<Return>")
    assert given == []
    assert "Type the password first" in said(page)
    type_text(page.entry, "open sesame\n")
    assert given == ["open sesame"]
    assert page.entry.cget("show") == "•"
    page.show_busy("Connecting…")
    press(page, "<Return>")
    page._submit()
    assert given == ["open sesame"]


def test_a_wrong_one_is_said(root: tk.Tk, theme: Theme, emoji: Emoji, given: list[str]) -> None:
    page = make_page(root, theme, emoji, given, Problem.NAME_PASSWORD, is_wrong=True)
    assert "That password is wrong" in said(page)
    assert "The name ada belongs to somebody" in said(page)


def test_who_waits_is_told_for_how_long(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    page = WaitingPage(root, theme, emoji, "ada", 600, lambda: None)
    page.pack()
    assert "come in as ada" in said(page)
    assert "within 10 minutes" in said(page)


def test_return_does_not_end_the_waiting_but_the_space_bar_does(
    root: tk.Tk, theme: Theme, emoji: Emoji
) -> None:
    ended: list[str] = []
    page = WaitingPage(root, theme, emoji, "ada", 600, lambda: ended.append("ended"))
    page.pack()
    focus(page.first)
    press(page.first, "<Return>")
    press(page.first, "<KP_Enter>")
    assert ended == []
    press(page.first, "<space>")
    assert ended == ["ended"]


def test_who_was_put_out_is_told_why(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    page = RemovedPage(root, theme, emoji, "You were kicked by bob: too loud.", lambda: None)
    page.pack()
    assert "too loud" in said(page)
