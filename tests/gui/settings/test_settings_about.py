"""The pages that tell something, and the few fields on them."""

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from typing import Any

import pytest

from tests.gui.driving import every, focus, press, show, text_of, type_text, wait_until
from tkchat import __version__
from tkchat.client.profile import Profile
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.settings.settings_about import AboutPage, ProfilePage, keyboard_page
from tkchat.gui.shortcuts import shortcuts


class Background:
    """Does at once what is to be done in the background."""

    def __call__(
        self,
        work: Callable[[], None],
        done: Callable[[None], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            work()
        except OSError as error:
            failed(error)
        else:
            done(None)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    profile = Profile(tmp_path)
    profile.settings.name = "alice"
    profile.settings.status = "back at 3"
    return profile


@pytest.fixture
def put(profile: Profile) -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def page(
    root: tk.Tk, theme: Theme, emoji: Emoji, profile: Profile, put: list[tuple[str, Any]]
) -> ProfilePage:
    def take(field: str, value: Any) -> None:
        put.append((field, value))
        setattr(profile.settings, field, value)

    page = ProfilePage(root, theme, emoji, profile, take, Background())
    page.pack()
    show(page)
    return page


def said(page: tk.Misc) -> str:
    return " | ".join(text_of(each) for each in every(page))


def entry(page: tk.Misc) -> ttk.Entry:
    return next(each for each in every(page) if isinstance(each, ttk.Entry))


def button(page: tk.Misc, text: str) -> tk.Misc:
    return next(each for each in every(page) if text_of(each) == text)


def test_the_name_the_status_and_the_folder_are_shown(page: ProfilePage, tmp_path: Path) -> None:
    assert "alice" in said(page)
    assert str(tmp_path) in said(page)
    assert entry(page).get() == "back at 3"


def test_a_status_is_set_by_return_and_by_going_on(
    page: ProfilePage, put: list[tuple[str, Any]]
) -> None:
    field = entry(page)
    press(field, "<Control-a>", "<BackSpace>")
    type_text(field, "at lunch")
    assert put == []
    press(field, "<Return>")
    type_text(field, " x")
    press(field, "<Tab>")
    wait_until(page, lambda: len(put) == 2)
    assert put == [("status", "at lunch"), ("status", "at lunch x")]


def test_a_status_is_set_by_closing_the_window(
    page: ProfilePage, put: list[tuple[str, Any]]
) -> None:
    press(entry(page), "<End>")
    type_text(entry(page), "0")
    page.destroy()
    assert put == [("status", "back at 30")]


def test_a_status_that_is_too_long_says_by_how_much(
    page: ProfilePage, put: list[tuple[str, Any]]
) -> None:
    field = entry(page)
    field.delete(0, "end")
    field.insert(0, "x" * 102)
    press(field, "<End>", "<Return>")
    wait_until(page, lambda: "Too long by 2." in said(page))
    assert put == []


def test_the_path_is_copied(page: ProfilePage, tmp_path: Path) -> None:
    press(button(page, "Copy its path"), "<Return>")
    assert page.clipboard_get() == str(tmp_path)
    assert "Copied." in said(page)


def test_where_no_program_shows_folders_it_is_said(
    page: ProfilePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    press(button(page, "Open the folder"), "<space>")
    assert "no program here that shows folders" in said(page)


def test_what_is_wrong_with_the_settings_is_shown(
    root: tk.Tk, theme: Theme, emoji: Emoji, profile: Profile
) -> None:
    profile.problem = "“zoom” must be a number."
    page = ProfilePage(root, theme, emoji, profile, lambda *_: None, Background())
    assert "“zoom” must be a number." in said(page)


def test_about_tells_what_a_report_of_a_bug_needs(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    page = AboutPage(root, theme, emoji, "10.0.0.1:12345")
    page.pack()
    focus(button(page, "Copy all this"))
    press(button(page, "Copy all this"), "<space>")
    copied = page.clipboard_get()
    for part in (__version__, "10.0.0.1:12345", "Python: 3.", "Tk: 8.", "MIT"):
        assert part in copied
    assert "not in a chat" in said(AboutPage(root, theme, emoji, ""))


def test_the_keys_are_those_of_the_one_table(root: tk.Tk, theme: Theme) -> None:
    page = keyboard_page(root, theme)
    assert all(shortcut.help in said(page) for shortcut in shortcuts())


def test_a_status_set_elsewhere_is_not_set_back(
    page: ProfilePage, profile: Profile, put: list[tuple[str, Any]]
) -> None:
    profile.settings.status = "out for lunch"
    focus(entry(page))
    page.destroy()
    assert put == []
