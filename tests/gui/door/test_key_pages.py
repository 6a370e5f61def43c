"""What is said of keys, and how hard it is to trust a new one."""

import tkinter as tk
from dataclasses import replace
from functools import partial

import pytest

from tests.gui.driving import every, focus, press, text_of
from tkchat.client.events import CertificateChanged
from tkchat.gui.door.key_pages import NoKeyPage, OtherKeyPage, SurePage
from tkchat.gui.door.page import Page
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.net.address import Address

PC7 = Address("pc7")
CHANGED = CertificateChanged(PC7, "lusab-babad", "hujib-zodiv", bytes(32))


@pytest.fixture
def done() -> list[str]:
    return []


def shown(page: Page) -> str:
    page.pack(fill="both", expand=True)
    page.update()
    return " | ".join(text_of(each) for each in every(page) if each.winfo_ismapped())


def button(page: Page, text: str) -> tk.Misc:
    return next(each for each in every(page) if text_of(each) == text)


@pytest.mark.parametrize("kind", [OtherKeyPage, SurePage])
def test_trusting_takes_more_than_return(
    root: tk.Tk, theme: Theme, emoji: Emoji, done: list[str], kind: type[OtherKeyPage]
) -> None:
    page = kind(
        root,
        theme,
        emoji,
        CHANGED,
        cancel=partial(done.append, "cancel"),
        trust=partial(done.append, "trust"),
    )
    assert "hujib-zodiv" in shown(page)
    focus(page.first)
    press(page.first, "<Return>")
    assert done == ["cancel"]
    press(page.first, "<Tab>")
    trusting = root.focus_get()
    assert trusting is not None
    press(trusting, "<Return>")
    assert done == ["cancel"]
    press(trusting, "<space>")
    assert done == ["cancel", "trust"]


def test_both_keys_are_named(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    page = OtherKeyPage(root, theme, emoji, CHANGED, lambda: None, lambda: None)
    said = shown(page)
    assert "lusab-babad" in said
    assert "hujib-zodiv" in said
    assert "Trust the new one…" in said


def test_who_joined_by_code_is_sent_back_for_it(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    changed = replace(CHANGED, by_code=True)
    said = shown(OtherKeyPage(root, theme, emoji, changed, lambda: None, lambda: None))
    assert "Trust" not in said
    assert "join code that their window shows now" in said


def test_without_encryption_only_by_space_or_click(
    root: tk.Tk, theme: Theme, emoji: Emoji, done: list[str]
) -> None:
    page = NoKeyPage(
        root, theme, emoji, PC7, "hello", lambda: done.append("cancel"), lambda: done.append("join")
    )
    assert "It says: hello" in shown(page)
    joining = button(page, "Join without encryption")
    press(joining, "<Return>")
    assert done == []
    press(joining, "<space>")
    assert done == ["join"]


@pytest.mark.parametrize("by_code", [False, True])
def test_who_encrypted_before_must_encrypt(
    root: tk.Tk, theme: Theme, emoji: Emoji, *, by_code: bool
) -> None:
    page = NoKeyPage(root, theme, emoji, PC7, "", lambda: None, None, by_code=by_code)
    said = shown(page)
    assert "Join without encryption" not in said
    assert ("join code is of a chat that encrypts" in said) == by_code
