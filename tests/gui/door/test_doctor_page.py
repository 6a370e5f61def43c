"""The doctor's findings in the window."""

import threading
import tkinter as tk
from collections.abc import Iterator

import pytest

from tests.gui.driving import every, focus, press, text_of, wait_until
from tkchat.client.findings import Finding, State, Step
from tkchat.client.nearby import Nearby
from tkchat.gui.door.doctor_page import DoctorPage
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.palette import DARK
from tkchat.gui.look.theme import Theme
from tkchat.gui.pump import Pump
from tkchat.net.address import Address

CHAT = Nearby("Class 3b", 3, Address("10.0.0.1"))


@pytest.fixture
def go_on() -> Iterator[threading.Event]:
    """Set, it lets `findings` come to their end."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def chosen() -> list[Nearby]:
    return []


@pytest.fixture
def page(
    root: tk.Tk, theme: Theme, emoji: Emoji, go_on: threading.Event, chosen: list[Nearby]
) -> DoctorPage:
    def findings(cancelled: threading.Event) -> Iterator[Finding]:
        yield Finding(Step.NAME, State.OK, "pc7 is 10.0.0.7.")
        yield Finding(Step.CONNECT, State.BAD, "Nobody listens.", "Ask the host.")
        while not (go_on.wait(0.01) or cancelled.is_set()):
            pass
        if not cancelled.is_set():
            yield Finding(Step.NEARBY, State.WARN, "One is nearby.", nearby=(CHAT,))

    page = DoctorPage(root, theme, emoji, Pump(root), findings, lambda: None, chosen.append)
    page.pack(fill="both", expand=True)
    return page


def said(page: DoctorPage) -> str:
    return " | ".join(text_of(each) for each in every(page) if each.winfo_ismapped())


def test_findings_come_one_by_one(
    page: DoctorPage, theme: Theme, go_on: threading.Event, chosen: list[Nearby]
) -> None:
    wait_until(page, lambda: "Ask the host." in said(page))
    assert "Looking…" in said(page)
    assert "nearby" not in said(page)
    go_on.set()
    wait_until(page, lambda: "One is nearby." in said(page) and "Looking…" not in said(page))
    theme.use(DARK)
    theme.set_zoom(175)
    join = next(each for each in every(page) if text_of(each) == "Join Class 3b")
    press(join, "<Return>")
    assert chosen == [CHAT]


def test_all_is_copied_as_text(page: DoctorPage, go_on: threading.Event) -> None:
    go_on.set()
    wait_until(page, lambda: "One is nearby." in said(page))
    copy = next(each for each in every(page) if text_of(each) == "Copy")
    press(copy, "<Return>")
    assert page.clipboard_get() == (
        "✓ pc7 is 10.0.0.7.\n✗ Nobody listens.\n  Ask the host.\n! One is nearby."
    )


def test_it_looks_no_further_once_it_is_gone(
    page: DoctorPage, root: tk.Tk, go_on: threading.Event
) -> None:
    wait_until(page, lambda: "Ask the host." in said(page))
    focus(page.first)
    page.destroy()
    wait_until(root, page._cancelled.is_set)
    go_on.set()
    root.update()


def test_of_nothing_it_says_so(root: tk.Tk, theme: Theme, emoji: Emoji) -> None:
    page = DoctorPage(
        root, theme, emoji, Pump(root), lambda _: iter(()), lambda: None, lambda _: None
    )
    page.pack()
    wait_until(page, lambda: "Nothing was found." in said(page))
