"""The link to the host, as the status bar says it from moment to moment."""

import tkinter as tk
from datetime import UTC, datetime, timedelta

import pytest

from tests.gui.driving import every, text_of, wait_until
from tkchat.client import events
from tkchat.client.model import Model
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.link_watch import LinkWatch
from tkchat.gui.look.theme import Theme
from tkchat.gui.status_bar import StatusBar


@pytest.fixture
def bar(root: tk.Tk, theme: Theme, emoji: Emoji) -> StatusBar:
    bar = StatusBar(root, theme, emoji, on_retry=lambda: None)
    bar.pack(fill="x")
    root.geometry("900x60")
    bar.update()
    return bar


def said(bar: StatusBar) -> list[str]:
    return [text_of(widget) for widget in every(bar)]


def test_it_counts_down_until_the_next_attempt(bar: StatusBar) -> None:
    model = Model("alice")
    model.apply(events.Lost("The chat is closing", 3), Changes())
    watch = LinkWatch(bar, model, "pc7:12345", "")
    watch.show()
    assert "Connection lost: The chat is closing. Trying again in 3 s" in said(bar)
    wait_until(
        bar, lambda: "Connection lost: The chat is closing. Trying again in 2 s" in said(bar)
    )


def test_a_hint_ends_with_what_it_was_about(bar: StatusBar) -> None:
    model = Model("alice", lambda: datetime.now(UTC) + timedelta(seconds=60))
    watch = LinkWatch(bar, model, "pc7:12345", "pc8:12345")
    watch.show()
    bar.show_hint("Not sent yet")
    model.apply(events.Welcome("alice", "general", tagged=True), Changes())
    watch.show()
    assert "You are hosting. Others join with pc8:12345" in said(bar)
    assert "Not sent yet" not in said(bar)


@pytest.mark.parametrize("is_lost", [True, False])
def test_nothing_is_left_when_the_bar_goes(bar: StatusBar, root: tk.Tk, is_lost: bool) -> None:
    model = Model("alice")
    if is_lost:
        model.apply(events.Lost("", 60), Changes())
    LinkWatch(bar, model, "pc7:12345", "").show()
    bar.destroy()
    assert not [
        due for due in root.tk.splitlist(root.tk.call("after", "info")) if is_due(root, due)
    ]


def is_due(root: tk.Tk, due: str) -> bool:
    return "show" in str(root.tk.call("after", "info", due))
