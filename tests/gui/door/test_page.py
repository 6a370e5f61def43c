"""A page: what its keys do, alone in a window over another."""

import tkinter as tk

import pytest

from tests.gui.driving import click, press, wait_until
from tkchat.gui.door.page import Page, PageWindow
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme


@pytest.fixture
def done() -> list[str]:
    """What was pressed."""
    return []


@pytest.fixture
def page(root: tk.Tk, theme: Theme, emoji: Emoji, done: list[str]) -> Page:
    page = Page(root, theme, emoji, lambda: done.append("cancel"))
    page.say("Something is in the way.")
    page.points(["This may be why", "or that"])
    page.offer("Go on", lambda: done.append("go on"))
    page.offer_with_care("Risk it", lambda: done.append("risk it"))
    page.pack(fill="both", expand=True)
    page.first.focus_force()
    return page


def test_return_does_what_is_harmless_and_never_what_is_not(page: Page, done: list[str]) -> None:
    press(page.first, "<Return>", "<Tab>")
    go_on = page.focus_get()
    assert go_on is not None
    press(go_on, "<Return>", "<Tab>")
    risk_it = page.focus_get()
    assert risk_it is not None
    press(risk_it, "<Return>", "<KP_Enter>")
    assert done == ["cancel", "go on"]
    press(risk_it, "<space>")
    assert done == ["cancel", "go on", "risk it"]


def test_while_busy_only_cancel_does_anything(page: Page, done: list[str]) -> None:
    page.show_busy("Connecting…")
    for button in page._buttons:
        button.invoke()
    press(page.first, "<Return>", "<KP_Enter>")  # pressed once too often
    assert done == []
    press(page.first, "<space>")
    click(page._cancel)
    assert done == ["cancel", "cancel"]


def test_words_are_wrapped_at_any_zoom(page: Page, theme: Theme) -> None:
    label = page.say("word " * 60)
    for zoom in (50, 100, 175):
        theme.set_zoom(zoom)
        theme.use(DARK)
        page.update()
        assert label.winfo_reqwidth() <= theme.px(400)


def test_a_window_over_another_is_closed_by_escape(
    root: tk.Tk, theme: Theme, emoji: Emoji, done: list[str]
) -> None:
    made = PageWindow(
        root, theme, emoji, "Stop", lambda parent: Page(parent, theme, emoji, done.clear)
    )
    wait_until(root, lambda: made.focus_displayof() is made.page.first)
    press(made.page.first, "<Escape>")
    wait_until(root, lambda: not made.winfo_exists())
