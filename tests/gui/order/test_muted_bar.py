"""What somebody reads who is muted."""

import tkinter as tk
from datetime import datetime, timedelta

import pytest

from tests.gui.driving import wait_until
from tkchat.client.model import Model
from tkchat.client.order import MutedFor
from tkchat.client.room import Changes
from tkchat.gui.emoji.emoji import Emoji
from tkchat.gui.look.theme import Theme
from tkchat.gui.order.muted_bar import MutedBar


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 14, 20).astimezone()


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def model(watch: Watch) -> Model:
    return Model("alice", lambda: watch.now)


@pytest.fixture
def bar(root: tk.Tk, theme: Theme, emoji: Emoji, model: Model) -> MutedBar:
    made = MutedBar(root, theme, emoji, model)
    made.grid(sticky="ew")
    return made


def test_it_says_why_and_until_when(bar: MutedBar, model: Model, theme: Theme) -> None:
    bar.look()
    assert bar.text == ""
    model.apply(MutedFor(600, "bob muted you for 10 minutes: too loud"), Changes())
    bar.look()
    bar.update()
    until = theme.clock(datetime(2026, 11, 21, 14, 30).astimezone())
    assert bar.text == (
        f"bob silenced you for 10 minutes: too loud. You can write again at {until}."
    )
    assert bar.winfo_ismapped()
    model.apply(MutedFor(None, "bob muted you"), Changes())
    bar.look()
    assert bar.text.startswith("bob silenced you. You can read on")
    model.apply(MutedFor(0, "bob lets you speak again"), Changes())
    bar.look()
    bar.update()
    assert not bar.winfo_ismapped()


def test_it_goes_by_itself_when_the_time_is_over(bar: MutedBar, model: Model, watch: Watch) -> None:
    model.apply(MutedFor(1, "bob muted you"), Changes())
    watch.now += timedelta(seconds=0.95)
    bar.look()
    assert bar.text
    watch.now += timedelta(seconds=0.1)
    wait_until(bar, lambda: not bar.text)
